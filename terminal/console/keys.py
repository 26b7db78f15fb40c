"""The technician's own side: a key in a file, and the answer to a till's challenge."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

import msgspec

from terminal.console.challenge import unpacked
from terminal.console.letters import Mistyped, read, written
from terminal.sync.signing import new_key, private, public_half
from terminal.sync.wire import Certificate, Certified, TechnicianAnswer
from terminal.sync.wire.technician import ANSWER_MARK

if TYPE_CHECKING:
    from pathlib import Path

    from terminal.console.challenge import Challenge

_OTHERS = 0o077
_BYTES_MAX = 16_384


class Unusable(Exception):
    """A key, a certificate or a challenge cannot be used; the text says why."""


def make_key(path: Path) -> str:
    """Make a private key in ``path``, for the owner only; gives its public half.

    A key that is there stays. Raises ``Unusable`` and ``OSError``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return public_half(load_key(path))
    key = new_key()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    return public_half(key)


def load_key(path: Path) -> str:
    """The private key in ``path``; raises ``Unusable`` and ``OSError``."""
    if path.stat().st_mode & _OTHERS:
        msg = f"{path} may be read by others: chmod 600 it"
        raise Unusable(msg)
    key = path.read_text(encoding="ascii", errors="replace").strip()
    try:
        private(key)
    except ValueError:
        msg = f"{path} is no key"
        raise Unusable(msg) from None
    return key


def load_certificate(path: Path) -> tuple[Certified, Certificate]:
    """What the office gave; raises ``Unusable`` and ``OSError``."""
    try:
        raw = base64.b64decode(path.read_bytes()[:_BYTES_MAX], validate=False)
        certified = msgspec.msgpack.decode(raw, type=Certified)
        return certified, msgspec.msgpack.decode(certified.certificate, type=Certificate)
    except ValueError:
        msg = f"{path} is no certificate"
        raise Unusable(msg) from None


def challenge_of(text: str) -> Challenge:
    """The challenge as a console shows it; raises ``Unusable``."""
    try:
        return unpacked(read(text))
    except Mistyped as error:
        msg = f"the challenge is mistyped in {error}"
        raise Unusable(msg) from None
    except ValueError as error:
        raise Unusable(str(error)) from None


def answer(challenge: Challenge, key: str, certified: Certified) -> list[str]:
    """The lines to type or paste at the console."""
    signature = private(key).sign(ANSWER_MARK + challenge.packed())
    return written(msgspec.msgpack.encode(TechnicianAnswer(certified, signature)))
