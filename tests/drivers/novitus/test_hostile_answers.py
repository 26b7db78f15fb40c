"""Whatever the interface says: only the documented errors, and every call ends."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import datetime

import pytest

from drivers.errors import DeviceError
from drivers.fiscal import FiscalReceipt, Header, Item, Tender, TenderKind
from drivers.link import LinkLost, open_link
from drivers.novitus.frame import Response, Scanner, encode_response
from drivers.novitus.printer import NovitusPrinter
from drivers.novitus.watch import Timings
from hw_emulator.host import start_novitus

NOON = datetime(2026, 10, 9, 12, 0)
RATES = (2300, 800, 500, 0, 10_100, 10_100, 10_000)
RECEIPT = FiscalReceipt((Item("Kawa", "A", 500, 1000, 500),), (Tender(TenderKind.CASH, 500),), 500)
METHODS = {
    "connect": lambda p: p.connect(),
    "status": lambda p: p.status(),
    "mode": lambda p: p.mode(),
    "counters": lambda p: p.counters(),
    "transaction": lambda p: p.transaction(),
    "was_answered": lambda p: (p.cash(100), p.was_answered(0)),
    "clock": lambda p: p.clock(),
    "set_clock": lambda p: p.set_clock(NOON),
    "rates": lambda p: p.rates(),
    "set_rates": lambda p: p.set_rates(RATES, NOON.date()),
    "header": lambda p: p.header(),
    "set_header": lambda p: p.set_header(Header("a", "b", "c", "d", "e")),
    "print_receipt": lambda p: p.print_receipt(RECEIPT, 77),
    "cancel": lambda p: p.cancel(),
    "daily_report": lambda p: p.daily_report(NOON.date(), 78),
    "report": lambda p: p.report(1),
    "cash": lambda p: p.cash(100),
    "cash_state": lambda p: p.cash_state(),
    "open_drawer": lambda p: p.open_drawer(),
    "print_form": lambda p: p.print_form(("a", "b")),
}
VALUES = (
    *(None, True, -1, 0, 7, 10**30, 1.5, "", "x", "DONE", "STORED", "PENDING", "UNKNOWN", "ERROR"),
    *("0" * 32, "\x00\n", "9" * 300, "łódź", "G1Ajdhtc", [], ["a"], {}, {"a": {"b": []}}),
)
STATUSES = (0, 99, 200, 201, 204, 400, 401, 403, 404, 409, 429, 500, 507, 999)
TIMINGS = Timings(reply_s=0.2, poll_s=0.05, silence_s=0.5, busy_max_s=0.5, blocked_max_s=0.5)


class Liar:
    """Stands on the line behind a good printer and changes what it says."""

    def __init__(self, link, fate: random.Random, lies: Counter) -> None:
        self.link, self.fate, self.lies = link, fate, lies
        self.write, self.close, self.drain = link.write, link.close, link.drain
        self.scanner = Scanner()

    def read(self, timeout_s: float) -> bytes:
        data = self.link.read(timeout_s)
        return b"".join(self.lie(answer) for answer in self.scanner.feed(data))

    def lie(self, answer: Response) -> bytes:
        kind = self.fate.choice(("none", "none", "none", "node", "node", "status", "bytes", "gone"))
        self.lies[kind] += 1
        match kind:
            case "node":
                document = json.loads(answer.body)
                self.spoil(document)
                return encode_response(Response(answer.status, json.dumps(document).encode()))
            case "status":
                return encode_response(Response(self.fate.choice(STATUSES), answer.body))
            case "bytes":
                data = bytearray(encode_response(answer))
                data[self.fate.randrange(len(data))] = self.fate.randrange(256)
                return bytes(data)
            case "gone":
                raise LinkLost("gone", may_have_sent=True)  # noqa: EM101
        return encode_response(answer)

    def spoil(self, document) -> None:
        """Replace, drop or double one node, however deep."""
        while document:
            keys = list(document) if isinstance(document, dict) else range(len(document))
            key = self.fate.choice(list(keys))
            if isinstance(document[key], dict | list) and self.fate.random() < 0.7:
                document = document[key]
                continue
            if self.fate.random() < 0.3:
                del document[key]
            else:
                document[key] = self.fate.choice(VALUES)
            return


@pytest.mark.parametrize("name", METHODS)
def test_every_method_is_lied_to(name):
    fate = random.Random(name)
    lies: Counter = Counter()
    ends: Counter = Counter()
    emulator = start_novitus(now=lambda: NOON)
    try:
        for _ in range(60):
            # Each with a printer's hour of its own, or there would be no tokens any more.
            emulator.station._interface.tokens._given.clear()
            printer = NovitusPrinter(
                lambda: Liar(open_link(emulator.url), fate, lies),
                timings=TIMINGS,
                sleep=lambda _: None,
            )
            before = len(emulator.memory().receipts)
            try:
                METHODS[name](printer)
                ends["well"] += 1
            except DeviceError as error:
                ends[type(error).__name__] += 1
            printer.close()
            assert len(emulator.memory().receipts) - before <= (name == "print_receipt")
    finally:
        emulator.stop()
    assert sum(lies.values()) > 40
    assert len(ends) > 1, ends
