"""Walk (n): what a seller writes without a network: customer, order, quote, visit, note, file.

By keys alone; the till is switched off in the middle of the order. When the network is back the
office has the same, field by field.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import pytest

from backoffice import publish
from backoffice.field import contents
from backoffice.store.engine import reading
from terminal.i18n import use_language
from terminal.sync.wire import Attachment, Customer, SalesDocument, Visit
from tests.shop import WAIT_S, Counter, wait_until
from tests.walks.headless_till import HeadlessTill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOP, NIP = "lipa", "5260250274"
KINDS = {
    "customers": Customer,
    "sales_documents": SalesDocument,
    "visits": Visit,
    "attachments": Attachment,
}
_CONFIG = '[store]\ndir = "{store}"\n[printer]\nurl = "{printer}"\n'


class Seller:
    """A till of a seller, its printer, and an office that may be out of reach."""

    def __init__(self, folder: Path) -> None:
        self.one = Counter(folder)
        self.one.till_folder.mkdir()
        self.one.enrol()
        self.config = folder / "till.toml"
        text = _CONFIG.format(store=self.one.till_folder, printer=self.one.printer_url)
        self.config.write_text(text, encoding="utf-8")
        self.till = HeadlessTill(self.config)

    def log_in(self) -> None:
        self.till.until("Identyfikator", "drukarka OK")
        wait_until(self._has_data, "everything fetched")
        self.till.press("2", "enter", *"2222", "enter")

    def _has_data(self) -> bool:
        context, shelf = self.till.running.context, self.till.running.till.shelf
        sets = context.lookup.call(shelf.last_pulls).result(WAIT_S)
        return {"users", "customers", "products"} <= {*sets}

    def restart(self) -> None:
        self.till.stop()
        self.till = HeadlessTill(self.config)
        self.log_in()

    def menu(self, *path: str) -> None:
        self.till.press("f10", *path)

    def choose_customer(self) -> None:
        self.till.until("fragment nazwy", "Kawiarnia")
        self.till.press(*"hurt", "enter")

    def here(self, name: str) -> list[object]:
        """What the till shows of a set."""
        context, shelf = self.till.running.context, self.till.running.till.shelf
        return context.lookup.call(_FIND[name], shelf).result(WAIT_S)

    def there(self, name: str) -> list[object]:
        """What the office has of a set."""
        with reading(self.one.office.office.engine) as database:
            found = publish.living(database, name, SHOP, "", 99)
            return [msgspec.json.decode(row, type=KINDS[name]) for row in found]

    def stop(self) -> None:
        self.till.stop()
        self.one.stop()
        use_language("en")


_FIND = {
    "customers": lambda shelf: shelf.customers(NIP),
    "sales_documents": lambda shelf: shelf.sales_documents(),
    "visits": lambda shelf: shelf.visits("2000-01-01", "2100-01-01"),
    "attachments": lambda shelf: shelf.attachments("customer", shelf.customers(NIP)[0].id),
}


@pytest.fixture
def seller(tmp_path: Path) -> Iterator[Seller]:
    one = Seller(tmp_path)
    yield one
    one.stop()


def write_customer(seller: Seller) -> None:
    till = seller.till
    seller.menu("9", "1")
    till.until("fragment nazwy", "Kawiarnia")
    till.press("#")
    till.until("Nazwa [Abc]")
    till.press(*"Hurt Zielony", "enter")
    till.until("NIP (puste")
    till.press(*NIP, "enter")
    till.until("> 3 Ulica")
    till.press("5", *"Radom", "enter")
    till.until("5 Miasto                   Radom")
    till.press("#")
    till.until("Zapisano: Hurt Zielony")


def write_order(seller: Seller) -> None:
    """Begun, switched off in the middle, gone on with after the login."""
    seller.till.press("*", "1")
    seller.till.until("Zamówienie (ZS)   Hurt Zielony", "0 pozycji")
    seller.till.scan("5900480147200")
    seller.till.until("Chleb pszenny", "1 pozycja")
    seller.till.press("3", "*", "2", "enter")
    seller.till.until("3 szt. × 7,99", "2 pozycje")
    seller.restart()
    till = seller.till
    till.until("Zamówienie (ZS): nieskończone, menu 9 2")
    seller.menu("9", "2")
    till.until("pozycji 2, 29,46 zł. Pisać dalej?")
    till.press("enter")
    till.until("2 pozycje")
    till.press("up", "#", "2", "enter")
    till.until("2 szt. × 5,49")
    till.press("enter")
    till.until("Enter zatwierdza")
    till.press("1", *"31122030", "enter")
    till.until("dzień dostawy: 2030-12-31")
    till.press("enter")
    till.until("Zapisano: ZS/T1/000001, 34,95 zł")


def turn_quote(seller: Seller) -> None:
    till = seller.till
    seller.menu("9", "3")
    till.until("Oferty (OS)", "nowa oferta")
    till.press("#")
    seller.choose_customer()
    till.until("Oferta (OS)   Hurt Zielony")
    till.press("3", "enter")
    till.until("1 pozycja")
    till.press("enter", "enter")
    till.until("Zapisano: OS/T1/000001, 6,29 zł")
    till.press("enter", "enter", "1")
    till.until("Zamówienie (ZS) ZS/T1/000002", "Z oferty")


def make_visit(seller: Seller) -> None:
    till = seller.till
    seller.menu("9", "4")
    till.until("Wizyty od dziś")
    till.press("#")
    seller.choose_customer()
    till.until("Dzień (puste: dziś)")
    till.press("enter", "9", "enter", "enter")
    till.until("Zaplanowano", "> ")
    till.press("enter", "enter")
    till.until("trwa", "Zakończ wizytę")
    till.press("enter", *"Biorą chleb", "enter")
    till.until("Dzień (puste: brak)")
    till.press(*"02012031", "enter", "8", "enter")
    till.until("zrobione", "Biorą chleb")


def attach(seller: Seller, file: Path) -> None:
    till = seller.till
    seller.menu("9", "5", "1")
    seller.choose_customer()
    till.until("Jeszcze nic")
    till.press("#", *"Rampa od tyłu", "enter")
    till.until("notatka Rampa od tyłu")
    till.press("*")
    till.until("Wybierz plik")
    till.press("#", *str(file), "enter")
    till.until("plan.pdf", "Zapisano")


def sell_order(seller: Seller) -> None:
    till = seller.till
    seller.menu("9", "2")
    till.until("ZS/T1/000001", "ZS/T1/000002")
    till.press(*"000001", "enter", "enter", "1")
    till.until("Sprzedaż", "2 pozycje", "Hurt Zielony")
    till.press("enter", "enter")
    till.until("Ostatni paragon: nr 1, suma 34,95")


def test_what_was_written_in_the_field_is_at_the_office_field_by_field(seller, tmp_path) -> None:
    seller.log_in()
    seller.till.until("SUMA", "Klienci")
    seller.till.rest()
    seller.one.stop_office()
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"%PDF-1.7 " + bytes(range(256)) * 2000)

    write_customer(seller)
    write_order(seller)
    turn_quote(seller)
    make_visit(seller)
    attach(seller, file)
    sell_order(seller)

    seller.one.start_office()
    seller.menu("8", "4", "4")
    seller.till.until("Rozpocząć?")
    seller.till.press("enter")
    seller.till.until("zakończ")
    wait_until(lambda: len(seller.there("sales_documents")) == 3, "all documents")
    wait_until(lambda: len(seller.there("attachments")) == 2, "note and file")
    for name in KINDS:
        ours = {one.id: one for one in seller.here(name)}
        theirs = {one.id: one for one in seller.there(name)}
        assert ours, name
        assert {key: theirs[key] for key in ours} == ours
    states = {one.number: one.state for one in seller.there("sales_documents")}
    assert states == {
        "ZS/T1/000001": "realised",
        "OS/T1/000001": "realised",
        "ZS/T1/000002": "open",
    }
    assert {one.representative for one in seller.there("sales_documents")} == {"marek"}
    first, then = sorted(seller.there("visits"), key=lambda one: one.at)
    assert (first.note, first.next_visit, then.state) == ("Biorą chleb", then.id, "planned")

    def is_whole() -> bool:
        with reading(seller.one.office.office.engine) as database:
            sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
            return contents.held(database, sha256).is_whole

    wait_until(is_whole, "the bytes of the file")
