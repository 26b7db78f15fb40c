from __future__ import annotations

from dataclasses import replace

from drivers.fiscal import NO_TOTALS
from terminal.sale.picture import IDLE, READY, Case, Picture, Sent
from tests.terminal.fake_printer import FRESH

OURS = (100, 0, 0, 0, 0, 0, 0)


def case(now=FRESH, shown=NO_TOTALS) -> Case:
    base = replace(FRESH, reports=3, header_no=20)
    return Case(base, Sent(OURS), Picture(now, replace(IDLE, totals_gr=shown)))


def test_a_picture_is_of_a_printer_that_is_ready() -> None:
    assert Picture(FRESH).status == READY


def test_a_memory_from_before_is_older() -> None:
    assert case(replace(FRESH, reports=3, header_no=19)).is_older
    assert case(replace(FRESH, reports=2, header_no=21)).is_older
    assert not case(replace(FRESH, reports=3, header_no=20)).is_older


def test_ours_is_shown_by_its_totals() -> None:
    assert case(shown=OURS).is_shown
    assert not case().is_shown
