"""A day close from Enter until its report is in the books, against the printer's own time for it.

The till as it runs in a shop, without an office; the emulated printer takes three seconds for a
report, which is less than any that prints sixty lines. What the till adds is asking before and
after, and its commits.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from bench.measure import Row, middle, ratio
from bench.servers import printer, serve
from bench.shop import OPERATOR, PIN, Shop, shop
from drivers.link import open_link
from drivers.posnet.printer import PosnetPrinter
from terminal import boot, config, events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.measure import Run
    from drivers.link import Link
    from terminal.running import Running

BAUDS = (9600, 115_200)
GOAL = 1.1
REPORT_S = 3.0
_WAIT_S = 60.0
_NOWHERE = "http://127.0.0.1:9"
_CASH = "gotowka"


@dataclass(slots=True)
class Watched:
    """A line that sees when a daily report leaves and when its answer has come."""

    url: str
    baud: int
    link: Link | None = None
    sent_s: float = 0.0
    answered_s: float = 0.0

    def open(self) -> Watched:
        """Open the line anew."""
        self.link = open_link(self.url, self.baud)
        return self

    def write(self, data: bytes) -> None:
        """Pass on; a report is noticed."""
        if data[1:].startswith(b"dailyrep"):
            self.sent_s, self.answered_s = time.perf_counter(), 0.0
        self._open.write(data)

    def read(self, timeout_s: float) -> bytes:
        """Pass on; the report's answer is the first that is not about how the printer is."""
        data = self._open.read(timeout_s)
        if not self.answered_s and b"dailyrep" in data:
            self.answered_s = time.perf_counter()
        return data

    def drain(self) -> None:
        """Pass on."""
        self._open.drain()

    def close(self) -> None:
        """Pass on."""
        self._open.close()

    @property
    def _open(self) -> Link:
        assert self.link, "nobody has opened it"
        return self.link


def rows(run: Run) -> Iterator[Row]:
    """One row for each speed of the line."""
    place = shop(run)
    for baud in BAUDS:
        yield _row(place, run.folder / f"closing-{baud}", baud, run.some(5, 1))


def _row(place: Shop, folder: Path, baud: int, rounds: int) -> Row:
    folder.mkdir()
    for name in (boot.IDENTITY_FILE, "catalogue.db"):
        shutil.copyfile(place.folder / "till" / name, folder / name)
    with (folder / "log").open("w", encoding="utf-8") as log, serve(printer(folder, baud), log):
        link = Watched(str(folder / "printer"), baud)
        running = _till(folder, link)
        try:
            found = [_close(Shop(folder), running, link) for _ in range(rounds + 1)][1:]
        finally:
            running.stop()
    booked, own, whole = (list(each) for each in zip(*found, strict=True))
    how = (
        f"Enter to REPORTED; until the last page {middle(whole, 1, ' s')}; a report of"
        f" {REPORT_S:.0f} s, paced PTY, {rounds} rounds"
    )
    peer = f"printer {middle(own, 1, ' s')}"
    figure = f"day close, {baud} Bd"
    return Row(figure, middle(booked, 1, " s"), peer, ratio(booked, own), GOAL, how)


def _till(folder: Path, link: Watched) -> Running:
    settings = config.Config(
        printer=config.Printer(url=str(folder / "printer")),
        office=config.Office(url=_NOWHERE),
        store=config.Store(dir=str(folder)),
    )
    running = boot.build(settings, printer=PosnetPrinter(link.open))
    boot.start(running)
    return running


def _close(place: Shop, running: Running, link: Watched) -> tuple[float, float, float]:
    """Seconds until the report was in the books, those of the printer, and until the last page."""
    till, engine = running.till, running.context.engine
    engine.call(till.login, OPERATOR, PIN).result()
    _until(running, events.ReceiptPrinted, lambda: _sell(running))
    place.trouble(f"slow:dailyrep:1:{REPORT_S}")
    seen: dict[str, float] = {}
    engine.listen(lambda it: seen.setdefault(getattr(it, "step", ""), time.perf_counter()))
    began_s = time.perf_counter()
    _until(running, events.DayClosed, till.close_day)
    ended_s = time.perf_counter()
    return seen["REPORTED"] - began_s, link.answered_s - link.sent_s, ended_s - began_s


def _sell(running: Running) -> None:
    till, engine = running.till, running.context.engine
    engine.call(till.sell, "1").result()
    engine.call(till.pay, _CASH).result()


def _until(running: Running, kind: type, do: Callable[[], object]) -> None:
    came = Event()

    def hear(event: object) -> None:
        if isinstance(event, kind):
            came.set()

    running.context.engine.listen(hear)
    do()
    assert came.wait(_WAIT_S), f"no {kind.__name__}"
