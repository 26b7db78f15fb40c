"""A queue of slips without a till: a real journal, a clock that stands, calls without threads."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from drivers.paper import Fault, PaperState, PaperStatus, Row, Slip
from terminal import events
from terminal.context import Context
from terminal.engine import Call
from terminal.people.rights import Operator
from terminal.store import closings, outbox
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.wire import ReportDoc, Right

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
ANNA = Operator("u1", "1", "Anna", "cashier", frozenset(Right), "")
WELL = PaperStatus(True, PaperState.OK, False, False, Fault.NONE)
NO_PAPER = PaperStatus(False, PaperState.OUT, False, False, Fault.NONE)


class Inline:
    """An engine that does at once, on the thread of the caller, what it is asked for."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[object], None]] = []
        self.told: list[object] = []

    def call(self, do: Callable[..., Any], *args: Any, **kwargs: Any) -> Call[Any]:
        call = Call(self, partial(do, *args, **kwargs))
        try:
            call.set_result(call.job())
        except Exception as error:  # noqa: BLE001 - it belongs to whoever called
            call.set_exception(error)
        return call

    def listen(self, listener: Callable[[object], None]) -> None:
        self.listeners.append(listener)

    def tell(self, event: object) -> None:
        self.told.append(event)
        for listener in tuple(self.listeners):
            listener(event)

    def stop(self, _timeout_s: float = 0.0) -> bool:
        return True


class FakePaper:
    """A receipt printer that does what it is told beforehand; ``printed`` is its paper."""

    def __init__(self) -> None:
        self.answers = True
        self.on_wait: Callable[[PaperStatus], None] = lambda _: None
        self.state: PaperStatus | Exception = WELL
        self.printed: list[Slip] = []
        self.raises: list[BaseException | None] = []
        self.kicks = 0
        self.distrusted = 0
        self.closed = 0
        self.asked = 0

    def status(self) -> PaperStatus:
        self.asked += 1
        if isinstance(self.state, Exception):
            raise self.state
        return self.state

    def print_slip(self, slip: Slip) -> None:
        error = self.raises.pop(0) if self.raises else None
        if error is not None:
            raise error
        self.printed.append(slip)

    def open_drawer(self) -> None:
        if isinstance(self.state, Exception):
            raise self.state
        self.kicks += 1

    def distrust(self) -> None:
        self.distrusted += 1

    def close(self) -> None:
        self.closed += 1


class Clock:
    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **passed: float) -> None:
        self.at += timedelta(**passed)


def make_context(journal: Any, engine: Any, clock: Callable[[], datetime]) -> Context:
    nothing: Any = None
    return Context(
        engine=engine,
        devices=nothing,
        net=nothing,
        lookup=nothing,
        journal=journal,
        printer=nothing,
        terminal="T1",
        shop="lipa",
        epoch=1,
        stopping=threading.Event(),
        now=clock,
    )


@contextmanager
def open_journal(folder: Path):
    db = open_writer(folder / "journal.db", "journal")
    with write(db):
        outbox.begin(db, 1)
    try:
        yield db
    finally:
        close_writer(db)


def close_day(context, number):
    """A day close that has come to its end; gives the event that tells it."""
    report = ReportDoc(
        rid=f"report-{number}",
        terminal="T1",
        shop="lipa",
        at=context.stamp(),
        operator="Anna",
        printer_no="ABC 1",
        report_no=number,
        receipts=1,
        cancelled=0,
        printer_gr=[100, 0, 0, 0, 0, 0, 0],
        local_gr=[100, 0, 0, 0, 0, 0, 0],
        route="terminal",
        first_seq=1,
        last_seq=1,
    )
    with write(context.journal) as db:
        outbox.append(db, report, report.at)
        db.execute(
            "INSERT INTO closing (rid, step, started_at, operator, base, local_gr, token, route)"
            " VALUES (?, 'DONE', '', 'Anna', '', '', 1, 'terminal')",
            (report.rid,),
        )
        db.execute("UPDATE closing SET ended_at = '', notes = '[\"A note\"]'")
    assert closings.last_done(context.journal)[1] == report.rid
    return events.DayClosed(number, 100, 1, ())


SLIP = Slip("Kwit", (Row("a"),))
MARK = "DUPLICATE / REPRINT"


def told(engine, kind):
    return [event for event in engine.told if isinstance(event, kind)]


def marks(paper):
    return [slip.mark for slip in paper.printed]


def queue(slips, *rids):
    return [slips.print("trial", rid, SLIP).result() for rid in rids]
