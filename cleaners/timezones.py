"""The publisher's own zone, for times that a page states in UTC, as servers write them.

The article of a Monday evening in Chicago is of Tuesday in UTC, and its readers, its address and
its printed line say Monday.
"""

import datetime as dt
import re
from collections.abc import Iterator

from cleaners.article import Moment
from cleaners.countries import in_zone_of_country
from cleaners.dates import date_in_url, parse_moment
from cleaners.page import Page
from cleaners.structured import string
from cleaners.tree import attribute

OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\S{0,10}[+-](?!00:?00)\d\d:?\d\d$")
STATED = ("datePublished", "dateCreated", "dateModified")
MOST_TIMES = 100  # elements; a page of more is full of comments
A_DAY = dt.timedelta(days=1)
WEST = 12  # hours that a zone is behind UTC, at most
EAST = 14  # hours that one is ahead


def at_home(page: Page, moment: Moment) -> Moment:
    """Return *moment* in the zone of the publisher, where the page or its address tells it.

    A day alone where the address has another day than UTC and nothing tells the time there. What
    is not in UTC stays as it is.
    """
    if not isinstance(moment, dt.datetime) or moment.utcoffset():
        return moment
    stated = list(stated_moments(page))
    if moment in stated:
        return stated[stated.index(moment)]
    day = date_in_url(page.url)
    if day is not None and is_day_of(day, moment):
        theirs = (moment.astimezone(other.tzinfo) for other in stated)
        return next((local for local in theirs if local.date() == day), day)
    return in_zone_of_country(moment, page.url)


def stated_moments(page: Page) -> Iterator[dt.datetime]:
    """Yield the times that *page* states with a zone of their own, other than UTC."""
    texts = [attribute(element, "datetime") for element in page.all("time")[:MOST_TIMES]]
    texts += [content for contents in page.meta.values() for content in contents]
    texts += [string(node.get(name)) for node in page.linked for name in STATED]
    for text in texts:
        moment = parse_moment(text) if OFFSET.match(text) else None
        if isinstance(moment, dt.datetime):
            yield moment


def is_day_of(day: dt.date, moment: dt.datetime) -> bool:
    """Whether it is *day* somewhere at *moment*, which is of another day in UTC."""
    if day < moment.date():
        return moment.date() - day == A_DAY and moment.hour < WEST
    return day - moment.date() == A_DAY and moment.hour >= 24 - EAST
