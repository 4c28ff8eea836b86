"""An article as text, Markdown, JSON, XML, TEI or CSV."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Mapping

from cleaners import Article
from crawler.textfile import FENCE, front_matter, render
from crawler.xml_formats import render_tei, render_xml

Value = str | bool | int | list[str] | None
"""What a field may hold in JSON: a list of strings for tuples, ISO 8601 for dates."""

LIST_SEPARATOR = "; "  # between names or tags in one cell of a CSV file
COLUMNS = (
    "url", "canonical_url", "source", "title", "date", "modified", "date_source", "authors", "lead",
    "section", "tags", "language", "access", "captions", "pages", "incomplete", "next_page",
    "layout_changed", "guarded",
)  # fmt: skip
MARKDOWN_START = re.compile(r"^(\s*(?:\d+(?=[.)]))?)([#>+\-.)])", re.MULTILINE)
MARKDOWN_INLINE = re.compile(r"([\\`*_\[\]<])")


def fields(article: Article) -> dict[str, Value]:
    """Return everything but the text, by name; `Article.published` is called ``date``."""
    named = {
        "date": plain_value(article.published),
        **{name: plain_value(getattr(article, name)) for name in COLUMNS if name != "date"},
    }
    return {name: named[name] for name in COLUMNS}


def plain_value(value: str | int | tuple[str, ...] | dt.date | None) -> Value:
    """Return *value* as JSON knows it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def json_object(article: Article) -> dict[str, Value | list[dict[str, Value]]]:
    """Return the article as one JSON object, the text first, then title, date and authors.

    The entries of a live report come last; any other article has none.
    """
    named = fields(article)
    first = {name: named[name] for name in ("title", "date", "authors")}
    entries = [
        {
            "time": plain_value(entry.time),
            "printed": entry.printed,
            "headline": entry.headline,
            "text": entry.text,
        }
        for entry in article.entries
    ]
    return {"text": article.text, **first, **named, "entries": entries}


def render_json(article: Article) -> str:
    """Return `json_object` on one line."""
    return json.dumps(json_object(article), ensure_ascii=False) + "\n"


def render_txt(article: Article) -> str:
    """Return the text alone."""
    return article.text + "\n"


def render_txt_with_metadata(article: Article, fetched: dt.datetime | None) -> str:
    """Return the text under a YAML header."""
    return render(article, "yaml", fetched).decode()


def render_markdown(article: Article) -> str:
    """Return the headline as ``# …``, then the text with Markdown's own marks escaped."""
    head = f"# {escape_markdown(article.title)}\n\n" if article.title else ""
    return f"{head}{escape_markdown(article.text)}\n"


def render_markdown_with_metadata(article: Article, fetched: dt.datetime | None) -> str:
    """Return the Markdown under a YAML header."""
    return f"{FENCE}{front_matter(article, fetched)}{FENCE}\n{render_markdown(article)}"


def escape_markdown(text: str) -> str:
    """Return *text* so that Markdown shows it as it is."""
    return MARKDOWN_START.sub(r"\1\\\2", MARKDOWN_INLINE.sub(r"\\\1", text))


def csv_header() -> str:
    """Return the line of column names."""
    return csv_line((*COLUMNS, "text"))


def render_csv(article: Article) -> str:
    """Return the article as one row, in the order of `csv_header`."""
    return csv_line([*map(csv_cell, fields(article).values()), article.text])


def csv_cell(value: Value) -> str:
    """Return *value* as one cell; empty where there is none."""
    if isinstance(value, list):
        return LIST_SEPARATOR.join(value)
    return "" if value is None else str(value)


def csv_line(cells: list[str] | tuple[str, ...]) -> str:
    """Return one row, quoted where needed, ended by a line feed."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


RENDERERS: Mapping[str, Callable[[Article], str]] = {
    "txt": render_txt,
    "markdown": render_markdown,
    "json": render_json,
    "xml": render_xml,
    "xmltei": render_tei,
    "csv": render_csv,
}
WITH_METADATA: Mapping[str, Callable[[Article, dt.datetime | None], str]] = {
    "txt": render_txt_with_metadata,
    "markdown": render_markdown_with_metadata,
}
"""The formats that leave the metadata out unless asked; the others always state it."""

ENDINGS = {
    "txt": ".txt",
    "markdown": ".md",
    "json": ".json",
    "xml": ".xml",
    "xmltei": ".xml",
    "csv": ".csv",
}
