import datetime as dt
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from cleaners import clean
from cleaners.countries import zone_of_country
from cleaners.page import open_page
from cleaners.timezones import at_home
from tests.cleaners.pages import PROSE, page, paragraphs

NIGHT = dt.datetime(2024, 3, 13, 2, 41, tzinfo=dt.UTC)
STATED = '<meta property="article:published_time" content="2024-03-13T02:41:00+00:00">'


def local(url: str, body: str = "", moment: dt.date = NIGHT) -> dt.date:
    return at_home(open_page(page(f"<p>Boat.</p>{body}"), url), moment)


@pytest.mark.parametrize(
    "body",
    [
        "<time datetime='2024-03-12T20:41:00-06:00'>Tuesday</time>",
        '<meta property="og:x" content="2024-03-12T20:41:00-06:00">',
        '<script type="application/ld+json">{"datePublished": "2024-03-12T20:41:00-0600"}</script>',
    ],
)
def test_same_time_elsewhere_on_the_page_tells_the_zone(body: str) -> None:
    found = local("https://example.org/boat", body)
    assert isinstance(found, dt.datetime)
    assert found.isoformat() == "2024-03-12T20:41:00-06:00"


def test_address_of_the_day_before_chooses_among_the_offsets_on_the_page() -> None:
    comments = "".join(
        f"<time datetime='{stated}'></time>"
        for stated in ("2024-03-13T09:00:00+09:00", "2024-03-12T23:00:00-05:00")
    )
    found = local("https://example.org/2024/03/12/boat", comments)
    assert isinstance(found, dt.datetime)
    assert found.isoformat() == "2024-03-12T21:41:00-05:00"


def test_address_alone_gives_its_day() -> None:
    assert local("https://example.org/2024/03/12/boat") == dt.date(2024, 3, 12)


@pytest.mark.parametrize(
    ("url", "hour"),
    [
        ("https://example.org/2024/03/10/boat", 2),  # of another text, or of its first edition
        ("https://example.org/2024/03/12/boat", 13),  # it is this day nowhere
        ("https://example.org/2024/03/14/boat", 9),
        ("https://example.org/boat", 2),
        ("https://example.com.au/boat", 2),  # a country of five zones
    ],
)
def test_time_stays_in_utc_where_nothing_tells(url: str, hour: int) -> None:
    moment = NIGHT.replace(hour=hour)
    assert local(url, moment=moment) == moment
    assert local(url, moment=moment).isoformat().endswith("+00:00")


def test_domain_of_a_country_tells_the_zone() -> None:
    found = local("https://diario.example.com.ar/barco")
    assert isinstance(found, dt.datetime)
    assert found.isoformat() == "2024-03-12T23:41:00-03:00"
    evening = dt.datetime(2024, 3, 12, 23, tzinfo=dt.UTC)
    assert str(local("https://example.de/boot", moment=evening)) == "2024-03-13 00:00:00+01:00"


def test_midnight_is_a_day_without_a_time() -> None:
    midnight = dt.datetime(2024, 3, 13, tzinfo=dt.UTC)
    assert (
        local("https://example.com.br/barco", moment=midnight).isoformat().startswith("2024-03-13")
    )


def test_day_and_time_with_a_zone_stay() -> None:
    day = dt.date(2024, 3, 13)
    assert local("https://example.de/boot", moment=day) is day
    zoned = NIGHT.astimezone(ZoneInfo("Asia/Tokyo"))
    assert local("https://example.de/boot", moment=zoned) is zoned


def test_article_and_its_change_are_dated_in_one_zone() -> None:
    changed = '<meta property="article:modified_time" content="2024-03-13T04:00:00Z">'
    html = page(paragraphs(*PROSE), head=f"<title>Barco</title>{STATED}{changed}")
    article = clean(html, "https://example.com.br/barco")
    assert str(article.published) == "2024-03-12 23:41:00-03:00"
    assert str(article.modified) == "2024-03-13 01:00:00-03:00"
    assert article.date_source == "meta"


def test_day_of_the_address_is_named_as_the_evidence() -> None:
    html = page(paragraphs(*PROSE), head=f"<title>Boat</title>{STATED}")
    article = clean(html, "https://example.org/2024/03/12/boat")
    assert (article.published, article.date_source) == (dt.date(2024, 3, 12), "url")


def test_every_zone_of_the_table_exists() -> None:
    table = (files("cleaners") / "data" / "timezones.tsv").read_text(encoding="utf-8")
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    assert len({domain for domain, _ in rows}) == len(rows)
    for domain, zone in rows:
        assert zone_of_country(f"https://example.{domain}/") == ZoneInfo(zone)
