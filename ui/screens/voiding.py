"""Striking a line through and giving the receipt up, each asked for and confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import translate
from ui.screens.question import Choices, Question

if TYPE_CHECKING:
    from terminal.sale.line import Line
    from terminal.sale.receipt import Receipt
    from ui.desk import Desk


def living_line(receipt: Receipt | None, no: int) -> Line | None:
    """Line ``no`` (from 0), unless there is none or it is struck through."""
    if receipt is None or not 0 <= no < len(receipt.lines):
        return None
    line = receipt.lines[no]
    return None if line.is_void else line


def offer_void(desk: Desk, no: int) -> None:
    """Ask what Esc should undo, line ``no`` or the whole receipt; without lines nothing."""
    if not desk.known.has_lines:
        return
    answers = [(translate("Cancel the whole receipt"), lambda: _confirm_drop(desk))]
    if line := living_line(desk.known.receipt, no):
        strike = (translate("Void the line: {name}", name=line.name), lambda: void_line(desk, no))
        answers.insert(0, strike)
    desk.open(Choices(desk, translate("Void or cancel"), answers))


def void_line(desk: Desk, no: int) -> None:
    """Strike line ``no`` through."""
    if living_line(desk.known.receipt, no) is None:
        desk.refuse(Rejected(Code.EMPTY_RECEIPT))
    else:
        desk.call(desk.till.void_line, no)


def _confirm_drop(desk: Desk) -> None:
    text = translate("Cancel the whole receipt? Nothing was printed. It stays in the journal.")
    desk.open(Question(desk, text, lambda: desk.call(desk.till.drop_receipt, "cashier")))
