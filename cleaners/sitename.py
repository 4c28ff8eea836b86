"""What a page calls its site, and titles without that name."""

import re
from urllib.parse import urlsplit

from cleaners.page import Page
from cleaners.structured import string
from cleaners.text import key, one_line

SITE_META = ("og:site_name", "application-name", "apple-mobile-web-app-title")
SEPARATOR = re.compile(r"\s+(?:[|–—·»•›«:]|-{1,2}|::)\s+|\s*[|»]\s*|(?<=[\u3040-\u9fff！？])[-_]+")
SITE_SUFFIX = re.compile(
    r"\s+(?:[|–—·»•›]|-{1,2}|::)\s+[^|–—·»•›]{2,60}$"
    r"|(?<=[\u3040-\u9fff！？。」』”])[-_|—]{1,2}[^-_|—\s]{2,12}$"
)
MIN_TITLE = 10  # characters of a headline
MIN_UNSPACED = 5  # the same in Chinese and Japanese
MAX_NAME = 60  # characters of a site's name
DOMAIN = re.compile(r"(?:com?|org|net|[a-z]{2})$")
ARCHIVE = re.compile(r"^Blog Archive?s?\s+[»|-]\s+", re.IGNORECASE)
MIN_NAME = 3  # characters; two begin too many words
MAX_WORDS = 4  # of a name of the site that is not stated as such


class SiteName:
    """The names of a page's site."""

    def __init__(self, page: Page) -> None:
        """Read the names that JSON-LD, meta and the address give."""
        stated = [string(node.get("publisher")) for node in page.articles]
        stated += [page.first_meta(name) for name in SITE_META]
        heads = {key(text) for text in page.headings[:1]}
        titles = heads & {key(page.first_meta("og:title"))}
        whole = key(page.head_title)
        if any(whole.startswith(f"{head} ") for head in heads):
            titles.add(whole)  # some state it, headline and all, in the place of a name
        self._names = {key(name) for name in stated if name} - {""} - titles
        self._host = label_of(page.url)

    def is_stated(self, text: str) -> bool:
        """Whether the page states *text* as a name of the site."""
        return key(text) in self._names

    def knows(self, text: str) -> bool:
        """Whether *text* is a name of the site: as stated, in part, or as its address spells it."""
        name = key(text)
        if not name or name in self._names:
            return bool(name)
        words, packed = len(name.split()), name.replace(" ", "")
        if words > MAX_WORDS or any(char.isdigit() for char in packed if char not in self._host):
            return False
        if min(len(self._host), len(packed)) >= MIN_NAME and (
            self._host in packed or packed in self._host or DOMAIN.sub("", packed) == self._host
        ):
            return len(packed) * 2 >= len(self._host)
        return any(holds(name, other) or holds(other, name) for other in self._names)

    def strip(self, title: str, *, by_any: bool = False) -> str:
        """Return *title* without the site's name before or behind a separator.

        With *by_any*, what stands behind the last separator goes where no name is known.
        """
        whole = one_line(title)
        title = whole
        while (shorter := self._without_end(title)) or (shorter := self._without_start(title)):
            title = shorter
        return without_site(title) if by_any and title == whole else title

    def _without_end(self, title: str) -> str:
        separators = list(SEPARATOR.finditer(title))
        last = separators[-1] if separators else None
        if last is None or len(title) - last.end() > MAX_NAME:
            return ""
        rest = title[: last.start()].strip()
        return rest if is_title(rest) and self.knows(title[last.end() :]) else ""

    def _without_start(self, title: str) -> str:
        first = SEPARATOR.search(title)
        if first is None or first.start() > MAX_NAME or first[0].strip() == ":":
            return ""
        rest = ARCHIVE.sub("", title[first.end() :].strip())
        return rest if is_title(rest) and self.knows(title[: first.start()]) else ""


def holds(longer: str, shorter: str) -> bool:
    """Whether the words of one key stand together in another."""
    return len(shorter) > MIN_NAME and f" {shorter} " in f" {longer} "


def without_site(title: str) -> str:
    """Return *title* without what stands behind its last separator, where a headline remains."""
    shorter = SITE_SUFFIX.sub("", title)
    return shorter if is_title(shorter) else title


def is_title(text: str) -> bool:
    """Whether *text* is long enough for a headline."""
    return len(text) >= (MIN_TITLE if text.isascii() or " " in text else MIN_UNSPACED)


def label_of(url: str) -> str:
    """Return ``examplenews`` for an address at ``www.example-news.co.uk``."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    labels = host.split(".")
    while len(labels) > 1 and len(labels[-1]) <= 3:  # noqa: PLR2004 - letters of a suffix
        labels.pop()
    return labels[-1].replace("-", "")
