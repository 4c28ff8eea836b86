import gc
import io
import logging
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.log import configure_logging, get_scrapy_root_handler
from scrapy.utils.test import get_crawler
from tqdm.contrib import DummyTqdmFile

from crawler.extensions.collector import OBJECTS, Collector
from crawler.extensions.delay import CrawlDelay
from crawler.extensions.progress import Progress
from crawler.extensions.records import PlainRecords
from crawler.logformat import OneLineFormatter
from tests.crawler.terminal import Terminal

PAGE = Request("https://ex.com/1", meta={"download_slot": "ex.com"})


def polite(longest: float = 120.0) -> tuple[Crawler, CrawlDelay, SimpleNamespace]:
    """Return a crawler with one slot, as AutoThrottle left it."""
    crawler = get_crawler(
        settings_dict={"CRAWL_DELAY_MAX": longest, "ROBOTSTXT_USER_AGENT": "dateline"}
    )
    slot = SimpleNamespace(delay=1.0, jitter=0.5)
    downloader = SimpleNamespace(slots={"ex.com": slot}, per_slot_settings={})
    vars(crawler)["_engine"] = SimpleNamespace(downloader=downloader)
    return crawler, CrawlDelay.from_crawler(crawler), slot


def robots(seconds: str) -> ProtegoRobotParser:
    return ProtegoRobotParser(f"User-agent: *\nCrawl-delay: {seconds}".encode(), None)


def test_crawl_delay_holds_against_the_throttle() -> None:
    crawler, delay, slot = polite()
    delay.note(robots("5"), PAGE)
    assert (slot.delay, slot.jitter) == (5.0, 0.0)
    slot.delay = 1.0
    delay.keep(Response(PAGE.url), PAGE)
    assert slot.delay == 5.0
    assert crawler.engine.downloader.per_slot_settings["ex.com"]["delay"] == 5.0


def test_throttle_may_be_slower_than_the_crawl_delay() -> None:
    _, delay, slot = polite()
    delay.note(robots("5"), PAGE)
    slot.delay = 9.0
    delay.keep(Response(PAGE.url), PAGE)
    assert slot.delay == 9.0


def test_crawl_delay_of_days_is_cut_and_told(caplog: pytest.LogCaptureFixture) -> None:
    _, delay, slot = polite(longest=60.0)
    delay.note(robots("86400"), PAGE)
    assert slot.delay == 60.0
    assert "CRAWL_DELAY_MAX" in caplog.text


@pytest.mark.parametrize("seconds", ["nan", "inf", "1e400", "-5", "0", "soon"])
def test_crawl_delay_that_is_none_changes_nothing(seconds: str) -> None:
    _, delay, slot = polite()
    delay.note(robots(seconds), PAGE)
    assert (slot.delay, slot.jitter) == (1.0, 0.5)


def test_robots_txt_without_a_delay_changes_nothing() -> None:
    _, delay, slot = polite()
    delay.note(ProtegoRobotParser(b"User-agent: *", None), PAGE)
    delay.keep(Response(PAGE.url), PAGE)
    assert (slot.delay, slot.jitter) == (1.0, 0.5)


STATS = {"links/to_fetch": 4, "articles/written": 2, "articles/known": 7}


def progress() -> Progress:
    crawler = get_crawler(settings_dict={"LOGSTATS_INTERVAL": 0})
    for name, number in STATS.items():
        crawler.stats.set_value(name, number)
    return Progress.from_crawler(crawler)


def test_progress_is_a_line_of_the_log_where_there_is_no_terminal(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    made = progress()
    made.start()
    with caplog.at_level(logging.INFO):
        made.show()
    made.stop()
    assert caplog.messages == ["2 of 4 pages, 2 new, 7 known"]


def test_progress_is_a_live_line_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("crawler.extensions.progress.create_looping_call", FakeLoop)
    made = progress()
    made.start()
    made.show()
    made.stop()
    assert "2/4" in terminal.getvalue()
    assert "2 new, 7 known" in terminal.getvalue()


def test_log_scrolls_above_the_live_line(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("crawler.extensions.progress.create_looping_call", FakeLoop)
    configure_logging({"LOG_ENABLED": True})
    made = progress()
    handler = get_scrapy_root_handler()
    assert isinstance(handler, logging.StreamHandler)
    made.start()
    during = handler.stream
    made.stop()
    assert isinstance(during, DummyTqdmFile)
    assert handler.stream is terminal


class FakeLoop:
    """A looping call without a loop."""

    def __init__(self, call: object) -> None:
        self.call = call

    def start(self, interval: float, *, now: bool) -> None:
        assert interval > 0
        assert not now

    def stop(self) -> None:
        """Stop nothing."""


def test_item_that_a_pipeline_fails_on_is_counted() -> None:
    crawler = get_crawler()
    Progress.from_crawler(crawler).count_error()
    assert crawler.stats.get_value("items/errors") == 1


def test_collector_is_spared_what_is_loaded_until_the_crawl_ends() -> None:
    before = gc.get_threshold()
    collector = Collector.from_crawler(get_crawler())
    collector.start()
    spared, between = gc.get_freeze_count(), gc.get_threshold()
    collector.stop()
    assert (spared > 0, between[0]) == (True, OBJECTS)
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, before)


def logged(message: str, *arguments: object) -> str:
    record = logging.LogRecord("x", logging.INFO, "x", 1, message, arguments, None)
    assert PlainRecords().filter(record)
    return record.getMessage()


def test_control_characters_are_escaped_in_the_log() -> None:
    assert logged("title %s", "a\x1b[2J\r\u202eb") == r"title a\x1b[2J\r\u202eb"


def test_plain_message_stays_as_it_is() -> None:
    assert logged("title %s", "Brücke\tзакрыта") == "title Brücke\tзакрыта"


def test_argument_writes_no_line_of_its_own() -> None:
    forged = "x\n2026-01-01 00:00:00 CRITICAL: forged"
    assert logged("title %s", forged) == f"title {forged}".replace("\n", r"\n")


def test_lines_of_a_message_stand_behind_a_margin() -> None:
    assert logged("settings:\n%s", "a\nb\n") == "settings:\n    a\n    b"


def test_lines_of_a_traceback_stand_behind_a_margin() -> None:
    error = ValueError("x\n2026-01-01 00:00:00 CRITICAL: forged\x1b[2J")
    info = (ValueError, error, None)
    record = logging.LogRecord("x", logging.INFO, "x", 1, "m", (), info)
    assert PlainRecords().filter(record)
    assert record.exc_text
    assert record.exc_text.endswith("\n    2026-01-01 00:00:00 CRITICAL: forged\\x1b[2J")


def test_log_is_filtered_once_the_spider_is_open() -> None:
    configure_logging({"LOG_ENABLED": True})
    records = PlainRecords.from_crawler(get_crawler())
    records.install()
    handler = get_scrapy_root_handler()
    assert handler is not None
    assert records in handler.filters


@pytest.mark.parametrize(("level", "is_told"), [("DEBUG", True), (10, True), ("INFO", False)])
def test_what_came_is_told_to_whoever_reads_it(level: str | int, is_told: bool) -> None:
    crawler = get_crawler(settings_dict={"LOG_LEVEL": level})
    spider = crawler._create_spider("x")  # noqa: SLF001  # as get_crawler itself does
    line = OneLineFormatter.from_crawler(crawler).crawled(PAGE, Response(PAGE.url), spider)
    assert (line is not None) == is_told


def test_what_became_of_a_page_is_told_in_one_line() -> None:
    crawler = get_crawler()
    spider = crawler._create_spider("x")  # noqa: SLF001  # as get_crawler itself does
    dropped = OneLineFormatter().dropped({"text": "long"}, ValueError("why"), None, spider)
    assert dropped["msg"] % dropped["args"] == "why"
    scraped = OneLineFormatter().scraped({"path": "a.txt", "text": "long"}, None, spider)
    assert scraped["msg"] % scraped["args"] == "wrote a.txt"
