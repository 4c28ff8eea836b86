"""The pages of one article made into one."""

from collections.abc import Sequence
from dataclasses import replace

from cleaners.article import Article
from cleaners.labels import matches
from cleaners.paging import places
from cleaners.text import key, start_alike
from cleaners.trace import Trace

BREAK = "\n\n"
REPEAT_WORDS = 8  # a shorter paragraph may stand twice in one article
PAGER_WORDS = 6  # "Page 2 of 4", "Continue on the next page"
SENTENCE_ENDS = '.!?:;…。！？।؟۔"”’»«“」』)]*'


def join_pages(pages: Sequence[Article]) -> Article:
    """Return the article of which *pages* are the pages, the first one first.

    What stands on every page, such as the lead, a subheading with the headline's words or a note
    on the author, stands once: at the start where the pages start with it, at the end where they
    end with it. A sentence that runs over the end of a page is one again. The metadata are those
    of the first page; `Article.pages` counts the pages whose text was taken.

    A page that brings no new text, or that is another article's, ends the article before it.
    Where the last page taken names a next one, the article stays `Article.incomplete`.

    Raises:
        ValueError: there are no pages.
    """
    if not pages:
        raise ValueError("no pages to join")
    first, *later = pages
    taken, texts, ended = [first], [first.text.split(BREAK)], False
    for page in later:
        shared = shared_ending(texts[-1], page.text.split(BREAK))
        fresh = fresh_text(page, first, texts, shared) if continues(first, page) else []
        if len(fresh) <= shared:
            ended = True
            break
        texts[-1] = texts[-1][: len(texts[-1]) - shared]
        taken.append(page)
        texts.append(fresh)
    return replace(
        first,
        text=BREAK.join(mend_breaks(texts)),
        captions=tuple(dict.fromkeys(caption for page in taken for caption in page.captions)),
        entries=tuple(dict.fromkeys(entry for page in taken for entry in page.entries)),
        layout_changed=any(page.layout_changed for page in taken),
        guarded=any(page.guarded for page in taken),
        pages=sum(page.pages for page in taken),
        next_page="" if ended else taken[-1].next_page,
        whole_page="",
        trace=join_traces(taken, texts),
    )


def take_whole(first: Article, whole: Article) -> Article | None:
    """Return *whole*, the article on one page, under the address and metadata of its *first* page.

    None where it is no more than *first*, or another article.
    """
    have, found = keys_of(first.text), keys_of(whole.text)
    is_same = len(have & found) * 2 > len(have)
    if not is_same or not found - have or len(whole.text) <= len(first.text):
        return None
    return replace(
        first,
        text=whole.text,
        lead=whole.lead,
        captions=whole.captions,
        entries=whole.entries,
        layout_changed=whole.layout_changed,
        guarded=whole.guarded,
        next_page="",
        whole_page="",
        trace=whole.trace,
    )


def continues(first: Article, later: Article) -> bool:
    """Whether *later* is a page of the article that begins on *first*.

    An address that calls its number a page is enough; many sites give each page a headline of its
    own. Any other must bear the same headline, for a number may tell two stories apart.
    """
    stems = {place.stem for place in (*places(first.url), *places(first.canonical_url))}
    named = any(place.is_named and place.stem in stems for place in places(later.url))
    return named or not first.title or not later.title or start_alike(first.title, later.title)


def fresh_text(
    page: Article, first: Article, texts: Sequence[Sequence[str]], shared: int
) -> list[str]:
    """Return the paragraphs of *page* that are not in *texts*, those of the pages before it.

    The last *shared* ones stay all the same: they leave the page before, and stand at the end.
    """
    paragraphs = page.text.split(BREAK)
    seen = {key(text) for before in texts for text in before}
    seen -= {key(text) for text in paragraphs[len(paragraphs) - shared :]}
    titles = {key(first.title), key(page.title)}
    fresh: list[str] = []
    for paragraph in paragraphs:
        words = key(paragraph)
        at_start = not fresh and (words in seen or words in titles or is_pager(paragraph))
        if not at_start and (words not in seen or len(words.split()) < REPEAT_WORDS):
            fresh.append(paragraph)
    while fresh and is_pager(fresh[-1]):
        fresh.pop()
    return fresh


def shared_ending(before: Sequence[str], paragraphs: Sequence[str]) -> int:
    """Count the paragraphs that both end with; 0 where that is all of one of them."""
    pairs = zip(reversed(before), reversed(paragraphs), strict=False)
    for count, (one, other) in enumerate(pairs):
        if key(one) != key(other):
            return count
    return 0


def is_pager(paragraph: str) -> bool:
    """Whether *paragraph* says no more than which page this is or comes next."""
    if len(paragraph.split()) > PAGER_WORDS:
        return False
    return matches("number", paragraph) or matches("next", paragraph)


def mend_breaks(texts: Sequence[Sequence[str]]) -> list[str]:
    """Return all paragraphs; one that a page ended in the middle of a sentence is one again."""
    mended: list[str] = []
    for paragraphs in texts:
        rest = list(paragraphs)
        if mended and mended[-1][-1] not in SENTENCE_ENDS and rest[0][0].islower():
            mended[-1] += f" {rest.pop(0)}"
        mended += rest
    return mended


def join_traces(pages: Sequence[Article], texts: Sequence[Sequence[str]]) -> Trace | None:
    """Return what happened on all *pages*, of which *texts* were taken; None without a trace."""
    decisions = []
    for page, paragraphs in zip(pages, texts, strict=True):
        if page.trace is None:
            return None
        taken = set(paragraphs)
        for each in page.trace.decisions:
            is_repeat = each.kept and each.text not in taken
            decisions.append(replace(each, kept=False, rule="repeat") if is_repeat else each)
    return Trace(tuple(decisions))


def keys_of(text: str) -> set[str]:
    """Return the keys of the paragraphs of *text*."""
    return {key(paragraph) for paragraph in text.split(BREAK)}
