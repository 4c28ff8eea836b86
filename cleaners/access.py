"""Whether an article is free or paid, by hard evidence only: a free page is never called paid."""

import re
from collections.abc import Iterable, Iterator

from cleaners.article import Access
from cleaners.page import Page
from cleaners.structured import Node as JsonNode
from cleaners.text import count_words, one_line
from cleaners.tree import Node, select

WALLS = (
    '[class*="wall" i], [id*="paywall" i], [class*="barrier" i], [class*="piano-lock"],'
    ' [class*="tp-modal"], [class*="meteredContent" i], [class*="poool" i]'
)  # each part takes 15 microseconds
WALL = re.compile(
    r"(?:pay|reg|subscription|registration|offer|meter|gate)-?_?wall|(?:paid|pay)-?barrier|piano-lock"
    r"|tp-modal|meteredcontent|poool",
    re.IGNORECASE,
)
"""Boxes that vendors of paywalls and publishers set around, or instead of, the rest of a text."""

NO_WALL = re.compile(r"\b(?:no|non|without|ohne|sans)[-_]?(?:paywall|regwall)", re.IGNORECASE)
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HIDDEN = re.compile(
    r"(?:^|[\s_-])(?:hide|hidden|d-none|is-hidden|invisible)(?:$|[\s_-])", re.IGNORECASE
)
ASKS = re.compile(
    r"subscri|log ?in|sign ?in|register|unlock|abonn|anmelden|einloggen|registrier|weiterlesen"
    r"|suscr|inici[ae] sesi[óo]n|assin|entrar|abbona|accedi|connecte|inscri|prenumer|logga in"
    r"|logg inn"
    r"|tilaa|kirjaudu|subskry|zaloguj|předplat|přihlás|predplat|pretplat|előfizet|abone|giriş"
    r"|подпи|войти|передплат|увійти|абонир|συνδρομ|đăng ký|berlangganan|اشترك|מנוי"
    r"|購読|会員|登録|订阅|訂閱|登录|구독|로그인",
    re.IGNORECASE,
)
ENDS = re.compile(r"[.!?:;\"'”’»“)\]。！？」』।؟۔*]\s*$")
CUT = re.compile(r"(?:…|\.\.\.|\[\.\.\.\]|\[…\])\s*$")
SHORT = 2_500  # characters; a text that a wall cuts off is a teaser
MORE = 1.6  # times the words kept, from which the count that JSON-LD states tells of a rest
MAX_WALLS = 20  # elements that are read
TIERS: dict[str, Access] = {"free": "free", "locked": "paid", "metered": "paid"}


def access_of(page: Page, text: str) -> Access | None:
    """Return whether *text* is free or paid; see `find_access`."""
    return find_access(page, text)[0]


def find_access(page: Page, text: str) -> tuple[Access | None, str]:
    """Return whether *text* is free or paid, and what says so: ``stated`` or ``wall``.

    None where nothing does, or evidence disagrees. schema.org and the content tier say it outright.
    A wall in the page counts where it asks readers to subscribe or to log in, and *text* ends
    early.
    """
    stated = set(stated_access(page))
    if stated:
        return (stated.pop(), "stated") if len(stated) == 1 else (None, "")
    if ends_early(page, text) and any(map(is_wall, walls_of(page))):
        return "paid", "wall"
    return None, ""


def stated_access(page: Page) -> Iterator[Access]:
    """Yield what schema.org and meta say of the article, then of its parts."""
    of_article = [access for node in page.articles if (access := free_or_paid(node)) is not None]
    of_parts = [free_or_paid(node) for node in page.linked if "cssSelector" in node]
    yield from of_article[:1] or [access for access in of_parts if access == "paid"]
    tier = TIERS.get(page.first_meta("article:content_tier").lower())
    if tier is not None:
        yield tier


def free_or_paid(node: JsonNode) -> Access | None:
    """Return what ``isAccessibleForFree`` of a node says."""
    stated = str(node.get("isAccessibleForFree", "")).lower().rpartition("/")[2]
    return "free" if stated == "true" else "paid" if stated == "false" else None


def ends_early(page: Page, text: str) -> bool:
    """Whether *text* is a teaser: short, and cut off or much shorter than JSON-LD says."""
    if not text or len(text) > SHORT:
        return False
    last = text.rstrip()[-40:]
    if CUT.search(last) is not None or ENDS.search(last) is None:
        return True
    stated = (str(node.get("wordCount", "")).strip() for node in page.articles)
    longest = max((int(count) for count in stated if count.isdecimal()), default=0)
    return longest > MORE * count_words(text)


def walls_of(page: Page) -> Iterable[Node]:
    """Return the elements that are marked as a paywall."""
    return select(WALLS)(page.root)[:MAX_WALLS]


def is_wall(element: Node) -> bool:
    """Whether *element* is shown, and asks readers to subscribe or to log in."""
    attributes = element.attributes
    marks = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if (
        not WALL.search(marks)
        or NO_WALL.search(marks)
        or HIDDEN.search(marks)
        or "hidden" in attributes
    ):
        return False
    if UNSEEN.search(attributes.get("style") or ""):
        return False
    return ASKS.search(one_line(element.text())[:1_000]) is not None
