"""Shifts as a cashier has them: opened, sold in, counted, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.errors import Code
from terminal.i18n import speaking
from terminal.store.shifts import Count
from terminal.sync.wire import Counted, Settings
from tests.terminal.desk import CASHIER, MANAGER, Desk, desk
from tests.terminal.fake_printer import no

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ON = Settings("settings", "identifier", cash_management=True, opening_float_gr=20_000)
BLIND = Settings("settings", "identifier", cash_management=True, blind_count=True)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, settings=[ON]) as one:
        yield one.start()


@pytest.fixture
def blind(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, settings=[BLIND]) as one:
        yield one.start(login=CASHIER)


def opened(shop: Desk, opening_gr: int | None = 20_000) -> None:
    since = shop.heard.mark()
    shop.do(shop.till.shifts.open, opening_gr)
    if opening_gr:
        shop.heard.wait(events.CashMoved, since)


def moved(shop: Desk, amount_gr: int, reason: str = "coins"):
    since = shop.heard.mark()
    shop.do(shop.till.move_cash, amount_gr, reason)
    return shop.heard.wait((events.CashMoved, events.Failed), since)


def expected(shop: Desk) -> int:
    return shop.do(shop.till.shifts.state).takings.expected_gr


def ended(shop: Desk) -> dict:
    return [it for it in shop.documents("shift") if it["closed_at"]][-1]


def test_a_login_without_a_shift_wants_one_and_proposes_the_usual_cash(shop: Desk) -> None:
    assert shop.heard.wait(events.ShiftWanted).proposed_gr == 20_000
    assert shop.code(shop.till.shifts.state) is Code.SHIFT_MISSING
    opened(shop)
    since = shop.heard.mark()
    shop.do(shop.till.lock)
    shop.do(shop.till.login, MANAGER)
    assert not [it for it in shop.heard.events[since:] if isinstance(it, events.ShiftWanted)]
    assert shop.code(shop.till.shifts.open, 0) is Code.SHIFT_OPEN


def test_without_cash_management_nobody_works_in_shifts(tmp_path: Path) -> None:
    with desk(tmp_path) as one:
        one.start()
        assert one.code(one.till.shifts.open, 100) is Code.CASH_OFF
        assert one.code(one.till.shifts.state) is Code.CASH_OFF
        assert isinstance(one.pay("1"), events.ReceiptPrinted)
        assert not [it for it in one.heard.events if isinstance(it, events.ShiftWanted)]
        assert moved(one, 100).held_gr == 100


def test_nothing_is_paid_without_a_shift_and_the_receipt_stays(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.pay, "cash") is Code.SHIFT_MISSING
    assert shop.receipt().payments == ()
    opened(shop, None)
    since = shop.heard.mark()
    shop.do(shop.till.pay, "cash")
    assert isinstance(shop.ended(since), events.ReceiptPrinted)


def test_the_drawer_holds_opening_in_out_received_less_change(shop: Desk) -> None:
    opened(shop)
    assert shop.printer.cash_gr == 20_000
    moved(shop, 5_000)
    moved(shop, -1_500, "to_bank")
    shop.pay("1", amount_gr=1_000)  # 3,49 of 10,00
    shop.pay("3", method="card")
    state = shop.do(shop.till.shifts.state)
    it = state.takings
    assert (it.opening_gr, it.in_gr, it.out_gr) == (20_000, 5_000, 1_500)
    assert (it.received_gr, it.change_gr, it.expected_gr) == (1_000, 651, 23_849)
    assert [(m.name, m.payments, m.net_gr) for m in it.methods] == [
        ("Gotówka", 1, 349),
        ("Karta", 1, 3_999),
    ]
    assert (it.receipts, it.total_gr) == (2, 4_348)


def test_a_counted_shift_is_told_with_its_figures_and_logs_out(shop: Desk) -> None:
    opened(shop)
    shop.pay("1")
    count = Count(20_300, (Counted(20_000, 1), Counted(100, 3)))
    reckoning = shop.do(shop.till.shifts.reckon, count)
    assert (reckoning.expected_gr, reckoning.difference_gr) == (20_349, -49)
    assert shop.code(shop.till.shifts.end, count) is Code.REASON_WANTED
    shop.do(shop.till.shifts.end, count, "wrong_change")
    told = ended(shop)
    assert (told["expected_gr"], told["counted_gr"], told["difference_gr"]) == (20_349, 20_300, -49)
    assert told["coins"] == [{"value_gr": 20_000, "pieces": 1}, {"value_gr": 100, "pieces": 3}]
    assert (told["reason"], told["receipts"], told["total_gr"]) == ("wrong_change", 1, 349)
    assert told["closed_by"] == "Marek"
    assert shop.view().operator is None
    (receipt,) = shop.documents("receipt")
    assert receipt["shift"] == told["shift"] == shop.documents("shift")[0]["rid"]


def test_what_another_took_is_not_in_the_drawer_of_who_began_the_receipt(shop: Desk) -> None:
    opened(shop, None)
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.lock)
    shop.do(shop.till.login, CASHIER)
    opened(shop, 100)
    since = shop.heard.mark()
    shop.do(shop.till.pay, "cash")
    shop.ended(since)
    assert expected(shop) == 449
    shop.do(shop.till.login, MANAGER)
    assert expected(shop) == 0
    assert sorted(shop.do(shop.till.shifts.names)) == ["Anna", "Marek"]


def test_a_shift_survives_a_restart(shop: Desk) -> None:
    opened(shop)
    shop.pay("1")
    shop.restart()
    assert expected(shop) == 20_349
    assert not [it for it in shop.heard.events if isinstance(it, events.ShiftWanted)]


def test_more_than_there_is_cannot_be_taken_out(shop: Desk) -> None:
    opened(shop, 1_000)
    assert shop.code(shop.till.move_cash, -1_001, "to_bank") is Code.CASH_NEGATIVE
    assert moved(shop, -1_000, "to_bank").held_gr == 0


def test_cash_that_the_printer_refused_is_in_no_shift(shop: Desk) -> None:
    opened(shop)
    shop.printer.fault("cash", lambda effect: (_ for _ in ()).throw(no()))
    assert isinstance(moved(shop, 5_000), events.Failed)
    assert expected(shop) == 20_000


def test_a_shift_waits_for_its_receipt(shop: Desk) -> None:
    opened(shop)
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.shifts.end, Count(20_000)) is Code.RECEIPT_OPEN
    shop.do(shop.till.drop_receipt, "customer")
    shop.do(shop.till.shifts.end, Count(20_000))
    assert (ended(shop)["dropped"], ended(shop)["receipts"]) == (1, 0)


def test_the_daily_report_warns_of_open_shifts_and_closes_them_uncounted(shop: Desk) -> None:
    opened(shop)
    shop.pay("1")
    summary = shop.till.day_summary().result(20)
    assert [it.code for it in summary.warnings] == [Code.SHIFTS_OPEN]
    assert summary.problems == ()
    assert isinstance(shop.close_day(), events.DayClosed)
    told = ended(shop)
    assert told["counted_gr"] is None
    assert (told["expected_gr"], told["difference_gr"], told["closed_by"]) == (20_349, 0, "Marek")
    assert shop.do(shop.till.shifts.names) == []


# --- counting blindly --------------------------------------------------------------------------


def test_a_blind_count_stands_and_is_told(blind: Desk) -> None:
    opened(blind)
    blind.pay("1")
    state = blind.do(blind.till.shifts.state)
    assert not state.is_whole
    first = blind.do(blind.till.shifts.reckon, Count(20_300))
    assert first.difference_gr == -49
    # Whoever has seen the difference cannot count until it fits.
    again = blind.do(blind.till.shifts.reckon, Count(20_349))
    assert again.count.total_gr == 20_300
    blind.do(blind.till.shifts.end, Count(20_349), "not_known")
    assert ended(blind)["counted_gr"] == 20_300
    (event,) = blind.named("drawer_counted")
    assert event["detail"]["counted_gr"] == 20_300


def test_a_blind_count_is_forgotten_when_something_is_sold(blind: Desk) -> None:
    opened(blind)
    blind.do(blind.till.shifts.reckon, Count(1))
    blind.pay("1")
    assert blind.do(blind.till.shifts.reckon, Count(20_349)).difference_gr == 0
    assert len(blind.named("drawer_counted")) == 2


def test_a_blind_count_is_forgotten_when_cash_is_moved(tmp_path: Path) -> None:
    with desk(tmp_path, settings=[BLIND]) as shop:
        shop.start()
        opened(shop)
        shop.do(shop.till.shifts.reckon, Count(1))
        moved(shop, -1_000, "to_bank")
        assert shop.do(shop.till.shifts.reckon, Count(19_000)).difference_gr == 0


# --- the drawer --------------------------------------------------------------------------------


def test_the_drawer_opens_for_a_reason_and_is_told_before(shop: Desk) -> None:
    opened(shop, None)
    assert shop.code(shop.till.shifts.open_drawer, "") is Code.REASON_WANTED
    shop.do(shop.till.shifts.open_drawer, "check")
    assert shop.printer.count("open_drawer") == 1
    (event,) = shop.named("drawer_opened")
    assert event["detail"]["reason"] == "check"
    assert event["detail"]["shift"] == shop.documents("shift")[0]["rid"]
    assert shop.do(shop.till.shifts.state).takings.drawer_openings == 1


def test_no_drawer_with_goods_on_the_receipt_nor_without_the_right(shop: Desk) -> None:
    opened(shop, None)
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.shifts.open_drawer, "check") is Code.RECEIPT_OPEN
    shop.do(shop.till.drop_receipt, "x")
    shop.do(shop.till.login, CASHIER)
    assert shop.code(shop.till.shifts.open_drawer, "check") is Code.NO_RIGHT
    assert shop.named("drawer_opened") == []


def test_a_drawer_that_never_opens_by_hand(tmp_path: Path) -> None:
    rule = Settings("settings", "identifier", drawer_rule="never")
    with desk(tmp_path, settings=[rule]) as one:
        one.start()
        assert one.code(one.till.shifts.open_drawer, "check") is Code.DRAWER_SHUT


def test_the_printer_books_the_opening_when_it_comes_back(shop: Desk) -> None:
    shop.printer.is_off = True
    opened(shop, None)
    shop.do(shop.till.shifts.end, Count(0))
    shop.do(shop.till.login, MANAGER)
    shop.do(shop.till.shifts.open, 5_000)
    assert expected(shop) == 5_000
    shop.restart(login="")
    assert shop.documents("cash") == []
    shop.printer.is_off = False
    since = shop.heard.mark()
    shop.settle()
    assert shop.heard.wait(events.CashMoved, since).amount_gr == 5_000
    assert shop.printer.cash_gr == 5_000
    assert shop.printer.count("cash") == 1


def test_a_parked_receipt_outlives_the_shift_and_is_of_who_takes_the_money(tmp_path: Path) -> None:
    with_parking = Settings("settings", "identifier", cash_management=True, parking=True)
    with desk(tmp_path, settings=[with_parking]) as shop:
        shop.start()
        opened(shop, None)
        shop.do(shop.till.sell, "1")
        shop.do(shop.till.parking.park, "Stolik 1")
        shop.do(shop.till.shifts.end, Count(0))
        assert (ended(shop)["receipts"], ended(shop)["expected_gr"]) == (0, 0)
        shop.do(shop.till.login, CASHIER)
        opened(shop, None)
        shop.do(shop.till.parking.switch, "Stolik 1")
        since = shop.heard.mark()
        shop.do(shop.till.pay, "cash")
        assert isinstance(shop.ended(since), events.ReceiptPrinted)
        assert expected(shop) == 349


class Paper:
    """A receipt printer whose papers speak Polish."""

    is_set_up = True

    def __init__(self) -> None:
        self.titles: list[str] = []

    def speaking(self):
        return speaking("pl")

    def print(self, kind, rid, slip) -> None:
        self.titles.append(slip.title)


def test_slips_speak_the_language_of_papers(shop: Desk) -> None:
    paper = shop.till.shifts._slips = Paper()
    opened(shop)
    moved(shop, -100, "to_bank")
    shop.do(shop.till.shifts.print_state)
    shop.do(shop.till.shifts.end, Count(19_900))
    assert paper.titles == [
        "Zmiana otwarta, wydruk 1",
        "Wypłata, wydruk 3",
        "Stan kasy",
        "Zmiana zamknięta, wydruk 4",
    ]
