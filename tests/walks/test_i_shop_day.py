"""A whole day of a shop by keys alone, and the same figures in journal, printer and office.

The keys stand in ``shop_day.txt``. They are pressed on the screen without a terminal, on a terminal
line with Textual's own driver, and on one that is sent cells: all three must show the same.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from backoffice import publish
from backoffice.store.engine import reading, writing
from hw_emulator.host import start_escpos
from terminal.i18n import use_language
from tests.shop import Counter, wait_until

if TYPE_CHECKING:
    from pathlib import Path

SHOP = "lipa"
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
"""


class ShopDay:
    """A printer, a receipt printer, an office and the configuration of a till."""

    def __init__(self, folder: Path) -> None:
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
            newest = {state.name: state.revision for state in publish.states(database, SHOP)}
        file = self.one.till_folder / "catalogue.db"
        wait_until(file.exists, "a catalogue")
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
            sql = "SELECT name, revision FROM data_set"
            wait_until(lambda: dict(db.execute(sql)) == newest, "everything fetched")

    def stop(self) -> None:
        self.one.stop()
        self.slips.stop()
        use_language("en")


def _value(text: str) -> object:
    if "|" in text:
        return text.split("|")
    if text in {"true", "false"}:
        return text == "true"
    return int(text) if text.isdigit() else text
