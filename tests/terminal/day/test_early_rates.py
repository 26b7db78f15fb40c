"""Rates that come while nothing is sold go in at once; later ones wait for the daily report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drivers.errors import InDoubt
from drivers.fiscal import EXEMPT, INACTIVE
from terminal import events
from terminal.errors import Code
from terminal.sync.wire import VatRate
from tests.terminal.desk import RATES, Desk, desk
from tests.terminal.fake_printer import no, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW = [VatRate(letter, 2200 if letter == "A" else rate) for letter, rate in RATES.items()]
OLD_MAP = (2300, 800, 500, 0, EXEMPT, INACTIVE, INACTIVE)
NEW_MAP = (2200, 800, 500, 0, EXEMPT, INACTIVE, INACTIVE)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def arrive(shop: Desk) -> None:
    shop.publish("vat_rates", *NEW)
    shop.settle()


def test_the_rates_of_a_first_synchronisation_are_programmed_before_the_first_sale(
    tmp_path: Path,
) -> None:
    with desk(tmp_path, vat_rates=NEW) as shop:
        shop.start()
        shop.settle()
        assert shop.printer.programmed == NEW_MAP
        assert len(shop.named("rates_programmed")) == 1
        assert shop.pay("3").receipt.lines[0].rate_bp == 2200


def test_rates_that_come_after_the_report_need_not_wait_for_the_next(shop: Desk) -> None:
    shop.pay("3")
    shop.close_day()
    arrive(shop)
    assert shop.printer.programmed == NEW_MAP
    assert shop.printer.count("set_rates") == 1


def test_rates_wait_once_something_is_sold(shop: Desk) -> None:
    shop.pay("3")
    arrive(shop)
    assert shop.printer.programmed == OLD_MAP
    assert shop.pay("3").receipt.lines[0].rate_bp == 2300


def test_rates_wait_while_a_line_stands_on_the_receipt(shop: Desk) -> None:
    shop.do(shop.till.sell, "3")
    arrive(shop)
    assert shop.printer.programmed == OLD_MAP
    shop.do(shop.till.drop_receipt, "changed their mind")
    shop.settle()
    assert shop.printer.programmed == NEW_MAP


def test_a_cancelled_receipt_on_the_paper_begins_the_day_too(shop: Desk) -> None:
    shop.printer.cancel_one()
    arrive(shop)
    assert shop.printer.count("set_rates") == 0


@pytest.mark.parametrize("error", [no(code=2027), InDoubt("silence")])
def test_a_refusal_is_told_once_and_tried_again_by_the_report(shop: Desk, error) -> None:
    shop.printer.fault("set_rates", refuse(error))
    arrive(shop)
    shop.settle()
    assert isinstance(shop.heard.wait(events.Failed), events.Failed)
    assert shop.printer.count("set_rates") == 1
    assert shop.pay("3").receipt.lines[0].rate_bp == 2300
    shop.close_day()
    assert shop.printer.programmed == NEW_MAP


def test_a_printer_that_is_away_gets_them_when_it_is_back(shop: Desk) -> None:
    shop.printer.fault("counters", refuse(InDoubt("silence")))
    arrive(shop)
    assert shop.printer.count("set_rates") == 0
    shop.settle()
    shop.settle()
    assert shop.printer.programmed == NEW_MAP


def test_a_line_that_was_typed_meanwhile_is_paid_at_the_new_rate(shop: Desk) -> None:
    """Between the look at the receipt and the printer's answer a cashier may sell."""
    shop.printer.fault("set_rates", lambda effect: (shop.do(shop.till.sell, "3"), effect()))
    arrive(shop)
    assert shop.printer.programmed == NEW_MAP
    since = shop.heard.mark()
    shop.do(shop.till.pay, "cash")
    assert shop.ended(since).receipt.lines[0].rate_bp == 2200


def test_a_line_whose_letter_has_gone_is_not_paid(shop: Desk) -> None:
    def gone(effect) -> None:
        shop.do(shop.till.sell, "3")
        effect()

    shop.printer.fault("set_rates", gone)
    shop.publish("vat_rates", VatRate("A", INACTIVE))
    shop.settle()
    assert shop.code(shop.till.pay, "cash") is Code.RATE_INACTIVE
