"""What the words of a block say: their number, their look, their phrases."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from string import ascii_uppercase, digits

import numpy as np
from numpy.typing import NDArray

from cleaners.compiled import compiled
from cleaners.page import Page
from cleaners.rules import line_rule, tail_rule
from cleaners.structured import plain, string
from cleaners.text import words_in

Matrix = NDArray[np.float32]

SPEECH = 25  # words; a longer block is prose, whatever phrases it holds, and rules know few
SHORT = 40  # words; a longer block is compared with no headline
LOOK = 60  # characters whose capitals and digits are counted
START = 80  # characters by which copies are told
BODY_LENGTH = 400  # characters of JSON-LD's articleBody, below which it is a teaser
ENDS = frozenset('.!?…。！？।؟"”’»)')
OPENS = frozenset("\"“‘«„'")
CAPITALS = re.compile(r"[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]")
DIGITS = re.compile(r"\d")
ALIKE = bytes.maketrans(f"{ascii_uppercase}{digits}?!".encode(), b"A" * 26 + b"0" * 10 + b"..")
"""Makes signs of one kind alike; to count these in ASCII is twice as fast as by expressions."""

CLOCK_OR_YEAR = re.compile(r"\b(?:\d{1,2}[:.]\d\d|20\d\d)\b")
HANDLE = re.compile(r"@\w{3,}")

PHRASES = {
    "share": (
        "share tweet whatsapp facebook twitter linkedin pinterest telegram print email "
        "copy_link teilen compartir partager condividi delen dela del udostępnij поделиться "
        "paylaş compartilhar bagikan シェア 分享 공유"
    ),
    "letter": (
        "newsletter newsletters subscribe subscribed subscriber subscribers subscription "
        "sign_up sign_in log_in login register inbox abonnieren abonnement abonnez abonne "
        "abo suscríbete suscríbase suscripción iscriviti inscription inscrivez assine "
        "assinante abonneer prenumerera abonner abonnér prenumerata подписаться подпишитесь "
        "подписка abone berlangganan 登録 구독 订阅"
    ),
    "more": (
        "read_more read_also also_read more_from more_on related recommended see_also "
        "don_t_miss click_here most_read trending up_next you_may you_might lee_también "
        "lire_aussi mehr_zum mehr_zu leia_também leggi_anche lees_ook lesen_sie läs_också "
        "les_også læs_også czytaj czytaj_też читайте читайте_также читайте_також baca_juga "
        "xem_thêm también_te à_lire 関連記事 相关 관련 related_articles related_stories "
        "further_reading watch"
    ),
    "copy": (
        "copyright all_rights rights_reserved terms_of terms_and privacy_policy cookie "
        "cookies alle_rechte derechos tous_droits diritti_riservati direitos "
        "rechten_voorbehouden impressum"
    ),
    "credit": (
        "photo photos photograph image picture foto fotos getty reuters afp ap shutterstock "
        "credit courtesy illustration bild bilder crédit dpa imago epa efe фото zdjęcie 写真 图 "
        "사진 video vídeo screenshot"
    ),
    "comment": (
        "comment comments reply replies join_the leave_a kommentar kommentare kommentieren "
        "comentario comentarios commentaire commentaires commenti reacties kommentarer "
        "komentarze комментарии yorum コメント 评论 댓글"
    ),
    "date": (
        "january february march april may june july august september october november "
        "december januar februar märz mai juni juli oktober dezember janvier février mars "
        "avril juin juillet août septembre octobre novembre décembre enero febrero marzo "
        "abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio "
        "febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro fevereiro "
        "março maio junho julho setembro outubro novembro dezembro января февраля марта "
        "апреля мая июня июля августа сентября октября ноября декабря min_read minutes_ago "
        "hours_ago days_ago ago updated published posted aktualisiert publié publicado "
        "actualizado opublikowano обновлено"
    ),
    "advert": (
        "advertisement advertising sponsored promoted affiliate story_continues anzeige "
        "werbung publicidad publicité pubblicità publicidade advertentie annonse annons "
        "reklama реклама reklam continue_reading scroll_to commission"
    ),
    "about": (
        "contributed_to follow_him follow_her follow_us follow_me follow_on is_a_reporter "
        "is_a_writer is_a_journalist is_a_staff is_a_freelance is_a_senior "
        "is_a_correspondent is_an_editor is_the_editor contact_us contact_the download_our "
        "download_the correction corrections this_article_was this_story_was "
        "this_article_has originally_published first_published first_appeared autor autorin "
        "redakteur redakteurin journaliste periodista giornalista redactie"
    ),
}
"""Words, and runs of two or three joined by ``_``, by what a short block with them is about."""

OPENERS = frozenset({
    "by", "von", "por", "par", "di", "door", "av", "af", "autor", "written", "posted", "author",
    "reporting", "editing", "updated", "published", "last", "edited", "stand", "aktualisiert",
    "publié", "publicado", "text", "texte", "от", "автор",
})  # fmt: skip
"""First words of bylines and date lines."""

RUN = 3  # words of the longest phrase
NAMES = (
    "word_length", "ends_sentence", "sentences", "commas", "starts_upper", "capitals", "digits",
    "opens_quote", "ends_colon", "has_bar", "lines", *(f"says_{name}" for name in PHRASES),
    "says_by", "line_rule", "tail_heading", "tails_before", "like_title", "like_description",
    "in_stated_body", "copies_before", "copies",
)  # fmt: skip


def phrase_bits() -> dict[str, int]:
    """Map each phrase to the bits of its groups."""
    bits: dict[str, int] = {}
    for place, phrases in enumerate(PHRASES.values()):
        for phrase in phrases.split():
            text = phrase.replace("_", " ")
            bits[text] = bits.get(text, 0) | 1 << place
    return bits


PHRASE_BITS = phrase_bits()
FIRST_OF_RUN = frozenset(phrase.partition(" ")[0] for phrase in PHRASE_BITS if " " in phrase)
FIRST_WORDS = FIRST_OF_RUN | {phrase for phrase in PHRASE_BITS if " " not in phrase}


def wording(texts: Sequence[str], page: Page, title: str) -> Matrix:
    """Return one row a text, with the columns `NAMES`."""
    return rows_of(texts, Comparison(page, title))


def rows_in_python(texts: Sequence[str], compared: "Comparison") -> Matrix:
    """Return what `rows_of` does."""
    copies = count_copies(texts)
    rows = []
    tails_before = 0
    for text, (before, in_all) in zip(texts, copies, strict=True):
        spaces = text.count(" ")
        short = spaces < SPEECH
        tokens = words_in(text) if spaces < SHORT or compared.triples else []
        tail = short and tail_rule(text) is not None
        rows.append((
            *look(text, spaces), *says(tokens if short else (), text),
            short and line_rule(text) is not None, tail, tails_before,
            *compared.with_tokens(tokens), before, in_all,
        ))  # fmt: skip
        tails_before += tail
    return np.array(rows, np.float32).reshape(len(rows), len(NAMES))


def look(text: str, spaces: int) -> tuple[float, ...]:
    """Return what the characters of *text* look like, which has so many *spaces*."""
    first, last = text[0], text[-1]
    size = min(len(text), LOOK)
    sentences, commas, capitals, numbers = count_signs(text)
    return (
        len(text) / (spaces + 1), last in ENDS, min(8, sentences), min(10, commas),
        first.isupper(), capitals / size, numbers / size, first in OPENS,
        last in ":：", "|" in text or "›" in text or "»" in text[-2:], min(9, text.count("\n")),
    )  # fmt: skip


def count_signs(text: str) -> tuple[int, int, int, int]:
    """Return how many sentences and commas *text* holds, how many capitals and digits its start."""
    if text.isascii():
        signs = text.encode().translate(ALIKE)
        begun = signs[:LOOK]
        return signs.count(b". "), signs.count(b","), begun.count(b"A"), begun.count(b"0")
    start = text[:LOOK]
    return (
        text.count(". ") + text.count("? ") + text.count("! ") + text.count("。"),
        text.count(",") + text.count("，") + text.count("、"),
        len(CAPITALS.findall(start)),
        len(DIGITS.findall(start)),
    )


def says(tokens: Sequence[str], text: str) -> tuple[bool, ...]:
    """Return which groups of phrases a short text holds, and whether it opens like a byline.

    No tokens: the text is too long to be about any of it.
    """
    if not tokens:
        return SAYS_NOTHING
    bits = bits_of(tokens) if FIRST_WORDS.intersection(tokens) else 0
    if "©" in text:
        bits |= SIGNS["copy"]
    if "@" in text and HANDLE.search(text):
        bits |= SIGNS["about"]
    if DIGITS.search(text) and CLOCK_OR_YEAR.search(text):  # most hold no digit
        bits |= SIGNS["date"]
    return (*groups_of(bits), tokens[0] in OPENERS)


def bits_of(tokens: Sequence[str]) -> int:
    """Return the groups of the phrases among *tokens*."""
    bits = 0
    for place, token in enumerate(tokens):
        bits |= PHRASE_BITS.get(token, 0)
        if token in FIRST_OF_RUN:
            for size in range(2, RUN + 1):
                bits |= PHRASE_BITS.get(" ".join(tokens[place : place + size]), 0)
    return bits


@cache
def groups_of(bits: int) -> tuple[bool, ...]:
    """Return which groups are in *bits*."""
    return tuple(bool(bits & sign) for sign in SIGNS.values())


SIGNS = {name: 1 << place for place, name in enumerate(PHRASES)}
SAYS_NOTHING = (False,) * (len(SIGNS) + 1)


class Comparison:
    """What the page says of its article, to compare blocks with."""

    def __init__(self, page: Page, title: str) -> None:
        """Read the headline, the description and the stated body of *page* once."""
        self.title = frozenset(words_in(title))
        names = ("description", "og:description", "twitter:description")
        stated = [string(node.get("description")) for node in page.articles]
        stated += [text for name in names for text in page.meta.get(name, ())]
        self.description = frozenset(words_in(" ".join(stated)))
        body = max((plain(node.get("articleBody")) for node in page.articles), key=len, default="")
        self.body = words_in(body) if len(body) > BODY_LENGTH else []

    @cached_property
    def triples(self) -> frozenset[tuple[str, str, str]]:
        """The runs of three words in the stated body."""
        return frozenset(zip(self.body, self.body[1:], self.body[2:], strict=False))

    def with_tokens(self, tokens: Sequence[str]) -> tuple[float, float, float]:
        """Return how much of a block stands in the headline, the description and the body."""
        stated = share_of(tokens, self.triples) if self.triples else -1.0
        if not tokens or len(tokens) > SHORT:
            return 0.0, 0.0, stated
        words = frozenset(tokens)
        count = len(words)
        return len(words & self.title) / count, len(words & self.description) / count, stated


def share_of(tokens: Sequence[str], triples: Iterable[tuple[str, str, str]]) -> float:
    """Return the share of the runs of three *tokens* that stand in *triples*."""
    runs = list(zip(tokens, tokens[1:], tokens[2:], strict=False))
    return sum(run in triples for run in runs) / len(runs) if runs else 0.5


def count_copies(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return for each text how many before it start alike, and how many do in all."""
    seen: dict[str, int] = {}
    before = []
    for text in texts:
        start = text[:START]
        before.append(seen.get(start, 0))
        seen[start] = seen.get(start, 0) + 1
    return [(count, seen[text[:START]]) for count, text in zip(before, texts, strict=True)]


_native = compiled("_wording")
rows_of: Callable[[Sequence[str], Comparison], Matrix] = (
    _native.rows_of if _native else rows_in_python
)
"""Return one row a text, with the columns `NAMES`."""
