import dataclasses
import datetime as dt
import gzip
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from cleaners import NoContentError
from crawler.archive import Archive, read_archived, read_record
from crawler.cleaning.warcs import body_of
from crawler.link import Link
from crawler.packed import Packed
from crawler.record import DamagedRecordError, TornRecordError
from crawler.settings import ARCHIVE_MAX_BYTES
from crawler.warc import WarcRecord, read_records
from tests.crawler.storing import DAY, FETCHED, SECOND, URL, a_fetch

PAGE = dataclasses.replace(
    a_fetch(NoContentError(URL)),
    body="<p>Brücke</p>".encode() * 500,
    headers=(
        ("Content-Type", "text/html"),
        ("Content-Encoding", "br"),
        ("Content-Length", "17"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2\r\nX-Forged: 1"),
    ),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path, max_bytes=ARCHIVE_MAX_BYTES)
    yield opened
    opened.close()


def test_page_is_read_as_it_was_fetched(tmp_path: Path, archive: Archive) -> None:
    archive.write([PAGE])[0]
    record = read_archived(tmp_path, archive.write([PAGE])[0])
    assert (record.url, record.status, record.fetched) == (URL, 200, FETCHED)
    assert record.body == PAGE.body


def test_record_says_what_led_to_the_page(tmp_path: Path, archive: Archive) -> None:
    moment = dt.datetime(2024, 5, 4, 9, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    link = Link(SECOND, moment, "Brücke\n\ud83d frei", "feed", "https://example.org/feed")
    for published in (moment, DAY, None):
        given = dataclasses.replace(link, published=published)
        page = dataclasses.replace(PAGE, link=given, requested_url=f"{SECOND}?page=2")
        record = read_archived(tmp_path, archive.write([page])[0])
        assert (record.url, record.requested_url) == (URL, f"{SECOND}?page=2")
        assert record.link == given


def test_link_to_the_page_itself_is_kept(tmp_path: Path, archive: Archive) -> None:
    record = read_archived(tmp_path, archive.write([PAGE])[0])
    assert (record.requested_url, record.link) == (URL, Link(URL))


def test_record_of_another_writer_says_nothing_of_links(tmp_path: Path, archive: Archive) -> None:
    place = archive.write([PAGE])[0]
    record = gzip.decompress((tmp_path / place.file).read_bytes()[place.offset :])
    other = tmp_path / "other.warc.gz"
    other.write_bytes(gzip.compress(record.replace(b"Dateline-Link", b"Other-Link")))
    assert read_record(other, 0).link is None
    other.write_bytes(gzip.compress(record.replace(b'"origin": "urls"', b'"origin": "luck"')))
    with pytest.raises(DamagedRecordError, match="a field of its header"):
        read_record(other, 0)


def test_headers_of_the_transfer_are_renamed(tmp_path: Path, archive: Archive) -> None:
    assert read_archived(tmp_path, archive.write([PAGE])[0]).headers == (
        ("Content-Type", "text/html"),
        ("X-Original-Content-Encoding", "br"),
        ("X-Original-Content-Length", "17"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2 X-Forged: 1"),
        ("Content-Length", str(len(PAGE.body))),
    )


@pytest.mark.parametrize("encodings", [[b"gzip"], [b"gzip", b"br"]])
def test_body_that_came_packed_is_kept_so(
    tmp_path: Path, archive: Archive, encodings: list[bytes]
) -> None:
    packed = gzip.compress(PAGE.body)
    packed = brotli.compress(packed) if b"br" in encodings else packed
    page = dataclasses.replace(
        PAGE, headers=(("Content-Length", "9"),), packed=Packed(packed, encodings)
    )
    place = archive.write([page])[0]
    record = read_archived(tmp_path, place)
    assert record.body == PAGE.body
    assert record.headers == (
        ("X-Original-Content-Length", "9"),
        ("Content-Encoding", b", ".join(encodings).decode()),
        ("Content-Length", str(len(packed))),
    )
    path = tmp_path / place.file
    assert packed in gzip.decompress(path.read_bytes())
    [ours] = [
        one for one in read_records(BytesIO(path.read_bytes()), "a") if isinstance(one, WarcRecord)
    ][1:]
    assert body_of(ours) == PAGE.body


def test_body_that_cannot_be_unpacked_is_named_damaged(tmp_path: Path, archive: Archive) -> None:
    torn = Packed(gzip.compress(PAGE.body)[:-9], [b"gzip"])
    place = archive.write([dataclasses.replace(PAGE, headers=(), packed=torn)])[0]
    with pytest.raises(DamagedRecordError, match=f"at {place.offset}: its gzip body ends"):
        read_archived(tmp_path, place)


def test_status_without_a_name_is_kept(tmp_path: Path, archive: Archive) -> None:
    place = archive.write([dataclasses.replace(PAGE, status=799)])[0]
    assert read_archived(tmp_path, place).status == 799


def test_empty_page_is_kept(tmp_path: Path, archive: Archive) -> None:
    place = archive.write([dataclasses.replace(PAGE, body=b"")])[0]
    assert read_archived(tmp_path, place).body == b""


def test_file_is_read_by_any_warc_reader(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / archive.write([PAGE])[0].file
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
    assert kinds == ["warcinfo", "response"]


def test_sources_have_folders_of_their_own(archive: Archive) -> None:
    first = archive.write([PAGE])[0]
    other = archive.write([dataclasses.replace(PAGE, source="My_Site")])[0]
    assert first.file.startswith("archive/example/example-")
    assert other.file.startswith("archive/my-site/my-site-")


def test_full_file_is_followed_by_another(tmp_path: Path) -> None:
    archive = Archive(tmp_path, max_bytes=1)
    places = [archive.write([PAGE])[0] for _ in range(3)]
    archive.close()
    assert len({place.file for place in places}) == 3
    assert all(read_archived(tmp_path, place).body == PAGE.body for place in places)


def test_second_crawl_does_not_write_into_the_first_ones_file(
    tmp_path: Path, archive: Archive
) -> None:
    first = archive.write([PAGE])[0]
    other = Archive(tmp_path, max_bytes=ARCHIVE_MAX_BYTES)
    second = other.write([PAGE])[0]
    other.close()
    assert first.file != second.file


def test_record_cut_off_is_named_torn(tmp_path: Path, archive: Archive) -> None:
    place = archive.write([PAGE])[0]
    path = tmp_path / place.file
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(TornRecordError, match=f"at {place.offset}: the record ends in the middle"):
        read_record(path, place.offset)
    with pytest.raises(TornRecordError, match=f"{place.length - 5} of {place.length} bytes"):
        read_archived(tmp_path, place)


def test_record_with_another_byte_is_named_damaged(tmp_path: Path, archive: Archive) -> None:
    place = archive.write([PAGE])[0]
    path = tmp_path / place.file
    content = bytearray(path.read_bytes())
    content[place.offset + place.length // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(DamagedRecordError, match=f"at {place.offset}"):
        read_record(path, place.offset)
    with pytest.raises(DamagedRecordError, match="not the bytes the state remembers"):
        read_archived(tmp_path, place)


def test_body_that_was_exchanged_is_named_damaged(tmp_path: Path, archive: Archive) -> None:
    place = archive.write([PAGE])[0]
    record = gzip.decompress((tmp_path / place.file).read_bytes()[place.offset :])
    forged = tmp_path / "forged.warc.gz"
    forged.write_bytes(gzip.compress(record.replace(b"<p>", b"<b>")))
    with pytest.raises(DamagedRecordError, match="digest"):
        read_record(forged, 0)


def test_record_that_is_no_page_is_named(tmp_path: Path, archive: Archive) -> None:
    path = tmp_path / archive.write([PAGE])[0].file
    with pytest.raises(DamagedRecordError, match="no response begins here"):
        read_record(path, 0)
    empty = tmp_path / "empty.gz"
    empty.write_bytes(gzip.compress(b""))
    with pytest.raises(DamagedRecordError, match="no response begins here"):
        read_record(empty, 0)
