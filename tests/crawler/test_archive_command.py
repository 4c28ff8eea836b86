"""``scrapy archive``."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaners import NoContentError
from crawler.lock import site_lock
from crawler.storage import storage_of
from tests.crawler.storing import SECOND, URL, a_crawler, a_fetch, drop

Scrapy = Callable[..., int]
Output = pytest.CaptureFixture[str]


@dataclasses.dataclass
class Kept:
    """Three pages in one archive file below `root`."""

    root: Path
    scrapy: Scrapy

    @property
    def file(self) -> Path:
        [path] = self.root.glob("archive/example/*.warc.gz")
        return path

    @property
    def offsets(self) -> list[int]:
        state = storage_of(a_crawler(self.root)).state
        places = [fetch.place.offset for fetch in state.archived("example")]
        state.close()
        return places

    def run(self, *arguments: str) -> int:
        return self.scrapy("archive", *arguments, "-s", f"DATA_DIR={self.root}")


@pytest.fixture
def kept(tmp_path: Path, scrapy: Scrapy) -> Kept:
    crawler = a_crawler(tmp_path)
    for number, url in enumerate((URL, SECOND, URL)):
        page = a_fetch(NoContentError(url), url=url)
        drop(crawler, dataclasses.replace(page, body=b"<p>page %d</p>" % number))
    storage_of(crawler).close()
    return Kept(tmp_path, scrapy)


def test_archive_that_is_whole_is_exit_code_0(kept: Kept, capsys: Output) -> None:
    assert kept.run("--check") == 0
    told = "3 records in 1 files: 0 torn, 0 damaged, 0 missing, 0 unknown\n"
    assert capsys.readouterr().out == told


def test_torn_record_is_named_with_its_page(kept: Kept, capsys: Output) -> None:
    kept.file.write_bytes(kept.file.read_bytes()[:-9])
    assert kept.run("--check") == 1
    first, last = capsys.readouterr().out.splitlines()
    place = f"archive/example/{kept.file.name} at {kept.offsets[2]}"
    assert first == f"torn: {place}: the record ends in the middle: {URL}"
    assert last == "3 records in 1 files: 1 torn, 0 damaged, 0 missing, 0 unknown"


def test_damaged_record_is_named_with_its_page(kept: Kept, capsys: Output) -> None:
    content = bytearray(kept.file.read_bytes())
    content[kept.offsets[1] + 200] ^= 0xFF
    kept.file.write_bytes(content)
    assert kept.run("--check", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["records"], found["damaged"], found["missing"]) == (3, 1, 0)
    assert found["faults"][0].endswith(SECOND)


def test_exchanged_record_is_damaged_and_others_are_missing_or_unknown(
    kept: Kept, capsys: Output
) -> None:
    content = kept.file.read_bytes()
    first, second, third = (content[at:end] for at, end in kept_parts(kept, content))
    kept.file.write_bytes(content[: kept.offsets[0]] + third + first + second)
    assert kept.run("--check") == 1
    lines = capsys.readouterr().out.splitlines()
    assert {line.partition(":")[0] for line in lines[:-1]} == {"damaged", "missing", "unknown"}
    assert "not the bytes the state remembers" in lines[0]


def kept_parts(kept: Kept, content: bytes) -> list[tuple[int, int]]:
    offsets = kept.offsets
    return list(zip(offsets, [*offsets[1:], len(content)], strict=True))


def test_record_that_the_state_does_not_know_is_named(kept: Kept, capsys: Output) -> None:
    content = kept.file.read_bytes()
    kept.file.write_bytes(content + content[kept.offsets[1] : kept.offsets[2]])
    assert kept.run("--check") == 1
    line = capsys.readouterr().out.splitlines()[0]
    assert line.startswith("unknown: ")
    assert line.endswith(f"at {len(content)}: the state does not know it: {SECOND}")


def test_record_that_is_not_in_the_file_is_named(kept: Kept, capsys: Output) -> None:
    last = kept.offsets[2]
    kept.file.write_bytes(kept.file.read_bytes()[:last])
    assert kept.run("--check") == 1
    line = capsys.readouterr().out.splitlines()[0]
    assert line.endswith(f"at {last}: no record begins here: {URL}")


def test_file_that_is_gone_is_told_once(kept: Kept, capsys: Output) -> None:
    kept.file.unlink()
    assert kept.run("--check") == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.endswith("the file is gone, 3 records with it")
    assert last == "3 records in 1 files: 0 torn, 0 damaged, 3 missing, 0 unknown"


def test_site_that_a_crawl_is_at_is_left_out(kept: Kept, capsys: Output) -> None:
    with site_lock(kept.root, "example"):
        assert kept.run("--check") == 5
    out, err = capsys.readouterr()
    assert out == "0 records in 0 files: 0 torn, 0 damaged, 0 missing, 0 unknown\n"
    assert "example is in use by process" in err


def test_newest_page_of_an_address_is_shown(
    kept: Kept, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert kept.run("--show", URL) == 0
    out, err = capfdbinary.readouterr()
    assert out == b"<p>page 2</p>"
    assert b"\nfetched 2024-05-06T07:08:09+00:00, the newest of 2\n" in err
    assert b"\nHTTP 200\nContent-Type: text/html\n" in err


def test_page_that_nobody_fetched_cannot_be_shown(kept: Kept, capsys: Output) -> None:
    assert kept.run("--show", "https://example.org/never") == 1
    assert "no page of the archive is https://example.org/never" in capsys.readouterr().err


def test_page_that_is_torn_cannot_be_shown(kept: Kept, capsys: Output) -> None:
    kept.file.write_bytes(kept.file.read_bytes()[: kept.offsets[1] + 9])
    assert kept.run("--show", SECOND) == 1
    assert "9 of " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "give one of --check and --show URL"),
        (("--check", "--show", URL), "give one of --check and --show URL"),
        (("--check", "other"), "give one of"),
        (("--check", "-s", "STATE_URL=nonsense"), "no address of a database"),
        (("--check", "--all"), "unknown option --all"),
    ],
)
def test_wrong_usage_is_exit_code_2(
    kept: Kept, capsys: Output, arguments: tuple[str, ...], why: str
) -> None:
    assert kept.run(*arguments) == 2
    assert why in capsys.readouterr().err


def test_folder_without_an_archive_is_wrong_usage(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    assert scrapy("archive", "--check", "-s", f"DATA_DIR={tmp_path}") == 2
    assert "there is no archive in" in capsys.readouterr().err


def test_state_that_cannot_be_opened_is_an_error(kept: Kept, capsys: Output) -> None:
    assert kept.run("--check", "-s", f"STATE_URL=sqlite:///{kept.root}") == 1
    assert "unable to open" in capsys.readouterr().err


def test_help_shows_examples(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("archive", "--help") == 0
    assert "\n  scrapy archive --check" in capsys.readouterr().out
