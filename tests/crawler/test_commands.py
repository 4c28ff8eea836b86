"""What holds for every command."""

from collections.abc import Callable

import pytest

from crawler.cleaning.options import settings_of
from crawler.commands.clean import Command

Scrapy = Callable[..., int]


@pytest.mark.parametrize(
    "name",
    [
        "archive",
        "clean",
        "completeness",
        "crawlall",
        "due",
        "explain",
        "fixture",
        "rebuild",
        "schedule",
    ],
)
def test_command_is_listed_with_what_it_does(
    scrapy: Scrapy, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert scrapy() == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split()[:1] == [name] and len(line.split()) > 3 for line in lines)


def test_command_without_settings_says_what_is_wrong() -> None:
    with pytest.raises(RuntimeError, match=r"scrapy\.cmdline"):
        settings_of(Command())
