"""The receipt's state table, and what it comes to."""

from __future__ import annotations

from itertools import product

import pytest

from terminal.sale.line import Line
from terminal.sale.receipt import NEXT, Payment, Receipt, State, step

EVENTS = {event for row in NEXT.values() for event in row}


@pytest.mark.parametrize(("state", "event"), list(product(State, sorted(EVENTS))))
def test_every_pair_of_state_and_event(state: State, event: str) -> None:
    if event in NEXT[state]:
        assert step(state, event) in State
    else:
        with pytest.raises(AssertionError, match="cannot"):
            step(state, event)


def test_nothing_leaves_a_finished_receipt() -> None:
    assert NEXT[State.FISCAL] == {}
    assert NEXT[State.DROPPED] == {}


def test_what_is_due_and_what_goes_back() -> None:
    line = Line("p1", "1", "", "Mleko", "szt.", 0, "C", 500, 349, 349, 2000)
    receipt = Receipt("r1", "", "1", "Anna", lines=(line,), discount_gr=8)
    assert (receipt.subtotal_gr, receipt.total_gr, receipt.due_gr) == (698, 690, 690)
    part = Receipt("r1", "", "1", "Anna", lines=(line,), payments=(cash(500),))
    assert (part.paid_gr, part.due_gr, part.change_gr) == (500, 198, 0)
    more = Receipt("r1", "", "1", "Anna", lines=(line,), payments=(cash(500), cash(200)))
    assert (more.due_gr, more.change_gr, more.is_empty) == (0, 2, False)


def cash(amount: int) -> Payment:
    return Payment("cash", "Gotówka", "cash", amount)
