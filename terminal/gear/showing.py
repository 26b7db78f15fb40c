"""The customer display: what the till tells becomes two lines; a thread shows the newest. No bytes.

Words are in the customers' language, whatever the cashier's is. Lines that nobody has seen yet are
replaced by newer ones, so a slow display is late and never behind.
"""

from __future__ import annotations

import gettext
import time
from dataclasses import dataclass
from threading import Condition
from typing import TYPE_CHECKING, Protocol

from terminal import events
from terminal.gear.attendant import Attendant
from terminal.i18n import LOCALE_DIR
from terminal.i18n import gettext_noop as _
from terminal.sale.receipt import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sale.line import Line
    from terminal.sale.receipt import Receipt

NAME = "display"
_LOOK_S = 0.5
_TOTAL, _PAID, _CHANGE, _THANKS = _("TOTAL"), _("PAID"), _("CHANGE"), _("THANK YOU")
# How long an item stands before the total takes its place.
_ITEM_S = 3.0


class Panel(Protocol):
    """What the thread needs of a display; ``drivers.display.Display`` is one."""

    def item(self, name: str, price: str, note: str = "") -> None:
        """What was just sold."""

    def amount(self, label: str, amount: str, note: str = "") -> None:
        """A total, what was paid or the change."""

    def idle(self, text: str) -> None:
        """A text for whoever comes next."""

    def close(self) -> None:
        """Give the line back."""


@dataclass(frozen=True, slots=True)
class Showing:
    """What a customer sees: an item, an amount with its label, or the text between sales."""

    kind: str
    label: str
    amount: str = ""
    note: str = ""

    def put_on(self, panel: Panel) -> None:
        """Show it; raises what the panel raises."""
        if self.kind == "item":
            panel.item(self.label, self.amount, self.note)
        elif self.kind == "amount":
            panel.amount(self.label, self.amount, self.note)
        else:
            panel.idle(self.label)


class Choice:
    """Decides what is shown after each event. No thread: one event after the other."""

    def __init__(self, idle: str, language: str) -> None:
        self._idle = Showing("idle", idle)
        self._words = gettext.translation("kasoterminal", LOCALE_DIR, [language], fallback=True)
        self._seen: Receipt | None = None

    @property
    def first(self) -> Showing:
        """What is shown before anything happens."""
        return self._idle

    def after(self, event: object) -> Showing | None:
        """What ``event`` changes; None when it is nothing to customers."""
        match event:
            case events.ReceiptChanged(receipt):
                before, self._seen = self._seen, receipt
                return self._of_receipt(before, receipt)
            case events.BillMade(bill):
                self._seen = None
                return Showing("amount", self._word(_THANKS), zloty(bill.total_gr))
            case events.ReceiptPrinted(receipt, _, change_gr):
                self._seen = None
                if change_gr:
                    note = f"{self._word(_PAID)} {zloty(receipt.paid_gr)}"
                    return Showing("amount", note, zloty(change_gr), self._word(_CHANGE))
                return Showing("amount", self._word(_THANKS), zloty(receipt.total_gr))
        return None

    def total(self) -> Showing | None:
        """What the receipt comes to so far; None when nothing is being sold."""
        if self._seen is None or self._seen.is_empty:
            return None
        return Showing("amount", self._word(_TOTAL), zloty(self._seen.total_gr))

    def _of_receipt(self, before: Receipt | None, receipt: Receipt) -> Showing | None:
        if not receipt.lines:
            # After a sale its change stays until the next customer's first item.
            return self._idle if before is not None and before.state is State.OPEN else None
        line = _changed(before, receipt)
        if line is not None and not receipt.payments:
            return self._item(line, receipt)
        # A card that its terminal has not answered for is not paid yet.
        if receipt.paid_gr:
            paid = f"{self._word(_PAID)} {zloty(receipt.paid_gr)}"
            return Showing("amount", paid, zloty(receipt.total_gr), self._word(_TOTAL))
        return self.total()

    def _item(self, line: Line, receipt: Receipt) -> Showing:
        if line.is_void:
            total = zloty(receipt.total_gr)
            return Showing("amount", f"- {line.name}", total, self._word(_TOTAL))
        is_one = line.qty_milli == 1000 and not line.discount_gr  # noqa: PLR2004 - thousandths
        note = "" if is_one else f"{quantity(line.qty_milli)} x {zloty(line.price_gr)}"
        return Showing("item", line.name, zloty(line.gross_gr), note)

    def _word(self, message: str) -> str:
        return self._words.gettext(message)


class Screen:
    """Listens to the till and has a thread show what ``choice`` makes of it."""

    def __init__(self, panel: Panel, choice: Choice, tell: Callable[[object], None]) -> None:
        self._panel = panel
        self._choice = choice
        self._wanted = choice.first
        self._is_new = True
        self._shown_s = 0.0
        self._changed = Condition()
        self.attendant = Attendant(NAME, self._work, panel.close, tell)

    def hear(self, event: object) -> None:
        """Take an event, on whatever thread; returns at once."""
        with self._changed:
            showing = self._choice.after(event)
            if showing is not None:
                self._wanted, self._is_new = showing, True
                self._changed.notify()

    def try_out(self) -> None:
        """Show something that is nothing to sell, until the next thing happens."""
        with self._changed:
            self._wanted, self._is_new = Showing("amount", "TEST", zloty(12_345)), True
            self._changed.notify()

    def _work(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_new, _LOOK_S)
            if not self._is_new:
                self._let_item_go()
            showing, is_new = self._wanted, self._is_new
            self._is_new = False
        if not is_new:
            return
        try:
            showing.put_on(self._panel)
        except BaseException:
            # A display that comes back shows what is true then.
            with self._changed:
                self._is_new = True
            raise
        self._shown_s = time.monotonic()

    def _let_item_go(self) -> None:
        is_old = time.monotonic() - self._shown_s >= _ITEM_S
        if self._wanted.kind == "item" and is_old and (total := self._choice.total()):
            self._wanted, self._is_new = total, True


def _changed(before: Receipt | None, after: Receipt) -> Line | None:
    """The line that is new or another; None when only something else has changed."""
    old = before.lines if before is not None and before.rid == after.rid else ()
    for no, line in enumerate(after.lines):
        if no >= len(old) or old[no] != line:
            return line
    return None


def zloty(amount_gr: int) -> str:
    """An amount as customers read it: 123456 is ``1 234,56``."""
    whole, rest = divmod(amount_gr, 100)
    return f"{whole:,}".replace(",", " ") + f",{rest:02}"


def quantity(qty_milli: int) -> str:
    """A quantity without needless zeros: 1500 is ``1,5``."""
    whole, rest = divmod(qty_milli, 1000)
    return f"{whole},{rest:03}".rstrip("0").rstrip(",")
