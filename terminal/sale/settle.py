"""Finds out what really happened to a receipt, from the printer's counters alone. Pure.

``TABLE`` is the table of docs/architecture.md, "What really happened": ``rule`` walks it, and the
first row that knows the picture decides. No class of error and no amount alone decides anything:
counters and totals per VAT letter do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from terminal.errors import Code
from terminal.sale.counting import NOTHING, Moved, moved, one_cancelled, one_document, parts
from terminal.sale.picture import Case, Ruling, Then, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.fiscal import Counters
    from terminal.sale.picture import Picture, Sent


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what is ``seen``, what it ``means``, what to do ``then``, what the cashier reads.

    ``judge`` gives the ruling when the picture is that of the row.
    """

    step: int
    seen: str
    means: str
    then: Then
    judge: Callable[[Case], Ruling | None] = field(repr=False)
    code: Code | None = None


def rule(base: Counters, sent: Sent, picture: Picture) -> Ruling:
    """Walk the table; its last row knows every picture."""
    case = Case(base, sent, picture)
    return next(ruling for row in TABLE if (ruling := row.judge(case)))


def then_of(verdict: Verdict) -> Then:
    """What to do about a verdict, whichever row gave it."""
    return next(row.then for row in TABLE if row.means == verdict)


# --- the rows ------------------------------------------------------------------------------------


def _wrong_printer(case: Case) -> Ruling | None:
    is_wrong = case.now.unique_no != case.base.unique_no
    return Ruling(Verdict.WRONG_PRINTER, 0) if is_wrong else None


def _waiting(case: Case) -> Ruling | None:
    return None if case.picture.status.is_ready else Ruling(Verdict.WAITING, 1)


def _answered_for_nothing(case: Case) -> Ruling | None:
    is_odd = case.picture.holds_answer and case.now == case.base
    return Ruling(Verdict.DISAGREES, 2) if is_odd and not case.picture.transaction.is_open else None


def _ram_reset(case: Case) -> Ruling | None:
    is_reset = case.now.ram_resets != case.base.ram_resets
    return Ruling(Verdict.RAM_RESET, 3) if is_reset else None


def _still_open(case: Case) -> Ruling | None:
    is_open, is_done = case.picture.transaction.is_open, case.picture.transaction.fiscal_part_done
    return Ruling(Verdict.STILL_OPEN, 4) if is_open and not is_done else None


def _footer_pending(case: Case) -> Ruling | None:
    return Ruling(Verdict.FOOTER_PENDING, 5) if case.picture.transaction.is_open else None


def _sold(case: Case) -> Ruling | None:
    return _if_moved(case, Verdict.SOLD, 6) if case.is_shown else None


def _never_sold(case: Case) -> Ruling | None:
    return _if_moved(case, Verdict.NEVER_SOLD, 7)


def _cancelled(case: Case) -> Ruling | None:
    return _if_moved(case, Verdict.CANCELLED, 8)


def _if_moved(case: Case, verdict: Verdict, step: int) -> Ruling | None:
    """The ruling when the counters moved as ``verdict`` wants it, with no report between."""
    if case.now.reports != case.base.reports or case.is_older:
        return None
    is_so = moved(case.base, case.now) == _moves(case.sent)[verdict]
    return _ruling(case.sent, verdict, step, case.base, case.now) if is_so else None


def _across_reports(case: Case) -> Ruling | None:
    """One part of the time may hold the receipt; in all others nothing may have happened."""
    if case.now.reports == case.base.reports or case.is_older:
        return None
    cut = parts(case.base, case.now, case.picture.reports)
    found = [
        _ruling(case.sent, verdict, 9, begin, end)
        for begin, end in cut
        for verdict, change in _moves(case.sent).items()
        if moved(begin, end) == change
    ]
    events = [ruling for ruling in found if ruling.verdict is not Verdict.NEVER_SOLD]
    if not cut or len(found) != len(cut) or len(events) > 1:
        return None
    ruling = events[0] if events else found[-1]
    # Of what came before a report the printer shows no document any more.
    is_last = ruling.report_no == case.now.reports + 1
    return None if ruling.verdict is Verdict.SOLD and is_last and not case.is_shown else ruling


def _anything_else(_case: Case) -> Ruling:
    return Ruling(Verdict.DISAGREES, 10)


def _moves(sent: Sent) -> dict[Verdict, Moved]:
    return {
        Verdict.SOLD: one_document(sent.totals_gr, is_invoice=sent.is_invoice),
        Verdict.NEVER_SOLD: NOTHING,
        Verdict.CANCELLED: one_cancelled(is_invoice=sent.is_invoice),
    }


def _ruling(sent: Sent, verdict: Verdict, step: int, begin: Counters, end: Counters) -> Ruling:
    """Invoices are numbered by the till; of the printer they have their count in the day."""
    number = 0
    if verdict is Verdict.SOLD:
        number = end.invoices if sent.is_invoice else end.last_receipt_no
    return Ruling(verdict, step, number, begin.reports + 1, end)


TABLE: tuple[Row, ...] = (
    Row(
        0,
        "another unique number",
        Verdict.WRONG_PRINTER,
        Then.STOP,
        _wrong_printer,
        Code.WRONG_PRINTER,
    ),
    Row(
        1,
        "no paper, cover open, hot, or it waits for a key",
        Verdict.WAITING,
        Then.WAIT,
        _waiting,
        Code.NO_PAPER,
    ),
    Row(
        2,
        "it still holds the good answer to our end, and no counter moved",
        Verdict.DISAGREES,
        Then.STOP,
        _answered_for_nothing,
        Code.DISAGREES,
    ),
    Row(3, "RAM resets moved", Verdict.RAM_RESET, Then.STOP, _ram_reset, Code.RAM_RESET),
    Row(
        4,
        "a receipt is open",
        Verdict.STILL_OPEN,
        Then.CANCEL,
        _still_open,
        Code.OPEN_IN_PRINTER,
    ),
    Row(
        5,
        "open, fiscal part done",
        Verdict.FOOTER_PENDING,
        Then.FINISH,
        _footer_pending,
        Code.IN_DOUBT,
    ),
    Row(
        6,
        "one document more, totals per letter differ by exactly ours, the last one shows ours",
        Verdict.SOLD,
        Then.BOOK,
        _sold,
    ),
    Row(7, "nothing moved", Verdict.NEVER_SOLD, Then.PAY_AGAIN, _never_sold, Code.NOT_PRINTED),
    Row(
        8,
        "one cancelled more, nothing else",
        Verdict.CANCELLED,
        Then.NOTE,
        _cancelled,
        Code.NOT_PRINTED,
    ),
    Row(
        9,
        "daily reports came between: cut there, one part is like 6, 7 or 8, the others like 7",
        "as 6, 7 or 8",
        Then.AS_THERE,
        _across_reports,
    ),
    Row(10, "anything else", Verdict.DISAGREES, Then.STOP, _anything_else, Code.DISAGREES),
)
