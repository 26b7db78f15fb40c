"""Each command of a receipt × each fault of the emulator: the expected rows of the recovery table.

The expectations are data, ``matrix.csv``: made once by ``python -m tests.fiscal.matrix``, read, and
held since. Whatever the fault: one fiscal receipt for the sale, or one that was given up by name.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest

from hw_emulator.faults import Kind
from terminal.sale.settle import TABLE
from tests.crash.power import Stand
from tests.fiscal.matrix import COMMANDS, FAULTS, SPOILING, Shop, read, shorten_waits
from tests.fiscal.rig import MEMORY_DISK

EXPECTED = read()
# So many sales are held against the memory line by line, then a new shop is opened.
CASES_MAX = 40
CELL = re.compile(r"(-|\d+(\.\d+)*)!?( (-|\d+(\.\d+)*)!?)*")


class Shops:
    """One shop for many cases: a till that has recovered must be as good as a new one."""

    def __init__(self, origin) -> None:
        self._origin = origin
        self._shop = None

    def open(self) -> Shop:
        if self._shop is None:
            folder = Path(tempfile.mkdtemp(prefix="matrix-", dir=MEMORY_DISK))
            self._shop = Shop(Stand(folder, self._origin))
        return self._shop

    def spoilt(self) -> None:
        """The next case shall not suffer for this one."""
        shop, self._shop = self._shop, None
        if shop:
            shop.close()

    def done(self) -> None:
        shop, self._shop = self._shop, None
        if shop:
            try:
                assert shop.stand.wrong() == []
            finally:
                shop.close()


@pytest.fixture(scope="module")
def shops(origin):
    with pytest.MonkeyPatch.context() as monkeypatch:
        shorten_waits(monkeypatch.setattr)
        made = Shops(origin)
        yield made
        made.done()


def test_the_file_has_every_command_and_every_fault():
    assert tuple(Kind) == FAULTS
    assert set(EXPECTED) == {(command, fault) for command in COMMANDS for fault in FAULTS}
    assert all(CELL.fullmatch(cell) for cell in EXPECTED.values())


def test_every_cell_ends_in_a_sale_or_in_a_stop_by_name():
    """Read without running anything: what a reviewer would look for first."""
    sold = {6, 9}
    stopping = {row.step for row in TABLE if row.then.startswith("selling stops")}
    for place, cell in EXPECTED.items():
        *_, last = cell.split()
        steps = [int(step) for step in re.findall(r"\d+", last)]
        if "!" in last:
            assert steps[-1:] == [] or steps[-1] in stopping, place
        else:
            assert steps[-1] in sold, place


@pytest.mark.parametrize(
    ("command", "fault"), EXPECTED, ids=[f"{command}-{fault}" for command, fault in EXPECTED]
)
def test_the_receipt_is_sold_once_whatever_happens(shops, command, fault):
    shop = shops.open()
    try:
        cell, wrong = shop.case(command, Kind(fault))
    except BaseException:
        shops.spoilt()
        raise
    if wrong or cell != EXPECTED[command, fault] or fault in SPOILING:
        shops.spoilt()
    elif shop.cases >= CASES_MAX:
        shops.done()
    assert (cell, wrong) == (EXPECTED[command, fault], [])
