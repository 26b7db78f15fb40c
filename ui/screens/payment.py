"""Payment: ways, amounts, what is due, change. The last payment prints the receipt."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from terminal import events
from terminal.errors import Code, Rejected
from terminal.i18n import translate
from terminal.sale.receipt import State
from terminal.sync.wire import Currency
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
from ui.screens.card import Card, take_back
from ui.screens.discounts import (
    choose_discount,
    reduction,
    reduction_legend,
    reduction_prompt,
)
from ui.screens.document import choose_document
from ui.screens.listing import marked_rows
from ui.screens.notes import Counted, words
from ui.screens.page import Page
from ui.screens.payment_rows import (
    due_rows,
    exact,
    fact_rows,
    given_gr,
    gives_change,
    loses,
    paid_words,
    way_name,
)
from ui.screens.question import Choices, Question
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.gear.gear import Scan
    from terminal.sale.receipt import Receipt
    from terminal.sync.wire import Discount
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.screens.payment_rows import Way
    from ui.widgets.row import Row

_SUSPICIOUS_TIMES = 10


class Payment(Page):
    """Enter alone pays exactly what is due in the marked way."""

    keeps_awake = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Mode.AMOUNT)
        self._marked = 0
        self._currencies: list[Currency] = []
        self._notes = Counted()

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
        way = self._way
        if way is None or self.entry.text:
            return way.name if way else "?"
        due = exact(way, self._receipt.due_gr)
        return translate("{method} (Enter = {due})", method=way.name, due=due)

    def legend(self) -> Legend:
        """The keys of the payment."""
        if self.entry.mode in REDUCTIONS:
            return reduction_legend()
        if self.entry.mode is Mode.DIGITS:
            return (("Enter", translate("confirm")), ("Esc", translate("back")))
        return (
            ("Enter", translate("pay")),
            ("*", translate("next method")),
            ("#", translate("discount, document")),
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
    def _ways(self) -> list[Way]:
        return [*self.desk.methods, *self._currencies]

    @property
    def _way(self) -> Way | None:
        ways = self._ways
        return ways[self._marked % len(ways)] if ways else None

    def opened(self) -> None:
        """Rates come before the next key: what is marked must not depend on how fast they are.

        A card that is in doubt comes before all else.
        """
        till = self.desk.till
        self.desk.order(till.lookup.call(till.shelf.currencies), self._rated)
        self._ask_about(self._receipt)

    def _rated(self, currencies: list[Currency]) -> None:
        self._currencies = currencies

    # --- rows ----------------------------------------------------------------------------------

    def body(self, width: int, height: int) -> list[Row]:
        """Due in large figures, what was paid, ways to pay."""
        receipt = self._receipt
        rows = [*self._due(width, receipt), *fact_rows(width, receipt)]
        rows.append(row.row(width, ("─" * width, row.DIM)))
        today = self.desk.till.now().date()
        names = [way_name(way, today) for way in self._ways]
        if not names:
            rows += row.wrapped(
                width, translate("No payment methods yet: synchronise (menu 8 4 1)")
            )
        notes = row.row(width, (f" {translate('Notes')}: ,  {words()}", row.DIM))
        room = max(1, height - len(rows) - 1)
        return [*rows, *marked_rows(width, room, names, self._marked), notes][:height]

    def _due(self, width: int, receipt: Receipt) -> list[Row]:
        typed = self.entry.value if self.entry.mode is Mode.AMOUNT else None
        given = given_gr(self._way, typed or 0)
        if given > receipt.due_gr and gives_change(self._way):
            return due_rows(width, translate("CHANGE"), given - receipt.due_gr)
        return due_rows(width, translate("DUE"), receipt.due_gr)

    # --- intents -------------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """Notes are counted; every other key is as in every field."""
        noted = self._notes.add(self.entry.text, key) if self.entry.mode is Mode.AMOUNT else None
        if noted is None:
            super().press(key)
        else:
            self.ask(Mode.AMOUNT)
            self.entry = replace(self.entry, text=noted)

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
            case Cycle() if self.entry.mode is Mode.AMOUNT:
                self.ask(Mode.PERCENT)
            case Cycle():
                self.ask(Mode.AMOUNT)
                choose_document(self.desk)
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
            if event.receipt.state is not State.OPEN or event.receipt.is_empty:
                self.desk.close(self)
            else:
                self._ask_about(event.receipt)
        return False

    def _ask_about(self, receipt: Receipt) -> None:
        asked = receipt.in_doubt
        if asked is not None and not any(isinstance(page, Card) for page in self.desk.pages):
            self.desk.open(Card(self.desk, asked))

    def _next(self, steps: int) -> None:
        if self._ways:
            self._marked = (self._marked + steps) % len(self._ways)

    def _amount(self, value: int) -> None:
        due_gr, given = self._receipt.due_gr, given_gr(self._way, value)
        if value <= 0:
            self.desk.refuse(Rejected(Code.BAD_AMOUNT))
        elif given >= _SUSPICIOUS_TIMES * due_gr:
            text = translate("{amount} zł is very much. Is it right?", amount=zloty(given))
            self.desk.open(Question(self.desk, text, lambda: self._pay(value)))
        elif lost := loses(self._way, value, due_gr):
            text = translate(
                "No change is given: {amount} zł are lost. Is it right?", amount=zloty(lost)
            )
            self.desk.open(Question(self.desk, text, lambda: self._pay(value)))
        else:
            self._pay(value)

    def _pay(self, amount: int | None) -> None:
        way, till = self._way, self.desk.till
        if way is None:
            self.desk.refuse(Rejected(Code.NO_METHOD))
        elif isinstance(way, Currency):
            self.desk.call(till.pay_currency, way.id, amount)
        else:
            self.desk.call(till.pay, way.id, amount)

    def _discount(self, mode: Mode, value: int) -> None:
        self._change(partial(self.desk.till.discount_receipt, **reduction(mode, value)))

    def _give(self, discount: Discount) -> None:
        self._change(partial(self.desk.till.give_discount, discount.id))

    def _nip(self, nip: str) -> None:
        self._change(partial(self.desk.till.issue_receipt, nip))

    def _change(self, verb: Callable[[], None]) -> None:
        """Back to the amount only when the till has agreed."""
        self.desk.order(self.desk.till.engine.call(verb), lambda _: self.ask(Mode.AMOUNT))

    def _back(self) -> None:
        payments = self._receipt.payments
        if self.entry.mode is not Mode.AMOUNT:
            self.ask(Mode.AMOUNT)
        elif not payments:
            self.desk.close(self)
        else:
            till, last = self.desk.till, payments[-1]
            words = f"{paid_words(last)} {zloty(last.amount_gr)}"
            one = translate("Take back the last payment: {payment}", payment=words)
            every = translate("Take all payments back and return to the sale")
            answers = (
                (one, lambda: take_back(self.desk, till.take_back_payment)),
                (every, lambda: take_back(self.desk, till.take_back_payments, self._left)),
            )
            self.desk.open(Choices(self.desk, translate("Payments"), answers))

    def _left(self, _: None) -> None:
        self.desk.close(self)
