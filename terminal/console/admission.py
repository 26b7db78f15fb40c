"""Decides whether a technician's answer opens the console. Cryptography and nothing else: no I/O.

Import it where somebody logs in and not before: the library is slow to load.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.wire import Certificate, Scope, TechnicianAnswer
from terminal.sync.wire.technician import ANSWER_MARK, CERTIFICATE_MARK, HOURS_MAX

if TYPE_CHECKING:
    from terminal.console.challenge import Challenge

T = TypeVar("T")
_HOUR_S = 3600
# A certificate made just now must work on a till whose clock is a little behind.
_AHEAD_S = 600


@dataclass(frozen=True, slots=True)
class Grant:
    """Who is in, for what, and for how many seconds; ``issued`` is of the certificate, or 0."""

    name: str
    scopes: frozenset[Scope]
    left_s: float
    issued: int = 0


def admit(challenge: Challenge, answer: bytes, authority: str, at: float) -> Grant:
    """What ``answer`` allows; ``authority`` is the office's key in base64, ``at`` the time.

    Raises ``Rejected`` E-182 that says what is wrong.
    """
    if not authority:
        raise _refused(_("this till knows no technicians' authority: synchronise (8 4 1)"))
    given = _decoded(answer, TechnicianAnswer)
    body = given.certified.certificate
    _check(base64.b64decode(authority), given.certified.signature, CERTIFICATE_MARK + body)
    certificate = _decoded(body, Certificate)
    _check(certificate.key, given.signature, ANSWER_MARK + challenge.packed())
    if challenge.terminal not in certificate.terminals:
        raise _refused(_("the certificate is not for this terminal"))
    if not challenge.scopes <= set(certificate.scopes):
        raise _refused(_("the certificate does not allow what was asked for"))
    if certificate.expires - certificate.issued > HOURS_MAX * _HOUR_S:
        raise _refused(_("the certificate lasts too long"))
    if at >= certificate.expires:
        raise _refused(_("the certificate has expired"))
    if at < certificate.issued - _AHEAD_S:
        raise _refused(_("the certificate begins later: set the till's clock right"))
    return Grant(certificate.name, challenge.scopes, certificate.expires - at, certificate.issued)


def _decoded(data: bytes, kind: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, RecursionError):
        raise _refused(_("it is no technician's answer")) from None


def _check(key: bytes, signature: bytes, signed: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        raise _refused(_("its signature is wrong")) from None


def _refused(reason: str) -> Rejected:
    return Rejected(Code.TECHNICIAN_REFUSED, reason=translate(reason))
