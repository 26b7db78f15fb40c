"""A whole day of a shop by keys alone, and the same figures in journal, printer and office.

The keys stand in ``shop_day.txt``. They are pressed on the screen without a terminal, on a terminal
line with Textual's own driver, and on one that is sent cells: all three must show the same.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from backoffice import publish
from backoffice.store.engine import reading, writing
from hw_emulator.host import start_escpos
from hw_emulator.posnet.memory import read_memory
from terminal.i18n import use_language
from tests.crash.books import check
from tests.shop import WAIT_S, Counter, wait_until
from tests.walks.headless_till import HeadlessTill
from tests.walks.pty_till import PtyTill
from tests.walks.shop_day import comparable, play, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.walks.shop_day import Step

SHOP = "lipa"
RECEIPTS_GR = [14507, 429, 279, 329, 549, 2295, 749, 749]
INVOICES_GR = [219]
# Counted a złoty short, counted right, not counted: the daily report closed it.
SHIFTS_GR = [(-100,), (0,), (0,)]
SLIPS = {
    "Zmiana otwarta, wydruk": 4,
    "Zmiana zamknięta, wydruk": 3,
    "Wpłata, wydruk": 1,
    "Wypłata, wydruk": 1,
    "Kopia nr 1": 1,
    "Zwrot 1/T1": 1,
    "Korekta płatności 1/T1": 1,
}
PAPERS = {
    "PARAGON FISKALNY": 8,
    "FAKTURA FV/T1/1": 1,
    "Wpłata do kasy": 2,
    "Wypłata z kasy": 2,
    "RAPORT FISKALNY DOBOWY": 1,
}
_CONFIG = """\
[store]
dir = "{store}"
[printer]
url = "{printer}"
[scanner]
weight_codes = ["28PPPPPWWWWWC", "27PPPPPVAAAAC"]
[receipt_printer]
url = "{slips}"
profile = "TM-T20II"
[export]
path = "{export}"
[screen]
driver = "{driver}"
charset = "utf-8"
"""


class ShopDay:
    """A printer, a receipt printer, an office and the configuration of a till."""

    def __init__(self, folder: Path, driver: str = "auto") -> None:
        self.one = Counter(folder)
        self.one.till_folder.mkdir()
        self.one.enrol()
        self.slips_paper = folder / "slips.txt"
        self.slips = start_escpos(tcp=0, paper=self.slips_paper)
        self.config = folder / "till.toml"
        text = _CONFIG.format(
            store=self.one.till_folder,
            printer=self.one.printer_url,
            slips=f"tcp://{self.slips.tcp}",
            export=folder,
            driver=driver,
        )
        self.config.write_text(text, encoding="utf-8")
        self.change("settings", "settings", "cash_management=true")
        self.change("settings", "settings", "void_reasons=Pomyłka kasjera|Zła cena")

    def change(self, name: str, row_id: str, *fields: str) -> None:
        """Somebody changes a row in the office."""
        values = dict(field.split("=", 1) for field in fields)
        with writing(self.one.office.office.engine) as database:
            publish.merge(database, name, SHOP, row_id, {k: _value(v) for k, v in values.items()})

    def wait_for_data(self) -> None:
        """Until the till's file has what the office has: nothing on the login screen says so."""
        with reading(self.one.office.office.engine) as database:
            states = publish.states(database, SHOP)
            newest = {state.name: state.revision for state in states if state.revision}
        file = self.one.till_folder / "catalogue.db"
        wait_until(file.exists, "a catalogue")
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
            sql = "SELECT name, revision FROM data_set"
            wait_until(lambda: dict(db.execute(sql)) == newest, "everything fetched")

    def asked(self, sql: str) -> list[tuple]:
        """What the office has."""
        with closing(sqlite3.connect(self.one.folder / "office.db")) as db:
            return db.execute(sql).fetchall()

    def stop(self) -> None:
        self.one.stop()
        self.slips.stop()
        use_language("en")


@pytest.fixture
def make_day(tmp_path: Path) -> Iterator[Callable[..., ShopDay]]:
    made: list[ShopDay] = []

    def make(driver: str = "auto") -> ShopDay:
        (tmp_path / driver).mkdir()
        made.append(ShopDay(tmp_path / driver, driver))
        return made[-1]

    yield make
    for day in made:
        day.stop()


def without_a_terminal(day: ShopDay) -> list[str]:
    """Play the day in this process; gives the screen after each step, when nothing moves."""
    till, screens = HeadlessTill(day.config), []

    def look(_step: Step, _shown: str) -> None:
        till.rest()
        screens.append(comparable(till.text))

    try:
        day.wait_for_data()
        play(till, read(), day.change, look)
    finally:
        till.stop()
    return screens


def on_a_line(day: ShopDay, screens: list[str]) -> None:
    """Play it on a real terminal, which must come to show the same ``screens``."""
    till, wanted = PtyTill(day.config), iter(screens)

    def look(step: Step, _shown: str) -> None:
        expected, deadline_s = next(wanted), time.monotonic() + WAIT_S
        while (shown := comparable(till.text)) != expected:
            assert time.monotonic() < deadline_s, (
                f"line {step.line_no}\n{shown}\nis not\n{expected}"
            )

    try:
        till.until("Identyfikator")
        day.wait_for_data()
        play(till, read(), day.change, look)
    finally:
        till.stop()


def holds(day: ShopDay) -> None:
    """Journal, fiscal memory and office have the same day, to the grosz; and so has the paper."""
    one = day.one
    assert check(one.till_folder / "journal.db", one.memory_file, one.folder / "office.db") == []
    memory = read_memory(one.memory_file)
    assert [receipt.total_gr for receipt in memory.receipts] == RECEIPTS_GR
    assert [invoice.total_gr for invoice in memory.invoices] == INVOICES_GR
    (report,) = memory.reports
    assert (report.receipts, report.invoices) == (len(RECEIPTS_GR), len(INVOICES_GR))
    assert sum(report.totals_gr) == sum(RECEIPTS_GR)
    at_the_office = day.asked("SELECT document, total_gr FROM receipt ORDER BY seq")
    sold = sorted(total for _document, total in at_the_office)
    assert sold == sorted((*RECEIPTS_GR, *INVOICES_GR))
    assert day.asked("SELECT reason FROM verdict WHERE NOT is_accepted") == []
    shifts = day.asked("SELECT difference_gr FROM shift WHERE closed_at <> '' ORDER BY seq")
    assert shifts == SHIFTS_GR
    slips = day.slips_paper.read_text(encoding="utf-8")
    assert {title: one.paper.count(title) for title in PAPERS} == PAPERS
    assert {title: slips.count(title) for title in SLIPS} == SLIPS


@pytest.mark.timeout(180)
def test_a_day_by_keys_alone(make_day):
    day = make_day()
    without_a_terminal(day)
    holds(day)


@pytest.mark.torture
@pytest.mark.timeout(600)
@pytest.mark.parametrize("driver", ["full", "cells"])
def test_the_same_day_on_a_terminal_shows_the_same(make_day, driver):
    screens = without_a_terminal(make_day())
    day = make_day(driver)
    on_a_line(day, screens)
    holds(day)


def _value(text: str) -> object:
    if "|" in text:
        return text.split("|")
    if text in {"true", "false"}:
        return text == "true"
    return int(text) if text.isdigit() else text
