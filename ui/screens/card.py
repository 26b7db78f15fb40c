"""The cashier and the payment terminal: what to key in there, and what it answered.

The till waits for one of three answers and charges nothing by itself. While nobody knows, nothing
else is paid on this receipt; the question stands again after a restart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.errors import Code, Rejected
from terminal.i18n import translate
from terminal.sale.receipt import CardStatus
from ui.keypad import Cancel, Mode
from ui.screens.page import Page, Scans
from ui.screens.payment_rows import due_rows
from ui.screens.question import Field, Question
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from terminal.errors import TillError
    from terminal.sale.receipt import Payment, Receipt
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Card(Page):
    """Asks what the payment terminal said of ``payment``; closes when that is known."""

    scans = Scans.IGNORE
    acts_at_once = True

    def __init__(self, desk: Desk, payment: Payment) -> None:
        super().__init__(desk, Mode.NONE)
        self._payment = payment
        # Whoever comes back to the question does not know more than the till does.
        self._is_lost = payment.status is CardStatus.UNKNOWN

    @property
    def title(self) -> str:
        """The heading."""
        return self._payment.name

    def legend(self) -> Legend:
        """One digit answers."""
        keys = (("1", translate("approved")), ("2", translate("declined")))
        if self._is_lost:
            return (*keys, ("Esc", translate("later")))
        return (*keys, ("3", translate("not known")))

    def body(self, width: int, height: int) -> list[Row]:
        """The amount, large, and what to do with it."""
        if self._is_lost:
            texts = [
                (translate("Nobody knows whether the card was charged."), row.WARN),
                (
                    translate(
                        "Do not charge it again. Look at the last transactions of the payment"
                        " terminal, or ask its operator."
                    ),
                    row.STRONG,
                ),
                (translate("1  It was charged"), row.TEXT),
                (translate("2  It was not charged"), row.TEXT),
            ]
        else:
            texts = [
                (translate("Key this amount in at the payment terminal."), row.STRONG),
                (translate("1  Approved"), row.TEXT),
                (translate("2  Declined, or the customer went back"), row.TEXT),
                (translate("3  Not known: no answer, no paper, it went out"), row.TEXT),
            ]
        rows = [row.row(width), *due_rows(width, self._payment.name, self._payment.amount_gr)]
        for text, style in texts:
            rows += [row.row(width), *row.wrapped(width, text, style)]
        return rows[:height]

    def press(self, key: str) -> None:
        """A digit answers at once."""
        if key == "1":
            self.desk.open(self._reference())
        elif key == "2":
            self._answer(CardStatus.NONE)
        elif key == "3" and not self._is_lost:
            self._answer(CardStatus.UNKNOWN)
        else:
            super().press(key)

    def on(self, intent: Intent) -> None:
        """Nobody leaves a terminal that is being asked; what is not known may wait."""
        if isinstance(intent, Cancel) and not self._is_lost:
            self.desk.refuse_text(translate("Answer first: 1, 2 or 3"))
        elif isinstance(intent, Cancel):
            self.desk.home()
        else:
            super().on(intent)

    def told(self, event: object) -> bool:
        """The answer is on disk."""
        if isinstance(event, events.ReceiptChanged):
            self._look(event.receipt)
        return False

    def _look(self, receipt: Receipt) -> None:
        asked = receipt.in_doubt
        if asked is None:
            self.desk.close(self)
        else:
            self._payment, self._is_lost = asked, asked.status is CardStatus.UNKNOWN

    def _reference(self) -> Field:
        title = translate("Approved")
        prompt = translate("Number of the authorisation (empty: none)")
        return Field(self.desk, title, prompt, lambda no: self._answer(CardStatus.APPROVED, no))

    def _answer(self, status: CardStatus, reference: str = "") -> None:
        till = self.desk.till
        told = (lambda _: self._declined()) if status is CardStatus.NONE else None
        self.desk.order(till.engine.call(till.answer_card, status, reference), told)

    def _declined(self) -> None:
        self.desk.refuse(Rejected(Code.CARD_DECLINED))


def take_back(
    desk: Desk, verb: Callable[..., None], then: Callable[[None], object] | None = None
) -> None:
    """Take payments back by ``verb``; asks first when a card has to be reversed at its terminal."""

    def refused(error: TillError) -> None:
        if error.code is not Code.CARD_TO_REVERSE:
            desk.refuse(error)
            return
        text = translate("{sentence}. Has that been done?", sentence=error.sentence())
        desk.open(Question(desk, text, lambda: desk.order(_call(is_reversed=True), then)))

    def _call(*, is_reversed: bool) -> Future[None]:
        return desk.till.engine.call(verb, is_reversed=is_reversed)

    desk.order(_call(is_reversed=False), then, refused)
