"""What the office asked of this till: taken up and not yet done, and what was done lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from terminal.store import settings
from terminal.sync.wire import ErrandState

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_KEY = "office.errands"
# Far more than the office asks at a time: one that it names again is still known.
HELD_MAX = 100


@dataclass(frozen=True, slots=True)
class Held:
    """One errand and how far it is; its end is kept, so that it is never done again."""

    id: str
    kind: str
    what: str
    state: ErrandState = ErrandState.TAKEN

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is ErrandState.TAKEN


def held(db: sqlite3.Connection) -> list[Held]:
    """The last errands, in the order in which they came."""
    return msgspec.json.decode(settings.get(db, _KEY, "[]"), type=list[Held])


def keep(db: sqlite3.Connection, errands: Iterable[Held]) -> None:
    """Remember these in place of those before, without the oldest; call inside ``write``."""
    settings.put(db, _KEY, msgspec.json.encode([*errands][-HELD_MAX:]).decode())
