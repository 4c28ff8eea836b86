"""Where a block stands: its ancestors' kinds and what their classes and ids say of them."""

import re
from collections.abc import Mapping
from functools import lru_cache

GROUPS = {
    "article": (
        "article articlebody articletext story storybody post entry news artikel articulo noticia"
    ),
    "body": (
        "body content text richtext rte wysiwyg prose paragraph inhalt texte cuerpo corpo "
        "copy maincontent"
    ),
    "main": "main primary",
    "nav": (
        "nav navigation navbar menu submenu breadcrumb breadcrumbs crumbs pagination pager "
        "tabs tab skip"
    ),
    "foot": "footer foot bottom copyright colophon",
    "head": "header masthead topbar hero banner top",
    "side": "sidebar side aside rail rhs right widget widgets complementary secondary column",
    "share": (
        "share sharing shares social sociable addthis facebook twitter whatsapp linkedin "
        "pinterest follow"
    ),
    "related": (
        "related recommend recommended recommendation recommendations readmore more also "
        "trending popular most latest similar next outbrain taboola teaser teasers promo "
        "upsell crosslink inlinelink recirc recirculation card cards list feed river linkbox "
        "seealso"
    ),
    "comment": "comment comments disqus respond reply discussion forum",
    "letter": (
        "newsletter subscribe subscription signup optin mailing email subscriber nl newsletters"
    ),
    "advert": (
        "ad ads advert advertisement advertising sponsor sponsored adslot dfp commercial "
        "publi werbung anzeige promotion affiliate"
    ),
    "caption": (
        "caption figcaption figure image img photo picture media gallery slideshow carousel "
        "slide video player thumbnail lightbox credit credits legend"
    ),
    "meta": (
        "byline author authors meta date time timestamp published dateline info bio updated "
        "posted contributor reading avatar writer journalist kicker details profile"
    ),
    "tags": (
        "tag tags topic topics category categories keywords label labels taxonomy section rubric"
    ),
    "title": "title headline heading h1 hed",
    "lead": (
        "dek subtitle subtitulo subheadline standfirst summary lead lede intro excerpt "
        "description chapo abstract sapo deck bajada"
    ),
    "paywall": (
        "paywall premium login register signin regwall piano paid gate locked meter account"
    ),
    "consent": (
        "cookie cookies consent gdpr privacy modal popup overlay dialog notice onetrust cmp "
        "alert toast tooltip"
    ),
    "hidden": "hidden hide invisible sr screenreader visuallyhidden offscreen noprint print none",
    "form": (
        "form search input btn button buttons cta toolbar tools action actions donate "
        "donation vote rating ratings poll survey"
    ),
    "quote": (
        "quote pullquote blockquote pull embed tweet instagram infobox factbox box note "
        "disclaimer correction"
    ),
    "toc": "faq faqs accordion toc table contents",
}
"""Words of class and id attributes by what they say of an element."""

BITS = {group: 1 << place for place, group in enumerate(GROUPS)}
BIT_OF_WORD: dict[str, int] = {}
for _group, _words in GROUPS.items():
    for _word in _words.split():
        BIT_OF_WORD[_word] = BIT_OF_WORD.get(_word, 0) | BITS[_group]

ROLES = {
    "nav": "nav", "footer": "foot", "header": "head", "aside": "side", "figure": "caption",
    "figcaption": "caption", "form": "form", "button": "form", "article": "article",
    "main": "main", "dialog": "consent",
}  # fmt: skip
"""Elements that say by their name what others say by their class."""

KINDS = ("article", "main", "aside", "nav", "header", "footer", "figure", "form", "ul", "ol",
         "table", "blockquote", "section")  # fmt: skip
KIND_BITS = {kind: 1 << place for place, kind in enumerate(KINDS)}

WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}|\d+")
OTHER_MARKS = {"id", "data-testid", "data-component", "role", "itemprop"}
ROLE_MASKS = {tag: BITS[group] for tag, group in ROLES.items()}
HIDDEN = BITS["hidden"]


STEMS = {stem: BIT_OF_WORD[word] for stem, word in (
    ("comment", "comment"), ("kommentar", "comment"), ("disqus", "disqus"), ("relat", "related"),
    ("recommend", "recommend"), ("newsletter", "newsletter"), ("subscri", "subscribe"),
    ("share", "share"), ("sharing", "share"), ("social", "social"), ("footer", "footer"),
    ("sidebar", "sidebar"), ("caption", "caption"), ("author", "author"), ("byline", "byline"),
    ("promo", "promo"), ("breadcrumb", "breadcrumb"), ("teaser", "teaser"), ("advert", "advert"),
    ("cookie", "cookie"), ("consent", "consent"), ("widget", "widget"),
)}  # fmt: skip
"""Starts of run-together words, such as ``commentlist`` and ``authorbox``."""
STEM = re.compile("|".join(STEMS))


@lru_cache(maxsize=20_000)
def mask_of(marks: str) -> int:
    """Return the groups that the words of *marks*, the text of some attributes, belong to."""
    mask = 0
    for word in WORDS.findall(marks):
        known = BIT_OF_WORD.get(word.lower())
        if known is None:
            stem = STEM.match(word.lower())
            known = STEMS[stem[0]] if stem else 0
        mask |= known
    return mask


def own_mask(tag: str, attributes: Mapping[str, str | None]) -> int:
    """Return the groups that an element of its own belongs to."""
    mask = ROLE_MASKS.get(tag, 0)
    if not attributes:
        return mask
    marks = attributes.get("class") or ""
    if marks and len(attributes) == 1:  # as most have it
        return mask | mask_of(marks)
    for name in attributes.keys() & OTHER_MARKS:
        marks += f" {attributes[name]}"
    if marks:
        mask |= mask_of(marks)
    return mask | HIDDEN if is_hidden(attributes) else mask


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element says that no reader sees it."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and "display:none" in style.replace(" ", "")
