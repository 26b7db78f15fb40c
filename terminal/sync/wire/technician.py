"""What a technician may do at a till's console, and the papers that prove it. No keys, no I/O.

The office's technicians' authority signs a ``Certificate``; the technician signs the challenge of a
till with the key that the certificate names. Both go as they are, so that nobody needs to know how
to write them once more: a signature is over the very bytes that travel.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

HOURS_MAX = 12
TERMINALS_MAX = 40
KEY_BYTES, SIGNATURE_BYTES = 32, 64
# What is signed begins with these, so that one signature never passes for another.
CERTIFICATE_MARK = b"kaso-technician-certificate-1\0"
ANSWER_MARK = b"kaso-technician-answer-1\0"


class Scope(StrEnum):
    """What a login at the console is for; a word of the console needs one of them."""

    LOOK = "look"
    PRINT = "print"
    NETWORK = "network"
    EXPORT = "export"
    UPDATE = "update"
    SERVICE = "service"


class Certificate(Struct, frozen=True, array_like=True):
    """Who holds ``key``, for what, at which terminals; times in seconds since 1970."""

    name: Annotated[str, Meta(min_length=1, max_length=40)]
    key: Annotated[bytes, Meta(min_length=KEY_BYTES, max_length=KEY_BYTES)]
    scopes: Annotated[list[Scope], Meta(min_length=1, max_length=len(Scope))]
    terminals: Annotated[list[str], Meta(min_length=1, max_length=TERMINALS_MAX)]
    issued: int
    expires: int


class Certified(Struct, frozen=True, array_like=True):
    """A certificate as MessagePack, and the authority's signature over mark and certificate."""

    certificate: Annotated[bytes, Meta(max_length=4096)]
    signature: Annotated[bytes, Meta(min_length=SIGNATURE_BYTES, max_length=SIGNATURE_BYTES)]


class TechnicianAnswer(Struct, frozen=True, array_like=True):
    """What a technician brings back: the certificate, a signature over mark and challenge."""

    certified: Certified
    signature: Annotated[bytes, Meta(min_length=SIGNATURE_BYTES, max_length=SIGNATURE_BYTES)]
