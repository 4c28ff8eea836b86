"""The digests that WARC records state: ``sha1:`` or ``sha256:`` and more, in base 32, 16 or 64."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Protocol, Self


class Hash(Protocol):
    """What `hashlib` makes."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes."""
        ...

    def digest(self) -> bytes:
        """Return the digest of the bytes so far."""
        ...


@dataclass(frozen=True, slots=True)
class Digest:
    """A stated digest, and that of the bytes so far."""

    stated: str
    """Without the name of the algorithm, in whatever base."""

    hashed: Hash

    @classmethod
    def of(cls, header: str | None) -> Self | None:
        """Read ``sha1:3I42…``; None where nothing is stated, or by an algorithm nobody knows."""
        algorithm, _, stated = (header or "").strip().partition(":")
        name = algorithm.lower().replace("sha-", "sha")
        if not stated or name not in hashlib.algorithms_guaranteed or name.startswith("shake"):
            return None
        return cls(stated, hashlib.new(name, usedforsecurity=False))

    def update(self, data: bytes) -> None:
        """Take more bytes."""
        self.hashed.update(data)

    def holds(self) -> bool:
        """Whether the bytes are those of which the digest is stated."""
        found = self.hashed.digest()
        spellings = {
            base64.b32encode(found).decode().rstrip("="),
            binascii.hexlify(found).decode().upper(),
        }
        stated = self.stated.rstrip("=")
        in_base_64 = {base64.b64encode(found), base64.urlsafe_b64encode(found)}
        return stated.upper() in spellings or stated in {
            text.decode().rstrip("=") for text in in_base_64
        }


def fits(header: str | None, data: bytes) -> bool:
    """Whether *data* has the digest of *header*; so it is where that states none."""
    digest = Digest.of(header)
    if digest is None:
        return True
    digest.update(data)
    return digest.holds()
