"""Read the setting ``SCHEDULE``: which site is crawled when, with which arguments."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scrapy.spiderloader import SpiderLoaderProtocol
from tzlocal import get_localzone

from crawler.errors import SettingError, UnusableError
from crawler.schedules.times import Cron, Every, Once, Rule, span
from crawler.spiders.article import ArticleSpider

KEYS = frozenset({"site", "every", "cron", "zone", "arguments", "budget", "name"})


class ScheduleError(SettingError):
    """An entry of ``SCHEDULE`` cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One site and its times."""

    name: str
    """What the entry is called in reports and in ``schedule.json``."""

    spider: str
    arguments: Mapping[str, str]
    sources: frozenset[str]
    """Sites that the crawl writes to; no two crawls of one of them run at once."""

    rule: Rule
    budget: dt.timedelta | None = None
    """How long a crawl may take; None: as long as it likes."""


def read_schedule(value: object, spiders: SpiderLoaderProtocol) -> tuple[Entry, ...]:
    """Return the entries of ``SCHEDULE``: a list, or the same as JSON.

    Raises:
        ScheduleError: one of them cannot be used, or there is none.
    """
    entries = tuple(_read_each(_listed(value), spiders))
    if not entries:
        raise ScheduleError("SCHEDULE: it is empty; docs/schedules.md shows how to fill it")
    names = [entry.name for entry in entries]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ScheduleError(f"SCHEDULE: two entries called {twice}; give one another name")
    return entries


def read_site(site: str, arguments: Mapping[str, str], spiders: SpiderLoaderProtocol) -> Entry:
    """Return an entry that is due at once, for *site*: the name of a spider, or an address.

    Raises:
        UnusableError: there is no such spider, or an argument cannot be used.
    """
    name = site
    if site not in spiders.list():
        if "." not in site and ":" not in site:
            raise UnusableError(f"no spider {site}; `scrapy list` shows them")
        site, arguments = "news", {"site": site, **arguments}
    if arguments.get("urls") == "-":
        raise UnusableError("urls: a crawl that starts by itself has no standard input")
    spider = spiders.load(site)(**arguments)
    sources = spider.sources if isinstance(spider, ArticleSpider) else frozenset({site})
    return Entry(name=name, spider=site, arguments=arguments, sources=sources, rule=Once())


def _listed(value: object) -> list[object]:
    if isinstance(value, str):
        try:
            value = json.loads(value or "[]")
        except ValueError as error:
            raise ScheduleError(f"SCHEDULE: no JSON: {error}") from error
    if not isinstance(value, (list, tuple)):
        raise ScheduleError(f"SCHEDULE: no list of entries: {value}")
    return list(value)


def _read_each(values: Iterable[object], spiders: SpiderLoaderProtocol) -> Iterator[Entry]:
    for number, value in enumerate(values, start=1):
        try:
            yield _read(value, spiders)
        except ValueError as error:
            site = value.get("site", "") if isinstance(value, dict) else ""
            raise ScheduleError(f"SCHEDULE, entry {number} ({site}): {error}") from error


def _read(value: object, spiders: SpiderLoaderProtocol) -> Entry:
    if not isinstance(value, dict) or not isinstance(value.get("site"), str):
        raise ScheduleError(f"no entry with a site: {value}")
    unknown = {str(key) for key in value} - KEYS
    if unknown:
        raise ScheduleError(f"{min(unknown)}: there is no such key")
    entry = read_site(value["site"], _arguments(value.get("arguments", {})), spiders)
    return replace(
        entry,
        name=str(value.get("name", entry.name)),
        rule=_rule(value),
        budget=_span("budget", value["budget"]) if "budget" in value else None,
    )


def _arguments(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise ScheduleError(f"arguments: no mapping of names to values: {value}")
    return {str(name): "yes" if given is True else str(given) for name, given in value.items()}


def _rule(value: Mapping[str, object]) -> Rule:
    if ("every" in value) == ("cron" in value):
        raise ScheduleError("give it either every, such as 6h, or cron, such as 0 6 * * *")
    if "every" in value:
        if "zone" in value:
            raise ScheduleError("zone: it belongs to cron; every goes on in all zones alike")
        return Every(_span("every", value["every"]))
    try:
        return Cron(str(value["cron"]), _zone(value.get("zone")))
    except ValueError as error:
        raise ScheduleError(f"cron: {value['cron']}: {error}") from error


def _span(name: str, value: object) -> dt.timedelta:
    try:
        return span(str(value))
    except ValueError as error:
        raise ScheduleError(f"{name}: {error}") from error


def _zone(name: object) -> ZoneInfo:
    if name is None:
        return get_localzone()
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone: {name}") from error
