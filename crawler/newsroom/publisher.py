"""A publisher of the newsroom: its stories, templates, labels and traps, read from a folder."""

import datetime as dt
import re
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from zoneinfo import ZoneInfo

import yaml

from crawler.newsroom.story import Story, entries, mapping, moment, read_story, strings

FOLDER = Path(__file__).parents[2] / "fixtures" / "newsroom"
NAMES = ("harbour-courier", "meridian-wire", "fjellbladet-review")


class NewsroomMissingError(FileNotFoundError):
    """The newsroom's sources are not beside the package: it was installed without its checkout."""


@dataclass(frozen=True, slots=True)
class Trap:
    """A link that leads to no new article."""

    path: str
    title: str
    published: dt.datetime
    body: bytes
    """What the server sends; empty where the path shows a section front or `story`."""

    story: str
    """Slug of the story that stands under this second address too; empty for none."""

    @property
    def is_front(self) -> bool:
        """Whether the path is that of a section's front."""
        return not (self.body or self.story)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """What one folder of the newsroom says."""

    name: str
    zone: ZoneInfo
    article_path: str
    """Format of an article's path, from its ``published``, ``section``, ``slug``, ``serial``."""

    day: str
    """Format of a date as the pages print it."""

    front_size: int
    """Stories on one page of a front."""

    listing: str
    """How it announces stories, apart from its fronts: ``rss``, ``atom`` or ``sitemap``."""

    named: Mapping[str, str]
    """Arguments that name listings to the spider, as paths; empty: it finds them itself."""

    robots: str
    forms: Mapping[str, str]
    """HTML of each kind of block and link; ``{0}``, ``{1}`` stand for its fields."""

    templates: Mapping[str, Template]
    labels: Mapping[str, Mapping[str, object]]
    """Words of the pages' own, by language; empty where the templates hold them."""

    traps: tuple[Trap, ...]
    stories: tuple[Story, ...]
    """Newest first."""

    def path(self, story: Story) -> str:
        """Return the address of *story* on its server."""
        local = story.published.astimezone(self.zone)
        section = slugify(story.section)
        return self.article_path.format(
            published=local, section=section, slug=story.slug, serial=story.serial
        )

    def some_path(self, headline: str) -> str:
        """Return the address of the story with *headline*, else of one chosen by its words."""
        named = [story for story in self.stories if story.title == headline]
        chance = self.stories[zlib.crc32(headline.encode()) % len(self.stories)]
        return self.path(named[0] if named else chance)

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that have a story, in alphabetical order."""
        return tuple(sorted({story.section for story in self.stories}))


def slugify(text: str) -> str:
    """Return *text* as ``a-z0-9-``."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def read_newsroom(folder: Path = FOLDER) -> tuple[Publisher, ...]:
    """Return the publishers, in the order of their ports.

    Raises:
        NewsroomMissingError: *folder* is not there.
    """
    if not folder.is_dir():
        raise NewsroomMissingError(f"the newsroom's sources are missing: {folder}")
    return tuple(read_publisher(folder / name) for name in NAMES)


def read_publisher(folder: Path) -> Publisher:
    """Return the publisher that *folder* describes."""
    fields: Mapping[str, object] = read_yaml(folder / "publisher.yaml")
    stories = [read_story(path) for path in sorted(folder.glob("articles/*.md"))]
    return Publisher(
        name=str(fields["name"]),
        zone=ZoneInfo(str(fields["zone"])),
        article_path=str(fields["article_path"]),
        day=str(fields["day"]),
        front_size=int(str(fields["front_size"])),
        listing=str(fields["listing"]),
        named=mapping(fields.get("named")),
        robots=str(fields["robots"]),
        forms=mapping(fields["forms"]),
        templates={
            path.stem: Template(path.read_text(encoding="utf-8"))
            for path in sorted(folder.glob("*.html"))
        },
        labels={path.stem: read_yaml(path) for path in sorted(folder.glob("labels/*.yaml"))},
        traps=tuple(read_trap(one, folder / "traps") for one in entries(fields["traps"])),
        stories=tuple(sorted(stories, key=lambda story: story.published, reverse=True)),
    )


def read_trap(entry: object, folder: Path) -> Trap:
    """Return the trap that *entry* describes, whose page stands in *folder*."""
    if not isinstance(entry, dict):
        raise TypeError(f"no mapping: {entry!r}")
    named = mapping(entry)
    body = (folder / named["file"]).read_bytes() if "file" in named else b""
    published = moment(entry["published"])
    return Trap(named["path"], named["title"], published, body, named.get("story", ""))


def read_yaml(path: Path) -> dict[str, object]:
    """Return the mapping in *path*."""
    fields: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return fields


def label_lines(labels: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Return the lines of a label that has several; none where there is no such label."""
    return strings(labels.get(name, []))
