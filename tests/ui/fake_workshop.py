"""A fiscal printer on the bench, and what hangs on the fake till."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from terminal.installed import Device, Installed
from terminal.workshop import Clocks, PrinterFacts

if TYPE_CHECKING:
    from concurrent.futures import Future

    from terminal.errors import TillError
    from tests.ui.fake_till import FakeTill


class FakeWorkshop:
    """A printer on the bench; ``refuse`` is what each verb raises, if anything."""

    def __init__(self, till: FakeTill) -> None:
        self.till = till
        self.refuse: TillError | None = None
        self.printer = datetime(2026, 11, 22, 12, 0)
        self.is_open = True

    def _do(self, verb: str, answer: object) -> Future:
        def do() -> object:
            self.till.calls.append((verb,))
            if self.refuse:
                raise self.refuse
            return answer

        return self.till.engine.call(do)

    def facts(self) -> Future:
        facts = PrinterFacts(
            "FAKE", "1.0", "ABC 2101000001", "", self.printer, 7, 12, 1, 44, self.is_open, 1800
        )
        return self._do("facts", facts)

    def clocks(self) -> Future:
        return self._do("clocks", Clocks(self.printer, datetime(2026, 11, 22, 12, 2)))

    def set_clock(self) -> Future:
        at = datetime(2026, 11, 22, 12, 2)
        return self._do("set_clock", Clocks(at, at))

    def print_trial(self) -> Future:
        return self._do("print_trial", None)

    def cancel_open(self) -> Future:
        return self._do("cancel_open", self.is_open)


INSTALLED = Installed(
    "T1",
    "lipa",
    2,
    "https://office.example.com",
    "",
    (
        Device("printer", "posnet", "/dev/printer"),
        Device("receipt_printer", "escpos", "tcp://192.168.1.9:9100"),
        Device("scanner", "", "/dev/scanner"),
        Device("scale", "cas", "/dev/scale"),
    ),
)
