"""The drawer of a shift follows from its documents, whatever was sold and given back."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from terminal.store import copies, shifts
from terminal.store.db import close_writer, open_writer, write
from terminal.store.shifts import Count, Part
from terminal.store.takings import takings
from terminal.sync.wire import Currency, Entry, JournalPage
from tests.terminal.day.test_shifts import ON, moved, opened
from tests.terminal.desk import MANAGER, desk
from tests.terminal.store.test_figures import EURO, METHODS, sell_something

if TYPE_CHECKING:
    from pathlib import Path


def test_random_shifts_hold_what_documents_and_printer_say(tmp_path: Path) -> None:
    chance = random.Random(7)
    with desk(tmp_path, settings=[ON], payment_methods=METHODS, currencies=[EURO]) as shop:
        shop.start()
        opened(shop)
        for _ in range(15):
            sell_something(shop, chance)
            shop.wait(seconds=1)
            if chance.random() < 0.3:
                moved(shop, chance.choice([-1, 1]) * chance.randint(1, 5_000))
        state = shop.do(shop.till.shifts.state)
        takings, rid = state.takings, state.shift.rid
        receipts = shop.documents("receipt")
        assert {it["shift"] for it in receipts} == {rid}
        payments = [one for it in receipts for one in it["payments"]]
        kept = sum(p["amount_gr"] for p in payments if p["kind"] == "cash")
        # Change is cash, whatever it is given on.
        kept -= sum(p["change_gr"] for p in payments)
        cash = sum(it["amount_gr"] for it in shop.documents("cash"))
        assert takings.expected_gr == kept + cash
        assert sum(one.net_gr for one in takings.methods) == takings.total_gr
        counted = shop.printer.now
        assert takings.total_gr == sum(counted.totals_gr) + sum(counted.invoice_totals_gr)
        assert takings.receipts == len(receipts) > 10


def test_change_for_foreign_money_comes_out_of_the_drawer(tmp_path: Path) -> None:
    euro = Currency("EUR", "Euro", 42_650)
    with desk(tmp_path, settings=[ON], currencies=[euro]) as shop:
        shop.start()
        opened(shop, 5_000)
        shop.do(shop.till.sell, "3")
        since = shop.heard.mark()
        shop.do(shop.till.pay_currency, "EUR", 1_000)
        shop.ended(since)
        found = shop.do(shop.till.shifts.state).takings
    assert (found.received_gr, found.change_gr, found.expected_gr) == (0, 266, 5_000 - 266)


def test_a_new_device_gets_the_open_shift_back(tmp_path: Path) -> None:
    with desk(tmp_path / "old", settings=[ON]) as shop:
        shop.start()
        opened(shop)
        shop.pay("1", amount_gr=1_000)
        shop.do(shop.till.shifts.end, Count(20_349))
        shop.do(shop.till.login, MANAGER)
        opened(shop, 100)
        shop.pay("3")
        shop.pay("1", method="card")
        moved(shop, 5_000)
        shop.do(shop.till.shifts.open_drawer, "check")
        shop.do(shop.till.sell, "1")
        shop.do(shop.till.drop_receipt, "x")
        expected = shop.do(shop.till.shifts.state)
        rows = shop.sql("SELECT seq, rid, prev, hash, body FROM document ORDER BY seq")
    page = JournalPage(1, len(rows), [Entry(*row) for row in rows])
    db = open_writer(tmp_path / "journal.db", "journal")
    with write(db):
        copies.keep(db, 1, page)
        copies.rebuild(db, lost=0)
    assert shifts.open_ones(db) == [expected.shift]
    assert takings(db, expected.shift.rid) == expected.takings
    assert expected.takings.expected_gr == 100 + 3_999 + 5_000
    assert (expected.takings.dropped, expected.takings.drawer_openings) == (1, 1)
    assert shifts.next_slip(db) == 7
    close_writer(db)


def test_cash_given_back_for_goods_is_returned_and_not_paid_out(tmp_path: Path) -> None:
    with desk(tmp_path / "old", settings=[ON]) as shop:
        shop.start()
        opened(shop)
        shop.pay("1")
        (shift,) = shop.do(shop.till._shifts.open_ones)
        moved(shop, -100, "to_bank")
        moved(shop, -349, "other")
        rid = shop.documents("cash")[-1]["rid"]
        journal = shop.context.journal
        with write(journal):
            shifts.add(journal, shift.rid, Part.REFUND, rid)
            shifts.add(journal, shift.rid, Part.RETURN, "the entry")
        found = shop.do(shop.till.shifts.state).takings
    assert (found.out_gr, found.returned_gr, found.returns) == (100, 349, 1)
    assert found.expected_gr == 20_000 - 100
