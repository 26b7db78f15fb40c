"""Payment correction: a sale that was closed as cash was paid by card. Choose, confirm, done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.paper.receipts import title_of
from ui.amounts import zloty
from ui.screens.question import Choices, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sale.entries import Case
    from terminal.sync.wire import CorrectionDoc, PaymentMethod
    from ui.desk import Desk


def correct(desk: Desk, case: Case, then: Callable[[], object]) -> None:
    """Ask by what it was really paid; ``then`` follows when it is written down."""

    def choose(method: PaymentMethod) -> Callable[[], None]:
        total = zloty(case.receipt.total_gr)
        text = translate(
            "Was {total} zł really taken by {method}? The card terminal has confirmed it, and the"
            " cash is out of the drawer.",
            total=total,
            method=method.name,
        )

        def yes() -> None:
            call = desk.till.engine.call(desk.till.returns.correct, case, method.id)
            desk.order(call, done)

        return lambda: desk.open(Question(desk, text, yes))

    def done(made: CorrectionDoc) -> None:
        desk.say(translate("{title} is written down", title=title_of(made)))
        then()

    cards = [method for method in desk.methods if method.kind == "card"]
    answers = [(method.name, choose(method)) for method in cards]
    desk.open(Choices(desk, translate("How was it really paid?"), answers))
