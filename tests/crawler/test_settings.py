from importlib import import_module, reload

import pytest
from scrapy.settings import BaseSettings, Settings, default_settings
from scrapy.utils.misc import load_object

from crawler import settings
from crawler.agent import NAME, name_contact, user_agent

OURS = (
    *("ALLOW_PORTS", "HOST_BUDGET", "HOST_FAILURES"),
    *("ALLOW_INTERNAL", "CONTACT", "CRAWL_DELAY_MAX", "BLOCKED_LIMIT", "DATA_DIR", "TEXT_HEADER"),
    *("STATE_URL", "ARCHIVE_MAX_BYTES", "MIN_FREE_BYTES"),
    *("SCHEDULE", "SCHEDULE_JOBS", "SCHEDULE_GRACE"),
    *("POLL", "POLL_MIN", "POLL_MAX", "POLL_WHOLE_DAYS", "UPDATES", "UPDATES_DAYS"),
    *("SITEMAP_LIMIT", "LISTING_LIMIT", "SITEMAP_MAXSIZE", "SECTION_LIMIT"),
    *("PAGES_IN_FLIGHT", "EXTRACTION_PROCESSES", "EXTRACTION_CPU", "EXTRACTION_TIMEOUT"),
    *("EXTRACTION_MEMORY_MB", "STALL_LIMIT"),
)


@pytest.mark.parametrize(
    "path",
    [
        *settings.ITEM_PIPELINES,
        *(path for path, order in settings.DOWNLOADER_MIDDLEWARES.items() if order is not None),
        *settings.EXTENSIONS_BASE,
        *settings.EXTENSIONS,
        settings.DUPEFILTER_CLASS,
        settings.LOG_FORMATTER,
        settings.TWISTED_DNS_RESOLVER,
        *(path for path in settings.DOWNLOAD_HANDLERS.values() if path is not None),
    ],
)
def test_every_component_that_is_named_exists(path: str) -> None:
    assert load_object(path) is not None


def test_names_of_scrapys_settings_are_spelled_right() -> None:
    known = {*import_module("scrapy.settings.default_settings").__all__, *OURS}
    assert {name for name in vars(settings) if name.isupper()} <= known


def test_scrapy_has_the_extensions_that_are_taken_out() -> None:
    taken_out = {*default_settings.EXTENSIONS_BASE} - {*settings.EXTENSIONS_BASE}
    assert {path.rpartition(".")[2] for path in taken_out} == {
        *("LogStats", "TelnetConsole", "RemoteControl")
    }


@pytest.mark.parametrize("scheme", ["file", "data", "ftp", "s3"])
def test_only_the_web_is_asked(scheme: str) -> None:
    handlers: dict[str, str | None] = dict(settings.DOWNLOAD_HANDLERS)
    assert handlers[scheme] is None


def test_contact_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CONTACT", "mailto:crawl@example.org")
    assert reload(settings).CONTACT == "mailto:crawl@example.org"
    monkeypatch.undo()
    reload(settings)


def test_user_agent_names_the_project_and_the_contact() -> None:
    assert user_agent("https://example.org/bot").startswith(NAME)
    assert user_agent("https://example.org/bot").endswith(" (+https://example.org/bot)")
    assert "(" not in user_agent("")


def test_version_is_left_out_where_the_project_is_not_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("crawler.agent.NAME", "no-such-distribution")
    assert user_agent("") == "no-such-distribution"


def agent(priority: str) -> str:
    made: BaseSettings = Settings({"CONTACT": "c"})
    made.set("USER_AGENT", "mine", priority=priority)
    name_contact(made)
    return str(made["USER_AGENT"])


def test_user_agent_given_by_the_user_stays() -> None:
    assert agent("cmdline") == "mine"
    assert agent("default").endswith("(+c)")
