"""Checks the signatures of tills, RFC 9421: whose key, what it covers, how old it is. No database.

Authority is the public key alone. That a signature was used before is the caller's to find out.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageSignaturesException, HTTPMessageVerifier
from http_message_signatures.algorithms import ED25519
from http_message_signatures.resolvers import HTTPSignatureKeyResolver

from backoffice.errors import Unauthorized
from backoffice.moments import stamp
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_AGE = timedelta(seconds=wire.SIGNATURE_AGE_MAX_S)
_SKEW = timedelta(seconds=wire.CLOCK_SKEW_MAX_S)
# How long a used signature must be remembered.
NONCE_LIFE = MAX_AGE + 2 * _SKEW
NONCE_LENGTH_MAX = 64
_KEY_ID = re.compile(r';keyid="([0-9a-f]{32})"')
_CREATED = re.compile(r";created=(\d{1,12})(?:;|$)")


@dataclass(frozen=True, slots=True)
class Message:
    """A request as it was signed: the address with scheme and host, headers by lower-case name."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


def key_id_of(public_key: str) -> str:
    """Name of a public key in signatures and on screens; raises ValueError when it is none."""
    raw = base64.b64decode(public_key, validate=True)
    Ed25519PublicKey.from_public_bytes(raw)
    return hashlib.sha256(raw).hexdigest()[:32]


def named_key(headers: Mapping[str, str]) -> str:
    """The key that a request says it is signed with, whoever it is; empty when it says none."""
    found = _KEY_ID.search(headers.get("signature-input", ""))
    return found[1] if found else ""


def claimed_key(message: Message) -> str:
    """The key that a request says it is signed with; raises ``Unauthorized`` without one."""
    if key := named_key(message.headers):
        return key
    raise Unauthorized(detail="the request is not signed by a terminal")


def verify(message: Message, public_key: str, moment: datetime) -> str:
    """Check a request against one key and give its nonce.

    Raises ``Unauthorized``; when the time alone is wrong, with the office's own in ``server_time``.
    """
    _check_time(message, moment)
    raw = base64.b64decode(public_key)
    verifier = _Verifier(
        signature_algorithm=ED25519,
        key_resolver=_OneKey(Ed25519PublicKey.from_public_bytes(raw)),
    )
    wanted = wire.SIGNED_BODY if message.body else wire.SIGNED_REQUEST
    try:
        (checked,) = verifier.verify(
            message,
            max_age=None,
            expect_tag=wire.SIGNATURE_TAG,
            require_components=wanted,
            body=message.body,
        )
    except (HTTPMessageSignaturesException, ValueError):
        raise Unauthorized(detail="the signature does not fit the request") from None
    nonce = checked.nonce
    if not isinstance(nonce, str) or not 1 <= len(nonce) <= NONCE_LENGTH_MAX:
        raise Unauthorized(detail="the signature has no nonce")
    return nonce


def _check_time(message: Message, moment: datetime) -> None:
    found = _CREATED.search(message.headers.get("signature-input", ""))
    if not found:
        raise Unauthorized(detail="the signature does not say when it was made")
    age = moment - datetime.fromtimestamp(int(found[1]), tz=moment.tzinfo)
    if not -_SKEW <= age <= MAX_AGE:
        detail = f"the signature is {int(age.total_seconds())} seconds old: is the clock right?"
        raise Unauthorized(detail=detail, server_time=stamp(moment))


class _Verifier(HTTPMessageVerifier):
    # The times were checked by the office's own clock; the library has another.
    def validate_created_and_expires(self, *_: object, **__: object) -> None:
        """Nothing is left to check."""


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PublicKey) -> None:
        self._key = key

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:  # noqa: ARG002 - its interface
        return self._key
