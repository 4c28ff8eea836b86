"""Behaviours: charsets that lie, and titles, headers and addresses that would write elsewhere."""

from evaluation.hostile_behaviour import SAVED, Behaviour, Script, article, reply, sends

FORGED = "2026-01-01 00:00:00 CRITICAL: forged by the server"
"""A line that no log may have."""

SAVES = "is saved whole"
NO_PAGE = ("NotHtmlError",)


def _one(name: str, does: str, must: str, answer: Script | bytes,
         ends: tuple[str, ...] = (SAVED,)) -> Behaviour:  # fmt: skip
    script = sends(answer) if isinstance(answer, bytes) else answer
    return Behaviour(name=name, does=does, must=must, answer=script, ends=ends)


def coded(name: str, codec: str, label: str, *, mark: bytes = b"", head: str = "") -> bytes:
    """Return the page called *name* in one encoding, with the *label* of another."""
    body = mark + article(name, head=head).encode(codec)
    return reply(body, kind=f"text/html; charset={label}" if label else "text/html")


def _charset(name: str, does: str, codec: str, label: str, *, mark: bytes = b"", head: str = "",
             ends: tuple[str, ...] = (SAVED,)) -> Behaviour:  # fmt: skip
    answer = coded(name, codec, label, mark=mark, head=head)
    must = SAVES if ends == (SAVED,) else "is saved whole or refused by name"
    return _one(name, does, must, answer, ends)


UTF7 = "<meta charset='utf-7'>+ADw-script+AD4-alert(1)+ADw-/script+AD4-"
CHARSETS = (
    _charset("latin-lie", "calls UTF-8 Latin-1", "utf-8", "iso-8859-1"),
    _charset("utf8-lie", "calls cp1251 UTF-8", "cp1251", "utf-8"),
    _charset("rot13", "names the codec rot13", "utf-8", "rot13"),
    _charset("zlib-codec", "names the codec zlib_codec", "utf-8", "zlib_codec"),
    _charset("escape-codec", "names the codec unicode_escape", "utf-8", "unicode_escape"),
    _charset("idna-codec", "names the codec idna", "utf-8", "idna"),
    _charset("undefined-codec", "names the codec undefined", "utf-8", "undefined"),
    _charset("no-codec", "names a codec that is none", "utf-8", "x-no-such-thing"),
    _charset("long-codec", "names a codec of 9,000 letters", "utf-8", "x" * 9000),
    _charset("path-codec", "names a path as codec", "utf-8", "../../../etc/passwd"),
    _charset("utf7-header", "says UTF-7", "utf-8", "utf-7"),
    _charset("utf7-meta", "says UTF-7 in its markup", "utf-8", "", head=UTF7),
    _charset("meta-utf16", "says UTF-16 in its markup", "utf-8", "",
             head="<meta charset='utf-16'>"),
    _charset("utf16-marked", "is UTF-16 with a mark", "utf-16", ""),
    _charset("utf16-header", "is UTF-16, as its header says", "utf-16-le", "utf-16le"),
    _charset("utf16-bare", "is UTF-16, and nothing says so", "utf-16-le", ""),
    _charset("utf16-bare-big", "is big-endian UTF-16, and nothing says so", "utf-16-be", ""),
    _charset("utf32-marked", "is UTF-32 with a mark", "utf-32", ""),
    _charset("two-marks", "is UTF-8 with two marks", "utf-8", "", mark=b"\xef\xbb\xbf" * 2),
    _charset("mark-lie", "has the mark of UTF-8 and a header of UTF-16", "utf-8", "utf-16",
             mark=b"\xef\xbb\xbf"),
    _charset("ebcdic", "is EBCDIC, as its header says", "cp500", "cp500",
             ends=(SAVED, "NotHtmlError", "NoContentError")),
    _one("stray-byte", "has a wrong byte in UTF-8", SAVES,
         reply(article("stray-byte").encode().replace(b"</h1>", b"\xff</h1>", 1))),
    _one("nul-bytes", "has NUL between its paragraphs", SAVES,
         reply(article("nul-bytes").encode().replace(b"</p>", b"</p>\x00", 3))),
    _one("surrogates", "has surrogates and characters that are none", SAVES,
         reply(article("surrogates").encode().replace(b"</h1>", b"\xed\xa0\x80&#xD800;&#x110000;"
                                                      b"&#0;&#xFFFE;</h1>", 1))),
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
    _one(f"title-{name}", f"has a title of {name.replace('-', ' ')}",
         "is saved whole, inside the folder, with a plain name", titled(f"title-{name}", title))
    for name, title in TITLES.items()
)  # fmt: skip

REFUSED_TITLE = f"\x1b[31mNot found\r\n{FORGED}"
LOGGED = (
    _one("log-in-status", "writes a line of the log into its status", "is logged in one line",
         reply(b"x", status=f"599 no\x1b[2J\r{FORGED}"), ("HTTP 599",)),
    _one("log-in-type", "writes a line of the log into its type", "is logged in one line",
         reply(b"x" * 99, kind=f"text/html; charset=\x1b[2J\r {FORGED}"), NO_PAGE),
    _one("log-in-location", "writes a line of the log into its redirect", "is logged in one line",
         reply(b"", f"Location: /extra/\x1b[2J\r {FORGED}", status="302 Found"),
         ("HTTP 404",)),
    _one("log-in-encoding", "writes a line of the log into its encoding", "is logged in one line",
         reply(article("log-in-encoding").encode(), f"Content-Encoding: \x1b[2J\r {FORGED}")),
    _one("log-in-page", "writes a line of the log into a page that is none",
         "is logged in one line", reply(
             f"<html><head><title>{REFUSED_TITLE}</title></head><body><h1>{REFUSED_TITLE}</h1>"
             "</body></html>".encode()), ("NoContentError", "NotAnArticleError")),
    _one("log-in-canonical", "writes a line of the log into its canonical address",
         "is logged in one line", reply(article(
             "log-in-canonical",
             head=f"<link rel='canonical' href='http://127.0.0.1/x&#10;{FORGED}&#27;[2J'>",
         ).encode())),
    _one("log-in-next", "writes a line of the log into the address of its next page",
         "is logged in one line", reply(article(
             "log-in-next",
             head=f"<link rel='next' href='/page/log-in-next?page=2&#10;{FORGED}&#27;[2J'>",
         ).encode())),
)  # fmt: skip

TEXTS = (*CHARSETS, *TITLED, *LOGGED)
