"""The newsroom's sites serve its articles with all the noise around them."""

import datetime as dt
import gzip
import http.client
import io
import json
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from lxml import etree, html

from crawler.newsroom.publisher import Publisher, read_newsroom
from crawler.newsroom.server import HOST, Newsroom, PortTakenError
from crawler.newsroom.site import NewsSite
from crawler.newsroom.story import TEXT_KINDS, Story

VISIT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
PUBLISHERS = read_newsroom()
HARBOUR, MERIDIAN, FJELL = PUBLISHERS
STORIES = [(publisher, story) for publisher in PUBLISHERS for story in publisher.stories]
each_story = pytest.mark.parametrize(
    ("publisher", "story"), STORIES, ids=[story.slug for _, story in STORIES]
)


def site_of(publisher: Publisher) -> NewsSite:
    return NewsSite(publisher, "http://127.0.0.1:8471")


def get(publisher: Publisher, path: str) -> str:
    reply = site_of(publisher).reply(path, VISIT)
    assert reply.status == 200
    return reply.body.decode()


def text_of(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


@each_story
def test_page_shows_every_block_of_the_article(publisher: Publisher, story: Story) -> None:
    shown = text_of(get(publisher, publisher.path(story)).replace("</td><td>", "</td> | <td>"))
    assert [block for block in story.text.split("\n\n") if block not in shown] == []


@each_story
def test_page_shows_the_noise_between_the_blocks(publisher: Publisher, story: Story) -> None:
    shown = text_of(get(publisher, publisher.path(story)))
    noise = [part.fields[-1] for part in story.parts if part.kind not in TEXT_KINDS]
    assert noise
    assert [line for line in noise if line not in shown] == []


@pytest.mark.parametrize(
    ("publisher", "noise"),
    [
        (HARBOUR, "READ | "),
        (HARBOUR, "Please enter your comment!"),
        (HARBOUR, "Sign up for our newsletter"),
        (HARBOUR, "Previous article"),
        (HARBOUR, "Get push notifications from the Courier."),
        (MERIDIAN, "09:30 GMT22 November 2026"),
        (MERIDIAN, "Votre message a été envoyé!"),
        (MERIDIAN, "General Data Protection Regulation (GDPR)"),
        (MERIDIAN, "A comment will be deleted if it:"),
        (MERIDIAN, "Password recovery"),
        (MERIDIAN, "Related:"),
        (FJELL, "This website uses cookies."),
        (FJELL, "Comments are moderated"),
        (FJELL, "Read more"),
        (FJELL, "Turn on notifications"),
    ],
)
def test_page_carries_the_noise_around_the_article(publisher: Publisher, noise: str) -> None:
    english = [story for story in publisher.stories if story.language == "en"]
    pages = (text_of(get(publisher, publisher.path(story))) for story in english)
    assert any(noise in page for page in pages)


def test_card_of_an_old_sputnik_page_opens_the_paragraph_after_it() -> None:
    story = next(one for one in MERIDIAN.stories if one.slug == "sava-orlo-water-talks")
    page = html.fromstring(get(MERIDIAN, MERIDIAN.path(story)))
    (body,) = page.cssselect("div.b-article__text")
    tails = [(block.tail or "").strip() for block in body.cssselect(".b-inject")]
    assert any(tail.startswith('The "August question"') for tail in tails)


def test_lead_of_an_old_sputnik_page_stands_beside_the_body() -> None:
    page = html.fromstring(get(MERIDIAN, MERIDIAN.path(MERIDIAN.stories[0])))
    assert len(page.cssselect("div.b-article__lead + div.b-article__text")) == 1


def test_unknown_layout_dates_its_article_in_json_ld() -> None:
    story = FJELL.stories[0]
    page = html.fromstring(get(FJELL, FJELL.path(story)))
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(data)["datePublished"] == story.published.isoformat()


def test_rss_feed_dates_every_entry() -> None:
    feed = feedparser.parse(io.BytesIO(get(HARBOUR, "/feed/").encode()))
    stated = {entry.link: entry.published_parsed[:5] for entry in feed.entries}
    base = site_of(HARBOUR).base
    expected = {
        base + HARBOUR.path(story): story.published.utctimetuple()[:5] for story in HARBOUR.stories
    }
    assert stated | expected == stated


def test_atom_feed_names_the_newest_and_the_fronts_name_all() -> None:
    feed = feedparser.parse(io.BytesIO(get(FJELL, "/atom.xml").encode()))
    fronts = "".join(get(FJELL, f"/?page={number}") for number in (1, 2, 3))
    assert feed.entries[0].title == FJELL.stories[0].title
    assert all(f'href="{FJELL.path(story)}"' in fronts for story in FJELL.stories)


def test_front_after_the_last_is_not_found() -> None:
    assert site_of(FJELL).reply("/?page=4", VISIT).status == 404


def test_sitemap_index_leads_to_every_article() -> None:
    site = site_of(MERIDIAN)
    index = etree.fromstring(get(MERIDIAN, "/sitemap_index.xml").encode())
    paths = [urlsplit(place.text or "").path for place in index.iter("{*}loc")]
    maps = [etree.fromstring(gzip.decompress(site.reply(one, VISIT).body)) for one in paths]
    places = {place.text for one in maps for place in one.iter("{*}loc")}
    assert places >= {site.base + MERIDIAN.path(story) for story in MERIDIAN.stories}


def test_robots_txt_closes_a_page_that_the_feed_names() -> None:
    rules = RobotFileParser()
    rules.parse(get(HARBOUR, "/robots.txt").splitlines())
    base = site_of(HARBOUR).base
    closed = [trap for trap in HARBOUR.traps if not rules.can_fetch("*", base + trap.path)]
    assert [trap.path for trap in closed] == ["/preview/harbour-budget-draft/"]


def test_second_address_shows_the_same_article() -> None:
    trap = next(one for one in MERIDIAN.traps if one.story)
    story = next(one for one in MERIDIAN.stories if one.slug == trap.story)
    assert get(MERIDIAN, trap.path) == get(MERIDIAN, MERIDIAN.path(story))


def test_server_answers_over_http() -> None:
    with Newsroom([HARBOUR], first_port=0) as newsroom:
        (site,) = newsroom.sites
        connection = http.client.HTTPConnection(urlsplit(site.base).netloc)
        connection.request("HEAD", "/img/07ea/0b/12/1.jpg")
        head = connection.getresponse()
        head.read()
        connection.request("GET", "/2026/11/09/tide-tables-2027/")
        page = connection.getresponse()
        assert (head.status, head.headers["Content-Type"]) == (200, "image/svg+xml")
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert page.read().startswith(b"%PDF-")
        connection.close()


def test_port_in_use_is_named() -> None:
    with Newsroom([HARBOUR], first_port=0) as newsroom:
        port = urlsplit(newsroom.sites[0].base).port or 0
        with pytest.raises(PortTakenError, match=f"port {port} of {HOST} is in use"):
            Newsroom([HARBOUR], first_port=port)


def test_port_that_may_not_be_bound_says_why() -> None:
    with pytest.raises(OverflowError, match="port must be"):
        Newsroom([HARBOUR], first_port=70000)
