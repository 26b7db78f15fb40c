"""Chance parks, switches, splits, merges, deletes and sells: no piece and no grosz is ever lost."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from terminal import events
from terminal.errors import TillError
from terminal.sync.wire import Settings
from tests.terminal.desk import TECHNICIAN, Desk

ON = Settings("settings", "identifier", parking=True, parking_names=["Stolik 1", "Stolik 2"])
WHERE = "FROM receipt WHERE state = 'OPEN' AND place <> 'moved'"
NAMES = st.sampled_from(["", "Jan", "Ewa", "Stolik 1", "Stolik 2", "Sale 1", "Sale 2"])
CODES = st.sampled_from(["1", "3", "4"])
PICKS = st.integers(0, 9)
QUANTITIES = st.sampled_from([1000, 2000, 5000])


class Shop(RuleBasedStateMachine):
    """Keeps count of what was put onto receipts and not sold or given up yet."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.desk = Desk(Path(self.folder.name), settings=[ON]).start(login=TECHNICIAN)
        self.pieces: Counter[str] = Counter()
        self.owed_gr = 0

    def teardown(self) -> None:
        self.desk.stop()
        self.folder.cleanup()

    @property
    def parking(self):
        return self.desk.till.parking

    def tried(self, verb, *args, **kwargs) -> bool:
        """Whether the till let it happen; what it refuses has changed nothing."""
        try:
            self.desk.do(verb, *args, **kwargs)
        except TillError:
            return False
        return True

    def one(self, pick: int) -> str:
        """A name in the list, mostly of a receipt that lies aside."""
        bills = self.desk.do(self.parking.bills)
        names = [bill.name for bill in bills if bill.lying] * 3 + [bill.name for bill in bills]
        return names[pick % len(names)]

    @rule(sold=st.lists(st.tuples(CODES, QUANTITIES), min_size=1, max_size=3))
    def sell(self, sold: list[tuple[str, int]]) -> None:
        for code, qty_milli in sold:
            before = self.desk.receipt()
            self.desk.do(self.desk.till.sell, code, qty_milli)
            after = self.desk.receipt()
            self.pieces[after.lines[-1].product] += qty_milli
            self.owed_gr += after.total_gr - before.total_gr

    @rule(percent_bp=st.integers(1, 9000), of_line=st.booleans())
    def discount(self, percent_bp: int, of_line: bool) -> None:
        before, till = self.desk.receipt(), self.desk.till
        if of_line:
            self.tried(till.discount_line, 0, percent_bp=percent_bp)
        else:
            self.tried(till.discount_receipt, percent_bp=percent_bp)
        self.owed_gr += self.desk.receipt().total_gr - before.total_gr

    @rule(name=NAMES)
    def park(self, name: str) -> None:
        self.tried(self.parking.park, name)

    @rule(name=NAMES)
    def begin(self, name: str) -> None:
        self.tried(self.parking.begin, name)

    @rule(pick=PICKS)
    def switch(self, pick: int) -> None:
        name = self.one(pick)
        self.tried(self.parking.switch, name)

    @rule(pick=PICKS)
    def merge(self, pick: int) -> None:
        self.sell([("4", 1000)])
        name = self.one(pick)
        self.tried(self.parking.merge, name)

    @rule(name=NAMES, pick=PICKS, whole=st.booleans())
    def split(self, name: str, pick: int, whole: bool) -> None:
        self.sell([("1", 5000), ("3", 1000)])
        lines = self.desk.receipt().lines
        no = pick % len(lines)
        parts = {no: lines[no].qty_milli if whole else 1000}
        self.tried(self.parking.split, parts, name)

    @rule(pick=PICKS)
    def drop(self, pick: int) -> None:
        name = self.one(pick)
        bills = self.desk.do(self.parking.bills)
        lying = next((bill.lying for bill in bills if bill.name == name), None)
        gone = self.goods("AND rid = ?", lying.rid) if lying else Counter()
        if self.tried(self.parking.drop, name) and lying:
            self.pieces -= gone
            self.owed_gr -= lying.total_gr

    @rule()
    def pay(self) -> None:
        receipt = self.desk.receipt()
        if receipt.is_empty:
            return
        assert isinstance(self.desk.pay(), events.ReceiptPrinted)
        self.desk.settle()
        for line in receipt.live_lines:
            self.pieces[line.product] -= line.qty_milli
        self.owed_gr -= receipt.total_gr

    @rule()
    def power_cut(self) -> None:
        before = self.desk.receipt()
        self.desk.restart(login=TECHNICIAN)
        assert self.desk.receipt() == before

    def goods(self, more: str = "", *params: str) -> Counter[str]:
        rows = self.desk.sql(
            "SELECT product, sum(qty_milli) FROM receipt_line JOIN receipt USING (rid)"  # noqa: S608
            f" WHERE NOT is_void AND state = 'OPEN' AND place <> 'moved' {more} GROUP BY product",
            *params,
        )
        return Counter(dict(rows))

    @invariant()
    def every_piece_and_grosz_is_somewhere(self) -> None:
        assert self.goods() == +self.pieces
        ((owed_gr, on_screen),) = self.desk.sql(
            f"SELECT coalesce(sum(total_gr), 0), coalesce(sum(place = 'screen'), 0) {WHERE}"
        )
        assert owed_gr == self.owed_gr
        assert on_screen <= 1


TestShop = Shop.TestCase
TestShop.settings = settings(
    max_examples=8,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
