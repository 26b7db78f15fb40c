"""The two generations of printers that speak POSNET, and how one is told from the other. No I/O.

Until about 2018 (DBC-I-DEV-45) and Online since 2019 (POT-I-DEV-37): the same frames and core,
other limits and invoices. Every Online model has "ONLINE" in its name or a version from 30.01
upwards. A shop may have programmed another name: a printer that neither tells is asked for its
clock, which only Online models tell with the offset of the zone.
"""

from __future__ import annotations

import re
from enum import StrEnum

_VERSION = re.compile(r"(\d{1,3})\.\d")
_FIRST_ONLINE = 30


class Generation(StrEnum):
    """Which document describes the printer."""

    OLD = "old"
    ONLINE = "online"


def recognise(model: str, version: str) -> Generation | None:
    """What ``sid`` says; None when that could be either."""
    if "ONLINE" in model.upper():
        return Generation.ONLINE
    found = _VERSION.match(version)
    return Generation.ONLINE if found and int(found[1]) >= _FIRST_ONLINE else None
