"""What the journal keeps of rates, header and clock; the printer's side is in test_programming."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drivers.fiscal import INACTIVE
from terminal.sync.wire import Shop
from tests.terminal.desk import Desk, desk
from tests.terminal.fake_printer import RATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = Shop("lipa", "Lipa sp. z o.o.", "5260001246", "Sklep", "Polna 1", "00-001", "Łódź")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, shop=[ADDRESS]) as one:
        yield one.start()


def test_rates_that_were_not_taken_are_told_with_what_stays(shop: Desk) -> None:
    wanted = (2200, *RATES[1:])
    shop.do(shop.till._books.rates_not_taken, wanted, RATES, "vatset: error 2027")
    (told,) = shop.named("rates_refused")
    assert told["detail"] == {
        "wanted": list(wanted),
        "kept": list(RATES),
        "why": "vatset: error 2027",
    }


def test_the_header_is_wanted_until_the_printer_has_it(shop: Desk) -> None:
    books = shop.till._books
    header = shop.do(books.header_wanted)
    assert (header.company, header.city) == ("Lipa sp. z o.o.", "Łódź")
    shop.do(books.header_programmed, header)
    assert shop.do(books.header_wanted) is None


def test_a_letter_that_the_office_does_not_know_is_inactive(shop: Desk) -> None:
    assert shop.do(shop.till._books.rates_wanted)[5:] == (INACTIVE, INACTIVE)
