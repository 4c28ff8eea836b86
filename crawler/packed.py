"""A body as it came over the wire, kept for the archive while its page is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from scrapy import Request

KEY = "dateline_packed"
READABLE = frozenset({b"gzip", b"x-gzip", b"br"})
"""What any reader of archives unpacks."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A packed body, there to its end."""

    body: bytes = field(repr=False)
    encodings: Sequence[bytes]
    """Values of ``Content-Encoding``, in lower case, the outermost last."""

    @classmethod
    def among(cls, meta: Mapping[str, Any]) -> Self | None:
        """Return what was kept with a request; None where its body came plain."""
        found: Self | None = meta.get(KEY)
        return found

    def keep(self, request: Request) -> None:
        """Keep it with *request*, where archives may hold it so."""
        if READABLE.issuperset(self.encodings):
            request.meta[KEY] = self

    @staticmethod
    def forget(request: Request) -> None:
        """Keep none with *request*: a second try and a redirect take over what it had."""
        request.meta.pop(KEY, None)
