"""The power fails while orders and quotes are written, turned into one another, and sold.

An order is there with its number, document and row, or it is a draft as it was: never both, never
neither. It is realised exactly when the receipt that names it is in the fiscal memory.
"""

from __future__ import annotations

import pytest

from terminal.field.customers import CustomerFields
from tests.crash.power import METHODS, cut_everywhere


def begin(alive):
    """A customer's draft with two lines."""
    field = alive.till.field
    customer = alive.do(field.create_customer, CustomerFields("Ewa Lis"))
    alive.do(field.begin, "OS", customer.id)
    for code in ("1", "4"):
        alive.do(field.add, alive.do(alive.till._catalogue.find, code)[0].id)


def confirmed(alive):
    begin(alive)
    alive.do(alive.till.field.confirm)


def numbers(alive):
    """Numbers of the documents, in their order; the counters never run ahead of them."""
    told = alive.journal(
        "SELECT body ->> '$.type', body ->> '$.number' FROM document"
        " WHERE kind = 'sales_document' ORDER BY seq"
    )
    counted = dict(alive.journal("SELECT type, last FROM sales_number"))
    for kind in ("ZS", "OS"):
        terminal = alive.running.context.terminal
        mine = [number for one, number in told if one == kind]
        assert mine == [f"{kind}/{terminal}/{no:06}" for no in range(1, len(mine) + 1)]
        assert counted.get(kind, 0) == len(mine)
    return [number[:2] for _kind, number in told]


def rows(alive):
    return len(alive.journal("SELECT 1 FROM own_row WHERE set_name = 'sales_documents'"))


def test_cut_anywhere_while_one_is_confirmed(make_stand):
    fates = set()

    def confirm(alive):
        alive.do(alive.till.field.confirm)

    def afterwards(_stand, alive):
        draft = alive.do(lambda: alive.till.field.draft)
        assert draft is None or len(draft.lines) == 2
        fates.add((numbers(alive) != [], rows(alive) > 0, draft is None))

    assert cut_everywhere(make_stand, begin, confirm, afterwards, pushes=False) > 3
    assert fates == {(True, True, True), (False, False, False)}


def test_cut_anywhere_while_a_draft_is_written(make_stand):
    seen = set()

    def write(alive):
        field = alive.till.field
        alive.do(field.change_line, 0, 3000, field.draft.lines[0].price_gr, 1000)
        alive.do(field.remove_line, 1)

    def afterwards(_stand, alive):
        lines = alive.do(lambda: alive.till.field.draft).lines
        seen.add((len(lines), lines[0].percent_bp))

    cut_everywhere(make_stand, begin, write, afterwards, pushes=False)
    assert seen == {(2, 0), (2, 1000), (1, 1000)}


def test_cut_anywhere_while_a_quote_becomes_an_order(make_stand):
    fates = set()

    def order(alive):
        ((quote,),) = alive.journal("SELECT id FROM own_row WHERE set_name = 'sales_documents'")
        alive.do(alive.till.field.order_from, quote)

    def afterwards(_stand, alive):
        states = alive.journal("SELECT state FROM sales_fate")
        told = alive.journal("SELECT count(*) FROM document WHERE kind = 'sales_state'")
        fates.add((len(numbers(alive)), rows(alive), len(states), told[0][0]))

    cut_everywhere(make_stand, confirmed, order, afterwards, pushes=False)
    assert fates == {(1, 1, 0, 0), (2, 2, 1, 1)}


@pytest.mark.parametrize("blackout", [False, True])
def test_cut_anywhere_while_one_is_sold(make_stand, blackout):
    """The printer may die with the till, in the middle of the receipt."""

    def sell(alive):
        ((quote,),) = alive.journal("SELECT id FROM own_row WHERE set_name = 'sales_documents'")
        alive.do(alive.till.field.sell, quote)
        alive.do(alive.till.pay, METHODS["cash"])
        alive.settle()

    fates = set()

    def afterwards(_stand, alive):
        printed = alive.journal("SELECT rid, fulfils FROM receipt WHERE state = 'FISCAL'")
        known = alive.journal("SELECT receipt, id FROM sales_fate WHERE state = 'realised'")
        assert printed == known
        told = alive.journal("SELECT body ->> '$.fulfils' FROM document WHERE kind = 'receipt'")
        assert told == [(quote,) for _rid, quote in printed]
        waiting = alive.journal(
            "SELECT fulfils <> '' FROM receipt WHERE state IN ('OPEN', 'PAID', 'PRINTING')"
        )
        assert waiting in ([], [(1,)])
        fates.add((len(printed), len(waiting)))

    # The first numbers of each run are touches of the order, the others those of any receipt.
    step = 9 if blackout else 6
    cut_everywhere(
        make_stand, confirmed, sell, afterwards, pushes=False, blackout=blackout, step=step
    )
    assert fates >= {(0, 0), (1, 0)}
