"""Commits the fate of slips to the journal; runs on the engine's thread.

Each verb is one transaction. Before the first byte of a slip leaves, the journal says PRINTING; a
slip that is found in that state when nobody prints it has lost its outcome, and is in doubt.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.paper.state import State
from terminal.sale.documents import event_document
from terminal.store import outbox, slips
from terminal.store.db import write

if TYPE_CHECKING:
    from drivers.paper import Slip
    from terminal.context import Context
    from terminal.store.slips import Job

UNFINISHED_MAX = 100
KEPT_MAX = 500


class SlipBook:
    """The queue as the journal holds it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._db = context.journal

    def add(self, kind: str, rid: str, slip: Slip) -> Job:
        """Queue ``slip``; what was queued before under ``kind`` and ``rid`` is not queued again.

        Raises E-97 while too many are not finished.
        """
        key = f"{kind}:{rid}"
        known = slips.find(self._db, key)
        if known:
            return known
        if slips.count_unfinished(self._db) >= UNFINISHED_MAX:
            raise Rejected(Code.SLIPS_FULL, count=UNFINISHED_MAX)
        with write(self._db):
            job = slips.add(self._db, key, kind, slip, self._context.stamp())
            slips.prune(self._db, KEPT_MAX)
        if job is None:
            msg = f"{key} was queued meanwhile"
            raise AssertionError(msg)
        return job

    def recover(self) -> Job | None:
        """A slip that nobody prints any more, but that was being printed, is in doubt."""
        job = slips.first(self._db, State.PRINTING)
        return self._move(job, "doubt", "power") if job else None

    def begin(self) -> Job | None:
        """Take the next slip to the printer: the journal knows before the first byte does.

        Nothing else is PRINTING: ``recover`` comes first, and an index holds it.
        """
        job = slips.first(self._db, State.WAITING)
        return self._move(job, "send") if job else None

    def printed(self, job: Job) -> Job:
        """The printer has printed it."""
        return self._move(job, "printed")

    def not_sent(self, job: Job, why: str) -> Job:
        """Nothing of it left us: it waits on, and what is printed of it will be the first paper."""
        return self._move(job, "not_sent", why)

    def doubt(self, job: Job, why: str) -> Job:
        """Part of it may be on paper, or all."""
        return self._move(job, "doubt", why)

    def refuse(self, job: Job, why: str) -> Job:
        """No printer prints it."""
        return self._move(job, "refuse", why)

    # --- what a person decides -------------------------------------------------------------------

    def decide(self, ident: int, event: str, operator: str) -> Job:
        """``again``, ``seen``, ``drop`` or ``copy``; the office is told. Raises E-96."""
        job = slips.get(self._db, ident)
        with write(self._db):
            moved = slips.move(self._db, job, event, self._context.stamp()) if job else None
            if job is None or moved is None:
                raise Rejected(Code.SLIP_GONE)
            self._event(operator, f"slip_{event}", slip=job.key, copies=moved.copies)
        return moved

    def print_again_after(self, seconds: int) -> list[Job]:
        """What has been in doubt for so long is printed again, with its mark."""
        before = self._context.now() - timedelta(seconds=seconds)
        doubtful = [job for job in slips.unfinished(self._db) if job.state is State.UNSURE]
        late = [job for job in doubtful if datetime.fromisoformat(job.changed_at) <= before]
        return [self.decide(job.id, "again", "") for job in late]

    def unfinished(self) -> list[Job]:
        """What is not finished, oldest first."""
        return slips.unfinished(self._db)

    def latest(self, count: int) -> list[Job]:
        """The newest slips, newest first."""
        return slips.latest(self._db, count)

    def note(self, operator: str, name: str, **detail: object) -> None:
        """Write down something an auditor may ask about."""
        with write(self._db):
            self._event(operator, name, **detail)

    def _move(self, job: Job, event: str, why: str = "") -> Job:
        with write(self._db):
            moved = slips.move(self._db, job, event, self._context.stamp(), why)
        if moved is None:
            msg = f"slip {job.id} is {job.state}: no {event}"
            raise AssertionError(msg)
        return moved

    def _event(self, operator: str, name: str, **detail: object) -> None:
        document = event_document(self._context, operator, name, **detail)
        outbox.append(self._db, document, document.at)
