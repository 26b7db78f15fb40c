"""The bill on paper: on the receipt printer where there is one, else on the fiscal printer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from drivers.errors import Unreachable
from terminal.errors import Code
from terminal.sync.wire import Settings
from tests.terminal.desk import NOBODY, Desk, desk
from tests.terminal.fake_printer import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    settings = Settings("settings", "identifier", parking=True)
    with desk(tmp_path, settings=[settings]) as one:
        yield one.start()


def test_the_fiscal_printer_prints_it_as_a_form(shop: Desk) -> None:
    assert shop.code(shop.till.bill.print) is Code.EMPTY_RECEIPT
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.parking.park, "Stolik 4")
    shop.do(shop.till.parking.switch, "Stolik 4")
    before = shop.receipt()
    shop.do(shop.till.bill.print)
    (lines,) = shop.printer.forms_printed
    assert "Stolik 4" in lines
    assert any("Mleko" in line for line in lines)
    # Nothing has changed, and it may be asked for again.
    shop.do(shop.till.bill.print)
    assert shop.receipt() == before
    assert len(shop.printer.forms_printed) == 2


def test_a_form_that_broke_off_does_not_stand_in_the_way(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.printer.fault("print_form", refuse(Unreachable("no cable")))
    assert shop.code(shop.till.bill.print) is Code.NO_PRINTER
    assert shop.printer.count("cancel") == 1
    shop.printer.fault("print_form", refuse(Unreachable("no cable")))
    shop.printer.fault("cancel", refuse(Unreachable("no cable")))
    assert shop.code(shop.till.bill.print) is Code.NO_PRINTER


def test_the_receipt_printer_goes_before(shop: Desk) -> None:
    printed = []
    slips = SimpleNamespace(
        is_set_up=True,
        print=lambda kind, rid, slip: shop.context.engine.call(printed.append, (kind, rid, slip)),
    )
    shop.till.bill._slips = slips
    shop.do(shop.till.sell, "1")
    for _ in range(2):
        shop.do(shop.till.bill.print)
    assert [kind for kind, _rid, _slip in printed] == ["bill", "bill"]
    # A slip is printed once under its name: each has one of its own.
    assert len({rid for _kind, rid, _slip in printed}) == 2
    assert not shop.printer.forms_printed


def test_it_speaks_the_language_of_the_papers(tmp_path: Path) -> None:
    settings = Settings("settings", "identifier", receipt_language="fr")
    with desk(tmp_path, settings=[settings]) as shop:
        shop.start()
        shop.do(shop.till.sell, "1")
        shop.do(shop.till.bill.print)
        assert shop.printer.forms_printed[0][0] == "Addition"


def test_it_needs_the_right_to_sell(shop: Desk) -> None:
    shop.do(shop.till.login, NOBODY)
    assert shop.code(shop.till.bill.print) is Code.NO_RIGHT
