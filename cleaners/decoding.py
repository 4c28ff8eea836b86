"""Bytes to text: what a page is encoded in, whatever its headers claim."""

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from cleaners.errors import NoContentError, NotHtmlError, PageTooLargeError

MAX_PAGE = 32 * 1024 * 1024  # bytes; a parse of more takes seconds and a gigabyte
META_WINDOW = 8192  # bytes; browsers look for a declaration in the first 1,024, templates drift
STRAY_SHARE = 0.1  # wrong bytes a valid sequence, up to which a page is still UTF-8
PROBE = 20_000  # bytes from each end that the detection reads

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    b"%PDF-",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x7fELF",
)
DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)
CONTROL = bytes({*range(0x20)} - {*b"\t\n\v\f\r\x1b"})
MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")

WEB_CODECS = frozenset({
    "utf-8", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp1258", "cp874", "cp866", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6",
    "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15",
    "iso8859-16", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gb2312", "gbk", "gb18030",
    "big5", "big5hkscs", "euc_jp", "iso2022_jp", "shift_jis", "cp932", "euc_kr", "cp949",
    "tis-620", "utf-16-le", "utf-16-be",
})  # fmt: skip
"""Codecs a page may name; ``rot13``, ``zlib_codec`` and ``unicode_escape`` are codecs too."""

AS_BROWSERS_READ = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
                    "shift_jis": "cp932", "euc_kr": "cp949", "utf-16": "utf-8"}  # fmt: skip


class Decoded(NamedTuple):
    """A page as text, and the same in UTF-8, as the parser takes it."""

    text: str
    utf8: bytes


def decode(page: bytes, url: str) -> str:
    """Return the text of *page*; see `transcode`."""
    return transcode(page, url).text


def transcode(page: bytes, url: str) -> Decoded:
    """Read *page*: by its BOM, as UTF-8, as it declares, as detected, in this order.

    Raises:
        NoContentError: there are no bytes.
        NotHtmlError: the bytes are a PDF, an image, an archive or other binary data.
        PageTooLargeError: the page has more than `MAX_PAGE` bytes.
    """
    if not page or page.isspace():
        raise NoContentError(f"empty page: {url}")
    if len(page) > MAX_PAGE:
        raise PageTooLargeError(f"{len(page)} bytes, limit {MAX_PAGE}: {url}")
    for bom, codec in BOMS:
        if page.startswith(bom):
            return encoded(page[len(bom) :].decode(codec, "replace"))
    if looks_binary(page):
        raise NotHtmlError(f"binary data, not a page: {url}")
    try:
        return Decoded(page.decode("utf-8"), page)
    except UnicodeDecodeError:
        return encoded(decode_utf8(page) or decode_declared(page) or decode_detected(page))


def encoded(text: str) -> Decoded:
    """Return *text* with its UTF-8, in which a half surrogate is a question mark."""
    return Decoded(text, text.encode("utf-8", "replace"))


def looks_binary(page: bytes) -> bool:
    """Whether *page* starts like a known binary format or is full of control bytes."""
    start = page[:4096].lstrip()
    controls = len(start) - len(start.translate(None, CONTROL))
    return start.startswith(MAGIC) or controls > len(start) // 50 + 3


def decode_utf8(page: bytes) -> str:
    """Return *page* as UTF-8, or nothing where it is another encoding.

    One stray byte, from an advert or a comment pasted in, must not garble a whole page.
    """
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        text = page.decode("utf-8", "replace")
    stray = text.count("\ufffd")
    return text if stray <= STRAY_SHARE * len(MULTIBYTE.findall(page)) else ""


def decode_declared(page: bytes) -> str:
    """Return *page* in the encoding that it declares, or nothing where that is absent or a lie."""
    found = DECLARED.search(page[:META_WINDOW])
    if found is None:
        return ""
    codec = web_codec(found[1].decode("ascii", "replace"))
    if codec in {"", "utf-8"}:
        return ""
    text = page.decode(codec, "replace")
    return text if text.count("\ufffd") <= len(page) // 1000 + 1 else ""


def decode_detected(page: bytes) -> str:
    """Return *page* in the most likely encoding; ``cp1252`` where nothing speaks for another."""
    best = from_bytes(page if len(page) < 2 * PROBE else page[:PROBE] + page[-PROBE:]).best()
    codec = web_codec(best.encoding) if best is not None else ""
    return page.decode(codec or "cp1252", "replace")


def web_codec(label: str) -> str:
    """Return the codec that browsers use for *label*; nothing for one no page may name."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    name = AS_BROWSERS_READ.get(name, name)
    return name if name in WEB_CODECS else ""
