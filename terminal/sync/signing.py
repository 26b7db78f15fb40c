"""Signs requests with the key of this device, as RFC 9421 wants it. No files, no network.

The key never leaves the device: the office knows its public half from the enrolment. A signature
covers method, address and body, is a few minutes good and once only. A till whose clock is wrong is
told so with the office's time, which from then on is used for signing and for nothing else.

Import this module where a request is made and not before: it costs a third of a second.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import ED25519
from http_message_signatures.resolvers import HTTPSignatureKeyResolver

from terminal.sync.wire import (
    DIGEST_HEADER,
    SIGNATURE_HEADERS,
    SIGNATURE_TAG,
    SIGNED_BODY,
    SIGNED_REQUEST,
    TIME_HEADER,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_SEED_BYTES = 32
_NONCE_BYTES = 16
_UNAUTHORIZED = 401


def new_key() -> str:
    """A private key: 32 random bytes in base64. A secret."""
    return base64.b64encode(secrets.token_bytes(_SEED_BYTES)).decode()


def public_half(key: str) -> str:
    """What the office may know of a private key: 32 bytes in base64. Raises ValueError."""
    return base64.b64encode(private(key).public_key().public_bytes_raw()).decode()


def id_of(public_key: str) -> str:
    """Name of a public key in signatures and on screens: 32 hex digits of its SHA-256."""
    return hashlib.sha256(base64.b64decode(public_key, validate=True)).hexdigest()[:32]


def sign(key: str, text: bytes) -> str:
    """Signature over ``text``, 128 hex digits. Raises ValueError."""
    return private(key).sign(text).hex()


class Signing(httpx2.Auth):
    """Signs each request of a client with ``key``; raises ValueError when that is no key.

    ``now`` is the device's clock. A request refused for its time is signed once more.
    """

    requires_request_body = True

    def __init__(
        self, key: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._key_id = id_of(public_half(key))
        self._signer = HTTPMessageSigner(
            signature_algorithm=ED25519, key_resolver=_OneKey(private(key))
        )
        self._now = now
        self._offset = timedelta()

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Sign and send; after a refusal that names the office's time, once again."""
        self.sign(request)
        response = yield request
        told = response.headers.get(TIME_HEADER, "")
        if response.status_code == _UNAUTHORIZED and self._set_right(told):
            self.sign(request)
            yield request

    def sign(self, request: Any) -> None:  # noqa: ANN401 - whatever has method, url and headers
        """Add the signature to ``request``, in place of an older one."""
        body = request.content or b""
        if body:
            request.headers.setdefault("Content-Type", "application/json")
        for name in (DIGEST_HEADER, *SIGNATURE_HEADERS):
            request.headers.pop(name, None)
        self._signer.sign(
            request,
            key_id=self._key_id,
            created=self._now() + self._offset,
            nonce=secrets.token_urlsafe(_NONCE_BYTES),
            tag=SIGNATURE_TAG,
            include_alg=False,  # fixed by agreement, not by the message
            covered_component_ids=SIGNED_BODY if body else SIGNED_REQUEST,
            body=body or None,
        )

    def _set_right(self, told: str) -> bool:
        try:
            self._offset = datetime.fromisoformat(told) - self._now()
        except (ValueError, TypeError):
            return False
        return True


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:  # noqa: ARG002 - its interface
        return self._key


def private(key: str) -> Ed25519PrivateKey:
    """The key itself; raises ValueError."""
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(key, validate=True))
