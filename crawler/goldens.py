"""Fixture pages with the text and the metadata that cleaning them must give.

A golden is ``fixtures/<site>/<slug>.html``, ``.txt`` and ``.json``; ``<site>`` is the name of a
site or platform, or ``generic`` for pages of neither.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaners import Article, clean
from cleaners.registry import platforms, sites
from crawler.formats import COLUMNS, Value

GENERIC = "generic"
REQUIRED = ("url", "title", "date", "authors", "without")
BY_HAND = ("url", "origin", "without")
"""Keys that cleaning never fills in: the address, where the page comes from, banned phrases."""

Expected = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Golden:
    """One page and what cleaning it must give."""

    page: Path

    @property
    def id(self) -> str:
        """``<site>/<slug>``."""
        return f"{self.site}/{self.page.stem}"

    @property
    def site(self) -> str:
        """Name of the folder: of a site, of a platform, or ``generic``."""
        return self.page.parent.name

    @property
    def body(self) -> bytes:
        """The page as it was served."""
        return self.page.read_bytes()

    @property
    def text_file(self) -> Path:
        """Where the text is kept."""
        return self.page.with_suffix(".txt")

    @property
    def text(self) -> str:
        """`Article.text` as it must be."""
        return self.text_file.read_text(encoding="utf-8").removesuffix("\n")

    @property
    def json_file(self) -> Path:
        """Where the metadata is kept."""
        return self.page.with_suffix(".json")

    @property
    def expected(self) -> Expected:
        """Metadata by field name, the address, and the phrases that must be gone.

        Raises:
            ValueError: a needed key is missing, or one is unknown.
        """
        expected: Expected = json.loads(self.json_file.read_bytes())
        missing = [name for name in REQUIRED if name not in expected]
        unknown = sorted(expected.keys() - {*COLUMNS, *BY_HAND})
        if missing or unknown:
            raise ValueError(f"{self.json_file}: missing {missing}, unknown {unknown}")
        return expected

    @property
    def url(self) -> str:
        """Address that the page is cleaned under."""
        return str(self.expected["url"])

    @property
    def metadata(self) -> Expected:
        """The fields of `Article` that the golden states."""
        return {name: value for name, value in self.expected.items() if name not in BY_HAND}

    @property
    def without(self) -> tuple[str, ...]:
        """Phrases of the page, written by hand, that are no article text."""
        phrases = self.expected["without"]
        return tuple(phrases) if isinstance(phrases, list) else ()

    def clean(self) -> Article:
        """Clean the page.

        Raises:
            CleaningError: it gives no article.
        """
        return clean(self.body, self.url)


def golden_folders() -> tuple[str, ...]:
    """Return the names of the folders whose pages are goldens."""
    return (*(rules.name for rules in (*sites(), *platforms())), GENERIC)


def find_goldens(fixtures: Path) -> tuple[Golden, ...]:
    """Return every golden under *fixtures*, by site and slug; other folders are not looked into.

    Nor are hidden files, which editors and file managers leave.
    """
    return tuple(
        Golden(page)
        for name in sorted(golden_folders())
        for page in sorted((fixtures / name).glob("[!.]*.html"))
    )


def named(goldens: Sequence[Golden], names: Sequence[str]) -> list[Golden]:
    """Return the goldens called *names*, each ``SITE`` or ``SITE/SLUG``; all without a name.

    Raises:
        ValueError: there is none of a name.
    """
    for name in names:
        if not any(name in {golden.site, golden.id} for golden in goldens):
            raise ValueError(f"no fixture {name}")
    wanted = set(names)
    return [golden for golden in goldens if not wanted or wanted & {golden.site, golden.id}]


def dump(expected: Expected) -> str:
    """Return the metadata as it stands in a file."""
    return json.dumps(expected, ensure_ascii=False, indent=2) + "\n"
