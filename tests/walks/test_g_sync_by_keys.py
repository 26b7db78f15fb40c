"""A change made in the office is on the till's screen after its trigger, and not before.

Keys on a real terminal line, with a real office and printer. ``version`` says for every data set
what changes and how it then reads; ``TRIGGERS`` are the ways in which data comes. What a login must
not have brought is looked at behind a login whose office is away.
"""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from backoffice import publish
from backoffice.store.engine import reading, writing
from terminal.i18n import translate as says
from terminal.i18n import use_language
from terminal.sync.datasets import CHOICES, DATA_SETS, sets_of
from terminal.sync.wire import SETS
from tests.shop import Counter, counter, wait_until
from tests.walks.pty_till import PtyTill
from ui.menu import MENU

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOP = "lipa"
NAMES = tuple(SETS)
PATHS = {choice.verb: choice.path for choice in MENU}
CONFIG = '[store]\ndir = "{store}"\n[printer]\nurl = "{printer}"\n'


AT = "2026-12-01T10:00:00+01:00"
LINE = {"product": "1", "name": "Chleb", "unit": "szt.", "vat": "C", "qty_milli": 1000}
LINE |= {"price_gr": 500, "gross_gr": 500}
ORDER = {"type": "ZS", "customer": "1", "issued_at": AT, "total_gr": 500, "lines": [LINE]}
NOTE = {"about": "customer", "of": "1", "kind": "note", "at": AT}


def version(n: int) -> dict[str, tuple[str, dict[str, object], str]]:
    """The ``n``-th version of a row of each set: its id, its fields, and how the list reads."""
    return {
        "settings": ("settings", {"receipt_footer": f"Stopka {n}."}, f"Stopka {n}."),
        "shop": ("lipa", {"company": f"Lipa {n}."}, f"lipa  Lipa {n}."),
        "vat_rates": ("G", {"rate_bp": 300 + n}, f"G  3,{n:02} %"),
        "payment_methods": ("bon", {"name": f"Bon {n}."}, f"bon  Bon {n}."),
        "currencies": ("EUR", {"rate_e4": 42_000 + n}, f"Euro  4,2{n:03} zł"),
        "roles": ("kasjer", {"name": f"Rola {n}."}, f"kasjer  Rola {n}."),
        "users": ("1", {"name": f"Anna {n}."}, f"1  1  Anna {n}."),
        "representatives": ("marek", {"name": f"Marek {n}."}, f"marek  Marek {n}."),
        "units": ("kg", {"name": f"k{chr(97 + n % 26)}"}, f"kg  k{chr(97 + n % 26)}  3"),
        "categories": ("0", {"name": f"Dział {n}."}, f"0  Dział {n}."),
        "products": ("1", {"price_gr": 500 + n}, f"C  5,{n:02} zł"),
        "barcodes": ("000001", {"product": "1", "qty_milli": 1000 * (100 + n)}, f"1  {100 + n}"),
        "price_lists": ("lato-2025", {"name": f"Lato {n}."}, f"lato-2025  Lato {n}."),
        "prices": ("lato-2025-161", {"price_gr": 100 + n}, f"161  1,{n:02} zł"),
        "discounts": ("staly-klient", {"name": f"Stały {n}."}, f"staly-klient  Stały {n}."),
        "quick_keys": ("1", {"label": f"Klawisz {n}."}, f"Klawisz {n}."),
        "customers": ("1", {"name": f"Klient {n}."}, f"1  Klient {n}."),
        "stock": ("161", {"qty_milli": 1000 * (100 + n)}, f"161  {100 + n}"),
        "sales_documents": ("z9", ORDER | {"number": f"ZS/9/{n}."}, f"z9  ZS  ZS/9/{n}."),
        "visits": ("w9", {"customer": "1", "at": AT, "subject": f"Wizyta {n}."}, f"Wizyta {n}."),
        "attachments": ("n9", NOTE | {"text": f"Notatka {n}."}, f"Notatka {n}."),
    }


class Walk:
    """One shop, its till on a line, and which version of each row the office has."""

    def __init__(self, one: Counter) -> None:
        self.one = one
        self.versions = dict.fromkeys(NAMES, 0)
        self.publish(NAMES)
        self.config = one.folder / "till.toml"
        store = CONFIG.format(store=one.till_folder, printer=one.printer_url)
        self.config.write_text(store, encoding="utf-8")
        self.till = PtyTill(self.config)

    # --- the office ----------------------------------------------------------------------------

    def publish(self, names: tuple[str, ...]) -> None:
        with writing(self.one.office.office.engine) as database:
            for name in names:
                row_id, fields, _ = version(self.versions[name])[name]
                publish.merge(database, name, SHOP, row_id, fields)

    def change(self, names: tuple[str, ...]) -> None:
        for name in names:
            self.versions[name] += 1
        self.publish(names)

    def wait_for_all(self) -> None:
        """Until the till's file has what the office has: nothing on the screen says so."""
        with reading(self.one.office.office.engine) as database:
            newest = {state.name: state.revision for state in publish.states(database, SHOP)}
        file = self.one.till_folder / "catalogue.db"
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
            sql = "SELECT name, revision FROM data_set"
            wait_until(lambda: dict(db.execute(sql)) == newest, "everything fetched")

    # --- the till ------------------------------------------------------------------------------

    def log_in(self, *, is_office_there: bool = True) -> None:
        self.till.until(says("Identifier"), says("printer OK"))
        self.till.press("2", "enter", "2222", "enter")
        self.accept(f"{says('Customers')}: " if is_office_there else "E-50")

    def accept(self, last: str) -> None:
        """Wait for the results of what a login fetches, of which ``last`` is the last one."""
        self.till.until(last, says("Enter = accept"))
        self.till.press("enter")

    def lock(self) -> None:
        self.till.until(says("all sent"))
        self.till.press("f10", "1").until(says("logged out"))

    def sell(self) -> None:
        # Back from the rows of a set and from the list of sets.
        self.till.press("esc", "esc").until(says("TOTAL"))
        self.till.press("1", "enter").until("Chleb")
        self.till.press("enter").until(says("Payment"))
        self.till.press("enter").until(says("day: open"))

    def look(self, name: str) -> None:
        """Open the rows of a set."""
        pages, steps = divmod(NAMES.index(name), 10)
        self.till.press("f10", "8", "1", *["pagedown"] * pages, *["down"] * steps, "enter")

    def sees(self, name: str) -> None:
        """The office's version is on the screen."""
        self.till.until(version(self.versions[name])[name][2])

    def sees_the_old(self, name: str) -> None:
        """The version before it is on the screen, and nothing of the new one."""
        shown = self.till.until(version(self.versions[name] - 1)[name][2])
        assert version(self.versions[name])[name][2] not in shown


def by_entry(walk: Walk, names: tuple[str, ...]) -> None:
    """Menu 8 4 1 to 3; customers and stock have their entry below 8 4 9."""
    for entry in dict.fromkeys(DATA_SETS[name].entry for name in names):
        synchronise(walk, entry)


def by_choice(walk: Walk, names: tuple[str, ...]) -> None:
    """The narrowest choice of the data update, 8 4 9."""
    choices = [next(one for one in CHOICES if name in sets_of(one)) for name in names]
    for choice in dict.fromkeys(choices):
        synchronise(walk, choice)


def synchronise(walk: Walk, entry: str) -> None:
    walk.till.press("f10", *PATHS[f"pull.{entry}"]).until(says("Start? Enter = yes, Esc = no"))
    walk.till.press("enter").until(f"Enter {says('finish')}")


def by_refresh(walk: Walk, names: tuple[str, ...]) -> None:
    """F5 on the list of each set."""
    for name in names:
        walk.look(name)
        walk.till.press("f5")
        walk.sees(name)


def by_wizard(walk: Walk, names: tuple[str, ...]) -> None:
    """Menu 0: three steps, and the second time nothing waits."""
    walk.till.press("f10", "0")
    nothing, something = (
        says("Nothing to do: Enter = continue"),
        says("Enter = synchronise, Esc = back"),
    )
    for no in (1, 2, 3):
        head = says("Step {no} of {count}: {title}").partition("{no}")[0] + str(no)
        text = walk.till.until(head, any_of=(nothing, something))
        if something in text:
            walk.till.press("enter").until(head, f"Enter {says('continue')}")
        walk.till.press("enter")
    walk.till.until(says("Synchronisation is finished"))


def by_opening(walk: Walk, names: tuple[str, ...]) -> None:
    """The first login of a day."""
    walk.lock()
    walk.till.until(says("day: no sales"))
    walk.log_in()


def by_login(walk: Walk, names: tuple[str, ...]) -> None:
    """A login later in the day."""
    walk.sell()
    walk.lock()
    walk.log_in()


def by_report(walk: Walk, names: tuple[str, ...]) -> None:
    """The daily report fetches before anybody logs in again."""
    walk.sell()
    walk.till.press("f10", "3").until(says("make the daily report"))
    walk.till.press("enter").until(f"Enter {says('finish')}")
    walk.till.press("enter")
    log_in_without_office(walk)


def by_restart(walk: Walk, names: tuple[str, ...]) -> None:
    """A start fetches before anybody logs in."""
    walk.till.press("f10", "9", "9").ended()
    walk.till = PtyTill(walk.config)
    walk.wait_for_all()
    log_in_without_office(walk)


def log_in_without_office(walk: Walk) -> None:
    walk.one.stop_office()
    walk.log_in(is_office_there=False)


def bring_office_back(walk: Walk) -> None:
    """What a login could not fetch follows by itself when the office answers again."""
    if not walk.one.office.is_alive:
        walk.one.start_office()
        walk.till.press("esc", "esc")
        walk.accept(f"{says('Customers')}: ")


TRIGGERS = (
    *(by_entry, by_choice, by_refresh, by_wizard),
    *(by_opening, by_login, by_report, by_restart),
)


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    use_language("pl")
    with counter(tmp_path) as one:
        one.till_folder.mkdir()
        one.enrol()
        made = Walk(one)
        try:
            made.till.until(says("Identifier"))
            made.wait_for_all()
            made.log_in()
            yield made
        finally:
            made.till.stop()
            use_language("en")


def try_out(walk: Walk, trigger, names: tuple[str, ...]) -> None:
    """Old before the trigger, new after it; ``names`` are changed at the same time."""
    walk.change(names)
    for name in names:
        walk.look(name)
        walk.sees_the_old(name)
    trigger(walk, names)
    for name in names:
        walk.look(name)
        walk.sees(name)
    bring_office_back(walk)


@pytest.mark.timeout(180)
def test_each_data_set_comes_with_a_trigger_and_each_trigger_brings_data(walk: Walk) -> None:
    """One till, one life: the sets are dealt to the triggers in turn."""
    for number, trigger in enumerate(TRIGGERS):
        try_out(walk, trigger, NAMES[number :: len(TRIGGERS)])


@pytest.mark.torture
def test_every_data_set_comes_with_every_trigger(walk: Walk) -> None:
    """``SEED=n`` is another order, ``ROUNDS=n`` goes through all of it so often."""
    dice = random.Random(int(os.environ.get("SEED", "1")))
    for _ in range(int(os.environ.get("ROUNDS", "1"))):
        for trigger in dice.sample(TRIGGERS, len(TRIGGERS)):
            if trigger is by_opening and says("day: no sales") not in walk.till.text:
                by_report(walk, ())
                bring_office_back(walk)
            try_out(walk, trigger, NAMES)
