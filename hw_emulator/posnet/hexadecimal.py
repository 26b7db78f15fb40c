"""Bytes as the protocol writes them: two hex digits each. Pure."""

from __future__ import annotations

import re

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.setup_codes import SetupCode

_DIGITS = re.compile(r"[0-9A-Fa-f]*\Z")


def read_hex(text: str) -> bytes:
    """Bytes of ``text``; raises Refused for a wrong digit or an odd number of them."""
    if not _DIGITS.match(text):
        raise Refused(SetupCode.HEX_VALUE)
    if len(text) % 2:
        raise Refused(SetupCode.HEX_ODD)
    return bytes.fromhex(text)


def show_hex(data: bytes) -> str:
    """``data`` as the printer writes it."""
    return data.hex().upper()
