"""Fixture pages with the text and the metadata that cleaning them must give.

A golden is ``fixtures/<site>/<slug>.html``, ``.txt`` and ``.json``; ``<site>`` is the name of a
site or platform, or ``generic`` for pages of neither.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from cleaners import Article, CleaningError, clean
from cleaners.registry import platforms, sites
from crawler.files import write_whole
from crawler.formats import COLUMNS, Value, fields, render_txt

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A golden beside what cleaning its page gives now."""

    golden: Golden
    problems: tuple[str, ...] = ()
    """What no accepting mends: a refused page, a phrase that is back."""

    changes: tuple[tuple[Path, str], ...] = ()
    """Files that would have to change, with their new content."""

    diff: str = ""
    """The changes in unified form; empty where there are none."""


def golden_folders() -> tuple[str, ...]:
    """Return the names of the folders whose pages are goldens."""
    return (*(rules.name for rules in (*sites(), *platforms())), GENERIC)


def find_goldens(fixtures: Path) -> tuple[Golden, ...]:
    """Return every golden under *fixtures*, by site and slug; other folders are not looked into."""
    return tuple(
        Golden(page)
        for name in sorted(golden_folders())
        for page in sorted((fixtures / name).glob("*.html"))
    )


def review(golden: Golden) -> Review:
    """Clean the page of *golden* and compare."""
    try:
        article = golden.clean()
        changes = changed_files(golden, article)
        return Review(
            golden=golden,
            problems=returned_phrases(golden, article),
            changes=changes,
            diff="".join(diff_of(path, content) for path, content in changes),
        )
    except (CleaningError, OSError, ValueError) as error:
        return Review(golden=golden, problems=(f"{type(error).__name__}: {error}",))


def returned_phrases(golden: Golden, article: Article) -> tuple[str, ...]:
    """Name the phrases that must be gone and are not."""
    return tuple(f"still in the text: {line}" for line in golden.without if line in article.text)


def changed_files(golden: Golden, article: Article) -> tuple[tuple[Path, str], ...]:
    """Return the files of *golden* that differ from *article*, with what they would say.

    The keys of the JSON file stay as they are and in their order, whoever wrote them.
    """
    found = fields(article)
    expected = golden.expected
    updated = {name: value if name in BY_HAND else found[name] for name, value in expected.items()}
    wanted = [(golden.text_file, render_txt(article))]
    if updated != expected:
        wanted.append((golden.json_file, dump(updated)))
    return tuple((path, content) for path, content in wanted if read(path) != content)


def read(path: Path) -> str:
    """Return what *path* holds; empty where there is no such file."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def dump(expected: Expected) -> str:
    """Return the metadata as it stands in a file."""
    return json.dumps(expected, ensure_ascii=False, indent=2) + "\n"


def diff_of(path: Path, content: str) -> str:
    """Return what writing *content* would change in *path*, as a unified diff."""
    name = "/".join(path.parts[-3:])
    before, after = read(path).splitlines(), content.splitlines()
    lines = unified_diff(before, after, f"{name} (accepted)", f"{name} (now)", lineterm="")
    return "".join(f"{line}\n" for line in lines)


def accept(reviewed: Review) -> None:
    """Write what cleaning gives now; the page and the phrases written by hand stay."""
    for path, content in reviewed.changes:
        write_whole(path, content.encode())


def record(golden: Golden, body: bytes, url: str) -> None:
    """Write *body* as the page of *golden*, with drafts of its text and metadata.

    Raises:
        CleaningError: the page gives no article; nothing is written.
        FileExistsError: one of the files is there, other than the very page.
    """
    standing = [path for path in (golden.text_file, golden.json_file) if path.exists()]
    if golden.page.exists() and golden.body != body:
        standing.append(golden.page)
    if standing:
        raise FileExistsError(f"already there: {', '.join(map(str, standing))}")
    article = clean(body, url)
    write_whole(golden.page, body)
    write_whole(golden.text_file, render_txt(article).encode())
    write_whole(golden.json_file, dump({**fields(article), "url": url, "without": []}).encode())


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


def is_slug(name: str) -> bool:
    """Whether *name* is lower-case words joined by hyphens, as fixtures are called."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) is not None
