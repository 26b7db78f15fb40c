"""What a till asks a technician to sign: terminal, boot, a number used once, the scopes. Pure."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from terminal.sync.wire import Scope

NONCE_BYTES = 8
_FORM = 1
_HEAD = struct.Struct(f">BBI{NONCE_BYTES}s")
_TERMINAL_MAX = 64


@dataclass(frozen=True, slots=True)
class Challenge:
    """``boot`` counts the starts of the till: what an earlier one asked is never answered now."""

    terminal: str
    boot: int
    nonce: bytes
    scopes: frozenset[Scope]

    def packed(self) -> bytes:
        """The bytes that are signed."""
        bits = sum(1 << place for place, scope in enumerate(Scope) if scope in self.scopes)
        return _HEAD.pack(_FORM, bits, self.boot, self.nonce) + self.terminal.encode()


def unpacked(data: bytes) -> Challenge:
    """The challenge that these bytes are; raises ``ValueError``."""
    if not _HEAD.size < len(data) <= _HEAD.size + _TERMINAL_MAX:
        msg = "not the length of a challenge"
        raise ValueError(msg)
    form, bits, boot, nonce = _HEAD.unpack_from(data)
    if form != _FORM or not 0 < bits < 1 << len(Scope):
        msg = "not a challenge that this program knows"
        raise ValueError(msg)
    scopes = frozenset(scope for place, scope in enumerate(Scope) if bits >> place & 1)
    return Challenge(data[_HEAD.size :].decode(), boot, nonce, scopes)
