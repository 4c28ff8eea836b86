import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.http import Response
from scrapy.settings import Settings

from cleaners import NoContentError
from crawler.errors import DataDirError, SettingError
from crawler.fetch import Fetch
from crawler.storage import Storage, ending_crawl_on_failure, storage_of
from tests.crawler.storing import DEFAULTS, OTHER, SECOND, a_crawler, a_fetch, an_article

PAGES = (
    a_fetch(an_article()),
    a_fetch(NoContentError(f"empty: {SECOND}"), url=SECOND),
    a_fetch(an_article("https://example.org/3", text=OTHER), url="https://example.org/3"),
)


class PagesSpider(Spider):
    name = "example"

    async def start(self) -> AsyncIterator[Request]:
        for number in range(len(PAGES)):
            yield Request(f"data:,{number}", callback=self.take, cb_kwargs={"number": number})

    def take(self, response: Response, number: int) -> Iterator[Fetch]:
        yield PAGES[number]


def crawl(root: Path) -> Crawler:
    """Run the pages through Scrapy itself, without a network."""
    settings = {
        **DEFAULTS,
        "DATA_DIR": str(root),
        "ITEM_PIPELINES": {"crawler.pipelines.StoringPipeline": 100},
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https", "ftp", "s3", "file")),
        "TWISTED_REACTOR_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
    }
    crawler = Crawler(PagesSpider, settings)
    asyncio.run(run(crawler, settings))
    return crawler


async def run(crawler: Crawler, settings: dict[str, object]) -> None:
    await AsyncCrawlerRunner(settings).crawl(crawler)


def test_scrapy_runs_the_pipelines(tmp_path: Path) -> None:
    stats = crawl(tmp_path).stats
    assert stats.get_value("articles/written") == 2
    assert stats.get_value("articles/refused/NoContentError") == 1
    assert stats.get_value("item_scraped_count") == 2
    assert stats.get_value("log_count/ERROR") is None


def test_failing_disk_ends_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "articles").touch()  # a file in the place of the folder
    stats = crawl(tmp_path).stats
    assert stats.get_value("finish_reason") == "storage_failed"
    assert "articles" in stats.get_value("storage/error")
    assert stats.get_value("log_count/CRITICAL") == 1
    assert stats.get_value("log_count/ERROR") == 1
    assert stats.get_value("articles/written") is None


def test_second_failure_of_a_crawl_is_not_told_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    crawler = a_crawler(tmp_path)
    crawler.stats.set_value("storage/error", "disk full")
    with pytest.raises(OSError, match="again"), ending_crawl_on_failure(crawler):
        raise OSError("again")
    assert [record for record in caplog.records if record.name == "crawler.storage"] == []


def test_crawl_has_one_storage(tmp_path: Path) -> None:
    crawler = a_crawler(tmp_path)
    storage = storage_of(crawler)
    assert storage_of(crawler) is storage
    storage.close()


def test_storage_is_closed_with_the_spider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Storage] = []

    def close(storage: Storage) -> None:
        closed.append(storage)

    with monkeypatch.context() as patch:
        patch.setattr(Storage, "close", close)
        crawler = a_crawler(tmp_path)
        storage = storage_of(crawler)
        crawler.signals.send_catch_log(signals.spider_closed)
    assert closed == [storage]
    storage.close()


def test_settings_of_the_project_name_the_stores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    settings.setmodule("crawler.settings")
    storage = Storage.open(settings)
    storage.close()
    assert (storage.root, storage.header) == (Path("data"), "yaml")
    assert (tmp_path / "data" / "state.db").exists()


def test_state_may_lie_elsewhere(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    Storage.open(a_crawler(tmp_path / "data", STATE_URL=url).settings).close()
    assert (tmp_path / "elsewhere.db").exists()


def test_unknown_header_fails_before_anything_is_opened(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="TEXT_HEADER"):
        Storage.open(a_crawler(tmp_path, TEXT_HEADER="json").settings)
    assert list(tmp_path.iterdir()) == []


def test_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(DataDirError, match=r"^DATA_DIR: cannot write to .*data: it is no folder$"):
        Storage.open(a_crawler(tmp_path / "data").settings)


def test_folder_that_cannot_be_made_is_told() -> None:
    root = Path("/proc/nosuch/data")
    with pytest.raises(DataDirError, match=f"^DATA_DIR: cannot write to {root}: No such file"):
        Storage.open(a_crawler(root).settings)
