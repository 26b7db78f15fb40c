"""Checks and copies the journal when a day has ended, and on demand, on a thread of its own.

What the check finds is stored in the journal and told to the office. Nothing here holds up a sale.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from terminal.device import copies
from terminal.device.copies import COPIES_FOLDER
from terminal.engine import Engine
from terminal.errors import Blocked, Code, Rejected
from terminal.events import DayClosed, Failed, SellingBlocked
from terminal.reports.medium import place
from terminal.sale.documents import event_document
from terminal.store import outbox, settings
from terminal.store.backup import verify
from terminal.store.db import check, is_big, open_reader, write

if TYPE_CHECKING:
    import sqlite3
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from terminal.context import Context
    from terminal.device.copies import Copy, Tried

CHECKED = "journal.checked"


@dataclass(frozen=True, slots=True)
class Checked:
    """When the journal was read from end to end, how long its chain was, and what was wrong."""

    at: str
    documents: int
    fault: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The copies here, newest first, and the last check of the journal."""

    copies: tuple[Copy, ...]
    checked: Checked | None


class Safekeeping:
    """``journal`` is the file; ``medium`` is where a copy goes that is to leave the till."""

    def __init__(self, context: Context, journal: Path, medium: str) -> None:
        self._context = context
        self._journal = journal
        self._folder = journal.parent / COPIES_FOLDER
        self._medium = medium
        self._thread = Engine("safekeeping")

    def start(self) -> None:
        """Look after each day from now on, and do what the till was switched off before."""
        self._context.engine.listen(self._hear)
        self._thread.call(self._catch_up)

    def look_through(self) -> Future[None]:
        """Check a journal that was too big to be checked when it was opened; damage stops selling.

        Nothing happens when it was not.
        """
        return self._thread.call(self._look_through)

    def stop(self, timeout_s: float) -> bool:
        """End the thread; what it was copying is begun again another time."""
        return self._thread.stop(timeout_s)

    def at_close(self) -> Future[None]:
        """Check the journal and copy it; a day has ended."""
        return self._thread.call(self._end_day)

    def kept(self) -> Future[Kept]:
        """What there is."""
        return self._thread.call(self._kept)

    def make(self) -> Future[Copy]:
        """Copy the journal now."""
        return self._thread.call(self._make)

    def make_on_medium(self) -> Future[Copy]:
        """Copy the journal onto the USB stick now; raises (in the Future) E-140, E-141."""
        return self._thread.call(self._make_on_medium)

    def try_out(self, copy: Path) -> Future[Tried]:
        """See whether a till could go on with ``copy``; raises (in the Future) E-191."""
        return self._thread.call(copies.try_out, copy, self._journal)

    # --- on the thread of safekeeping ----------------------------------------------------------

    def _look_through(self) -> None:
        if not is_big(self._journal):
            return
        try:
            with closing(open_reader(self._journal)) as db:
                check(db, self._journal)
        except Blocked as damage:
            self._context.tell(SellingBlocked(damage))

    def _catch_up(self) -> None:
        copies.forget_parts(self._folder)
        newest = next(iter(copies.copies(self._folder)), None)
        if newest is None or newest.made_at.date() < self._now().date():
            self._end_day()

    def _end_day(self) -> None:
        checked = self._check()
        self._context.engine.call(self._note, checked).result()
        if checked.fault:
            detail = checked.fault
            damage = Blocked(Code.DATABASE_DAMAGED, path=self._journal, detail=detail)
            self._context.tell(Failed(damage))
            return
        try:
            self._make()
        except Blocked as error:
            self._context.tell(Failed(error))

    def _check(self) -> Checked:
        at = self._context.stamp()
        try:
            return Checked(at, verify(self._journal), "")
        except Blocked as damage:
            return Checked(at, 0, str(damage.params["detail"]))

    def _kept(self) -> Kept:
        with closing(open_reader(self._journal)) as db:
            return Kept(tuple(copies.copies(self._folder)), last_check(db))

    def _make(self) -> Copy:
        return self._copy_to(self._folder)

    def _make_on_medium(self) -> Copy:
        # Several tills may share a stick.
        folder = place(self._medium) / f"kasoterminal-{self._context.terminal}"
        try:
            return self._copy_to(folder)
        except (OSError, Blocked) as error:
            if isinstance(error, Blocked) and error.code is not Code.STORAGE:
                raise
            detail = error.params["detail"] if isinstance(error, Blocked) else error.strerror
            raise Rejected(Code.MEDIUM_FAILED, path=folder, detail=detail) from error

    def _copy_to(self, folder: Path) -> Copy:
        return copies.make(self._journal, folder, self._now())

    def _now(self) -> datetime:
        return self._context.now()

    def _hear(self, event: object) -> None:
        if isinstance(event, DayClosed):
            self.at_close()

    # --- on the engine's thread ----------------------------------------------------------------

    def _note(self, checked: Checked) -> None:
        with write(self._context.journal) as db:
            settings.put(db, CHECKED, msgspec.json.encode(checked).decode())
            event = event_document(
                self._context,
                "",
                "journal_checked",
                documents=checked.documents,
                fault=checked.fault,
            )
            outbox.append(db, event, event.at)


def last_check(db: sqlite3.Connection) -> Checked | None:
    """What the last check found; None before the first."""
    text = settings.get(db, CHECKED)
    return msgspec.json.decode(text, type=Checked) if text else None
