"""Names of the files that are exchanged: ``products-20261126-001.csv``, its day and its number.

A name that is not of this form belongs to somebody else; no path, no link, no device has one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

CHECKSUM = ".sha256"
SUFFIXES = ("csv", "json", "xml")
STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{0,39}")
_NAME = re.compile(
    r"(?P<stem>[A-Za-z0-9][A-Za-z0-9_]{0,39})-(?P<day>\d{8})-(?P<number>\d{1,9})"
    r"\.(?P<suffix>csv|json|xml)",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class FileName:
    """A name taken apart; names sort in the order in which their files are read."""

    day: str
    number: int
    name: str
    stem: str = field(compare=False)
    suffix: str = field(compare=False)


def parsed(name: str) -> FileName | None:
    """The parts of a name, None where it is not one of ours."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    return FileName(
        found["day"], int(found["number"]), name, found["stem"].lower(), found["suffix"].lower()
    )
