"""Which blocks of a page are its article: by a site's rules, else by the generic chooser."""

from collections.abc import Sequence
from dataclasses import dataclass

from cleaners.blocks import Block
from cleaners.components import components_around
from cleaners.dates import day_of
from cleaners.generic import choose_region
from cleaners.lead import find_lead
from cleaners.page import Page
from cleaners.pictures import UNDER_PICTURE, under_pictures
from cleaners.published import Dating
from cleaners.signup import SIGN_UP, in_sign_up_box
from cleaners.site import Layout, Platform, Site
from cleaners.structured import plain
from cleaners.text import count_words
from cleaners.tree import select
from cleaners.zones import BODY, LEAD

GUARD_SHARE = 0.6  # of the words that JSON-LD states; below it a site's rules have rotted
GUARD_WORDS = 80  # fewer words of evidence are a teaser, not a body
PROSE_WORDS = 12  # a paragraph of fewer words is no evidence of an article
LINK_SHARE = 0.5  # a paragraph more linked is a teaser


@dataclass(frozen=True, slots=True)
class Choice:
    """A page's blocks and, for each, whether it is the article's and why."""

    blocks: tuple[Block, ...]
    kept: tuple[bool, ...]
    rules: tuple[str, ...]
    layout_changed: bool = False
    guarded: bool = False


def choose(page: Page, rules: Site | Platform | None, layout: Layout | None, title: str) -> Choice:
    """Return which blocks are the article; the generic chooser decides where no layout matches."""
    if layout is None:
        return choose_generic(page, title, layout_changed=rules is not None)
    chosen = choose_by_layout(page, layout)
    if not is_suspicious(page, chosen):
        return chosen
    generic = choose_generic(page, title)
    if words_kept(generic) * GUARD_SHARE <= words_kept(chosen):
        return chosen
    return Choice(generic.blocks, generic.kept, generic.rules, guarded=True)


def layouts_on(page: Page, rules: Site | Platform | None) -> Sequence[Layout]:
    """Return the layouts whose body holds text on *page*."""
    return [
        layout
        for layout in (rules.layouts if rules is not None else ())
        if any(element.text().strip() for element in select(layout.body)(page.root))
    ]


def layout_in_use(layouts: Sequence[Layout], dating: Dating | None) -> Layout | None:
    """Return the first of *layouts* that was in use on the day of publication."""
    day = day_of(dating.published) if dating and dating.published else None
    return next((each for each in layouts if not (each.until and day and day > each.until)), None)


def choose_by_layout(page: Page, layout: Layout) -> Choice:
    """Return the blocks inside the layout's body and lead, without what it drops."""
    blocks = page.walked(layout).blocks
    kept = tuple(block.zone in {BODY, LEAD} for block in blocks)
    return Choice(blocks, kept, tuple(block.zone or "outside" for block in blocks))


def choose_generic(page: Page, title: str, *, layout_changed: bool = False) -> Choice:
    """Return the blocks that their scores keep, and the lead before them."""
    kept = choose_region(page, page.blocks, title)
    rules = ["region" if keep else "outside" for keep in kept]
    for place, boxed in enumerate(in_sign_up_box(page, page.blocks, kept)):
        if boxed:
            kept[place], rules[place] = False, SIGN_UP
    for place, kind in enumerate(components_around(page.blocks, kept)):
        if kind:
            kept[place], rules[place] = False, f"drop:{kind}"
    for place, caption in enumerate(under_pictures(page.blocks, kept)):
        if caption:
            kept[place], rules[place] = False, UNDER_PICTURE
    lead = find_lead(page, page.blocks, kept, title)
    if lead is not None:
        kept[lead], rules[lead] = True, LEAD
    return Choice(page.blocks, tuple(kept), tuple(rules), layout_changed=layout_changed)


def is_suspicious(page: Page, choice: Choice) -> bool:
    """Whether the page holds evidence of a much longer text than the one chosen."""
    words = words_kept(choice)
    stated = max((count_words(plain(node.get("articleBody"))) for node in page.articles), default=0)
    prose = sum(
        count_words(block.text)
        for block, rule in zip(choice.blocks, choice.rules, strict=True)
        if rule == "outside" and block.tag == "p" and is_prose(block)
    )
    return max(stated, prose) > GUARD_WORDS and words < GUARD_SHARE * max(stated, prose)


def is_prose(block: Block) -> bool:
    """Whether *block* reads like a paragraph and not like a teaser."""
    return block.link_share < LINK_SHARE and count_words(block.text) >= PROSE_WORDS


def words_kept(choice: Choice) -> int:
    """Count the words of the chosen blocks."""
    return sum(count_words(block.text) for block in kept_blocks(choice))


def kept_blocks(choice: Choice) -> Sequence[Block]:
    """Return the chosen blocks in page order."""
    return [block for block, keep in zip(choice.blocks, choice.kept, strict=True) if keep]
