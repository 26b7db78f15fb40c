"""The cashier's screen on a real till, a real office and an emulated fiscal printer."""

from __future__ import annotations

import asyncio
import time

import pytest

from backoffice import publish
from backoffice.store.engine import writing
from terminal import events
from tests.shop import counter, wait_until
from tests.ui.conftest import running
from ui.amounts import zloty

DEADLINE_S = 20.0


async def true(screen, condition, what):
    end_s = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < end_s, f"{what}:\n{screen.text}"
        await asyncio.sleep(0.005)


@pytest.fixture
def stand(tmp_path, monkeypatch):
    monkeypatch.setattr("ui.speech.use_language", lambda language: None)
    with counter(tmp_path) as shop:
        till = shop.start_till()
        wait_until(lambda: "products" in till.lookup.call(till.shelf.last_pulls).result())
        yield shop


async def test_a_day_at_the_counter(stand):
    heard = stand.heard
    async with running(stand.till) as screen:
        desk = screen.app.desk
        await true(screen, lambda: desk.known.printer_online and desk.methods, "shop is ready")
        screen.keys("2", "enter", *"2222", "enter")
        await true(screen, lambda: "TOTAL" in screen.text, "logged in")

        screen.keys("3", "*", "1", "enter", "enter", "enter")
        await true(screen, lambda: "Last receipt: no. 1" in screen.text, "first sale")
        first = heard.wait(events.ReceiptPrinted)
        assert [line.qty_milli for line in first.receipt.live_lines] == [3000]
        assert first.receipt.live_lines[0].name in stand.paper

        screen.keys("1", "enter", "enter", "1", "0", "0", "enter", "*", "enter")
        await true(screen, lambda: "Last receipt: no. 2" in screen.text, "split payment")
        second = desk.known.last_sale.receipt
        assert len(second.payments) == 2
        assert second.payments[0].amount_gr == 100
        assert second.paid_gr == second.total_gr

        screen.scan(first.receipt.live_lines[0].barcode).keys("enter", *"5000", "enter")
        await true(screen, lambda: "Last receipt: no. 3" in screen.text, "third sale")
        assert "Change due:" in screen.text
        assert desk.known.last_sale.change_gr == 5000 - desk.known.last_sale.receipt.total_gr

        screen.keys("f10", "5")
        await true(screen, lambda: ">     3" in screen.text, "transactions")
        screen.keys("esc", "f10", "8", "4", "3")
        await true(screen, lambda: "Start?" in screen.text, "the question of 8 4 3")
        with writing(stand.office.office.engine) as database:
            publish.merge(database, "products", "lipa", "5", {"price_gr": 749})
        screen.keys("enter")
        await true(screen, lambda: "Products: added 0, changed 1" in screen.text, "8 4 3")

        screen.keys("enter", "f10", "3")
        await true(screen, lambda: "Are date and time right?" in screen.text, "summary")
        total_gr = sum(r.receipt.total_gr for r in heard.events if _is_sale(r))
        screen.keys("enter")
        await true(screen, lambda: "Daily report no. 1 is made." in screen.text, "menu 3")
        closed = heard.wait(events.DayClosed)
        assert closed.total_gr == total_gr
        # The last page has no steps any more: it tells figures and what printer and till say.
        assert "REPORTED" in [it.step for it in heard.events if isinstance(it, events.ClosingStep)]
        assert f"{zloty(total_gr)} zł" in screen.text
        assert "Till and printer have the same totals." in screen.text
        screen.keys("enter")
        await true(screen, lambda: "Identifier: _" in screen.text, "login again")


def _is_sale(event):
    return isinstance(event, events.ReceiptPrinted)


async def test_what_the_till_refuses_is_told_and_changes_nothing(stand):
    async with running(stand.till) as screen:
        desk = screen.app.desk
        await true(screen, lambda: desk.known.printer_online and desk.methods, "shop is ready")
        screen.keys("2", "enter", *"2222", "enter", "7", "7", "7", "enter")
        await true(screen, lambda: "E-01" in screen.text, "unknown code")
        screen.keys("1", "enter", "#", "0", "enter")
        await true(screen, lambda: "E-18" in screen.text, "no quantity")
        screen.keys("#", "#", *"100", "enter")
        await true(screen, lambda: "E-19" in screen.text, "discount too big")
        assert desk.known.receipt.lines[0].discount_gr == 0
