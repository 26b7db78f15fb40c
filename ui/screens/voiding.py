"""Striking a line through and giving the receipt up, each asked for and confirmed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import translate
from ui.screens.question import Choices, Question
from ui.screens.text_field import TextField

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sale.line import Line
    from terminal.sale.receipt import Receipt
    from ui.desk import Desk


REASON_MAX = 60


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
    answers = [(translate("Cancel the whole receipt"), lambda: _offer_drop(desk))]
    if line := living_line(desk.known.receipt, no):
        strike = (translate("Void the line: {name}", name=line.name), lambda: void_line(desk, no))
        answers.insert(0, strike)
    desk.open(Choices(desk, translate("Void or cancel"), answers))


def void_line(desk: Desk, no: int) -> None:
    """Strike line ``no`` through, for a reason where the shop wants one."""
    line = living_line(desk.known.receipt, no)
    if line is None:
        desk.refuse(Rejected(Code.EMPTY_RECEIPT))
    elif _reasons(desk):
        title = translate("Void the line: {name}", name=line.name)
        _ask_reason(desk, title, lambda reason: desk.call(desk.till.void_line, no, reason))
    else:
        desk.call(desk.till.void_line, no)


def _offer_drop(desk: Desk) -> None:
    """A reason confirms by itself; without one the cashier is asked once more."""
    if _reasons(desk):
        title = translate("Cancel the whole receipt")
        _ask_reason(desk, title, lambda reason: desk.call(desk.till.drop_receipt, reason))
        return
    text = translate("Cancel the whole receipt? Nothing was printed. It stays in the journal.")
    desk.open(Question(desk, text, lambda: desk.call(desk.till.drop_receipt, "cashier")))


def _reasons(desk: Desk) -> list[str]:
    return desk.known.settings.void_reasons if desk.known.settings else []


def _ask_reason(desk: Desk, title: str, then: Callable[[str], object]) -> None:
    """The shop's reasons by their numbers, and room to write another."""
    prompt = translate("Reason")

    def write() -> None:
        desk.open(TextField(desk, title, prompt, then, length_max=REASON_MAX))

    answers: list[tuple[str, Callable[[], object]]] = [
        *((reason, partial(then, reason)) for reason in _reasons(desk)),
        (translate("another reason: write it"), write),
    ]
    desk.open(Choices(desk, title, answers))
