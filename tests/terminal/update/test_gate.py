"""Every state of the fiscal day with every command: nothing is changed on an open day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from drivers.fiscal import NO_TOTALS, Counters
from terminal.day.steps import MAY_UPDATE
from terminal.errors import Blocked, Code
from terminal.store import cash, closings, settings
from terminal.store.cash import CashMove
from terminal.store.db import write
from terminal.update.gate import fiscal_state, let
from terminal.update.states import ALLOWED, Command, Fiscal
from tests.terminal.desk import desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.terminal.desk import Desk

ZERO = Counters("XYZ 1", 5, 9, 0, 0, 77, NO_TOTALS, 0, 0)
SOME = (100, 0, 0, 0, 0, 0, 0)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        one.start()
        expect(one, ZERO)
        yield one


def expect(shop: Desk, counters: Counters) -> None:
    def put() -> None:
        with write(shop.context.journal) as db:
            settings.expect_counters(db, counters)

    shop.do(put)


def sold(shop: Desk) -> None:
    expect(shop, replace(ZERO, totals_gr=SOME))


def invoiced(shop: Desk) -> None:
    expect(shop, replace(ZERO, invoice_totals_gr=SOME))


def selling(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")


def paid(shop: Desk) -> None:
    shop.printer.is_off = True
    shop.settle()
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.pay, "cash")


def moving(shop: Desk) -> None:
    move = CashMove("m1", shop.context.stamp(), "Anna", 100, "", ZERO, 0)

    def put() -> None:
        with write(shop.context.journal) as db:
            cash.begin(db, move)

    shop.do(put)


def never_met(shop: Desk) -> None:
    def put() -> None:
        with write(shop.context.journal) as db:
            db.execute("DELETE FROM setting WHERE key = 'printer.counters'")

    shop.do(put)


def closing_at(step: str) -> Callable[[Desk], None]:
    def put(shop: Desk) -> None:
        def begin() -> None:
            with write(shop.context.journal) as db:
                closings.begin(db, "c1", shop.context.stamp(), "Anna", ZERO, NO_TOTALS, 1)
                if step != "INTENT":
                    closings.advance(db, step)

        shop.do(begin)

    return put


DAYS = {
    "closed": (lambda _: None, Fiscal.CLOSED),
    "sold": (sold, Fiscal.OPEN),
    "invoiced": (invoiced, Fiscal.OPEN),
    "receipt open": (selling, Fiscal.OPEN),
    "receipt paid": (paid, Fiscal.OPEN),
    "cash moving": (moving, Fiscal.OPEN),
    "never met": (never_met, Fiscal.OPEN),
    "report in doubt": (closing_at("INTENT"), Fiscal.CLOSING),
    "reported": (closing_at("REPORTED"), Fiscal.CLOSING),
    "synchronising": (closing_at("SETTINGS"), Fiscal.CLOSING),
    "its turn": (closing_at(MAY_UPDATE), Fiscal.CLOSED),
}


@pytest.mark.parametrize("day", DAYS)
def test_every_day_with_every_command(shop: Desk, day: str) -> None:
    make, wanted = DAYS[day]
    make(shop)

    def check() -> None:
        db = shop.context.journal
        assert fiscal_state(db, is_trial=False)[0] is wanted
        for command in Command:
            if command in ALLOWED[wanted]:
                let(db, command, is_trial=False)
                continue
            with pytest.raises(Blocked) as caught:
                let(db, command, is_trial=False)
            assert caught.value.code is Code.UPDATE_NOT_NOW
            assert caught.value.params["reason"]

    shop.do(check)


def test_a_trial_is_a_closed_day_on_which_nothing_else_may_begin(shop: Desk) -> None:
    def state() -> Fiscal:
        return fiscal_state(shop.context.journal, is_trial=True)[0]

    assert shop.do(state) is Fiscal.TRIAL
    # Lines that nobody can pay do not end it, a sale would.
    selling(shop)
    assert shop.do(state) is Fiscal.TRIAL
    sold(shop)
    assert shop.do(state) is Fiscal.OPEN
