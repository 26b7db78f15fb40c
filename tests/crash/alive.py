"""A till on wired parts, and whoever stands at it: sells, waits for events, pulls the plug."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from drivers.posnet.dialogue import Timings
from drivers.posnet.printer import PosnetPrinter
from terminal import boot, config, events
from terminal.context import local_now
from terminal.sale.waiting import BUSY, waiting_for
from terminal.store import closings
from terminal.store.db import _WRITERS, close_writer
from tests.crash.mains import Mains, PowerCut, Wire, Wired
from tests.shop import Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from drivers.fiscal import FiscalPrinter, Status
    from hw_emulator.host import RunningPosnet
    from terminal.running import Running
    from terminal.till import Till, View

# Long enough for a machine on which others work: nothing waits that long that works.
WAIT_S = 20.0
QUICK = Timings(
    reply_s=0.2, report_s=0.2, first_poll_s=0.05, poll_s=0.03, blocked_max_s=5.0, held_max_s=0.3
)
_POLL_S = 0.001

METHODS = {
    "cash": "gotowka",
    "card": "karta",
    "bon": "bon",
    "terminal": "blik",
    "bill": "rachunek",
}


def till_config(folder: Path) -> config.Config:
    """The configuration of a till whose printer is given otherwise."""
    nowhere = config.Printer(url="tcp://127.0.0.1:1")
    return config.Config(printer=nowhere, store=config.Store(dir=str(folder)))


class Alive:
    """A till that runs on a folder until it is cut off or switched off."""

    def __init__(
        self,
        find_printer: Callable[[], RunningPosnet],
        folder: Path,
        mains: Mains,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        self.folder = folder
        self.mains = mains
        self._now = now
        self.heard = Heard()
        self.running = self._build(find_printer)
        self.running.context.engine.listen(self.heard.take)

    def _build(self, find_printer: Callable[[], RunningPosnet]) -> Running:
        really_open = boot.open_writer

        def open_wired(path: Path, family: str, **options: Any) -> Any:
            db = really_open(path, family, **options)
            if family != "journal":
                return db
            wired = Wired(db, self.mains)
            _WRITERS[id(wired)] = _WRITERS.pop(id(db))
            return wired

        printer = self._driver(lambda: Wire(find_printer(), self.mains))
        with patch.object(boot, "open_writer", open_wired):
            running = boot.build(till_config(self.folder), now=self._now, printer=printer)
        # No network by itself: what is sent, and when, is up to the test.
        running.post.start = running.post.catch_up = lambda *_: None
        return running

    def _driver(self, open_wire: Callable[[], Wire]) -> FiscalPrinter:
        return PosnetPrinter(open_wire, timings=QUICK, on_wait=self._tell_wait)

    def _tell_wait(self, status: Status) -> None:
        told = events.PrinterChanged(is_online=True, waits_for=waiting_for(status) or BUSY)
        self.running.context.tell(told)

    @property
    def till(self) -> Till:
        return self.running.till

    def start(self) -> None:
        """Take up what the last till left, and wait for it to have settled."""
        self.running.context.engine.call(self.till.start).result(WAIT_S)
        self.settle()

    def login(self) -> None:
        self.do(self.till.login, "3", "3333")

    def do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        return self.till.engine.call(verb, *args, **kwargs).result(WAIT_S)

    def view(self) -> View:
        return self.do(self.till.view)

    def journal(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        return self.do(lambda: self.running.context.journal.execute(sql, params).fetchall())

    def settle(self) -> None:
        """Wait until no thread has anything left to do and no closing is under way."""
        deadline = time.monotonic() + WAIT_S
        context = self.running.context
        while not self.mains.is_out.is_set():
            context.devices.call(int).result(WAIT_S)
            context.net.call(int).result(WAIT_S)
            if context.engine.call(closings.unfinished, context.journal).result(WAIT_S) is None:
                return
            assert time.monotonic() < deadline, "the closing does not end"

    def await_one(self, kinds: Any, since: int = 0) -> Any:
        """The first of these events; raises ``PowerCut`` when the power goes first."""
        deadline = time.monotonic() + WAIT_S
        while True:
            # What a dying till says about its death does not count.
            if self.mains.is_out.is_set():
                raise PowerCut
            for event in self.heard.events[since:]:
                if isinstance(event, kinds):
                    return event
            assert time.monotonic() < deadline, f"no {kinds}: {self.heard.events[since:]}"
            time.sleep(_POLL_S)

    def sell(self, *codes: str, **paid_gr: int) -> Any:
        """Sell, pay (``cash=5000``, by default exactly) and wait for the paper or a refusal."""
        since = self.heard.mark()
        for code in codes:
            self.do(self.till.sell, code)
        for kind, amount_gr in (paid_gr or {"cash": None}).items():
            self.do(self.till.pay, METHODS[kind], amount_gr)
        return self.await_one((events.ReceiptPrinted, events.ReceiptNotPrinted), since)

    def print_again(self) -> Any:
        """The cashier's one confirmation."""
        since = self.heard.mark()
        self.do(self.till.print_receipt)
        return self.await_one((events.ReceiptPrinted, events.ReceiptNotPrinted), since)

    def close_day(self) -> Any:
        since = self.heard.mark()
        self.till.close_day().result(WAIT_S)
        return self.await_one((events.DayClosed, events.Failed), since)

    def acks(self) -> list[tuple[str, int]]:
        printed = (event for event in self.heard.events if isinstance(event, events.ReceiptPrinted))
        return [(event.receipt.rid, event.receipt_no) for event in printed]

    def vanish(self) -> None:
        """Cut, if nobody did, and give everything back; the files stay as they were at the cut."""
        self.mains.cut()
        context = self.running.context
        context.stopping.set()
        # Printer and network may wait for the engine, which waits for nobody.
        for engine in (context.devices, context.net, context.lookup, context.engine):
            assert engine.stop(WAIT_S), "a dead till still works"
        self.running.post._office.close()
        for reader in self.running.readers:
            reader.close()
        close_writer(self.running.catalogue)
        context.journal.db.close()
        _WRITERS.pop(id(context.journal)).lock.close()
