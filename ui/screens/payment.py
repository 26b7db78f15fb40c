"""Payment: methods, amounts, what is due, change. The last payment prints the receipt."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal import events
from terminal.errors import Code, Rejected
from terminal.i18n import translate
from terminal.sale.receipt import State
from ui.amounts import zloty
from ui.keypad import (
    REDUCTIONS,
    Accept,
    Cancel,
    Cycle,
    Key,
    Mode,
    Move,
    Number,
    Other,
    Text,
    Wrong,
)
from ui.screens.articles import sell_scan
from ui.screens.discounts import (
    choose_discount,
    reduction,
    reduction_legend,
    reduction_prompt,
    reduction_words,
)
from ui.screens.listing import marked_rows
from ui.screens.page import Page
from ui.screens.question import Question
from ui.widgets import big, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.gear.gear import Scan
    from terminal.sale.receipt import Receipt
    from terminal.sync.wire import Discount, PaymentMethod
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_SUSPICIOUS_TIMES = 10
_CYCLE = (Mode.AMOUNT, Mode.PERCENT, Mode.DIGITS)


class Payment(Page):
    """Enter alone pays exactly what is due with the marked method."""

    keeps_awake = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Mode.AMOUNT)
        self._marked = 0

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Payment")

    @property
    def prompt(self) -> str:
        """What the field is for."""
        if self.entry.mode is Mode.DIGITS:
            return translate("NIP (empty: none)")
        if self.entry.mode in REDUCTIONS:
            return reduction_prompt(self.entry.mode, translate("the receipt"))
        name = self._method.name if self._method else "?"
        if self.entry.text:
            return name
        return translate("{method} (Enter = {due})", method=name, due=zloty(self._receipt.due_gr))

    def legend(self) -> Legend:
        """The keys of the payment."""
        if self.entry.mode in REDUCTIONS:
            return reduction_legend()
        if self.entry.mode is Mode.DIGITS:
            return (("Enter", translate("confirm")), ("#", translate("next field")))
        return (
            ("Enter", translate("pay")),
            ("*", translate("next method")),
            ("#", translate("discount, NIP")),
            ("Esc", translate("back to the sale")),
        )

    @property
    def _receipt(self) -> Receipt:
        receipt = self.desk.known.receipt
        if receipt is None:
            msg = "payment without a receipt"
            raise AssertionError(msg)
        return receipt

    @property
    def _method(self) -> PaymentMethod | None:
        methods = self.desk.methods
        return methods[self._marked % len(methods)] if methods else None

    # --- rows ----------------------------------------------------------------------------------

    def body(self, width: int, height: int) -> list[Row]:
        """Due in large figures, methods, then what was paid."""
        receipt = self._receipt
        rows = self._due(width, receipt)
        facts = [(translate("Total"), zloty(receipt.total_gr))]
        if receipt.discount_gr:
            facts.append((reduction_words(receipt), zloty(-receipt.discount_gr)))
        if receipt.nip:
            facts.append((translate("NIP of the buyer"), receipt.nip))
        facts += [(payment.name, zloty(payment.amount_gr)) for payment in receipt.payments]
        rows += [row.ends(width, f" {name}", f"{value} ") for name, value in facts]
        rows.append(row.row(width, ("─" * width, row.DIM)))
        names = [method.name for method in self.desk.methods]
        if not names:
            rows += row.wrapped(
                width, translate("No payment methods yet: synchronise (menu 8 4 1)")
            )
        return [*rows, *marked_rows(width, max(1, height - len(rows)), names, self._marked)]

    def _due(self, width: int, receipt: Receipt) -> list[Row]:
        typed = self.entry.value if self.entry.mode is Mode.AMOUNT else None
        is_cash = self._method is not None and self._method.kind == "cash"
        if typed is not None and is_cash and typed > receipt.due_gr:
            label, amount_gr = translate("CHANGE"), typed - receipt.due_gr
        else:
            label, amount_gr = translate("DUE"), receipt.due_gr
        left = max(20, len(label) + 2)
        rows = []
        for no, part in enumerate(big.big(zloty(amount_gr), width - left - 5)):
            word = f" {label}" if no == 1 else ""
            unit = " zł " if no == 1 else "    "
            tail = row.fit(part, width - left - len(unit), right=True)
            rows.append(row.row(width, (row.fit(word, left), row.STRONG), (tail + unit, row.TOTAL)))
        return rows

    # --- intents -------------------------------------------------------------------------------

    def on(self, intent: Intent) -> None:  # noqa: C901, PLR0912 - one table of what keys mean
        """Pay, or change what is to be paid."""
        match intent:
            case Number(Mode.AMOUNT, value):
                self._amount(value)
            case Number(mode, value):
                self._discount(mode, value)
            case Text(_, nip):
                self._nip(nip)
            case Accept() if self.entry.mode is Mode.AMOUNT:
                self._pay(None)
            case Accept() if self.entry.mode is Mode.DIGITS:
                self._nip("")
            case Accept() if self.entry.mode in REDUCTIONS:
                choose_discount(self.desk, "receipt", self._give)
            case Accept() | Wrong():
                self.desk.refuse(Rejected(Code.BAD_AMOUNT))
            case Cancel():
                self._back()
            case Other() if self.entry.mode is Mode.AMOUNT:
                self._next(1)
            case Move(steps):
                self._next(steps)
            case Cycle():
                mode = Mode.PERCENT if self.entry.mode in REDUCTIONS else self.entry.mode
                self.ask(_CYCLE[(_CYCLE.index(mode) + 1) % len(_CYCLE)])
            case Key("nip"):
                self.ask(Mode.DIGITS)
            case Key("pay"):
                self.press("enter")
            case _:
                super().on(intent)

    def scanned(self, scan: Scan) -> None:
        """The customer adds something: it is sold, it is no amount."""
        self.ask(Mode.AMOUNT)
        sell_scan(self.desk, scan)

    def told(self, event: object) -> bool:
        """A receipt that is paid has left this page."""
        if isinstance(event, events.ReceiptChanged):
            self._leave_if_gone(event.receipt)
        return False

    def _leave_if_gone(self, receipt: Receipt) -> None:
        if receipt.state is not State.OPEN or receipt.is_empty:
            self.desk.close(self)

    def _next(self, steps: int) -> None:
        if self.desk.methods:
            self._marked = (self._marked + steps) % len(self.desk.methods)

    def _amount(self, value: int) -> None:
        if value <= 0:
            self.desk.refuse(Rejected(Code.BAD_AMOUNT))
        elif value >= _SUSPICIOUS_TIMES * self._receipt.due_gr:
            text = translate("{amount} zł is very much. Is it right?", amount=zloty(value))
            self.desk.open(Question(self.desk, text, lambda: self._pay(value)))
        else:
            self._pay(value)

    def _pay(self, amount_gr: int | None) -> None:
        if self._method is None:
            self.desk.refuse(Rejected(Code.NO_METHOD))
        else:
            self.desk.call(self.desk.till.pay, self._method.id, amount_gr)

    def _discount(self, mode: Mode, value: int) -> None:
        self._change(partial(self.desk.till.discount_receipt, **reduction(mode, value)))

    def _give(self, discount: Discount) -> None:
        self._change(partial(self.desk.till.give_discount, discount.id))

    def _nip(self, nip: str) -> None:
        self._change(partial(self.desk.till.set_nip, nip))

    def _change(self, verb: Callable[[], None]) -> None:
        """Back to the amount only when the till has agreed."""
        self.desk.order(self.desk.till.engine.call(verb), lambda _: self.ask(Mode.AMOUNT))

    def _back(self) -> None:
        if self.entry.mode is not Mode.AMOUNT:
            self.ask(Mode.AMOUNT)
            return
        if self._receipt.payments:
            self.desk.call(self.desk.till.take_back_payments)
        self.desk.close(self)
