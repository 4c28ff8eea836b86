"""An article on several pages: the address where it goes on, and its pages joined."""

import re
from collections.abc import Iterator, Sequence

from cleaners.blocks import Block
from cleaners.labels import found_in, matches
from cleaners.page import Page
from cleaners.paging import MAX_PAGES, Place, following, is_whole, joined, places
from cleaners.site import Layout
from cleaners.text import count_words, one_line
from cleaners.tree import Node, attribute, select, values

BEHIND = 60  # words between the end of the text and its pager; comments are further on
MAX_LABEL = 120  # characters; a longer link is a teaser
REACH = 6  # elements around a link that are asked what they are
SHORT = 16  # characters of an address that is written from the page's own, such as "?page=2"
ELSEWHERE = re.compile(
    r"comment|kommentar|comentario|disqus|repl(?:y|ies)|galler|galerie|slide-?show|slider|carousel"
    r"|bildstrecke|related|recirc|teaser|infinite|load-?more|archive|widget|sidebar",
    re.IGNORECASE,
)
"""Marks of elements whose page numbers count comments, pictures or other articles."""

NUMBERED = re.compile(r"\d(?<!\d\d)\d?(?:\.[a-z]{3,5})?/?(?:[?&#]|\s*$)", re.IGNORECASE)
"""A number of one or two digits; that no digit is before it is seen last, in half the time."""


def next_page_of(page: Page, layout: Layout | None = None, after: Sequence[Block] = ()) -> str:
    """Return the absolute address of the article's next page; empty on its last or only one.

    By the site's own rule, else by a link that says "next" or the next number and whose address
    is that of *page* but for a page number one higher. So the next story, which many blogs link
    as ``rel="next"``, is none; nor are the pages of comments, pictures and sections.

    Args:
        page: one page of an article.
        layout: the site's.
        after: the blocks behind the article's text; a pager far down in them is of other things.
    """
    here = places(page.url)
    if not here:
        return ""
    if layout is not None and layout.next_page:
        return by_rule(page, layout.next_page)
    here += tuple(place for place in places(page.canonical) if place.number == 1)
    links = page.all("link")
    for link, rel in zip(links, values(links, "rel"), strict=True):
        if "next" in rel.lower().split():
            address = joined(base_of(page), attribute(link, "href"))
            if following(here, address) is not None:
                return address
    return by_label(page, here, after)


def by_rule(page: Page, selector: str) -> str:
    """Return what the first link that *selector* finds leads to; another host is none of it."""
    for element in select(selector)(page.root):
        link = element if attribute(element, "href") else element.css_first("a[href]")
        address = joined(base_of(page), attribute(link, "href")) if link is not None else ""
        if hosts(address) & hosts(page.url):
            return address if address != page.url else ""
    return ""


def hosts(address: str) -> set[str]:
    """Return the host of *address*, or nothing."""
    return {place.stem.partition("/")[0] for place in places(address)}


def by_label(page: Page, here: Sequence[Place], after: Sequence[Block]) -> str:
    """Return the address of the first link that is labelled as that of the next page."""
    found = ""
    tails = {place.stem.rpartition("/")[2].partition("?")[0].partition(".")[0] for place in here}
    for link, address in numbered_links(page, tails):
        if any(place.number > MAX_PAGES for place in same_article(here, address)):
            return ""
        place = None if found else following(here, address)
        if place is not None and is_labelled(link, place) and is_at_text(link, after):
            found = address
    return found


def numbered_links(page: Page, tails: set[str]) -> Iterator[tuple[Node, str]]:
    """Yield the links whose address has one of *tails* and ends in a number of one or two digits.

    Pages have hundreds of links; these few words save taking their addresses apart.
    """
    base = base_of(page)
    links = page.all("a")
    for link, href in zip(links, values(links, "href"), strict=True):
        is_near = len(href) < SHORT or any(map(href.__contains__, tails))
        if is_near and NUMBERED.search(href):
            yield link, joined(base, href)


def same_article(here: Sequence[Place], address: str) -> list[Place]:
    """Return what *address* can be among the pages of the article that *here* is one of."""
    stems = {place.stem for place in here}
    return [place for place in places(address) if place.stem in stems]


def whole_page_of(page: Page) -> str:
    """Return the address that shows all pages of a paged article at once; empty without one."""
    here = places(page.url)
    for link in page.all("a") if here else ():
        address = joined(base_of(page), attribute(link, "href"))
        if address == page.url or is_elsewhere(link):
            continue
        says = matches("whole", label_of(link))
        if is_whole(address, here) or (says and same_article(here, address)):
            return address
    return ""


def base_of(page: Page) -> str:
    """Return what the page's relative addresses start from."""
    bases = [href for base in page.all("base") if (href := attribute(base, "href"))]
    return joined(page.url, bases[0]) if bases else page.url


def label_of(link: Node) -> str:
    """Return what *link* says, or its title where it shows no more than a picture."""
    text = one_line(link.text())
    return text or one_line(attribute(link, "aria-label") or attribute(link, "title"))


def is_labelled(link: Node, place: Place) -> bool:
    """Whether *link* says "next", or the number of *place* and no other."""
    if {"next"} & set(attribute(link, "rel").lower().split()):
        return True
    label = label_of(link)
    if len(label) > MAX_LABEL:
        return False
    numbers = [int(found["number"]) for found in found_in("number", label)]
    if numbers:
        return place.number in numbers
    return matches("next", label)


def is_at_text(link: Node, after: Sequence[Block]) -> bool:
    """Whether *link* stands in, before or right behind the text, and not among other things."""
    if is_elsewhere(link):
        return False
    around: set[int] = set()
    step = link.parent
    while step is not None and len(around) < REACH:
        around.add(step.mem_id)
        step = step.parent
    words = 0
    for block in after:
        if block.element.node.mem_id in around:
            return words <= BEHIND
        words += count_words(block.text)
    return True


def is_elsewhere(link: Node) -> bool:
    """Whether *link* stands among comments, pictures or teasers."""
    step: Node | None = link
    for _ in range(REACH):
        if step is None or step.tag in {"article", "main", "body", "html"}:
            return False
        attributes = step.attributes
        marks = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if step.tag == "aside" or ELSEWHERE.search(marks):
            return True
        step = step.parent
    return False
