"""What is known of each block: its text, its place, and how both compare with the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.blocks import Block
from cleaners.containers import Containers, Floats, Ints
from cleaners.page import Page
from cleaners.rules import line_rule, tail_rule
from cleaners.structured import plain, string
from cleaners.surroundings import BITS, KIND_BITS
from cleaners.text import UNSPACED, key

Matrix = NDArray[np.float32]

TAGS = ("p", "h1", "h2", "h3", "h4", "li", "tr", "div", "section", "blockquote", "figcaption",
        "article", "pre", "dd", "span", "header")  # fmt: skip
GOOD_WORDS = 12  # a paragraph of fewer words is no evidence of an article
GOOD_LINKS = 0.35
START = 160  # characters that phrases are looked for in
SPEECH = 25  # words; a longer block is prose, whatever phrases it holds
SHORT = 40  # words; a longer block is compared with no headline
BODY_LENGTH = 400  # characters of JSON-LD's articleBody, below which it is a teaser
FAR = (
    "article",
    "nav",
    "foot",
    "side",
    "related",
    "comment",
    "caption",
    "tags",
    "consent",
    "hidden",
)
SHARES = (0.9, 0.7, 0.5)

WORD = re.compile(r"\w+")
ENDS = frozenset('.!?…。！？"”’»)')
OPENS = frozenset("\"“‘«„'")
PHRASES = {
    "share": (
        r"\b(?:share|tweet|whatsapp|facebook|twitter|linkedin|pinterest|copy link|print|teilen"
        r"|compartir|partager)\b"
    ),
    "letter": (
        r"\b(?:newsletters?|subscri\w+|sign (?:up|in)|log ?in|register|inbox|abonn\w+|suscr\w+"
        r"|iscriviti|inscri\w+)\b"
    ),
    "more": (
        r"\b(?:read more|read also|also read|more (?:from|on)|related|recommended|see also"
        r"|don.t miss|click here|most read|trending|up next|you m(?:ay|ight)|lee también"
        r"|lire aussi|mehr zum|leia também|leggi anche|lees ook|lesen sie|czytaj|читайте)\b"
        r"|\b(?:watch|read|more|lea|voir)\s*[:|]"
    ),
    "copy": (
        r"©|\(c\)|\bcopyright|all rights reserved|terms of|privacy policy|cookies?\b"
        r"|alle rechte"
    ),
    "credit": (
        r"\b(?:photo|photograph|image|picture|foto|getty|reuters|afp|ap photo|shutterstock"
        r"|credit|courtesy|file photo|illustration|bild|crédit|dpa)\b"
    ),
    "comment": (
        r"\b(?:comments?|reply|replies|join the conversation|leave a|kommentar\w*|comentarios?"
        r"|commentaires?)\b"
    ),
    "by": (
        r"^(?:by|von|por|par|di|door|written by|posted by|author|reporting by|editing by"
        r"|updated|published|posted|last updated|edited by|stand|aktualisiert|publié"
        r"|publicado)\b"
    ),
    "date": (
        r"\b(?:\d{1,2}[:.]\d\d\b|20\d\d|january|february|march|april|june|july|august"
        r"|september|october|november|december|\d+ (?:min|mins|minutes|hours|days) (?:read"
        r"|ago))"
    ),
    "advert": (
        r"\b(?:advertisement|advertising|sponsored|promoted|affiliate|story continues|anzeige"
        r"|publicidad|publicité|pubblicità|continue reading|scroll to)\b"
    ),
    "about": (
        r"\b(?:contributed to this|follow (?:him|her|us|me|on)|is an? (?:reporter|writer"
        r"|journalist|staff|freelance|senior|correspondent|editor)|contact (?:us|the)|tips?@"
        r"|download (?:our|the) app|corrections?:|this (?:article|story) (?:was|has been"
        r"|originally))|@\w{3,}"
    ),
}
COMPILED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in PHRASES.values())


@dataclass(frozen=True, slots=True)
class Features:
    """One row a candidate block; `names` say what the columns are."""

    names: tuple[str, ...]
    rows: Matrix
    candidates: Ints
    """Places of the candidates among the page's blocks."""

    words: Floats
    """Words of each candidate."""

    containers: Containers
    """Of all blocks."""


class _Columns:
    """Columns of a feature matrix, by name."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.values: list[NDArray[np.generic]] = []

    def add(self, name: str, values: NDArray[np.generic]) -> None:
        self.names.append(name)
        self.values.append(values)


def describe(page: Page, blocks: Sequence[Block], title: str) -> Features:
    """Return what is known of every candidate among *blocks*.

    A candidate is a block in the part of the page that holds half of its prose, or prose itself;
    menus and footers are left out, but count as neighbours.
    """
    texts = [block.text for block in blocks]
    words = np.array([word_count(text) for text in texts], np.float64)
    links = np.array([block.link_share for block in blocks])
    ends = np.array([text[-1] in ENDS for text in texts])
    good = np.where((words >= GOOD_WORDS) & (links < GOOD_LINKS) & ends, words, 0.0)
    containers = Containers(blocks)
    tops = [containers.inside(containers.deepest(good, share)) for share in SHARES]
    chosen = pick_candidates(words, links, good, [top[containers.of_block] for top in tops])
    columns = _Columns()
    add_text(columns, texts, words, links, good)
    add_place(columns, blocks, containers, tops)
    add_sums(columns, containers, words, links, good)
    add_anchors(columns, texts, containers, good, title)
    add_neighbours(columns, containers, words, links, good)
    rows = [np.asarray(values, np.float32)[chosen] for values in columns.values]
    add_wording(columns, rows, [texts[place] for place in chosen], page, title)
    matrix = np.stack(rows, 1) if len(chosen) else np.zeros((0, len(rows)), np.float32)
    return Features(tuple(columns.names), matrix, chosen, words[chosen], containers)


def word_count(text: str) -> int:
    """Count words; scripts without spaces by two characters a word."""
    if text.isascii():
        return text.count(" ") + 1
    unspaced = len(UNSPACED.findall(text))
    return max(1, text.count(" ") + 1 + unspaced // 2)


def pick_candidates(
    words: Floats, links: Floats, good: Floats, within: Sequence[NDArray[np.bool_]]
) -> Ints:
    """Return the places of the blocks that can be article text."""
    menu = (links > 0.9) & (words < 8) & ~within[2]  # noqa: PLR2004 - a menu's entries
    candidates = ((good > 0) | within[1] | within[2]) & ~menu
    found = np.nonzero(candidates)[0]
    return found if len(found) > 2 else np.arange(len(words))  # noqa: PLR2004 - a page of a few lines


def add_text(
    columns: _Columns, texts: Sequence[str], words: Floats, links: Floats, good: Floats
) -> None:
    """Add what a block's own characters say."""
    sizes = np.array([len(text) for text in texts], np.float64)
    starts = [text[:60] for text in texts]
    lengths = np.minimum(sizes, 60)
    columns.add("log_words", np.log1p(words))
    columns.add("link_share", links)
    columns.add("word_length", sizes / words)
    columns.add("ends_sentence", np.array([text[-1] in ENDS for text in texts]))
    columns.add(
        "sentences",
        np.array(
            [min(8, t.count(". ") + t.count("? ") + t.count("! ") + t.count("。")) for t in texts]
        ),
    )
    columns.add(
        "commas", np.array([min(10, t.count(",") + t.count("，") + t.count("、")) for t in texts])
    )
    columns.add("starts_upper", np.array([text[0].isupper() for text in texts]))
    columns.add("capitals", np.array([sum(map(str.isupper, start)) for start in starts]) / lengths)
    columns.add("digits", np.array([sum(map(str.isdigit, start)) for start in starts]) / lengths)
    columns.add("opens_quote", np.array([text[0] in OPENS for text in texts]))
    columns.add("ends_colon", np.array([text[-1] in ":：" for text in texts]))
    columns.add(
        "has_bar", np.array(["|" in text or "»" in text[-2:] or "›" in text for text in texts])
    )
    columns.add("lines", np.array([min(9, text.count("\n")) for text in texts]))
    columns.add("log_good", np.log1p(good))


def add_place(
    columns: _Columns,
    blocks: Sequence[Block],
    containers: Containers,
    tops: Sequence[NDArray[np.bool_]],
) -> None:
    """Add the tags, kinds and class words around a block."""
    tags = np.array([TAGS.index(block.tag) if block.tag in TAGS else -1 for block in blocks])
    for number, tag in enumerate(TAGS):
        columns.add(f"tag_{tag}", tags == number)
    kinds = containers.kinds[containers.of_block]
    for kind, bit in KIND_BITS.items():
        columns.add(f"in_{kind}", (kinds & bit) > 0)
    own, parent, grand = (containers.masks[level] for level in containers.up(2))
    inherited = containers.inherited[containers.of_block]
    for group, bit in BITS.items():
        near = ((own & bit) > 0) + 0.5 * ((parent & bit) > 0) + 0.25 * ((grand & bit) > 0)
        columns.add(f"near_{group}", near)
    for group in FAR:
        columns.add(f"far_{group}", (inherited & BITS[group]) > 0)
    for share, top in zip(SHARES, tops, strict=True):
        columns.add(f"in_top_{int(100 * share)}", top[containers.of_block])
    columns.add("depth", containers.depths[containers.of_block])
    columns.add("dropped", np.array([bool(block.zone) for block in blocks]))


def add_sums(
    columns: _Columns, containers: Containers, words: Floats, links: Floats, good: Floats
) -> None:
    """Add how much text, prose and links the ancestors and the like places hold."""
    all_good = max(good.sum(), 1.0)
    goods, alls, linked = (containers.totals(values) for values in (good, words, links * words))
    for level, places in enumerate(containers.up(4)):
        columns.add(f"good_share_{level}", goods[places] / all_good)
        columns.add(f"good_density_{level}", goods[places] / np.maximum(alls[places], 1))
        columns.add(f"link_density_{level}", linked[places] / np.maximum(alls[places], 1))
        columns.add(f"log_words_{level}", np.log1p(alls[places]))
    alike = containers.alike()
    goods, alls, linked = (
        np.bincount(alike, values)[alike].astype(np.float64)
        for values in (good, words, links * words)
    )
    columns.add("alike_good_share", goods / all_good)
    columns.add("alike_good_density", goods / np.maximum(alls, 1))
    columns.add("alike_link_density", linked / np.maximum(alls, 1))
    columns.add("alike_blocks", np.log1p(np.bincount(alike)[alike]))


def add_anchors(
    columns: _Columns, texts: Sequence[str], containers: Containers, good: Floats, title: str
) -> None:
    """Add how near a block stands to the headline and to the first prose behind it."""
    wanted = key(title)
    places = [place for place, text in enumerate(texts) if wanted and key(text[:400]) == wanted]
    prose = np.nonzero(good)[0]
    heading = places[-1] if len(places) == 1 else next(
        (place for place in places if len(prose) and place < prose[len(prose) // 2]), -1
    )  # fmt: skip
    order = np.arange(len(texts), dtype=np.float64)
    columns.add(
        "behind_title", np.clip(order - heading, -30, 30) if heading >= 0 else order * 0 - 31
    )
    first = next((place for place in prose if place > heading), 0)
    columns.add("behind_first", np.clip(order - first, -30, 60))
    for name, anchor in (("title", heading), ("first", first)):
        container = containers.of_block[anchor]
        shared = containers.shared_depth(container)[containers.of_block]
        known = anchor >= 0
        columns.add(f"shared_with_{name}", shared if known else shared * 0 - 1)
        gap = containers.depths[container] - shared
        columns.add(f"apart_from_{name}", gap if known else gap * 0 - 1)


def add_neighbours(
    columns: _Columns, containers: Containers, words: Floats, links: Floats, good: Floats
) -> None:
    """Add the blocks before and behind, and how far along the page's prose a block is."""
    count = len(words)
    alike = containers.alike()
    for offset in (-2, -1, 1, 2):
        columns.add(f"log_words_{offset:+d}", shift(np.log1p(words), offset))
        columns.add(f"link_share_{offset:+d}", shift(links, offset))
        columns.add(f"good_{offset:+d}", shift(np.log1p(good), offset))
        columns.add(f"alike_{offset:+d}", shift(alike.astype(np.float64), offset, -1.0) == alike)
    places = np.arange(count)
    prose = np.nonzero(good)[0]
    before = np.searchsorted(prose, places, side="left")
    last = np.where(before > 0, prose[np.maximum(before - 1, 0)] if len(prose) else 0, -30)
    behind = np.searchsorted(prose, places, side="right")
    following = prose[np.minimum(behind, len(prose) - 1)] if len(prose) else places
    columns.add("to_prose_before", np.minimum(places - last, 30))
    columns.add(
        "to_prose_behind", np.where(behind < len(prose), np.minimum(following - places, 30), 30)
    )
    columns.add("position", places / max(1, count))
    columns.add("prose_before", (np.cumsum(good) - good) / max(good.sum(), 1.0))
    columns.add("words_before", np.cumsum(words) / words.sum())
    columns.add("log_blocks", np.full(count, np.log1p(count)))
    columns.add("log_prose", np.full(count, np.log1p(good.sum())))


def shift(values: Floats, offset: int, empty: float = 0.0) -> Floats:
    """Return *values* moved so that each place holds its neighbour *offset* away."""
    moved = np.full(len(values), empty)
    if abs(offset) < len(values):
        if offset > 0:
            moved[:-offset] = values[offset:]
        else:
            moved[-offset:] = values[:offset]
    return moved


def add_wording(
    columns: _Columns, rows: list[Matrix], texts: Sequence[str], page: Page, title: str
) -> None:
    """Add what the candidates' words say: phrases, line rules, and the page's own description."""

    def add(name: str, values: Sequence[float]) -> None:
        columns.names.append(name)
        rows.append(np.array(values, np.float32))

    starts = [text[:START] if text.count(" ") < SPEECH else "" for text in texts]
    for name, pattern in zip(PHRASES, COMPILED, strict=True):
        add(f"says_{name}", [pattern.search(start) is not None for start in starts])
    rules = [line_rule(text) or "" for text in texts]
    add("line_rule", [bool(rule) for rule in rules])
    tails = np.array([tail_rule(text) is not None for text in texts], np.float32)
    add("tail_heading", tails.tolist())
    add("tails_before", (np.cumsum(tails) - tails).tolist())
    body = max((plain(node.get("articleBody")) for node in page.articles), key=len, default="")
    known = WORD.findall(body.lower()) if len(body) > BODY_LENGTH else []
    tokens = [
        WORD.findall(text.lower()) if known or text.count(" ") < SHORT else [] for text in texts
    ]
    heads = set(WORD.findall(title.lower()))
    add("like_title", [overlap(words, heads) for words in tokens])
    names = ("description", "og:description", "twitter:description")
    stated = [string(node.get("description")) for node in page.articles]
    described = " ".join(stated + [text for name in names for text in page.meta.get(name, ())])
    add(
        "like_description",
        [overlap(words, set(WORD.findall(described.lower()))) for words in tokens],
    )
    triples = set(zip(known, known[1:], known[2:], strict=False))
    add("in_stated_body", [share_of(words, triples) if triples else -1.0 for words in tokens])
    seen: dict[str, int] = {}
    copies = []
    for text in texts:
        copies.append(float(seen.get(text[:80], 0)))
        seen[text[:80]] = seen.get(text[:80], 0) + 1
    add("copies_before", copies)
    add("copies", [float(seen[text[:80]]) for text in texts])


def overlap(words: Sequence[str], others: set[str]) -> float:
    """Return the share of a short block's *words* that stand in *others*."""
    if not words or not others or len(words) > SHORT:
        return 0.0
    return len(others.intersection(words)) / len(set(words))


def share_of(words: Sequence[str], triples: set[tuple[str, str, str]]) -> float:
    """Return the share of the runs of three *words* that stand in *triples*."""
    runs = list(zip(words, words[1:], words[2:], strict=False))
    return sum(run in triples for run in runs) / len(runs) if runs else 0.5
