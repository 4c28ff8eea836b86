"""How likely a printed day is that of publication, by its line, its place and the words before."""

import re

from cleaners.blocks import Block
from cleaners.datemarks import IN_COMMENTS, Marks, rank_of_marks

LINE = 25  # characters beside a date in a line of its own
BYLINE = 90  # characters beside a date in a line with the author and the section
DATE = 15  # characters of a date
OPENING = 22  # characters from a paragraph's start within which its date line ends
LEAST = 1.0  # a day of a lower rank is none
LABELLED = 3.0  # ranks that a word of publishing adds
NEAR = 4.5  # rank of a place next to the headline

PUBLISHED = re.compile(
    r"publish|posted|released|first|created|submitted|issued|veröffentlicht|erschienen|erstellt|publi[ée]"
    r"|paru|publicad|pubblicat|geplaatst|gepubliceerd|publicer|opublikowan|dodano|publikov|vydán|objavljen"
    r"|julkaistu|közzétéve|megjelent|publicat|опубликован|опублікован|публикуван|дата|yayın|δημοσι"
    r"|发布|發布|发表|公開|掲載|投稿|입력|등록|đăng|diterbitkan|نشر|פורסם|प्रकाशित|เผยแพร่"
    r"|\bdat(?:e|um|a)\W*(?:\w+\W+){0,3}$"
)
MODIFIED = re.compile(
    r"updat|modif|edited|revis|review|chang|aktuali[sz]|geändert|änderung|\bstand\b"
    r"|mis à jour|maj\b"
    r"|actuali[sz]|atuali[sz]|aggiorn|bijgewerkt|uppdater|opdater|oppdatert|zaktuali"
    r"|päivitetty|frissít"
    r"|обновл|изменен|оновлен|güncel|ενημερ|更新|수정|cập nhật|diperbarui|تحديث|עודכן|अपडेट|อัปเดต"
)
OTHER = re.compile(
    r"©|copyright|\(c\)|print date|current time|aktuelle zeit|registriert|joined"
    r"|member since|abgerufen"
    r"|retrieved|accessed|since:?\s*$|until\s*$|bis\s*$|seit:?\s*$|effective|expires|geboren|born"
    r"|released?:"
)  # another kind of day


def rank_of(block: Block, place: int, headline: int | None, end: int, marks: Marks) -> float:
    """Return how likely a day that ends at *end* in *block* is that of publication."""
    beside = len(block.text) - DATE
    line = 2 if beside <= LINE else 1 if beside <= BYLINE else -4
    if line < 0 and 0 < end <= OPENING:
        line = 0
    near = rank_of_place(place, headline)
    if near + line < LEAST - LABELLED:
        return near + line
    around = rank_of_marks(block.element, marks)
    return line + near + (max(around, -2) if near >= NEAR and around > IN_COMMENTS else around)


def rank_of_place(place: int, headline: int | None) -> float:
    """Return a rank by the number of blocks behind the headline, or before it."""
    if headline is None:
        return 3 - place / 50
    behind = place - headline
    if behind < 0:
        return 5 + behind / 2 if behind >= -4 else 1 if behind >= -10 else -1  # noqa: PLR2004 - blocks
    near = 6 if behind <= 3 else 5 if behind <= 10 else 3 if behind <= 25 else 1.5  # noqa: PLR2004 - blocks
    return near - behind / 100


def rank_of_words(before: str) -> float:
    """Return what the words before a date, or an element's marks, add to its rank."""
    near = before[-40:].lower()
    if OTHER.search(near):
        return -6
    if MODIFIED.search(near):
        return -0.6
    return LABELLED if PUBLISHED.search(near) else 0
