"""Tell by its first bytes what arrived, whatever its header calls it."""

import re

START = 4096  # bytes that are looked at

SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\xff\xd8\xff", "a JPEG"),
    (b"\x89PNG", "a PNG"),
    (b"GIF8", "a GIF"),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"ID3", "an MP3"),
    (b"\xff\xfb", "an MP3"),
    (b"OggS", "an Ogg file"),
    (b"fLaC", "a FLAC file"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
    (b"FLV\x01", "a Flash film"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x00asm", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"SQLite format 3\x00", "a database"),
    (b"#EXTM3U", "a playlist"),
    (b"WEBVTT", "subtitles"),
    (b"BEGIN:VC", "a calendar or a card"),
)
MEDIA = (4, b"ftyp", "an MP4 film or an AVIF, HEIC picture")

ROOTS = {
    "rss": "a feed",
    "feed": "a feed",
    "rdf": "a feed",
    "urlset": "a sitemap",
    "sitemapindex": "a sitemap",
    "svg": "an SVG",
    "opml": "a list of feeds",
}
BEFORE_ROOT = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE
)
ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)")
JSON = re.compile(rb"\{\s*(?:\"|\})|\[\s*(?:[\[{\"\]]|-?\d+\s*[,\]])")
UTF8_MARK = b"\xef\xbb\xbf"
UTF16 = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}


def foreign(body: bytes) -> str:
    """Return what *body* is if it is no page: ``a PDF``; empty for a page and for what is unknown.

    A text of another kind is named too: JSON, a feed and a sitemap may hold markup enough to be
    taken for a page.
    """
    start = body[:START]
    for signature, name in SIGNATURES:
        if start.startswith(signature):
            return name
    at, signature, name = MEDIA
    if start[at:].startswith(signature):
        return name
    text = start.removeprefix(UTF8_MARK).lstrip()
    if JSON.match(text):
        return "JSON"
    before = BEFORE_ROOT.match(text)
    root = ROOT.match(text, before.end() if before else 0)
    return ROOTS.get(root[1].decode().lower(), "") if root else ""


def bare_utf16(body: bytes) -> str:
    """Return the codec of a page in UTF-16 that has no byte order mark; else nothing."""
    return UTF16.get(body[:2], "")
