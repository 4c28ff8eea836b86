"""Names of persons and agencies in a byline."""

import re
from collections.abc import Iterable

from cleaners.text import one_line

MAX_NAME = 60  # characters
MAX_NAMES = 12  # a byline of more is a list of topics
MAX_BYLINE = 200  # characters

_BY = (
    r"by|von|vom|par|por|di|da|door|af|av|texto|textes?|text|autor(?:in|es|a|e)?(?:/autor(?:in)?)?"
    r"|auteurs?|authors?|autori|från|fra|de la|od|napsal[ai]?|skrev|skrevet av|írta|yazan|oleh"
    r"|autors|от|автор|автори|текст|від|συντάκτης|του|της|作者|记者|記者|文|tác giả"
    r"|بقلم|كتب|מאת|โดย|द्वारा"
)
BY = re.compile(
    r"^(?:(?:written|posted|published|words|story|text|reported|article|report|analysis|opinion|review"
    r"|recipe|interview|contributed|compiled|submitted|blog|eingestellt|erstellt|verfasst|geschrieben"
    r"|veröffentlicht|publié|écrit|escrito|publicado|scritto|pubblicato|geschreven|skrivet|gastbeitrag"
    r"|ein (?:beitrag|artikel)|beitrag|artikel|kommentar|rezept|rezepte|this post was written)\s+)?"
    rf"(?:{_BY})(?:\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
GLUED_BY = re.compile(r"^(?:By|Von|Par|Por)(?=[A-ZÀ-ÖØ-Þ][a-zß-ÿ])")
PARTS = re.compile(
    r"\s*(?:[,;|/&•·]|\b(?:and|und|sowie|et|y|e|en|och|og|with|mit|и|та|ve|dan|και)\b)\s+"
    r"|\s*[;|、，•·]\s*"
)
ASIDE = re.compile(r"\s*[(\[（].{0,60}?[)\]）]|\s+[-–—]\s+.*$|\s+@\w+.*$")
DATE = re.compile(
    r"\b(?:on |am |vom |le |el )?(?:\d{1,2}\.? )?[^\W\d]{3,9}\.? \d{1,2},? \d{4}.*$"
    r"|\b\d{1,2}\.? [^\W\d]{3,9}\.?,? \d{4}.*$|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}.*$"
    r"|\b\d{4}-\d\d-\d\d.*$"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}\b.*$",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"\b(?:(?:medically |expert )?reviewed|edited|fact[- ]?checked|updated|published|posted|last"
    r"|contact|kontakt|photo(?:graph)?s?|fotos?|illustrat\w+|geprüft|aktualisiert|mis à jour"
    r"|actualizado|alles von|all (?:posts|articles)|is an?|are|on behalf of|in|lives|writes?"
    r"|schreibt|mehr)\b.*$",
    re.IGNORECASE,
)
SAID = re.compile(
    r"\b(?:says|said|sagt|sagte|schrieb|wrote|schreibt|dit|dice|commented|meint)\b:?\s*$|\*\s*$",
    re.IGNORECASE,
)  # a comment's author, or the field of a form
CREDENTIAL = re.compile(
    r"^(?:Ph\.?D|M\.?D|D\.?O|R\.?N|B\.?S\.?N|D\.?V\.?M|D\.?D\.?S|R\.?D|CPA|J\.?D|MBA|M\.?S\.?c?|B\.?A|M\.?A"
    r"|LMFT|LCSW|MPH|CFP|CFA|DNP|VMD|DACVB|LVT|LDN|F[A-Z]{3,4}|E-RYT.*|Jr|Sr|Esq|II|III)\.?$"
)
ADDRESS = re.compile(r"^\S*(?:https?:|www\.)\S*$|^\S+/\S+/\S*$")
ROLE = re.compile(
    r"\b(?:editors?|correspondents?|reporters?|staff|writers?|contributors?|journalists?|bureau|chief"
    r"|political|senior|director|head|founder|manager|freelance\w*|expert|specialist|consultant|analyst"
    r"|coordinator|researcher|professor|officer|president|strategist|columnist|blogger|gardener|grader"
    r"|representative|advis[eo]r|trainer|coach|enthusiast|journalism|\w*redakteur(?:in)?|journaliste"
    r"|kolumnist(?:in)?|journalist(?:in)?|\w*korrespondent(?:in)?|redactora?|periodista"
    r"|giornalista|autorenseite|special to|insights?"
    r"|updated|published|posted|minutes?|comments?|kommentare?|hinterlasse|follow|view|profile?|email"
    r"|share|shares|read|abonn\w+|subscribe|more|mehr|schließen|veröffentlicht|by|uncategorized|artikel"
    r"|stand|sponsored|paid|advertorial|anzeige|theme)\b",
    re.IGNORECASE,
)
ROLE_BEFORE = re.compile(
    r"\b(?:editor|correspondent|reporter|(?:staff|senior|contributing|guest) writer|columnist"
    r"|\w*redakteur(?:in)?|\w*korrespondent(?:in)?|reporterin|expert(?:e|in)|rechtsanw(?:alt|ältin)"
    r"|gastautor(?:in)?|journalist(?:e|in)?)[:,]? ",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"admin(?:istrator)?|(?:noc|site|wordpress)[ -]?admin|webmaster|root|unknown|none|null|guest"
    r"|nan|anonymous|an[oó]nimo|publisher|courtesy|cortes[ií]a|handout|pixabay|unsplash|pexels|istock"
    r"|shutterstock|getty ?images|twitter|facebook|instagram|youtube|(?:author |user)?name"
    r"|(?:the |no )?author|autore?|auteur|editor|(?:super ?)?user"
    r"|default|test|undefined|über|about|dr|prof|datum|date|mon|tues?|wed|thu(?:rs)?|fri|sat"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch",
    re.IGNORECASE,
)
NOT_A_NAME = re.compile(r"https?:|www\.|@\w+\.\w|\d{2}|[{}<>=…:?!]|\.(?:com|org|net|de)(?:/|$)")
LOGIN = re.compile(r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$")
AGENCIES = frozenset({
    "afp", "ap", "reuters", "dpa", "efe", "ansa", "apa", "sda", "sid", "dpa-afx", "afx", "aap",
    "ani", "pti", "ians", "upi", "tass", "xinhua", "kyodo", "jiji", "ntb", "tt", "ritzau", "stt",
    "lusa", "belga", "anp", "keystone", "keystone-sda", "pap", "čtk", "ctk", "mti", "tanjug",
    "hina", "sta", "agerpres", "bta", "ukrinform", "bloomberg", "ddp", "epd", "kna", "télam",
    "telam", "notimex", "anadolu", "aa", "iha", "dha", "wam", "spa", "petra", "mena", "antara",
    "bernama", "vna",
})  # fmt: skip
"""Names of news agencies in one word, in lower case."""

NAME_WORDS = 6  # of a person or an agency
PARTICLE = (
    r"(?:van|von|de|da|der|den|del|della|di|du|dos|das|la|le|bin|ibn|al|el|ter|ten|zu|y|e|af|av)"
)
CAPITAL = r"(?:[^\W\d_a-zß-öø-ÿа-яё][\w’'.-]*)"
FULL_NAME = re.compile(rf"{CAPITAL}(?: {PARTICLE})*(?: {CAPITAL}){{1,3}}$")


def split_names(texts: Iterable[str]) -> list[str]:
    """Return the single names in *texts*, without "By", roles and what stands in brackets.

    Degrees stay with the name that they follow, as printed.
    """
    names: list[str] = []
    for text in texts:
        if len(text) > MAX_BYLINE or SAID.search(text) or ADDRESS.search(text):
            continue
        names += names_of(text)
    return names if len(names) <= MAX_NAMES else []


def names_of(byline: str) -> list[str]:
    """Return the single names in one byline; see `split_names`."""
    names: list[str] = []
    for part in PARTS.split(without_by(DATE.sub("", byline))):
        name = behind_role(bare_name(part))
        if CREDENTIAL.match(name) and names:
            names[-1] = f"{names[-1]}, {part.strip()}"
        elif is_name(name):
            names.append(name)
        elif ROLE.search(name) and len(names) > 1 and is_single(names[-1]):
            names.pop()  # as in "Jo Reed, Home and Garden Editor"
    return names


def behind_role(name: str) -> str:
    """Return *name* without the role before it: ``Health Editor Jo Reed``."""
    rest = ROLE_BEFORE.split(name)[-1]
    return rest if FULL_NAME.match(rest) else name


def is_single(name: str) -> bool:
    """Whether *name* is one word, and not a news agency."""
    return " " not in name and name.lower() not in AGENCIES and not name.isupper()


def without_by(text: str) -> str:
    """Return *text* without the words that introduce a name."""
    text = GLUED_BY.sub("", text.strip())
    return BY.sub("", BY.sub("", text)).strip()


def bare_name(part: str) -> str:
    """Return one part of a byline without asides, degrees and what follows a name."""
    name = TAIL.sub("", ASIDE.sub("", without_by(one_line(part))))
    return name.strip(" .:-–—|/•·,*\"'")


def is_name(text: str) -> bool:
    """Whether *text* can be the name of a person or an agency."""
    return (
        1 < len(text) <= MAX_NAME
        and text[0].isalpha()
        and NOBODY.fullmatch(text) is None
        and len(text.split()) <= NAME_WORDS
        and BY.match(f"{text} ") is None
        and CREDENTIAL.match(text) is None
        and NOT_A_NAME.search(text) is None
        and ROLE.search(text) is None
    )


def is_login(name: str) -> bool:
    """Whether *name* is how someone logs in, such as ``ana.ruiz``, rather than what they print."""
    return LOGIN.match(name) is not None


def whole_name(text: str) -> str:
    """Return a stated author that is no person's name, such as a desk; empty where it is nobody."""
    name = without_by(ASIDE.sub("", one_line(text))).strip(" .:,|")
    plain = 1 < len(name) <= MAX_NAME and name[0].isalpha() and NOBODY.fullmatch(name) is None
    return name if plain and not re.search(r"https?:|www\.|@|[{}<>=]|\w\.\w+\.\w", name) else ""
