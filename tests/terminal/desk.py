"""A till of its own at a counter without an office: real threads and databases, a fake printer."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from terminal import boot, config, events
from terminal.errors import TillError
from terminal.store.catalogue import apply
from terminal.store.db import close_writer, open_writer
from terminal.sync import enrolment
from terminal.sync.signing import new_key
from terminal.sync.wire import (
    PaymentMethod,
    Product,
    Right,
    Role,
    Settings,
    Unit,
    User,
    VatRate,
)
from tests.shop import WAIT_S, Heard, wait_until
from tests.terminal.fake_printer import FakePrinter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
# Nobody listens there: the answer "refused" comes at once.
NO_OFFICE = "http://127.0.0.1:9"
MILK, CHEESE, VODKA, BAG, GONE = "milk", "cheese", "vodka", "bag", "gone"
NOBODY, CASHIER, MANAGER, TECHNICIAN = "0", "1", "2", "3"
RIGHTS = {
    NOBODY: [],
    CASHIER: [Right.SELL, Right.VOID_LINE],
    MANAGER: [right for right in Right if right is not Right.SERVICE],
    TECHNICIAN: list(Right),
}
NAMES = {NOBODY: "Nikt", CASHIER: "Anna", MANAGER: "Marek", TECHNICIAN: "Ewa"}
RATES = {"A": 2300, "B": 800, "C": 500, "D": 0, "E": 10_000}
ROWS = {
    "settings": [Settings("settings", "identifier")],
    "vat_rates": [VatRate(letter, rate) for letter, rate in RATES.items()],
    "payment_methods": [
        PaymentMethod("cash", "Gotówka", "cash", 1),
        PaymentMethod("card", "Karta", "card", 2),
    ],
    "roles": [Role(key, f"role {key}", list(rights)) for key, rights in RIGHTS.items()],
    "users": [User(f"u{key}", key, name, key) for key, name in NAMES.items()],
    "units": [Unit("pcs", "szt."), Unit("kg", "kg", 3, is_weighed=True)],
    "products": [
        Product(MILK, "Mleko 1 l", "C", 349, "pcs", "1", ["5900000000015"]),
        Product(CHEESE, "Ser gouda", "C", 2990, "kg", "2"),
        Product(VODKA, "Wódka", "A", 3999, "pcs", "3"),
        Product("r1", "Róża", "B", 700, "pcs", "4", ["5900000000022"]),
        Product("r2", "Róża biała", "B", 800, "pcs", "5", ["5900000000022"]),
        Product(BAG, "Torba", "A", 0, "pcs", "6", is_open_price=True),
        Product("g", "Gazeta", "G", 500, "pcs", "7"),
        Product(GONE, "Kefir", "C", 300, "pcs", "8", is_active=False),
    ],
}


def fill(folder: Path, **rows) -> None:
    """Write a catalogue as an office would; ``rows`` replace whole data sets."""
    folder.mkdir(parents=True, exist_ok=True)
    db = open_writer(folder / "catalogue.db", "catalogue")
    for revision, (name, usual) in enumerate((ROWS | rows).items(), start=1):
        apply(db, name, revision, rows.get(name, usual))
    close_writer(db)


class Desk:
    """One folder, one printer, and the till that runs there now."""

    def __init__(self, folder: Path, printer: FakePrinter | None = None, **rows) -> None:
        self.folder = folder
        self.now = MORNING
        self.printer = printer or FakePrinter(lambda: self.now.replace(tzinfo=None))
        self.heard = Heard()
        self.running = None
        # Where the program is installed, for what updates it.
        self.installation = None
        fill(folder, **rows)
        identity = enrolment.Identity("T1", "lipa", new_key(), 1, NO_OFFICE)
        enrolment.save(identity, folder / boot.IDENTITY_FILE)
        self.config = config.Config(
            printer=config.Printer(url="/dev/null"), store=config.Store(dir=str(folder))
        )

    def start(self, *, login: str = MANAGER) -> Desk:
        self.heard = Heard()
        self.running = boot.build(
            self.config,
            now=lambda: self.now,
            printer=self.printer,
            installation=self.installation,
        )
        self.till.engine.listen(self.heard.take)
        boot.start(self.running)
        if login:
            self.do(self.till.login, login)
            self.settle()
        return self

    def stop(self) -> None:
        if self.running is not None:
            self.running.stop()
            self.running = None

    def restart(self, **options) -> Desk:
        self.stop()
        return self.start(**options)

    @property
    def till(self):
        return self.running.till

    @property
    def context(self):
        return self.running.context

    def do(self, verb, *args, **kwargs):
        """Call on the engine's thread; a Future that comes of it is waited for, too."""
        result = self.till.engine.call(verb, *args, **kwargs).result(WAIT_S)
        return result.result(WAIT_S) if hasattr(result, "result") else result

    def refused(self, verb, *args, **kwargs) -> TillError:
        with pytest.raises(TillError) as caught:
            self.do(verb, *args, **kwargs)
        return caught.value

    def code(self, verb, *args, **kwargs):
        return self.refused(verb, *args, **kwargs).code

    def settle(self) -> None:
        """Wait until the printer's thread has done what it was given, and the engine after it."""
        self.till.tick().result(WAIT_S)
        self.do(lambda: None)

    def view(self):
        return self.do(self.till.view)

    def receipt(self):
        return self.view().receipt

    def pay(self, *codes: str, method: str = "cash", amount_gr: int | None = None):
        """Sell, pay, and give the event with which it ended."""
        since = self.heard.mark()
        for code in codes:
            self.do(self.till.sell, code)
        self.do(self.till.pay, method, amount_gr)
        return self.ended(since)

    def ended(self, since: int):
        kinds = (events.ReceiptPrinted, events.ReceiptNotPrinted, events.SellingBlocked)
        return self.heard.wait(kinds, since)

    def close_day(self, **options):
        """Make the daily report and give the event with which it ended."""
        since = self.heard.mark()
        self.do(self.till.close_day, **options)
        return self.heard.wait((events.DayClosed, events.Failed), since)

    def wait(self, **passed) -> None:
        self.now += timedelta(**passed)

    def publish(self, name: str, *rows) -> None:
        """The office's rows come while the till runs."""
        catalogue = self.running.catalogue
        self.context.net.call(apply, catalogue, name, 99, rows).result(WAIT_S)

    def sql(self, query: str, *params):
        return self.do(lambda: self.context.journal.execute(query, params).fetchall())

    def documents(self, kind: str = "") -> list[dict]:
        """Documents with what lies apart from them."""
        rows = self.sql(
            "SELECT body, coalesce(told, '{}') FROM document LEFT JOIN person USING (rid)"
            " ORDER BY seq"
        )
        bodies = [json.loads(body) | json.loads(told) for body, told in rows]
        return [body for body in bodies if kind in {"", body["kind"]}]

    def named(self, name: str) -> list[dict]:
        """Event documents called ``name``."""
        return [body for body in self.documents("event") if body["name"] == name]


@contextmanager
def desk(folder: Path, **options) -> Iterator[Desk]:
    one = Desk(folder, **options)
    try:
        yield one
    finally:
        one.stop()


__all__ = ["Desk", "desk", "fill", "wait_until"]
