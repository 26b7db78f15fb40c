"""Receipts against the time in which the line carries their bytes, a report against its printer.

A paced pseudo-terminal of an emulator in a process of its own; its paper costs no time. Receipts
are paid in cash. A daily report is also kept on the printer's disk and laid out: there the limit is
the same frame sent by nobody but the line.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from bench.goods import receipt
from bench.measure import MS, Row, middle, ratio
from bench.servers import printer, serve
from drivers.link import open_link
from drivers.posnet.frame import Frame, encode
from drivers.posnet.printer import PosnetPrinter
from terminal.context import local_now
from terminal.sale.fiscalise import Attempt, fiscal_receipt, settle
from terminal.sale.picture import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.measure import Run
    from drivers.fiscal import FiscalReceipt
    from drivers.link import Link
    from terminal.sale.receipt import Receipt

BAUDS = (9600, 19_200, 115_200)
LONG = 30
GOAL = 1.1
_BITS_PER_BYTE = 10
_END, _PATIENCE_S = b"\x03", 10.0


@dataclass(slots=True)
class CountingLink:
    """A link that counts bytes in both directions, and the time spent waiting for some."""

    link: Link
    count: int = 0
    waited_s: float = 0.0

    def write(self, data: bytes) -> None:
        """Send and count."""
        self.count += len(data)
        self.link.write(data)

    def read(self, timeout_s: float) -> bytes:
        """Receive and count."""
        began_s = time.perf_counter()
        data = self.link.read(timeout_s)
        self.waited_s += time.perf_counter() - began_s
        self.count += len(data)
        return data

    def drain(self) -> None:
        """Pass on."""
        self.link.drain()

    def close(self) -> None:
        """Pass on."""
        self.link.close()


@dataclass(slots=True)
class Counter:
    """A printer and the receipts that it prints."""

    posnet: PosnetPrinter
    link: CountingLink
    token: int = 0

    def print_receipt(self) -> None:
        """The receipt alone."""
        self._print(_paper(receipt()))

    def print_long_receipt(self) -> None:
        """A receipt of many lines alone."""
        self._print(_paper(receipt(LONG)))

    def close_day(self) -> None:
        """The daily report of what was sold since the last one."""
        self.token += 1
        self.posnet.daily_report(local_now().date(), self.token)

    def bare_report(self) -> float:
        """Seconds between a daily report's bytes and the end of its answer, without a driver."""
        self.token += 1
        today = local_now().date().isoformat()
        asked = encode(Frame("dailyrep", (("da", today),), token=f"{self.token:04d}"))
        began_s = time.perf_counter()
        self.link.write(asked)
        heard = b""
        while not heard.endswith(_END):
            heard += self.link.read(_PATIENCE_S)
        return time.perf_counter() - began_s

    def fiscalise(self) -> None:
        """Counters before, the receipt, and what really happened, as a till asks it."""
        sale = receipt()
        base = self.posnet.counters()
        self._print(_paper(sale))
        attempt = Attempt(sale, base, self.token)
        outcome = settle(self.posnet, attempt, Event(), lambda _: None, is_answered=True)
        assert outcome.ruling.verdict is Verdict.SOLD, outcome

    def _print(self, paper: FiscalReceipt) -> None:
        self.token += 1
        self.posnet.print_receipt(paper, self.token)


def rows(run: Run) -> Iterator[Row]:
    """Four rows for each speed."""
    for baud in BAUDS:
        yield from _rows(run, baud, run.some(9 if baud > BAUDS[0] else 5, 2))


def _rows(run: Run, baud: int, rounds: int) -> Iterator[Row]:
    folder = run.folder / f"wire-{baud}"
    folder.mkdir()
    with (folder / "log").open("w", encoding="utf-8") as log, serve(printer(folder, baud), log):
        counter = _counter(folder, baud)
        for name, what, work in (
            ("receipt on the wire", "5 lines", counter.print_receipt),
            ("long receipt on the wire", f"{LONG} lines", counter.print_long_receipt),
            ("fiscalise and settle", "5 lines", counter.fiscalise),
            ("daily report", "after a receipt", counter.close_day),
        ):
            yield _row(name, what, counter, work, baud, rounds)
        counter.posnet.close()


def _row(
    name: str, what: str, counter: Counter, work: Callable[[], None], baud: int, rounds: int
) -> Row:
    taken: list[float] = []
    own: list[float] = []
    limits: list[float] = []
    link = counter.link
    is_report = work == counter.close_day
    for number in range(-1, rounds):
        if is_report:
            counter.print_receipt()
            limit_s = counter.bare_report()
            counter.print_receipt()
        before, waited_s, began_s = link.count, link.waited_s, time.perf_counter()
        work()
        taken_s, size = time.perf_counter() - began_s, link.count - before
        if number >= 0:
            taken.append(taken_s)
            own.append(taken_s - (link.waited_s - waited_s))
            limits.append(limit_s if is_report else size * _BITS_PER_BYTE / baud)
    ours = middle(own, MS, " ms")
    how = f"{what}, {size} bytes both ways, paced PTY, till's own part {ours}; {rounds} rounds"
    peer = f"{'printer alone' if is_report else 'line'} {middle(limits, MS, ' ms')}"
    return Row(
        f"{name}, {baud} Bd", middle(taken, MS, " ms"), peer, ratio(taken, limits), GOAL, how
    )


def _counter(folder: Path, baud: int) -> Counter:
    link = CountingLink(open_link(str(folder / "printer"), baud))
    posnet = PosnetPrinter(lambda: link)
    posnet.connect()
    return Counter(posnet, link)


def _paper(sale: Receipt) -> FiscalReceipt:
    return fiscal_receipt(sale, "T1")
