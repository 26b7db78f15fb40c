"""What the journal remembers of releases, so that no lost file can make this till go back.

The floor never sinks: whatever is offered must have a greater counter. It is raised when a release
was installed and found well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from terminal.store import settings

if TYPE_CHECKING:
    import sqlite3

_FLOOR = "update.floor"
_ASSIGNMENT = "update.assignment"
_OFFICE_AT = "update.office_at"
_PAUSED = "update.paused"


@dataclass(frozen=True, slots=True)
class Remembered:
    """``floor`` is the greatest counter that ran here, ``assignment`` the newest number seen.

    ``at`` is a time that has passed for certain: of a daily report, or by the office's clock.
    ``is_paused`` when the office has said that nothing is to be installed for now.
    """

    floor: int
    assignment: int
    at: datetime | None = None
    is_paused: bool = False


def remembered(db: sqlite3.Connection) -> Remembered:
    """All of it."""
    (reported,) = db.execute("SELECT max(ended_at) FROM closing WHERE step = 'DONE'").fetchone()
    told = [text for text in (reported, settings.get(db, _OFFICE_AT)) if text]
    return Remembered(
        int(settings.get(db, _FLOOR, "0")),
        int(settings.get(db, _ASSIGNMENT, "0")),
        max(map(datetime.fromisoformat, told), default=None),
        is_paused=bool(settings.get(db, _PAUSED)),
    )


def raise_floor(db: sqlite3.Connection, counter: int) -> None:
    """The release with this counter runs here and is well; call inside ``write``."""
    if counter > int(settings.get(db, _FLOOR, "0")):
        settings.put(db, _FLOOR, str(counter))


def note_assignment(db: sqlite3.Connection, number: int) -> None:
    """An assignment with this number was seen; call inside ``write``."""
    if number > int(settings.get(db, _ASSIGNMENT, "0")):
        settings.put(db, _ASSIGNMENT, str(number))


def note_pause(db: sqlite3.Connection, is_paused: bool) -> None:  # noqa: FBT001 - the office's word
    """The office has stopped the release that waits here, or not; call inside ``write``."""
    text = "yes" if is_paused else ""
    if settings.get(db, _PAUSED) != text:
        settings.put(db, _PAUSED, text)


def note_office_time(db: sqlite3.Connection, at: datetime) -> None:
    """The office's clock has shown ``at``; call inside ``write``."""
    known = settings.get(db, _OFFICE_AT)
    if not known or datetime.fromisoformat(known) < at:
        settings.put(db, _OFFICE_AT, at.isoformat())
