"""Behaviours: charsets that lie, and titles, headers and addresses that would write elsewhere."""

from dataclasses import dataclass

from evaluation.hostile_behaviour import SAVED, article, reply, shown

FORGED = "2026-01-01 00:00:00 CRITICAL: forged by the server"
"""A line that no log may have."""

SAVES = "is saved whole"
NO_PAGE = ("NotHtmlError",)


@dataclass(frozen=True, slots=True)
class Coding:
    """How a page is encoded, and what its header calls that."""

    does: str
    codec: str = "utf-8"
    label: str = ""
    """What the header says; empty where it says nothing."""

    mark: bytes = b""
    head: str = ""

    def page(self, name: str) -> bytes:
        """Return the page called *name*."""
        kind = f"text/html; charset={self.label}" if self.label else "text/html"
        return reply(self.mark + article(name, head=self.head).encode(self.codec), kind=kind)


UTF7 = "<meta charset='utf-7'>+ADw-script+AD4-alert(1)+ADw-/script+AD4-"
UTF8_MARK = b"\xef\xbb\xbf"
CODINGS = {
    "latin-lie-umlaut": Coding("calls UTF-8 Latin-1", label="iso-8859-1"),
    "utf8-lie-cyrillic": Coding("calls cp1251 UTF-8", "cp1251", "utf-8"),
    "cp1251-cyrillic": Coding("is cp1251, as its header says", "cp1251", "windows-1251"),
    "koi8-cyrillic": Coding("is KOI8-R, as its markup says", "koi8-r",
                            head="<meta charset='koi8-r'>"),
    "rot13": Coding("names the codec rot13", label="rot13"),
    "zlib-codec": Coding("names the codec zlib_codec", label="zlib_codec"),
    "escape-codec": Coding("names the codec unicode_escape", label="unicode_escape"),
    "idna-codec": Coding("names the codec idna", label="idna"),
    "undefined-codec": Coding("names the codec undefined", label="undefined"),
    "no-codec": Coding("names a codec that is none", label="x-no-such-thing"),
    "long-codec": Coding("names a codec of 9,000 letters", label="x" * 9000),
    "path-codec": Coding("names a path as codec", label="../../../etc/passwd"),
    "utf7-header": Coding("says UTF-7", label="utf-7"),
    "utf7-meta": Coding("says UTF-7 in its markup", head=UTF7),
    "meta-utf16": Coding("says UTF-16 in its markup", head="<meta charset='utf-16'>"),
    "utf16-marked-cyrillic": Coding("is UTF-16 with a mark", "utf-16"),
    "utf16-header-cyrillic": Coding("is UTF-16, as its header says", "utf-16-le", "utf-16le"),
    "utf16-bare-cyrillic": Coding("is UTF-16, and nothing says so", "utf-16-le"),
    "utf16-big-umlaut": Coding("is big-endian UTF-16, and nothing says so", "utf-16-be"),
    "utf32-marked": Coding("is UTF-32 with a mark", "utf-32"),
    "two-marks": Coding("is UTF-8 with two marks", mark=UTF8_MARK * 2),
    "mark-lie-umlaut": Coding("has the mark of UTF-8 and a header of UTF-16", label="utf-16",
                              mark=UTF8_MARK),
}  # fmt: skip
EBCDIC = Coding("is EBCDIC, as its header says", "cp500", "cp500")
CHARSETS = (
    *(shown(name, coding.does, SAVES, coding.page(name)) for name, coding in CODINGS.items()),
    shown("ebcdic", EBCDIC.does, "is saved whole, or refused by name", EBCDIC.page("ebcdic"),
          (SAVED, "NotHtmlError", "NoContentError")),
    shown("stray-byte-umlaut", "has a wrong byte in UTF-8", SAVES,
          reply(article("stray-byte-umlaut").encode().replace(b"</h1>", b"\xff</h1>", 1))),
    shown("nul-bytes", "has NUL between its paragraphs", SAVES,
          reply(article("nul-bytes").encode().replace(b"</p>", b"</p>\x00", 3))),
    shown("surrogates", "has surrogates and characters that are none", SAVES,
          reply(article("surrogates").encode().replace(
              b"</h1>", b"\xed\xa0\x80&#xD800;&#x110000;&#0;&#xFFFE;</h1>", 1))),
)  # fmt: skip


def titled(name: str, title: str) -> bytes:
    """Return the page called *name* under another title."""
    return reply(article(name, title=title).encode("utf-8", "surrogatepass"))


TITLES = {
    "slashes": "../../../../tmp/evil/../x and a boat",
    "absolute": "/etc/cron.d/evil and a boat",
    "backslashes": "..\\..\\windows\\system32\\evil and a boat",
    "nul": "A boat&#0;.sh \x00 and a harbour",
    "controls": "A boat \x07\x08\x1b[2J\x1b]0;owned\x07 and a harbour",
    "long": "A very long boat " * 40,
    "one-word": "A" * 3000 + " boat",
    "emoji": "🚢 A boat 👩‍👩‍👧‍👦 and a harbour 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "right-to-left": "A boat \u202egnp.exe\u202c and a \u2067harbour\u2069",
    "combining": "A b" + "\u0301" * 500 + "oat and a harbour",
    "dots": "... .. . a boat",
    "device": "CON",
    "dash": "-rf / a boat",
    "yaml": "---\nurl: http://evil.example/\n--- a boat",
    "yaml-tag": "!!python/object/apply:os.system ['id'] and a boat",
    "percent": "%s %d %(path)s {0} {item} ${HOME} `id` a boat",
    "line-ends": f"A boat&#13;&#10;{FORGED}&#10;and a harbour",
    "separators": f"A boat\u2028{FORGED}\u2029\u0085and a harbour",
    "markup": "A &lt;script&gt;boat&lt;/script&gt; &amp;amp; a harbour",
    "empty": " ",
    "zero-width": "A\u200bbo\u200dat\ufeff and a harbour",
}
TITLED = tuple(
    shown(f"title-{name}", f"has a title of {name.replace('-', ' ')}",
         "is saved whole, inside the folder, with a plain name", titled(f"title-{name}", title))
    for name, title in TITLES.items()
)  # fmt: skip

REFUSED_TITLE = f"\x1b[31mNot found\r\n{FORGED}"
LOGGED = (
    shown("log-in-status", "writes a line of the log into its status", "is logged in one line",
         reply(b"x", status=f"599 no\x1b[2J\r{FORGED}"), ("HTTP 599",)),
    shown("log-in-type", "writes a line of the log into its type", "is logged in one line",
         reply(b"x" * 99, kind=f"text/html; charset=\x1b[2J\r {FORGED}"), NO_PAGE),
    shown("log-in-location", "writes a line of the log into its redirect", "is logged in one line",
         reply(b"", f"Location: /extra/\x1b[2J\r {FORGED}", status="302 Found"),
         ("HTTP 404",)),
    shown("log-in-encoding", "writes a line of the log into its encoding", "is logged in one line",
         reply(article("log-in-encoding").encode(), f"Content-Encoding: \x1b[2J\r {FORGED}")),
    shown("log-in-page", "writes a line of the log into a page that is none",
         "is logged in one line", reply(
             f"<html><head><title>{REFUSED_TITLE}</title></head><body><h1>{REFUSED_TITLE}</h1>"
             "</body></html>".encode()), ("NoContentError", "NotAnArticleError")),
    shown("log-in-canonical", "writes a line of the log into its canonical address",
         "is logged in one line", reply(article(
             "log-in-canonical",
             head=f"<link rel='canonical' href='http://127.0.0.1/x&#10;{FORGED}&#27;[2J'>",
         ).encode())),
    shown("log-in-next", "writes a line of the log into the address of its next page",
         "is logged in one line", reply(article(
             "log-in-next",
             head=f"<link rel='next' href='/page/log-in-next?page=2&#10;{FORGED}&#27;[2J'>",
         ).encode())),
)  # fmt: skip

TEXTS = (*CHARSETS, *TITLED, *LOGGED)
