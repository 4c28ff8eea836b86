"""One article of the newsroom: a source file that people read and pages are made from."""

import datetime as dt
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

EMPHASIS = re.compile(r"\*([^*]+)\*")
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
MARKS = {"## ": "h2", "- ": "li", "> ": "quote", "| ": "row"}
TEXT_KINDS = frozenset({"p", "row", *MARKS.values()})


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the body: article text (`TEXT_KINDS`) or noise between, such as an ad."""

    kind: str
    """What forms call it: ``p``, ``h2``, ``li``, ``quote``, ``row``, ``photo``, ``card``…"""

    fields: tuple[str, ...]
    """The text alone, the cells of a row, or what a line of noise lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What one source file says."""

    slug: str
    title: str
    lead: str
    """The standfirst; empty where the page shows none."""

    authors: tuple[str, ...]
    published: dt.datetime
    modified: dt.datetime
    section: str
    language: str
    tags: tuple[str, ...]
    hero: tuple[str, str, str]
    """Alternative text, credit and caption of the picture on top."""

    related: tuple[str, ...]
    comments: tuple[tuple[str, str], ...]
    """Name and text of each reader's comment."""

    parts: tuple[Part, ...]

    @property
    def serial(self) -> str:
        """Ten digits that stay the same for the same slug."""
        return f"10{zlib.crc32(self.slug.encode()) % 10**8:08d}"

    @property
    def text(self) -> str:
        """What cleaning the page must give, block by block."""
        body = [" | ".join(part.fields) for part in self.parts if part.kind in TEXT_KINDS]
        return "\n\n".join(plain(block) for block in (self.lead, *body) if block)


def plain(text: str) -> str:
    """Return *text* without the marks of emphasis and links."""
    return EMPHASIS.sub(r"\1", LINK.sub(r"\1", text))


def read_story(path: Path) -> Story:
    """Return the story in *path*: YAML between two lines of ``---``, then the body."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields: Mapping[str, object] = yaml.safe_load(head)
    hero = mapping(fields.get("hero"))
    published = moment(fields["published"])
    return Story(
        slug=path.stem,
        title=str(fields["title"]),
        lead=str(fields.get("lead", "")),
        authors=strings(fields["authors"]),
        published=published,
        modified=moment(fields.get("modified", published)),
        section=str(fields["section"]),
        language=str(fields.get("language", "en")),
        tags=strings(fields["tags"]),
        hero=(hero.get("alt", ""), hero.get("credit", ""), hero.get("caption", "")),
        related=strings(fields.get("related", [])),
        comments=tuple(
            (one["name"], one["text"]) for one in map(mapping, entries(fields.get("comments", [])))
        ),
        parts=tuple(read_parts(body)),
    )


def read_parts(body: str) -> Iterator[Part]:
    """Yield the blocks of *body*, which empty lines part; a list or table is one a line."""
    for chunk in re.split(r"\n{2,}", body.strip()):
        if chunk.startswith(("- ", "| ")):
            yield from map(read_part, chunk.split("\n"))
        else:
            yield read_part(" ".join(chunk.split("\n")))


def read_part(text: str) -> Part:
    """Return the block that *text* writes down."""
    if text.startswith("!"):
        kind, _, rest = text[1:].partition(" ")
        return Part(kind, cells(rest))
    kind = MARKS.get(text[: text.find(" ") + 1], "p")
    if kind == "row":
        return Part(kind, cells(text.strip("| ")))
    return Part(kind, (text if kind == "p" else text.partition(" ")[2],))


def cells(line: str) -> tuple[str, ...]:
    """Return what stands between the bars of *line*."""
    return tuple(cell.strip() for cell in line.split("|"))


def moment(value: object) -> dt.datetime:
    """Return *value* if it is a time with a zone.

    Raises:
        ValueError: it is not.
    """
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise ValueError(f"no time with a zone: {value!r}")
    return value


def strings(value: object) -> tuple[str, ...]:
    """Return a YAML list as strings."""
    return tuple(map(str, entries(value)))


def entries(value: object) -> list[object]:
    """Return *value* if it is a YAML list.

    Raises:
        TypeError: it is not.
    """
    if not isinstance(value, list):
        raise TypeError(f"no list: {value!r}")
    return value


def mapping(value: object) -> dict[str, str]:
    """Return *value* if it is a YAML mapping; all values as strings, empty for None.

    Raises:
        TypeError: it is neither.
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise TypeError(f"no mapping: {value!r}")
    return {str(name): "" if one is None else str(one) for name, one in value.items()}
