import datetime as dt
import gzip

import pytest

from crawler.discovery.listing import ListingError
from crawler.discovery.sitemaps import Sitemap, read_sitemap

AT = "https://ex.com/sitemap.xml"
MIB = 1024 * 1024


def read(body: str | bytes, limit: int = 9, max_size: int = MIB) -> Sitemap:
    if isinstance(body, str):
        body = body.encode()
    return read_sitemap(body, AT, limit=limit, max_size=max_size)


def urlset(*records: str) -> str:
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    news = "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
    image = "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'"
    return (
        f"<urlset {space} {news} {image}>{''.join(f'<url>{one}</url>' for one in records)}</urlset>"
    )


def dated(number: int) -> str:
    return f"<loc>https://ex.com/{number}</loc><lastmod>2025-11-{number:02}</lastmod>"


def test_news_record_brings_its_date_and_title() -> None:
    news = (
        "<news:news><news:publication_date>2025-11-03T08:00:00+01:00</news:publication_date>"
        "<news:title>Tram &amp; bridge</news:title></news:news>"
    )
    [entry] = read(urlset(f"<loc>/1</loc><lastmod>2025-11-04</lastmod>{news}")).pages
    zone = dt.timezone(dt.timedelta(hours=1))
    assert entry.link.published == dt.datetime(2025, 11, 3, 8, tzinfo=zone)
    assert (entry.link.title, entry.link.origin) == ("Tram & bridge", "sitemap")
    assert (entry.link.url, entry.modified) == ("https://ex.com/1", dt.date(2025, 11, 4))


def test_news_tags_are_read_where_their_namespace_is_not_declared() -> None:
    news = "<news:news><news:publication_date>2025-11-03</news:publication_date></news:news>"
    [entry] = read(f"<urlset><url><loc>/1</loc>{news}</url></urlset>").pages
    assert entry.link.published == dt.date(2025, 11, 3)


def test_last_change_is_no_date_of_publication() -> None:
    [entry] = read(urlset(dated(3))).pages
    assert entry.link.published is None


def test_address_of_a_picture_is_not_the_pages() -> None:
    picture = "<image:image><image:loc>/p.jpg</image:loc><image:title>P</image:title></image:image>"
    [entry] = read(urlset(f"{picture}<loc>/1</loc>")).pages
    assert (entry.link.url, entry.link.title) == ("https://ex.com/1", "")


def test_newest_records_come_first_and_no_more_than_the_limit() -> None:
    pages = read(urlset(dated(1), dated(3), "<loc>/undated</loc>", dated(2)), limit=3).pages
    assert [entry.link.url[-1] for entry in pages] == ["3", "2", "1"]


def test_index_names_sitemaps_newest_first() -> None:
    records = "".join(f"<sitemap>{dated(number)}</sitemap>" for number in (1, 2))
    found = read(f"<sitemapindex>{records}</sitemapindex>")
    assert [entry.link.url[-1] for entry in found.sitemaps] == ["2", "1"]
    assert found.pages == ()


def test_month_in_the_address_dates_a_sitemap_that_is_not_dated() -> None:
    records = "".join(
        f"<sitemap><loc>/sitemap-{month}.xml</loc></sitemap>" for month in ("2025-10", "202511")
    )
    newest = read(f"<sitemapindex>{records}</sitemapindex>").sitemaps[0]
    assert newest.link.url.endswith("202511.xml")
    assert newest.modified == dt.date(2025, 11, 30)


def test_gzipped_sitemap_is_unpacked() -> None:
    found = read(gzip.compress(urlset(dated(1)).encode()))
    assert (len(found.pages), found.whole) == (1, True)


def test_sitemap_cut_short_gives_what_came() -> None:
    many = urlset(*(dated(1) for _ in range(20000)))
    packed = gzip.compress(many.encode(), compresslevel=0)
    found = read(packed[: len(packed) // 2])
    assert found.pages
    assert not found.whole


def test_size_above_the_limit_is_not_unpacked() -> None:
    bomb = gzip.compress((urlset(dated(1))[:-9] + " " * 8 * MIB + "</urlset>").encode())
    found = read(bomb, max_size=MIB)
    assert (len(found.pages), found.whole) == (1, False)


def test_bad_record_does_not_harm_the_rest() -> None:
    found = read("<urlset><url><loc>http://[::1</loc></url><url/><url><loc>/1</loc></url><url>")
    assert [entry.link.url for entry in found.pages] == ["https://ex.com/1"]


def test_end_that_growing_entities_cut_off_is_told() -> None:
    grown = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 11))
    doctype = f"<!DOCTYPE urlset [<!ENTITY a0 'ha'>{grown}]>"
    urls = "<url><loc>/1</loc></url><url><loc>/x&a10;</loc></url><url><loc>/2</loc></url>"
    found = read(f"{doctype}<urlset>{urls}</urlset>")
    assert [entry.link.url for entry in found.pages] == ["https://ex.com/1"]
    assert not found.whole


def test_entities_are_neither_resolved_nor_loaded() -> None:
    doctype = "<!DOCTYPE urlset SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY x SYSTEM 'file:///etc/hosts'>]>"
    [entry] = read(f"{doctype}<urlset><url><loc>https://ex.com/1&x;</loc></url></urlset>").pages
    assert entry.link.url == "https://ex.com/1"


@pytest.mark.parametrize("body", ["", "no xml", "<html><body>404</body></html>", b"\x1f\x8bx"])
def test_other_response_is_no_sitemap(body: str | bytes) -> None:
    with pytest.raises(ListingError, match=AT):
        read(body)
