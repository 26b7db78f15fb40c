"""What the office asks of a till: named in the answer to a heartbeat, told of by events. No I/O.

An errand is named in each answer until the till has told its end, or a day has passed. The till
tells by documents of the kind ``event`` called ``ERRAND``, whose detail holds ``errand``, its id,
``asked``, ``what``, ``state`` and ``why``: so an end is told once, whatever was lost on the way.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta, Struct

from terminal.sync.wire.sets import SETS

ERRAND: Final = "errand"
# What may be loaded anew: one data set, or all of them.
ALL_SETS: Final = "all"
RELOADS: Final = (ALL_SETS, *SETS)
LOG_BYTES_MAX = 256 * 1024


class ErrandKind(StrEnum):
    """Load data sets anew, send the log, ask for a login again, look and tell how the till is."""

    RELOAD = "reload"
    SEND_LOG = "send_log"
    LOCK = "lock"
    REPORT = "report"


class ErrandState(StrEnum):
    """What a till tells of an errand."""

    TAKEN = "taken"
    DONE = "done"
    REFUSED = "refused"


class Errand(Struct, frozen=True):
    """Something to be done once, between two receipts; ``what`` is one of ``RELOADS``, or empty.

    A till refuses a kind that it does not know.
    """

    id: Annotated[str, Meta(pattern="^[0-9a-f-]{36}$")]
    kind: Annotated[str, Meta(max_length=16)]
    what: Annotated[str, Meta(max_length=32)] = ""


class TillLog(Struct, frozen=True):
    """What a till sends when it is asked for its log, each of it at most ``LOG_BYTES_MAX`` long.

    ``checks`` are those of its device, ``log`` the end of what it wrote; both without secrets and
    without what is about a person.
    """

    checks: str
    log: str


class LogKept(Struct, frozen=True):
    """Until when the office keeps it, ISO 8601."""

    until: str
