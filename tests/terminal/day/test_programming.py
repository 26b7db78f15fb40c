"""What waited for the daily report goes into the printer, and no answer is believed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from drivers.errors import DeviceError, InDoubt, Why
from terminal import events
from terminal.sync.wire import Shop, VatRate
from tests.terminal.desk import RATES, Desk, desk
from tests.terminal.fake_printer import lose, no, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = Shop("lipa", "Lipa sp. z o.o.", "5260001246", "Sklep", "Polna 1", "00-001", "Łódź")
NEW_RATES = [VatRate(letter, 2200 if letter == "A" else rate) for letter, rate in RATES.items()]
SILENCE = InDoubt("silence")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, shop=[ADDRESS]) as one:
        yield one.start()


def new_rates(shop: Desk) -> None:
    """Rates of the office that come when something has been sold."""
    shop.pay("1")
    shop.publish("vat_rates", *NEW_RATES)


def closed(shop: Desk) -> tuple[str, ...]:
    """Notes of a closing that are not about the office."""
    if shop.view().operator is None:
        shop.do(shop.till.login, "2")
    shop.pay("1")
    told = shop.close_day()
    assert isinstance(told, events.DayClosed)
    return tuple(note for note in told.notes if not note.startswith("Back office"))


def test_rates_whose_answer_was_lost_are_read_back(shop: Desk) -> None:
    new_rates(shop)
    shop.printer.fault("set_rates", lose(SILENCE))
    assert closed(shop) == ()
    assert shop.named("rates_programmed")[0]["detail"]["rates"][0] == 2200
    assert closed(shop) == ()
    assert shop.printer.count("set_rates") == 1


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (SILENCE, "VAT rates wait for a key"),
        (no(Why.CANCELLED), "VAT rates wait for a key"),
        (no(code=2035), "VAT rates not changed"),
    ],
)
def test_rates_that_never_arrived_are_a_note_and_tried_again(
    shop: Desk, error: DeviceError, says: str
) -> None:
    new_rates(shop)
    shop.printer.fault("set_rates", refuse(error))
    (note,) = closed(shop)
    assert note.startswith(says)
    (told,) = shop.named("rates_refused")
    assert (told["detail"]["wanted"][0], told["detail"]["kept"][0]) == (2200, 2300)
    assert shop.named("rates_programmed") == []
    assert closed(shop) == ()
    assert len(shop.named("rates_programmed")) == 1


def test_a_header_whose_answer_was_lost_is_read_back(shop: Desk) -> None:
    shop.printer.fault("set_header", lose(SILENCE))
    text = "Lipa sp. z o.o.\nSklep\nPolna 1\n00-001 Łódź"
    shop.printer.fault("read_header", lambda _: text)
    assert closed(shop) == ()
    assert len(shop.named("header_programmed")) == 1
    closed(shop)
    assert shop.printer.count("set_header") == 1


@pytest.mark.parametrize("found", [lambda _: "Lipa sp. z o.o.", refuse(SILENCE)])
def test_a_header_that_is_not_there_is_a_note_and_tried_again(shop: Desk, found) -> None:
    shop.printer.fault("set_header", refuse(SILENCE))
    shop.printer.fault("read_header", found)
    (note,) = closed(shop)
    assert note.startswith("Receipt header not changed")
    assert closed(shop) == ()
    assert len(shop.named("header_programmed")) == 1


def off(shop: Desk, seconds: int) -> None:
    ahead = timedelta(seconds=seconds)
    shop.printer._clock = lambda: shop.now.replace(tzinfo=None) + ahead


@pytest.mark.parametrize(("seconds", "is_set"), [(60, False), (61, True), (-61, True), (290, True)])
def test_a_small_drift_is_put_right_after_the_report(
    shop: Desk, seconds: int, is_set: bool
) -> None:
    off(shop, seconds)
    assert closed(shop) == ()
    assert shop.printer.count("set_clock") == is_set
    assert len(shop.named("printer_clock_set")) == is_set
    order = [it for it in shop.printer.asked if it in {"daily_report", "set_clock"}]
    assert order[0] == "daily_report"


def test_a_clock_that_cannot_be_set_is_a_note(shop: Desk) -> None:
    off(shop, 90)
    shop.printer.fault("set_clock", refuse(no(code=2023)))
    (note,) = closed(shop)
    assert note.startswith("Printer clock not set")
    assert shop.named("printer_clock_set") == []
