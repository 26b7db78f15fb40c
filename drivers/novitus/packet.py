r"""Bytes ↔ packets of the older NOVITUS protocol, as NoviAPI's ``direct_io`` carries them. No I/O.

    packet = ESC "P" parameters command texts [check] ESC "\"

``parameters`` are numbers with ``;`` between them, the command is a sign and a letter, ``check``
two upper-case hex digits: FFh xor every byte before it. Questions and answers may come without it,
so a packet whose last two signs are no check has none. Source: docs/novitus.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce

CODE_PAGE = "cp1250"
PACKET_MAX = 8192

_BEGIN, _END = b"\x1bP", b"\x1b\\"
_PACKET = re.compile(rb"([0-9;]{0,64})([#$^@?][A-Za-z])(.*)\Z", re.DOTALL)
_CHECK_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet; ``texts`` is everything after the command."""

    command: str
    parameters: str = ""
    texts: str = ""


def check(body: bytes) -> bytes:
    """Checksum of what stands between ESC P and itself: 8E for ``1$d``."""
    return b"%02X" % reduce(lambda left, right: left ^ right, body, 0xFF)


def encode(packet: Packet, *, is_checked: bool = True) -> bytes:
    """Bytes of ``packet``.

    Characters the code page lacks become ``?``. Raises ValueError for an escape in a text, which
    would end the packet.
    """
    if "\x1b" in packet.texts:
        msg = f"escape in {packet.texts!r}"
        raise ValueError(msg)
    body = f"{packet.parameters}{packet.command}{packet.texts}".encode(CODE_PAGE, "replace")
    return _BEGIN + body + (check(body) if is_checked else b"") + _END


def decode(data: bytes) -> Packet | None:
    """Read one packet; None when it is none. Never raises."""
    if len(data) > PACKET_MAX or not (data.startswith(_BEGIN) and data.endswith(_END)):
        return None
    body = data[len(_BEGIN) : -len(_END)]
    if body[-_CHECK_LENGTH:] == check(body[:-_CHECK_LENGTH]):
        body = body[:-_CHECK_LENGTH]
    found = _PACKET.match(body)
    if not found or b"\x1b" in body:
        return None
    parameters, command, texts = found.groups()
    return Packet(command.decode(), parameters.decode(), texts.decode(CODE_PAGE, "replace"))
