"""What a server is asked with whether something has changed (RFC 9110, sections 8.8 and 13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from scrapy.http import Response


@dataclass(frozen=True, slots=True)
class Validators:
    """The marks of one state of a page or listing, as the server wrote them; empty for none."""

    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, response: "Response") -> Self:
        """Take them from the headers of *response*."""
        found = (response.headers.get(name) or b"" for name in ("ETag", "Last-Modified"))
        return cls(*(value.decode("latin-1") for value in found))

    @classmethod
    def among(cls, headers: Iterable[tuple[str, str]]) -> Self:
        """Take them from *headers*; of a name that stands twice the last."""
        found = {name.lower(): value for name, value in headers}
        return cls(found.get("etag", ""), found.get("last-modified", ""))

    def headers(self) -> dict[str, bytes]:
        """Return the headers that ask only for what has changed; none: ask for it whole."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value.encode("latin-1", "replace") for name, value in pairs.items() if value}


NO_VALIDATORS = Validators()
