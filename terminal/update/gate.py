"""Holds the fiscal day against what an update wants to do; on the engine's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.day.steps import MAY_UPDATE
from terminal.errors import Blocked, Code
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sale.receipt import State
from terminal.store import cash, closings, receipts, settings
from terminal.update.states import ALLOWED, Command, Fiscal

if TYPE_CHECKING:
    import sqlite3

_OPEN = _("something was sold since the last daily report")
_RECEIPT = _("a receipt is not finished")
_CASH = _("the printer has not booked a movement of cash")
_NEVER = _("the printer has never been met")
_CLOSING = _("the day close is not finished")
_CLOSED = _("no new version is being tried")
_TRIAL = _("a new version is being tried")


def fiscal_state(db: sqlite3.Connection, *, is_trial: bool) -> tuple[Fiscal, str]:
    """What the journal says of the day, and why, as a part of a sentence."""
    closing = closings.unfinished(db)
    if closing is not None and closing.step != MAY_UPDATE:
        return Fiscal.CLOSING, _CLOSING
    receipt = receipts.unfinished(db)
    # Lines that nobody can pay yet, a parked receipt taken up, do not end a trial.
    if receipt and not (receipt.state is State.OPEN and (receipt.is_empty or is_trial)):
        return Fiscal.OPEN, _RECEIPT
    if cash.unfinished(db) is not None:
        return Fiscal.OPEN, _CASH
    expected = settings.expected_counters(db)
    if expected is None:
        return Fiscal.OPEN, _NEVER
    if any(expected.totals_gr) or any(expected.invoice_totals_gr):
        return Fiscal.OPEN, _OPEN
    return (Fiscal.TRIAL, _TRIAL) if is_trial else (Fiscal.CLOSED, _CLOSED)


def let(db: sqlite3.Connection, command: Command, *, is_trial: bool) -> None:
    """Let ``command`` happen now; raises ``Blocked`` E-172 with the reason why not."""
    state, why = fiscal_state(db, is_trial=is_trial)
    if command not in ALLOWED[state]:
        raise Blocked(Code.UPDATE_NOT_NOW, reason=translate(why))
