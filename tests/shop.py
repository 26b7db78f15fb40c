"""A whole shop for tests: printer, office, till; everything real, on loopback."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition
from typing import TYPE_CHECKING, Any, TypeVar

from backoffice.running import Running as Office
from backoffice.running import start_office
from hw_emulator.host import RunningPosnet, start_posnet
from terminal import boot, config, events
from terminal.sync import enrolment

if TYPE_CHECKING:
    from pathlib import Path

    from terminal.running import Running as RunningTill
    from terminal.till import Till, View

T = TypeVar("T")
WAIT_S = 20.0
MILK = "1"


def wait_until(condition, what: str = "", timeout_s: float = WAIT_S) -> Any:
    """Poll until ``condition`` gives something true."""
    deadline = time.monotonic() + timeout_s
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            msg = f"not within {timeout_s} s: {what or condition}"
            raise AssertionError(msg)
        time.sleep(0.005)


@dataclass
class Heard:
    """Every event a till told, in order."""

    events: list[object] = field(default_factory=list)
    changed: Condition = field(default_factory=Condition)

    def take(self, event: object) -> None:
        with self.changed:
            self.events.append(event)
            self.changed.notify_all()

    def wait(
        self, kind: type[T] | tuple[type[Any], ...], since: int = 0, timeout_s: float = WAIT_S
    ) -> T:
        """The first event of ``kind`` at or after position ``since``."""

        def found():
            return [event for event in self.events[since:] if isinstance(event, kind)]

        with self.changed:
            if not self.changed.wait_for(found, timeout_s):
                msg = f"no {kind} within {timeout_s} s; heard {self.events[since:]}"
                raise AssertionError(msg)
            return found()[0]

    def mark(self) -> int:
        return len(self.events)


class Counter:
    """One till at a counter, its printer and its office."""

    def __init__(
        self, folder: Path, *, office: bool = True, tcp: bool = True, **printer: Any
    ) -> None:
        self.folder = folder
        self.office: Office | None = None
        self.office_port = 0
        self._printer_options = {"tcp": 0} if tcp else {"pty": folder / "printer"}
        self._printer_options |= printer
        self.memory_file = folder / "fiscal-memory.jsonl"
        self.printer: RunningPosnet | None = None
        self.running: RunningTill | None = None
        self.heard = Heard()
        self.start_printer()
        if office:
            self.start_office()

    # --- devices -------------------------------------------------------------------------------

    def start_printer(self, **changes: Any) -> RunningPosnet:
        options = self._printer_options | changes
        self.printer = start_posnet(self.memory_file, paper=self.folder / "paper.txt", **options)
        if self._printer_options.get("tcp") == 0:
            # A printer that comes back has its old address.
            self._printer_options["tcp"] = int(self.printer.tcp.rpartition(":")[2])
        return self.printer

    @property
    def printer_url(self) -> str:
        assert self.printer is not None
        return self.printer.pty or f"tcp://{self.printer.tcp}"

    @property
    def paper(self) -> str:
        return (self.folder / "paper.txt").read_text(encoding="utf-8")

    def start_office(self) -> Office:
        url = f"sqlite:///{self.folder / 'office.db'}"
        self.office = start_office(url, port=self.office_port)
        self.office_port = int(self.office.url.rpartition(":")[2])
        return self.office

    def stop_office(self) -> None:
        assert self.office is not None
        self.office.stop()

    # --- the till ------------------------------------------------------------------------------

    @property
    def till_folder(self) -> Path:
        return self.folder / "till"

    @property
    def config(self) -> config.Config:
        return config.Config(
            printer=config.Printer(url=self.printer_url),
            store=config.Store(dir=str(self.till_folder)),
        )

    def enrol(self, terminal: str = "T1") -> None:
        assert self.office is not None
        code = self.office.enrol_code(terminal)
        identity = enrolment.enrol(self.office.url, code, "test")
        enrolment.save(identity, self.till_folder / boot.IDENTITY_FILE)

    def start_till(self, **options: Any) -> Till:
        self.till_folder.mkdir(exist_ok=True)
        if not (self.till_folder / boot.IDENTITY_FILE).exists():
            self.enrol()
        self.heard = Heard()
        self.running = boot.build(self.config, **options)
        self.running.context.engine.listen(self.heard.take)
        boot.start(self.running)
        return self.till

    def stop_till(self) -> None:
        assert self.running is not None
        self.running.stop()

    @property
    def till(self) -> Till:
        assert self.running is not None
        return self.running.till

    def do(self, verb, *args: Any, **kwargs: Any) -> Any:
        """Call a verb on the engine's thread and wait for it."""
        return self.till.engine.call(verb, *args, **kwargs).result(WAIT_S)

    def view(self) -> View:
        return self.do(self.till.view)

    def ready(self) -> None:
        """Wait for goods and a printer, log the manager in, and wait for what that fetches."""
        wait_until(lambda: self.view().printer_online, "printer online")
        wait_until(lambda: self.till.lookup.call(self.till.shelf.find, MILK).result(), "goods")
        self.do(self.till.login, "2", "2222")
        self.fetched()

    def fetched(self) -> None:
        """Wait for what start or login fetch by themselves."""
        assert self.running is not None
        self.running.context.net.call(lambda: None).result(WAIT_S)

    def sell(
        self, *codes: str, method: str = "", paid_gr: int | None = None
    ) -> events.ReceiptPrinted:
        """Sell, pay and wait for the paper."""
        since = self.heard.mark()
        for code in codes:
            self.do(self.till.sell, code)
        self.do(self.till.pay, method or self.method("cash"), paid_gr)
        return self.heard.wait(events.ReceiptPrinted, since)

    def method(self, kind: str) -> str:
        methods = self.till.lookup.call(self.till.shelf.payment_methods).result()
        return next(method.id for method in methods if method.kind == kind)

    def journal(self, sql: str, *params: Any) -> list[tuple]:
        """Rows of the till's journal, read on the engine's thread."""
        assert self.running is not None
        db = self.running.context.journal
        return self.do(lambda: db.execute(sql, params).fetchall())

    def stop(self) -> None:
        if self.running is not None:
            self.running.stop()
        if self.printer is not None:
            self.printer.stop()
        if self.office is not None and self.office.is_alive:
            self.office.stop()


@contextmanager
def counter(folder: Path, **options: Any):
    """A counter that is cleared away at the end."""
    one = Counter(folder, **options)
    try:
        yield one
    finally:
        one.stop()
