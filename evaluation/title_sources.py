"""Tell how often the gold title is the headline that the page prints, or one that its head states.

The last three columns are of the pages on which JSON-LD and og:title agree on another title than
the one that is printed: how many there are, and on how many either is the gold title.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, cast

from cleaners import CleaningError
from cleaners.page import Page, open_page
from cleaners.sitename import SiteName
from cleaners.structured import string
from cleaners.titles import MAX_ARTICLES, title_of
from evaluation.gold import GoldPage
from evaluation.options import QUALITY, gold_of, is_whole, parser_of
from evaluation.pages import harness
from evaluation.tables import markdown, put_section

EXAMPLE = "python -m evaluation.title_sources --sets wcxb,fundus_parser"
PRINTED, LINKED, GRAPH, HEAD = "printed", "JSON-LD", "og:title", "<title>"
HEADS = (
    *("set", "pages", PRINTED, LINKED, GRAPH, f"`{HEAD}`", "any of these"),
    *("both state another", "printed is gold", "stated is gold"),
)
INTRODUCTION = """## Titles

How often the gold title is the headline that the page prints, which is what `title` holds, and how
often another that its head states, in percent of the pages with a gold title. The last three
columns count the pages on which JSON-LD and og:title agree on another than the one that is printed.
The gold of fundus_parser is what each publisher's own rule took, from the head more often than not;
where the gold was chosen from the page, it is the printed one."""

Titles = Mapping[str, str]
"""The key of each title by where it stands; empty where there is none."""


class Metrics(Protocol):
    """What the harness compares texts with."""

    def norm_key(self, text: str) -> str:
        """Return the words of *text* as they are compared."""


class Titled(GoldPage, Protocol):
    """A gold page of a set that has titles."""

    title: str | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and write it into the page of figures where it is of all pages."""
    options = parser_of("title_sources", __doc__, EXAMPLE).parse_args(arguments)
    metrics = cast("Metrics", harness(options.bench, "metrics"))
    rows = []
    for name, pages in gold_of(options).items():
        found = list(compared(cast("Sequence[Titled]", pages), metrics))
        if found:
            rows.append(row_of(name, found))
    table = markdown(HEADS, rows)
    sys.stdout.write(f"{table}\n")
    if is_whole(options):
        put_section(QUALITY, "titles", f"{INTRODUCTION}\n\n{table}")
    return 0


def compared(pages: Sequence[Titled], metrics: Metrics) -> Iterator[tuple[str, Titles]]:
    """Yield the key of the gold title of each page that has one and can be read, and the others."""
    for gold in pages:
        if not gold.title:
            continue
        try:
            page = open_page(gold.html(), gold.url)
        except CleaningError:
            continue
        titles = {place: metrics.norm_key(text) for place, text in titles_of(page).items()}
        yield metrics.norm_key(gold.title), titles


def titles_of(page: Page) -> Titles:
    """Return each title of a page, those that its head states without the site's name."""
    site = SiteName(page)
    headlines = (string(node.get("headline")) for node in page.articles[:MAX_ARTICLES])
    return {
        PRINTED: title_of(page, None),
        LINKED: site.strip(next(filter(None, headlines), "")),
        GRAPH: site.strip(page.first_meta("og:title")),
        HEAD: site.strip(page.head_title, by_any=True),
    }


def row_of(name: str, found: Sequence[tuple[str, Titles]]) -> list[str]:
    """Return the line of a set: percent of its pages, and numbers of those that disagree."""
    shares = [
        sum(titles[place] == gold for gold, titles in found)
        for place in (PRINTED, LINKED, GRAPH, HEAD)
    ]
    shares.append(sum(gold in titles.values() for gold, titles in found))
    differing = [
        (gold, titles)
        for gold, titles in found
        if titles[LINKED] and titles[LINKED] == titles[GRAPH] != titles[PRINTED]
    ]
    numbers = [
        len(differing),
        *(sum(titles[place] == gold for gold, titles in differing) for place in (PRINTED, LINKED)),
    ]
    return [
        name,
        str(len(found)),
        *(f"{100 * share / len(found):.1f}" for share in shares),
        *map(str, numbers),
    ]


if __name__ == "__main__":
    sys.exit(main())
