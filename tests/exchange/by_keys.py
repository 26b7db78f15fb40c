"""What a seller writes on the terminal, key by key: a partner, a quote, orders, a visit, a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

from backoffice import publish
from backoffice.store.engine import reading
from tests.shop import wait_until
from tests.walks.headless_till import HeadlessTill

if TYPE_CHECKING:
    from pathlib import Path

    from tests.exchange.company import Company

PARTNER, NIP, STREET, CITY, PHONE = "+Żabka Nowa", "5252248481", "Krótka 2", "Łódź", "600100200"
SUBJECT, CAME, NOTE = "Oferta świąteczna", "Zamówią po świętach", "Pytać o panią Ewę"
TERMS = 'Rampa B; "od tyłu"'
CONFIG = '[store]\ndir = "{store}"\n[printer]\nurl = "{printer}"\n'


def sit_down(company: Company) -> HeadlessTill:
    """The till of the company, with everything that the office has, and its manager at it."""
    one = company.counter
    one.till_folder.mkdir(exist_ok=True)
    one.enrol()
    config = one.folder / "till.toml"
    text = CONFIG.format(store=one.till_folder, printer=one.printer_url)
    config.write_text(text, encoding="utf-8")
    till = HeadlessTill(config)
    one.running = till.running
    with reading(one.office.office.engine) as database:
        newest = {state.name: state.revision for state in publish.states(database, "lipa")}
    file = one.till_folder / "catalogue.db"

    def is_all_there() -> bool:
        if not file.exists():
            return False
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
            held = dict(db.execute("SELECT name, revision FROM data_set"))
        return all(held.get(name, 0) == revision for name, revision in newest.items())

    wait_until(is_all_there, "everything fetched", 60)
    till.rest()
    till.press("2", "enter", *"2222", "enter")
    till.until("Marek")
    till.rest()
    till.press("enter")
    till.rest()
    return till


def write(till: HeadlessTill, photo: Path) -> None:
    """The day of a seller."""
    _write_partner(till)
    _write_quote_and_order(till)
    _write_order(till)
    _make_visit(till)
    _attach(till, photo)


def _write_partner(till: HeadlessTill) -> None:
    till.press("f10", "9", "1")
    till.until("Bar Mleczny")
    till.press("#", *PARTNER, "enter")
    till.until(f": {PARTNER}")
    till.press(*NIP, "enter")
    till.until(f"2 NIP                      {NIP}")
    for number, text in (("3", STREET), ("5", CITY), ("6", PHONE)):
        till.press(number, *text, "enter")
        till.until(f" {text}")
    till.press("8", "#")
    till.until(PHONE, f": {PARTNER}")  # saved


def _write_quote_and_order(till: HeadlessTill) -> None:
    till.press("f10", "9", "3")
    till.until("F5")
    till.press("#")
    till.until("Kawiarnia")
    till.press(*"+Ż", "enter")
    till.until(PARTNER)
    till.rest()
    till.press(*"3*9001", "enter")
    till.until("3 kar. × 24,90")
    till.press("enter")
    till.until("1 ", "2 ", "74,70 zł")
    till.press("enter")
    till.until("> OS/T1/000001")
    till.press("enter")
    till.until("OS/T1/000001   ")
    till.press("enter")
    till.until("1 ")
    till.press("1")
    till.until("ZS/T1/000001")
    till.rest()


def _write_order(till: HeadlessTill) -> None:
    """For a customer of the ERP, with another quantity and a discount, a day and a note."""
    till.press("f10", "9", "2")
    till.until("> ZS/T1/000001")
    till.press("#")
    till.until("Kawiarnia")
    till.press(*"Bar", "enter")
    till.rest()
    till.press(*"2*9001", "enter")
    till.until("2 kar. × 24,90")
    till.press(*"9002", "enter")
    till.until("1 kar. × 11,50")
    till.press("#", "4", "enter")
    till.until("4 kar. × 11,50")
    till.press("#", "#", "#", "5", "enter")
    till.until("43,70")
    till.press("enter")
    till.until("93,50 zł")
    till.press("1", *f"{date.today() + timedelta(days=8):%d%m%Y}", "enter")  # noqa: DTZ011
    till.until(f"{date.today() + timedelta(days=8)}")  # noqa: DTZ011 (the shop's own day)
    till.press("2", *TERMS, "enter")
    till.until(TERMS)
    till.press("enter")
    till.until("> ZS/T1/000002")


def _make_visit(till: HeadlessTill) -> None:
    till.press("f10", "9", "4")
    till.rest()
    till.press("#")
    till.until("Kawiarnia")
    till.press(*"+Ż", "enter")
    till.until(f": {PARTNER}")
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 (the shop's own day)
    till.press(*f"{tomorrow:%d%m%Y}", "enter")
    till.until(f"{tomorrow}")
    till.press(*"930", "enter")
    till.until(f"{tomorrow} 09:30")
    till.press(*SUBJECT, "enter")
    till.until(f"> {tomorrow} 09:30", "Oferta")
    till.press("enter")
    till.until(SUBJECT)
    till.press("enter")
    till.rest()
    till.press("enter")
    till.until("[Abc]")
    till.press(*CAME, "enter")
    till.until(f": {PARTNER}")
    till.press("enter")
    till.until(CAME)


def _attach(till: HeadlessTill, photo: Path) -> None:
    till.press("f10", "9", "5", "4")
    till.until("09:30")
    till.press("enter")
    till.until(f": {PARTNER}")
    till.press("*")
    till.rest()
    till.press("#")
    till.until("[abc]")
    till.press(*str(photo), "enter")
    till.until("KiB polka.jpg")
    till.press("f10", "9", "5", "1")
    till.until("Kawiarnia")
    till.press(*"+Ż", "enter")
    till.until(f": {PARTNER}")
    till.press("#")
    till.until("[Abc]")
    till.press(*NOTE, "enter")
    till.until(f" {NOTE}")
