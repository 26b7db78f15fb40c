"""Does one step of a job, and notes in the same transaction that it is done. No queues, no engine.

Two workers may be at the same step, when one was taken for dead: the second to write finds the note
of the first, and writes nothing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from backoffice.jobs import book
from backoffice.jobs.work import Fate, NeverError, NotNowError, Way, storable
from backoffice.moments import stamp
from backoffice.reasons import Reason
from backoffice.store.engine import reading, writing
from backoffice.store.tables import job, job_record, job_step
from backoffice.store.upsert import insert_all
from backoffice.web.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Row

    from backoffice.jobs.admission import Given
    from backoffice.jobs.patience import Patience
    from backoffice.jobs.work import Step, Work
    from backoffice.office import Office

_log = logging.getLogger("kasoterminal.jobs")
_OBJECT_MAX, _ID_MAX = 32, 200
# Of so many records that went well, and of as many that did not, a job keeps what became of each;
# beyond them it only counts. A file of half a gigabyte may hold a bad line in every third byte.
KEPT_MAX = 500_000
_WENT_WELL = frozenset({Fate.DONE, Fate.SAME})
_UNEXPECTED = _("unexpected: {fault}")
_GIVEN_UP = _("{reason} (given up after {tries} tries)")
_PUT_OFF = _("try {attempt} of {tries}: {reason}; again in {seconds} s")


@dataclass(frozen=True, slots=True)
class Doing:
    """What a worker needs to do steps: the office of the server, and the work of each way."""

    office: Office
    works: Mapping[Way, Work]
    patience: Patience
    worker: str

    def step(self, given: Given, no: int) -> int | None:
        """Do the step number ``no``, unless it was done; the number of the next one or None.

        What goes wrong is written into the book, and the job put off or laid among the dead.
        """
        with reading(self.office.of(given.company).engine) as connection:
            row = _row(connection, given)
        if row is None or row.step_no > no:
            return None if row is None else no + 1
        if row.worker != self.worker:
            self._tell_that_it_is_here(given)
        if row.is_to_stop:
            self._end(given, no, book.CANCELLED, "")
            return None
        try:
            return self._fetch_and_apply(given, row)
        except NotNowError as error:
            self.put_off(given, no, str(error), error.after_s)
        except DBAPIError as error:
            self.put_off(given, no, Reason(_("the office's database: {fault}"), fault=error.orig))
        except NeverError as error:
            self._end(given, no, book.DEAD, str(error))
        except Exception as error:  # noqa: BLE001 - a fault of one job must not end the worker
            _log.exception("job %s, step %d", given.job, no)
            self._end(
                given,
                no,
                book.DEAD,
                Reason(_("unexpected: {fault}"), fault=f"{type(error).__name__}: {error}"),
            )
        return None

    def _fetch_and_apply(self, given: Given, row: Row[Any]) -> int | None:
        office, asked = self.office.of(given.company), book.as_job(given.company, row)
        work = self.works[asked.way]
        fetched = work.fetch(office, asked, row.step)
        with writing(office.engine) as connection:
            held = _held(connection, given)
            if held is None:
                return None
            if held.step_no > row.step_no:
                return int(row.step_no) + 1
            done = work.apply(connection, asked, row.step, fetched)
            return self._note(connection, held, done)

    def put_off(self, given: Given, no: int, reason: str, least_s: float = 0.0) -> None:
        """Have the step tried again later, or no more when it was tried often enough."""
        with writing(self.office.of(given.company).engine) as connection:
            row = _held(connection, given)
            if row is None or row.step_no != no:
                return
            attempt = row.attempt + 1
            if attempt >= self.patience.tries:
                said = Reason(_GIVEN_UP, reason=reason, tries=attempt)
                self._close(connection, given, book.DEAD, said)
                return
            moment = self.office.clock()
            wait = timedelta(seconds=self.patience.wait_s(attempt, least_s))
            waits = {"state": book.WAITING, "worker": "", "next_try_at": stamp(moment + wait)}
            _set(connection, given, attempt=attempt, reason=storable(reason), **waits)
            seconds = round(wait.total_seconds())
            tries = {"attempt": attempt, "tries": self.patience.tries}
            text = Reason(_PUT_OFF, **tries, reason=reason, seconds=seconds)
            book.say(connection, given.job, moment, text)

    def _tell_that_it_is_here(self, given: Given) -> None:
        with writing(self.office.of(given.company).engine) as connection:
            if _held(connection, given) is not None:
                _set(connection, given, worker=self.worker)

    def _end(self, given: Given, no: int, state: str, reason: str) -> None:
        with writing(self.office.of(given.company).engine) as connection:
            row = _held(connection, given)
            if row is not None and row.step_no == no:
                self._close(connection, given, state, reason)

    def _close(self, connection: Connection, given: Given, state: str, reason: str) -> None:
        moment = self.office.clock()
        ended = {
            "state": state,
            "reason": storable(str(reason)),
            "ended_at": stamp(moment),
            "is_to_stop": 0,
        }
        _set(connection, given, **ended)
        book.say(connection, given.job, moment, f"{state}: {reason}" if reason else state)

    def _note(self, connection: Connection, row: Row[Any], done: Step) -> int | None:
        """Keep what the step did. The key of its note alone would keep a second one out."""
        moment, no = self.office.clock(), row.step_no
        noted = {"job": row.id, "no": no, "step": row.step, "at": stamp(moment)}
        connection.execute(insert(job_step).values(**noted))
        counts = {fate: getattr(row, fate.value) for fate in Fate}
        records = []
        for number, outcome in enumerate(done.outcomes, sum(counts.values()) + 1):
            counts[outcome.fate] += 1
            if number > KEPT_MAX and not _is_kept(outcome.fate, counts):
                continue
            records.append(
                {
                    "job": row.id,
                    "no": number,
                    "object": outcome.object[:_OBJECT_MAX],
                    "id": storable(outcome.id[:_ID_MAX]),
                    "fate": outcome.fate.value,
                    "reason": storable(str(outcome.reason)),
                    "where": storable(outcome.where),
                }
            )
        insert_all(connection, job_record, records)
        book.say(connection, row.id, moment, *done.said)
        values = {fate.value: number for fate, number in counts.items()}
        if done.total is not None:
            values["total"] = done.total
        more = {"step_no": no + 1, "step": done.next or "", "attempt": 0}
        if done.next is None:
            more |= {"state": book.DONE, "ended_at": stamp(moment), "reason": "", "is_to_stop": 0}
        connection.execute(update(job).where(job.c.id == row.id).values(**values, **more))
        return None if done.next is None else no + 1


def _is_kept(fate: Fate, counts: Mapping[Fate, int]) -> bool:
    """Whether the record that was counted last is written down."""
    alike = (it for it in Fate if (it in _WENT_WELL) == (fate in _WENT_WELL))
    return sum(counts[it] for it in alike) <= KEPT_MAX


def _row(connection: Connection, given: Given, *, is_held: bool = False) -> Row[Any] | None:
    """The job, as long as it is in this run."""
    chosen = select(job).where(job.c.id == given.job)
    row = connection.execute(chosen.with_for_update() if is_held else chosen).first()
    is_ours = row is not None and row.run == given.run and row.state == book.RUNNING
    return row if is_ours else None


def _held(connection: Connection, given: Given) -> Row[Any] | None:
    return _row(connection, given, is_held=True)


def _set(connection: Connection, given: Given, **values: object) -> None:
    connection.execute(update(job).where(job.c.id == given.job).values(**values))
