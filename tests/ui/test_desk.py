from __future__ import annotations

import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal import events
from terminal.errors import Code, Rejected
from tests.ui.conftest import running
from tests.ui.fake_till import AtOnce, FakeTill
from ui.desk import Desk
from ui.key_names import KEY_NAMES
from ui.screens.closing import Closing
from ui.screens.login import Login
from ui.screens.page import Page
from ui.screens.selling import Selling
from ui.sounds import Sound


class Broken(Page):
    title = "Broken"

    def body(self, width, height):
        raise KeyError(width)


class BreaksOnKeys(Page):
    title = "Breaks"

    def body(self, width, height):
        return []

    def on(self, intent):
        raise KeyError(intent)


@pytest.mark.parametrize("page", [Broken, BreaksOnKeys])
async def test_a_page_that_breaks_is_closed_and_the_sale_goes_on(sale, till, page, caplog):
    sale.keys("1", "enter")
    await sale.until("Mleko")
    caplog.set_level(logging.CRITICAL, "ui.stack")
    sale.app.desk.open(page(sale.app.desk))
    # A key that goes through at once: Enter waits for the rest of a scan.
    sale.keys("up")
    await sale.until("Mleko", "Program error (KeyError): the receipt is safe")
    sale.keys("2", "enter")
    await sale.until("2 items")


async def test_a_bug_in_the_till_is_told_and_the_sale_goes_on(sale, till, caplog):
    caplog.set_level(logging.CRITICAL, "ui.errands")
    till.void_line = lambda no: {}["x"]
    sale.keys("1", "enter", "f4")
    await sale.until("Program error (KeyError)")
    sale.keys("2", "enter")
    await sale.until("2 items")


async def test_locking_closes_all_pages_but_the_report(sale, till):
    desk = sale.app.desk
    sale.keys("f10", "5")
    await sale.until("No transactions yet")
    till.engine.tell(events.OperatorChanged(None))
    await sale.true(lambda: isinstance(desk.page, Login))
    assert len(desk.pages) == 1
    await sale.log_in()
    desk.open(Closing(desk))
    till.engine.tell(events.OperatorChanged(None))
    await sale.true(lambda: isinstance(desk.pages[0], Login))
    assert isinstance(desk.page, Closing)


async def test_events_of_foreign_threads_arrive_before_the_answer_they_led_to(sale, till):
    order = []
    desk = sale.app.desk
    tell = desk.tell
    desk.tell = lambda event: (order.append(type(event).__name__), tell(event))
    for _ in range(20):
        desk.order(till.engine.call(till.sell, "1"), lambda _: order.append("answer"))
    await sale.true(lambda: order.count("answer") == 20)
    assert order == ["ReceiptChanged", "answer"] * 20


async def test_a_line_sold_sounds_otherwise_than_a_code_nobody_knows(sale, mocker):
    bell = mocker.patch.object(sale.app.desk, "_bell")
    sale.scan("5900000000001")
    await sale.until("1 item")
    assert [call.args for call in bell.call_args_list] == [(Sound.DONE,)]
    bell.reset_mock()
    sale.scan("5900000000777")
    await sale.until("E-01")
    assert [call.args for call in bell.call_args_list] == [(Sound.REFUSED,)]
    bell.reset_mock()
    # A line changed, and one given up, is nothing new on the receipt.
    sale.keys("#", "2", "enter", "f4")
    await sale.until("VOID")
    assert not bell.called


async def test_messages_stay_until_the_next_key_and_errors_beep(sale, mocker):
    desk = sale.app.desk
    bell = mocker.patch.object(desk, "_bell")
    desk.refuse(Rejected(Code.BUSY))
    assert bell.call_count == 1
    desk.say("done")
    assert bell.call_count == 1
    sale.keys("1")
    await sale.until("Code: 1_")
    assert desk.said is None


async def test_a_fresh_screen_shows_the_receipt_that_was_open(sale, till):
    sale.keys("1", "enter")
    await sale.until("Mleko")
    async with running(till) as other:
        await other.until("Mleko", "1 item")
        assert isinstance(other.app.desk.page, Selling)


KEYS = sorted({*KEY_NAMES.values(), *"0123456789am ż"} - {"tab"})
SCAN = st.sampled_from(["5900000000001", "5900000000099", "nothing"]).map(
    lambda code: f"scan {code}"
)
TYPED = st.lists(st.one_of(st.sampled_from(KEYS), st.sampled_from(["enter", "*", "#"]), SCAN))


@settings(max_examples=150, deadline=None)
@given(TYPED, st.sampled_from(["ok", "fails", "cancelled", "waits"]))
def test_whatever_is_typed_nothing_breaks_and_nothing_is_sold_without_enter(typed, prints):
    till = FakeTill(AtOnce)
    till.prints = prints
    desk = Desk(till, lambda do: do(), lambda _: None)
    desk.start()
    for key in ("1", "enter", *"1234", "enter", "1", "enter", *typed):
        calls, lines = len(till.calls), len(till.receipt.lines)
        if key.startswith("scan "):
            desk.scan(key.removeprefix("scan "))
        else:
            desk.press(key)
        assert desk.said is None or "Program error" not in desk.said.text
        drawn = desk.rows(80, 25)
        assert {len("".join(words for words, _ in line)) for line in drawn} == {80}
        if key != "enter" and not key.startswith("scan "):
            assert len(till.receipt.lines) <= lines
            new = {call[0] for call in till.calls[calls:]}
            assert not new & {"sell", "sell_article"}
            # F5 asks the office for what a list shows, and needs no Enter.
            assert key == "refresh" or not new & {"pull", "push"}
            assert key == "pay" or not new & {"pay", "print_receipt"}
