"""Verbs of sales visits: plan, begin, end with a note and the next one, cancel. On ``engine``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from terminal.context import new_rid
from terminal.errors import Code, Rejected
from terminal.field.draft import checked_note
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store import own_rows, visits
from terminal.sync.wire import Visit, VisitDoc
from terminal.sync.wire.moments import is_moment

if TYPE_CHECKING:
    from terminal.field.desk import Desk
    from terminal.people.rights import Operator

SUBJECT_MAX = 120
MINUTES_MAX = 1440


class Visits:
    """A visit that was made or given up stays so."""

    _desk: Desk

    def plan_visit(self, customer_id: str, at: str, subject: str = "", minutes: int = 30) -> Visit:
        """Plan a visit to a customer, also one who has not bought yet. Raises E-01, E-199."""
        operator = self._desk.operator()
        visit = self._planned(operator, customer_id, at, subject, minutes)
        self._keep_visits(operator, visit)
        return visit

    def begin_visit(self, visit_id: str) -> Visit:
        """The seller is there. Raises E-01, E-196; to begin twice changes nothing."""
        operator = self._desk.operator()
        visit = self._waiting(visit_id)
        if visit.began_at:
            return visit
        begun = msgspec.structs.replace(visit, began_at=self._desk.context.stamp())
        self._keep_visits(operator, begun)
        return begun

    def end_visit(self, visit_id: str, note: str, next_at: str = "") -> Visit:
        """The visit was made; the next one is planned with it when ``next_at`` is given.

        Raises as ``begin_visit``, E-199 for a time that is none. One that nobody began began now.
        """
        operator = self._desk.operator()
        visit = self._waiting(visit_id)
        now = self._desk.context.stamp()
        next_one = None
        if next_at:
            wanted = visit.customer, next_at, visit.subject, visit.minutes
            next_one = self._planned(operator, *wanted)
        done = msgspec.structs.replace(
            visit,
            state="done",
            began_at=visit.began_at or now,
            ended_at=now,
            note=checked_note(note),
            next_visit=next_one.id if next_one else "",
            representative=visit.representative or self._desk.representative(operator),
        )
        self._keep_visits(operator, *([next_one] if next_one else []), done)
        return done

    def cancel_visit(self, visit_id: str, reason: str = "") -> Visit:
        """Give a visit up that was not made. Raises E-01, E-196."""
        operator = self._desk.operator()
        visit = self._waiting(visit_id)
        note = checked_note(reason) or visit.note
        cancelled = msgspec.structs.replace(visit, state="cancelled", note=note)
        self._keep_visits(operator, cancelled)
        return cancelled

    def _planned(
        self, operator: Operator, customer_id: str, at: str, subject: str, minutes: int
    ) -> Visit:
        text = subject.strip()
        if fault := _fault(at, text, minutes):
            field, reason = fault
            raise Rejected(Code.BAD_FIELD, field=field, reason=reason)
        moment = datetime.fromisoformat(at).isoformat()
        who = self._desk.representative(operator)
        customer = self._desk.customer(customer_id)
        return Visit(new_rid(), customer.id, moment, text, minutes, who)

    def _waiting(self, visit_id: str) -> Visit:
        visit = visits.find(self._desk.catalogue.db, self._desk.journal, visit_id)
        if visit is None:
            raise Rejected(Code.NOT_FOUND, item=visit_id)
        if visit.state != "planned":
            raise Rejected(Code.VISIT_CLOSED)
        return visit

    def _keep_visits(self, operator: Operator, *rows: Visit) -> None:
        told = self._desk.told_by(operator)
        documents = [_document(told, row) for row in rows]
        catalogue = self._desk.catalogue.db
        with self._desk.write(*documents) as db:
            for row, document in zip(rows, documents, strict=True):
                base = own_rows.theirs(catalogue, visits.NAME, row.id)
                own_rows.put(db, visits.NAME, row, base, document.rid)


def _document(told: dict[str, str], row: Visit) -> VisitDoc:
    return VisitDoc(
        new_rid(),
        **told,
        visit=row.id,
        customer=row.customer,
        planned_at=row.at,
        state=row.state,
        subject=row.subject,
        minutes=row.minutes,
        representative=row.representative,
        began_at=row.began_at,
        ended_at=row.ended_at,
        note=row.note,
        next_visit=row.next_visit,
    )


def _fault(at: str, subject: str, minutes: int) -> tuple[str, str] | None:
    """The field that cannot be, and why."""
    if not is_moment(at):
        return "at", translate(_("Not a time with its zone"))
    if len(subject) > SUBJECT_MAX or not subject.isprintable():
        return "subject", translate(_("at most {count} characters"), count=SUBJECT_MAX)
    return None if 0 <= minutes <= MINUTES_MAX else ("minutes", f"0-{MINUTES_MAX}")
