"""Behaviours: bodies that are not what their header says, packed ones, and lengths that lie."""

import asyncio
import gzip
import json
import zlib
from collections.abc import Callable
from functools import partial

import brotli
from backports import zstd  # type: ignore[import-not-found,unused-ignore]  # Python 3.14 has it

from evaluation.hostile_behaviour import (
    SAVED,
    Behaviour,
    Script,
    Talk,
    article,
    reply,
    sends,
    shown,
)

NO_PAGE = ("NotHtmlError",)
CUT = ("cut short",)
HTML = "text/html; charset=utf-8"
MEGABYTE = 1024 * 1024
BOMB = 120 * MEGABYTE  # unpacked; the limit is 8

FOREIGN: dict[str, bytes] = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type/Catalog>> endobj\n",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 20,
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20,
    "gif": b"GIF89a\x01\x00\x01\x00" + bytes(range(256)) * 4,
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(range(256)) * 4,
    "zip": b"PK\x03\x04\x14\x00\x00\x00" + bytes(range(256)) * 4,
    "gzip-file": gzip.compress(b"x" * 5000),
    "mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00" + bytes(range(256)) * 8,
    "mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(range(256)) * 8,
    "ogg": b"OggS\x00\x02" + bytes(range(256)) * 8,
    "program": b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8,
    "database": b"SQLite format 3\x00" + bytes(4096),
    "old-office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8,
    "playlist": b"#EXTM3U\n#EXTINF:10,\nhttp://x.example/1.ts\n" * 200,
    "calendar": b"BEGIN:VCALENDAR\nSUMMARY:<p>A meeting of the board</p>\nEND:VCALENDAR\n" * 50,
    "noise": bytes((number * 89 + number // 7) % 256 for number in range(200_000)),
    "zeros": bytes(MEGABYTE),
}


def foreign_text(name: str) -> bytes:
    """Return a text that holds an article's markup and is no page."""
    page = article(f"foreign-{name}")
    paragraphs = page[page.index("<p>") : page.index("</article>")]
    if name == "json":
        return json.dumps({"title": "A board", "body": paragraphs}).encode()
    if name == "json-list":
        return json.dumps([{"title": "A board", "body": paragraphs}]).encode()
    forms = {
        "rss": "<?xml version='1.0'?><rss version='2.0'><channel><item>{}</item></channel></rss>",
        "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><entry>{}</entry></feed>",
        "rdf": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>{}</rdf:RDF>",
        "sitemap": "\ufeff<?xml version='1.0'?>\n<!-- by a plug-in -->\n<urlset>{}</urlset>",
        "svg": "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject>{}</foreignObject></svg>",
        "doctype-svg": "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x'><svg>{}</svg>",
    }
    return forms[name].format(paragraphs).encode()


def _foreign() -> tuple[Behaviour, ...]:
    texts = ("json", "json-list", "rss", "atom", "rdf", "sitemap", "svg", "doctype-svg")
    bodies = FOREIGN | {name: foreign_text(name) for name in texts}
    return tuple(
        Behaviour(
            name=f"{name}-as-html",
            does=f"calls {name} text/html",
            must="is refused by name",
            ends=NO_PAGE,
            answer=sends(reply(body)),
        )
        for name, body in bodies.items()
    )


def _called(name: str, kind: str, *headers: str) -> Behaviour:
    return Behaviour(
        name=f"page-as-{name}",
        does=f"calls a page {kind or 'nothing'}",
        must="is taken as a page",
        answer=sends(reply(article(f"page-as-{name}").encode(), *headers, kind=kind)),
    )


TYPES = (
    _called("octets", "application/octet-stream"),
    _called("text", "text/plain"),
    _called("no-type", ""),
    _called("json", "application/json"),
    _called("image", "image/jpeg"),
    _called("pdf", "application/pdf"),
    _called("xml", "application/xml"),
    _called("broken-type", "text/html;;;charset"),
    _called("two-types", "text/html, image/png"),
    _called("download", HTML, 'Content-Disposition: attachment; filename="../../x.exe"'),
)


def raw_deflate(body: bytes) -> bytes:
    """Pack *body* as Microsoft's servers once did."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


Packer = Callable[[bytes], bytes]
PACKERS: dict[str, Packer] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "raw-deflate": raw_deflate,
    "br": partial(brotli.compress, quality=1),
    "zstd": zstd.compress,
}


def _packed(name: str, does: str, must: str, packing: tuple[str, Packer],
            ends: tuple[str, ...] = (SAVED,)) -> Behaviour:  # fmt: skip
    encoding, pack = packing

    async def answer(talk: Talk) -> None:
        body = await asyncio.to_thread(pack, article(name).encode())
        await talk.send(reply(body, f"Content-Encoding: {encoding}"))

    return shown(name, does, must, answer, ends)


def _bomb(pack: Packer) -> Script:
    async def answer(talk: Talk) -> None:
        encoding = next(name for name, packer in PACKERS.items() if packer is pack)
        body = await asyncio.to_thread(pack, b"<p>boom</p>" * (BOMB // 11))
        await talk.send(reply(body, f"Content-Encoding: {encoding.removeprefix('raw-')}"))

    return answer


def _packings() -> tuple[Behaviour, ...]:
    made: list[Behaviour] = []
    for name, pack in PACKERS.items():
        encoding = name.removeprefix("raw-")
        made += (
            _packed(f"{name}-page", f"packs a page with {name}", "is saved whole",
                    (encoding, pack)),
            _packed(f"{name}-cut", f"sends the first half of a page packed with {name}",
                    "is refused, not saved by half", (encoding, _half(pack)), CUT),
            shown(f"{name}-bomb", f"packs 120 MB of {name}", "is refused for its size",
                  _bomb(pack), ("too large",)),
        )  # fmt: skip
    return tuple(made)


def _half(pack: Packer) -> Packer:
    return lambda body: pack(body)[: len(pack(body)) // 2]


def nested(layers: int) -> Packer:
    """Return a packer that packs with gzip so many times."""

    def pack(body: bytes) -> bytes:
        for _ in range(layers):
            body = gzip.compress(body)
        return body

    return pack


def wrong_sum(body: bytes) -> bytes:
    """Pack *body* with gzip and a check sum that is not its own."""
    packed = gzip.compress(body)
    return packed[:-8] + b"\0\0\0\0" + packed[-4:]


def same(body: bytes) -> bytes:
    """Return *body*, packed not at all."""
    return body


def members(body: bytes) -> bytes:
    """Pack *body* as two members of one gzip file."""
    return gzip.compress(body[:900]) + gzip.compress(body[900:])


def br_in_gzip(body: bytes, *, cut: bool = False) -> bytes:
    """Pack *body* twice; the inner stream may be cut in the middle."""
    inner = brotli.compress(body, quality=1)
    return gzip.compress(inner[: len(inner) // 2] if cut else inner)


def bomb_in_bomb(_: bytes) -> bytes:
    """Pack a bomb twice."""
    return gzip.compress(gzip.compress(b"<p>boom</p>" * (BOMB // 11)))


WHOLE, REFUSED = "is saved whole", "is refused"
ODD_PACKINGS = (
    _packed("gzip-twice", "packs a page twice", WHOLE, ("gzip, gzip", nested(2))),
    _packed("br-in-gzip", "packs a page with br, then gzip", WHOLE, ("br, gzip", br_in_gzip)),
    _packed("br-cut-in-gzip", "packs half a br stream with gzip", REFUSED,
            ("br, gzip", partial(br_in_gzip, cut=True)), CUT),
    _packed("gzip-ten-times", "packs a page ten times", REFUSED,
            (", ".join(["gzip"] * 10), nested(10)), ("content encodings",)),
    _packed("nested-bomb", "packs a bomb into a bomb", "is refused for its size",
            ("gzip, gzip", bomb_in_bomb), ("too large",)),
    _packed("gzip-lie", "calls a plain page gzip", "is refused, or saved whole", ("gzip", same),
            (SAVED, *CUT)),
    _packed("gzip-empty", "calls nothing gzip", REFUSED, ("gzip", lambda _: b""),
            (*CUT, "NoContentError")),
    _packed("gzip-wrong-sum", "sends gzip with a wrong check sum", REFUSED,
            ("gzip", wrong_sum), CUT),
    _packed("gzip-members", "sends a page as two members of gzip", WHOLE, ("gzip", members)),
    _packed("gzip-capitals", "writes GZIP", WHOLE, ("GZIP", gzip.compress)),
    _packed("identity", "names the encoding identity", WHOLE, ("identity", same)),
    _packed("unknown-encoding", "names an encoding that is none", WHOLE, ("rot13", same)),
)  # fmt: skip

BODIES = (*_foreign(), *TYPES, *_packings(), *ODD_PACKINGS)
