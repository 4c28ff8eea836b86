"""The straight line from a page to an article."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cleaners.article import Article, Entry
from cleaners.blocks import Block, Element, path_of
from cleaners.choice import Choice, choose, kept_blocks, layout_in_use, layouts_on
from cleaners.live import Clocks, live_entries, share_out, with_entries
from cleaners.livemarks import find_live
from cleaners.metadata import describe
from cleaners.multipage import next_page_of, whole_page_of
from cleaners.page import Page, open_page
from cleaners.pictures import UNDER_PICTURE
from cleaners.published import Dating, date_page
from cleaners.refusal import refuse
from cleaners.registry import platform_of, site_for, source_of
from cleaners.site import Layout, Site
from cleaners.sitename import without_site
from cleaners.structured import string
from cleaners.text import count_words, key, one_line
from cleaners.titles import TITLE_META, find_title
from cleaners.trace import Decision, Trace
from cleaners.trim import Trimmed, trim
from cleaners.zones import CAPTION, LEAD

LABEL_WORDS = 2


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """A page on its way to being an article."""

    page: Page
    site: Site | None
    layout: Layout | None
    title: str
    title_source: str
    choice: Choice
    lines: list[Trimmed]
    entries: tuple[Entry, ...]


def clean(
    page: bytes | str, url: str, *, fetched: dt.datetime | None = None, trace: bool = False
) -> Article:
    """Return the article on *page*, which was fetched from *url*.

    Args:
        page: the bytes as served, in any encoding, or the decoded text.
        url: absolute; names the site whose rules hold.
        fetched: aware time of the fetch; dates after it are no dates of publication.
        trace: whether to tell of every block what decided; never changes the text.

    Raises:
        NoContentError: the page holds no article text.
        NotAnArticleError: it is a consent wall, a log-in wall, a challenge or a soft 404.
        NotHtmlError: the bytes are no HTML page.
        PageTooLargeError: the page passes a limit of size or nesting.
    """
    opened = open_page(page, url)
    site = site_for(url)
    rules = site or platform_of(opened)
    layouts = layouts_on(opened, rules)
    opened.walked(layouts[0] if layouts else None)
    dating = date_page(opened, None, site, fetched)
    layout = layout_in_use(layouts, dating)
    if layout is not None and layout.date:
        dating = date_page(opened, layout, site, fetched)
    title, title_source = find_title(opened, layout)
    choice = choose(opened, rules, layout, title)
    live = find_live(opened, choice.blocks)
    if live is not None and layout is None:
        choice = with_entries(choice, live)
    chosen = kept_blocks(choice)
    lines = trim(chosen, titles_of(opened, title), rules)
    kept = [line.block for line in lines if line.text]
    refusal = refuse(opened, choice.blocks, chosen, kept, title)
    if refusal is not None:
        raise refusal
    clocks = Clocks(dating.published, site.timezone if site else "", opened.language, fetched)
    told = share_out(live, choice.blocks, lines) if live is not None else None
    entries = live_entries(opened, told, clocks)
    cleaned = _Cleaned(opened, site, layout, title, title_source, choice, lines, entries)
    return assemble(cleaned, dating, with_trace=trace)


def titles_of(page: Page, title: str) -> set[str]:
    """Return the keys of every text that *page* gives as its headline.

    Of the ``h1`` only the first: some pages set all their subheadings as one.
    """
    stated = [
        title,
        page.head_title,
        without_site(one_line(page.head_title)),
        page.first_meta(*TITLE_META),
    ]
    stated += [string(node.get("headline")) for node in page.articles]
    stated += page.headings[:1]
    return {key(text) for text in stated} - {""}


def assemble(cleaned: _Cleaned, dating: Dating, *, with_trace: bool) -> Article:
    """Join the kept lines and what the page says of them."""
    page, choice = cleaned.page, cleaned.choice
    leads = {id(b) for b, rule in zip(choice.blocks, choice.rules, strict=True) if rule == LEAD}
    lead = [line.text for line in cleaned.lines if line.text and id(line.block) in leads]
    body = [line.text for line in cleaned.lines if line.text and id(line.block) not in leads]
    text = "\n\n".join(lead + body)
    told = describe(page, cleaned.layout, cleaned.site, text)
    of_title = (("title", cleaned.title_source),) if cleaned.title_source else ()
    next_page = next_page_of(page, cleaned.layout, behind(choice))
    return Article(
        url=page.url,
        canonical_url=told.canonical_url,
        source=source_of(page.url),
        title=cleaned.title,
        text=text,
        lead="\n\n".join(lead),
        authors=told.authors,
        published=dating.published,
        modified=dating.modified,
        date_source=dating.source,
        section=told.section,
        tags=told.tags,
        language=told.language,
        access=told.access,
        sources=of_title + told.sources,
        captions=captions_of(choice),
        entries=cleaned.entries,
        next_page=next_page,
        whole_page=whole_page_of(page) if next_page else "",
        layout_changed=choice.layout_changed,
        guarded=choice.guarded,
        trace=tell(choice, cleaned.lines) if with_trace else None,
    )


def behind(choice: Choice) -> Sequence[Block]:
    """Return the blocks after the last one that was chosen."""
    last = max((place for place, keep in enumerate(choice.kept) if keep), default=-1)
    return choice.blocks[last + 1 :]


def captions_of(choice: Choice) -> tuple[str, ...]:
    """Return the captions that a layout marks, else those of figures within the text."""
    marked = [
        b.text for b, rule in zip(choice.blocks, choice.rules, strict=True) if rule == CAPTION
    ]
    if not marked and any(choice.kept):
        first, last = choice.kept.index(True), len(choice.kept) - choice.kept[::-1].index(True)
        within = zip(choice.blocks[first:last], choice.rules[first:last], strict=True)
        marked = [b.text for b, rule in within if is_caption(b.element, rule)]
    texts = dict.fromkeys(map(one_line, marked))
    return tuple(text for text in texts if not is_label(text))


def is_label(text: str) -> bool:
    """Whether *text* only names what another element says, as ``Photo:`` does."""
    return text.endswith((":", "\uff1a")) and count_words(text) <= LABEL_WORDS


def is_caption(element: Element, rule: str) -> bool:
    """Whether a text in *element* was left out by *rule* as a caption, or in a ``figcaption``."""
    step: Element | None = element if rule == "outside" else None
    while step is not None and step.tag != "figcaption":
        step = step.parent
    return step is not None or rule == UNDER_PICTURE


def tell(choice: Choice, lines: list[Trimmed]) -> Trace:
    """Return what happened to every block, in page order."""
    trimmed = {id(line.block): line for line in lines}
    decisions = []
    for block, rule in zip(choice.blocks, choice.rules, strict=True):
        line = trimmed.get(id(block))
        path = path_of(block.element)
        if line is None or not line.text:
            decisions.append(Decision(block.text, False, rule if line is None else line.rule, path))
            continue
        decisions.append(Decision(line.text, True, rule, path))
        decisions.extend(Decision(block.text, False, name, path) for name in line.cuts)
    return Trace(tuple(decisions))
