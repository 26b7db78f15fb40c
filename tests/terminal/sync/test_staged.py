from __future__ import annotations

import pytest

from drivers.fiscal import EXEMPT, INACTIVE
from terminal.events import Pulled
from terminal.sync.staged import with_waiting

IN_FORCE = (2300, 800, 500, 0, EXEMPT, INACTIVE, INACTIVE)
SAME = {"A": 2300, "B": 800, "C": 500, "D": 0, "E": EXEMPT}
RATES = Pulled("vat_rates", 0, 1, 0)


def waiting(pulled: Pulled) -> list[str]:
    return [what for what, _why in pulled.warnings]


def test_rates_that_differ_from_the_printers_wait() -> None:
    told = with_waiting(RATES, SAME | {"A": 2200, "F": 700}, IN_FORCE)
    assert told.warnings == (
        ("A", "waits for the daily report"),
        ("F", "waits for the daily report"),
    )
    # A letter that the office no longer has will be inactive.
    assert waiting(with_waiting(RATES, {**SAME, "B": INACTIVE}, IN_FORCE)) == ["B"]
    assert waiting(with_waiting(RATES, {"A": 2300}, IN_FORCE)) == ["B", "C", "D", "E"]


def test_rates_need_not_wait_while_nothing_has_been_sold() -> None:
    assert waiting(with_waiting(RATES, {"A": 2200}, None)) == []
    assert waiting(with_waiting(RATES, SAME, IN_FORCE)) == []


@pytest.mark.parametrize(
    ("pulled", "waits"),
    [
        (Pulled("shop", 1, 0, 0), ["receipt header"]),
        (Pulled("shop", 0, 1, 0), ["receipt header"]),
        (Pulled("shop", 0, 0, 0), []),
        (Pulled("products", 5, 0, 0), []),
    ],
)
def test_a_header_waits_when_it_has_changed(pulled: Pulled, waits: list[str]) -> None:
    assert waiting(with_waiting(pulled, SAME, IN_FORCE)) == waits
