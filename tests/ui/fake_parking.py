"""Parked receipts of the fake till."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from terminal import events
from terminal.errors import Code, Rejected, TillError
from terminal.parked.bills import Bill
from terminal.sale.receipt import Receipt
from terminal.store.parked import Lying

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from terminal.sale.repricing import PriceChange
    from terminal.sync.wire import SharedHead
    from tests.ui.fake_till import FakeTill

T = TypeVar("T")
BLANK = Receipt("", "", "", "")


class FakeParking:
    """Keeps receipts in a dictionary; what is called is noted among the till's calls."""

    def __init__(self, till: FakeTill) -> None:
        self.till = till
        self.name = ""
        self.lying: dict[str, Receipt | None] = {"Telefon": None}
        self.shares: dict[str, str] = {}
        self.changes: tuple[PriceChange, ...] = ()
        self.refuse: TillError | None = None

    @property
    def state(self) -> events.ParkingChanged:
        return events.ParkingChanged(self.name, sum(map(bool, self.lying.values())))

    def bills(self) -> list[Bill]:
        self.till.calls.append(("bills",))
        return [
            Bill(
                name,
                name != "Telefon",
                name == self.name,
                receipt and _lying(name, receipt, self.shares.get(name, "")),
            )
            for name, receipt in self.lying.items()
        ]

    def park(self, name: str = "") -> str:
        self._call("park", name)
        if not self.till.receipt.rid:
            raise Rejected(Code.EMPTY_RECEIPT)
        laid = name or self.name or f"Sale {len(self.lying)}"
        self._lay_aside(laid)
        self._show(BLANK)
        return laid

    def begin(self, name: str = "") -> None:
        self._call("begin", name)
        if self.till.receipt.rid:
            self._lay_aside(self.name or f"Sale {len(self.lying)}")
        self._show(BLANK, name or "Sale 2")

    def switch(self, name: str) -> tuple[PriceChange, ...]:
        self._call("switch", name)
        if self.till.receipt.rid:
            self._lay_aside(self.name or f"Sale {len(self.lying)}")
        taken, self.lying[name] = self.lying[name], None
        self._show(taken or BLANK, name)
        return self.changes

    def split(self, parts: dict[int, int], name: str = "") -> str:
        self._call("split", parts, name)
        return name or "Sale 1"

    def merge(self, name: str) -> None:
        self._call("merge", name)

    def drop(self, name: str) -> None:
        self._call("drop", name)
        del self.lying[name]
        self.till.engine.tell(self.state)

    def reprice(self) -> None:
        self._call("reprice")

    def _call(self, *what: object) -> None:
        self.till.calls.append(what)
        if self.refuse:
            raise self.refuse

    def _lay_aside(self, name: str) -> None:
        self.lying[name] = self.till.receipt

    def _show(self, receipt: Receipt, name: str = "") -> None:
        self.name = name
        self.till._put(receipt)
        self.till.engine.tell(self.state)


class FakeSharing:
    """What other tills have parked; what is taken lies here afterwards."""

    def __init__(self, till: FakeTill) -> None:
        self.till = till
        self.heads: list[SharedHead] = []
        self.receipts: dict[str, Receipt] = {}
        self.refuse: TillError | None = None

    def offered(self) -> Future[list[SharedHead]]:
        return self.till.engine.call(self._do, lambda: list(self.heads))

    def take(self, share: str, owner_id: str, name: str) -> Future[str]:
        return self.till.engine.call(self._do, lambda: self._take(share, owner_id, name))

    def _take(self, share: str, owner_id: str, name: str) -> str:
        self.till.calls.append(("take", share, owner_id))
        self.heads = [head for head in self.heads if head.share != share]
        self.till.parking.lying[name] = self.receipts[share]
        self.till.parking.shares.pop(name, None)
        return name

    def _do(self, verb: Callable[[], T]) -> T:
        if self.refuse:
            raise self.refuse
        return verb()


def _lying(name: str, receipt: Receipt, share: str) -> Lying:
    first = receipt.lines[0].name
    at = "2026-11-22T12:01:00+01:00"
    count = len(receipt.live_lines)
    return Lying(name, receipt.rid, at, "u1", "Anna Nowak", receipt.total_gr, share, count, first)
