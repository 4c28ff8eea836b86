"""Crawls that the schedule starts leave out listings that are not due; others do not."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from scrapy.settings import BaseSettings, Settings

from crawler.commands import crawlall, due, schedule
from crawler.schedules.loop import polling_adaptively


class StartedError(Exception):
    """Stands for the start of the crawls; bears the settings that they are given."""


def start(*arguments: object) -> None:
    raise StartedError(arguments[-1])


def settings(data: Path) -> BaseSettings:
    made = Settings()
    made.setmodule("crawler.settings", priority="project")
    entries = json.dumps([{"site": "dw", "every": "6h"}])
    made.update({"DATA_DIR": str(data), "SCHEDULE": entries}, priority="cmdline")
    return made


def given(run: Callable[[], int], module: ModuleType, patch: pytest.MonkeyPatch) -> Sequence[str]:
    patch.setattr(module, "new_runner", start)
    with pytest.raises(StartedError) as started:
        run()
    found: Sequence[str] = started.value.args[0]
    return found


def test_schedule_polls_adaptively(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings(tmp_path)
    options = ["LOG_LEVEL=DEBUG"]
    expected = ["POLL=adaptive", *options]
    assert given(lambda: due.run_due(made, options), due, monkeypatch) == expected
    assert given(lambda: schedule.stay(made, options), schedule, monkeypatch) == expected


def test_person_who_crawls_all_sites_asks_every_listing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = settings(tmp_path)
    assert given(lambda: crawlall.crawl_all([], made, ["A=b"]), crawlall, monkeypatch) == ["A=b"]


@pytest.mark.parametrize("word", ["always", "adaptive"])
def test_what_the_settings_say_of_polling_holds_for_all_crawls(word: str) -> None:
    assert polling_adaptively(Settings({"POLL": word}), ["A=b"]) == ["A=b"]
