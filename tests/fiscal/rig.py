"""A till and an emulated fiscal printer, line to line in one process; no office, no waiting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from drivers.fiscal import FiscalReceipt, Item, Tender, TenderKind
from drivers.posnet.printer import PosnetPrinter
from terminal import boot
from terminal.store.catalogue import apply
from terminal.store.db import close_writer, open_writer
from terminal.sync import enrolment
from terminal.sync.signing import new_key
from terminal.sync.wire import (
    Currency,
    PaymentMethod,
    Product,
    Right,
    Role,
    Settings,
    Unit,
    User,
    VatRate,
)
from tests.crash.alive import QUICK
from tests.crash.mains import Mains, Wire
from tests.crash.power import METHODS, Stand

if TYPE_CHECKING:
    from drivers.fiscal import Invoice
    from tests.crash.alive import Alive

# What survives a power cut is proved elsewhere; here a disk in memory saves time.
MEMORY_DISK = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a fresh folder
# Nobody listens there: the answer "refused" comes at once.
NO_OFFICE = "http://127.0.0.1:9"
RATES = {"A": 2300, "B": 800, "C": 500, "D": 0, "E": 10_000}
# Ten goods at three letters, with a name that only signs tell apart from nothing else.
GOODS = [
    Product("g1", "Mleko 3,2% 1 l", "C", 349, "pcs", "1"),
    Product("g2", "Chleb żytni", "C", 549, "pcs", "2"),
    Product("g3", "Ser Gouda", "C", 2990, "kg", "3"),
    Product("g4", "Wódka", "A", 3999, "pcs", "4"),
    Product("g5", "Piwo", "A", 450, "pcs", "5"),
    Product("g6", "Sok 1/2 l", "B", 299, "pcs", "6"),
    Product("g7", "Woda", "A", 199, "pcs", "7"),
    Product("g8", "Gazeta", "B", 700, "pcs", "8"),
    Product("g9", "Masło", "C", 799, "pcs", "9"),
    Product("g10", "Torba", "A", 50, "pcs", "10"),
    Product("g11", "Znaczki", "E", 390, "pcs", "11"),
    Product("g12", "Na wagę", "B", 0, "kg", "12", is_open_price=True),
]
ROWS = {
    "settings": [Settings("settings", "identifier", "off", receipt_footer="Zapraszamy ponownie")],
    "vat_rates": [VatRate(letter, rate) for letter, rate in RATES.items()],
    "payment_methods": [
        PaymentMethod(METHODS["cash"], "Gotówka", "cash", 1),
        PaymentMethod(METHODS["card"], "Karta", "card", 2),
        PaymentMethod(METHODS["bon"], "Bon", "bon", 3),
        PaymentMethod(METHODS["terminal"], "BLIK", "other", 4, uses_terminal=True),
        PaymentMethod(METHODS["bill"], "Rachunek", "other", 5, is_fiscal=False),
    ],
    "currencies": [Currency("EUR", "Euro", 42_650)],
    "roles": [Role("all", "Wszystko", list(Right))],
    "users": [User("u3", "3", "Ewa", "all")],
    "units": [Unit("pcs", "szt."), Unit("kg", "kg", 3, is_weighed=True)],
    "products": GOODS,
}


def fill(folder: Path, **rows: list) -> Path:
    """The folder of an enrolled till with goods; gives it back."""
    folder.mkdir(parents=True)
    db = open_writer(folder / "catalogue.db", "catalogue")
    for revision, (name, usual) in enumerate(ROWS.items(), start=1):
        apply(db, name, revision, rows.get(name, usual))
    close_writer(db)
    identity = enrolment.Identity("T1", "lipa", new_key(), 1, NO_OFFICE)
    enrolment.save(identity, folder / boot.IDENTITY_FILE)
    return folder


def open_shop(stand: Stand) -> Alive:
    """A till that has met its printer, with somebody at it."""
    alive = stand.switch_on()
    alive.start()
    alive.login()
    return alive


def somebody_else_prints(stand: Stand, price_gr: int, *, invoice: Invoice | None = None) -> None:
    """Another program prints a receipt or an invoice on the same printer."""
    other = PosnetPrinter(lambda: Wire(stand.printer, Mains()), timings=QUICK)
    item = Item("Cudze", "A", price_gr, 1000, price_gr)
    tender = Tender(TenderKind.CASH, price_gr)
    other.print_receipt(FiscalReceipt((item,), (tender,), price_gr, invoice=invoice), 9999)


def events_named(alive: Alive, name: str) -> list[dict]:
    """Details of the event documents called ``name``, oldest first."""
    rows = alive.journal("SELECT body FROM document WHERE kind = 'event' ORDER BY seq")
    bodies = [json.loads(body) for (body,) in rows]
    return [body["detail"] for body in bodies if body["name"] == name]


def reports(alive: Alive) -> list[dict]:
    """Documents of daily reports, oldest first."""
    rows = alive.journal("SELECT body FROM document WHERE kind = 'report' ORDER BY seq")
    return [json.loads(body) for (body,) in rows]
