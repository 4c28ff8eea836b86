"""Where cleaned pages go: standard output, or one file each in a folder."""

import datetime as dt
import json
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath

from cleaners import Article
from crawler.cleaning.pages import Refusal
from crawler.cleaning.plain import escape
from crawler.files import write_whole
from crawler.formats import ENDINGS, RENDERERS, WITH_METADATA, csv_header
from crawler.textfile import body


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Where the outcomes of one call go, and in which form."""

    form: str
    """One of `crawler.formats.RENDERERS`."""

    with_metadata: bool
    folder: Path | None
    """None: standard output."""

    def start(self) -> None:
        """Print what stands above all articles: in CSV the names of the columns."""
        if self.folder is None:
            sys.stdout.write(self.head())

    def accept(self, stem: PurePath, article: Article, fetched: dt.datetime | None = None) -> None:
        """Print *article*, or write it whole to the file *stem* with the ending of its form."""
        text = body(self.render(article, fetched))
        if self.folder is None:
            sys.stdout.write(text)
        else:
            path = self.folder / stem
            content = (self.head() + text).encode()
            write_whole(path.with_name(path.name + ENDINGS[self.form]), content)

    def refuse(self, refusal: Refusal) -> None:
        """Name *refusal* on the error stream; in JSON on standard output it is an object there."""
        if self.folder is None and self.form == "json":
            why = {"reject": refusal.reject, "why": refusal.why, "input": refusal.name}
            sys.stdout.write(json.dumps(why, ensure_ascii=False) + "\n")
        else:
            name = "" if refusal.is_missing else f"refused {refusal.name}: "
            # an address from an archive must not move the cursor
            sys.stderr.write(f"{escape(f'{name}{refusal.reason}')}\n")

    def head(self) -> str:
        """Return the first line of a file in this form."""
        return csv_header() if self.form == "csv" else ""

    def render(self, article: Article, fetched: dt.datetime | None) -> str:
        """Return *article* in this form; *fetched* stands in a YAML header."""
        if self.with_metadata and self.form in WITH_METADATA:
            return WITH_METADATA[self.form](article, fetched)
        return RENDERERS[self.form](article)
