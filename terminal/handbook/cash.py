"""What the handbook says of shifts, the drawer and reports."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.advice import Advice
from terminal.i18n import gettext_noop as _

# fmt: off
CASH = {
    Code.SHIFT_MISSING: Advice(
        _("cash management is on and you have no open shift"), _("the receipt stays"),
        _("enter the opening cash, or leave it out; then pay again")),
    Code.SHIFT_OPEN: Advice(
        _("it was never ended"), _("the shift goes on"),
        _("menu 2 4 shows it, menu 2 5 ends it")),
    Code.CASH_OFF: Advice(
        _("the back office's setting cash_management"), _("nothing"),
        _("have it switched on, then menu 8 4 1")),
    Code.REASON_WANTED: Advice(
        _("the count differs, or the drawer opens for a reason only"), _("nothing"),
        _("choose one")),
    Code.DRAWER_SHUT: Advice(
        _("the back office's setting drawer_rule is never"), _("nothing"),
        _("use its key")),
    Code.NO_MEDIUM: Advice(
        _("no USB stick is mounted, or [export] path does not exist"), _("nothing was written"),
        _("plug one in; see docs/reports.md")),
    Code.MEDIUM_FAILED: Advice(
        _("the stick is full, read-only or was taken out; the sentence says which"),
        _("what was on it stays"),
        _("another stick")),
    Code.NO_DRAWER: Advice(
        _("cable, printer off; the sentence says which"), _("the office was told of the opening"),
        _("use its key")),
    Code.NO_REPORTING: Advice(
        _("this fiscal printer makes it in its own menu only"), _("nothing was printed"),
        _("use the printer's menu")),
    Code.SHIFTS_OPEN: Advice(
        _("before a daily report"), _("it stops nothing"),
        _("end them by menu 2 5, or have them closed uncounted")),
}
# fmt: on
