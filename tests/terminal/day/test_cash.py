"""Cash is booked once or not at all, whatever the answer was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from drivers.errors import InDoubt, Unreachable
from terminal import events
from terminal.day import cash
from terminal.day.cash import Fate, fate
from terminal.errors import Code
from terminal.store.cash import CashMove
from tests.shop import wait_until
from tests.terminal.desk import CASHIER, Desk, desk
from tests.terminal.fake_printer import FRESH, lose, no, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOVE = CashMove("c1", "", "Anna", -500, "", FRESH, 1200)
PRINTED = replace(FRESH, header_no=1)
SILENCE = InDoubt("silence")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cash, "_RETRY_S", 0.01)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


@pytest.mark.parametrize(
    ("now", "held_gr", "expected"),
    [
        (PRINTED, 700, Fate.BOOKED),
        (FRESH, 1200, Fate.NOT_BOOKED),
        (PRINTED, 1200, Fate.NOT_BOOKED),
        (PRINTED, 200, Fate.UNCLEAR),
        (PRINTED, 0, Fate.UNCLEAR),
        # It refused, and set its cash to nothing: no printout, no movement.
        (FRESH, 0, Fate.NOT_BOOKED),
        # One that gives printouts of cash no number.
        (FRESH, 700, Fate.BOOKED),
        (PRINTED, None, Fate.BOOKED),
        (FRESH, None, Fate.NOT_BOOKED),
        (replace(PRINTED, ram_resets=1), 700, Fate.UNCLEAR),
    ],
)
def test_printouts_and_cash_decide(now, held_gr, expected: Fate) -> None:
    assert fate(MOVE, now, held_gr) is expected


def moved(shop: Desk, amount_gr: int, reason: str = "drobne"):
    since = shop.heard.mark()
    shop.do(shop.till.move_cash, amount_gr, reason)
    return shop.heard.wait((events.CashMoved, events.Failed), since)


def outcomes(shop: Desk) -> list[str | None]:
    return [row[0] for row in shop.sql("SELECT outcome FROM cash_move ORDER BY started_at, rid")]


def test_in_and_out(shop: Desk) -> None:
    assert moved(shop, 10_000) == events.CashMoved(10_000, 10_000)
    shop.wait(seconds=1)
    assert moved(shop, -2_500, "do banku") == events.CashMoved(-2_500, 7_500)
    told = [(it["amount_gr"], it["reason"], it["operator"]) for it in shop.documents("cash")]
    assert told == [(10_000, "drobne", "Marek"), (-2_500, "do banku", "Marek")]
    assert outcomes(shop) == ["BOOKED", "BOOKED"]
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)


@pytest.mark.parametrize("error", [SILENCE, no(), Unreachable("cable")])
def test_booked_whatever_the_answer_was(shop: Desk, error) -> None:
    shop.printer.fault("cash", lose(error))
    assert moved(shop, 10_000) == events.CashMoved(10_000, 10_000)
    assert shop.printer.count("cash") == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SILENCE, Code.CASH_NOT_DONE),
        (no(), Code.PRINTER_REFUSED),
        (Unreachable("cable"), Code.NO_PRINTER),
    ],
)
def test_not_booked_whatever_the_answer_was(shop: Desk, error, code: Code) -> None:
    shop.printer.fault("cash", refuse(error))
    assert moved(shop, 10_000).error.code is code
    assert shop.documents("cash") == []
    (event,) = shop.named("cash_not_booked")
    assert (event["detail"]["amount_gr"], event["detail"]["before_gr"]) == (10_000, 0)
    assert outcomes(shop) == ["NOT_BOOKED"]
    assert shop.printer.cash_gr == 0


def test_more_than_there_is_is_refused_before_anything_is_sent(shop: Desk) -> None:
    moved(shop, 500)
    assert moved(shop, -1000).error.code is Code.CASH_NEGATIVE
    # Asked for it, the printer would have set its cash to nothing.
    assert shop.printer.cash_gr == 500
    assert outcomes(shop) == ["BOOKED"]


def test_what_a_printer_without_a_count_refuses_is_told(shop: Desk) -> None:
    moved(shop, 500)
    shop.printer.tells_cash = False
    assert moved(shop, -1000).error.code is Code.CASH_NEGATIVE
    (event,) = shop.named("cash_not_booked")
    assert (event["detail"]["amount_gr"], event["detail"]["before_gr"]) == (-1000, None)


def test_a_printer_that_tells_no_cash_is_believed_by_its_printouts(shop: Desk) -> None:
    shop.printer.tells_cash = False
    shop.printer.fault("cash", lose(SILENCE))
    assert moved(shop, 10_000) == events.CashMoved(10_000, None)


def test_what_somebody_else_did_meanwhile_is_told_with_both_figures(shop: Desk) -> None:
    def both(effect) -> None:
        effect()
        shop.printer.cash_gr += 77
        raise SILENCE

    shop.printer.fault("cash", both)
    failed = moved(shop, 10_000)
    assert failed.error.code is Code.CASH_DIFFERS
    assert failed.error.params == {"found": "100,77", "expected": "100,00"}
    assert len(shop.named("cash_unclear")) == 1
    assert outcomes(shop) == ["UNCLEAR"]
    assert shop.view().blocked is None


def test_a_silent_printer_is_waited_for(shop: Desk) -> None:
    def vanish(effect) -> None:
        effect()
        shop.printer.is_off = True
        raise SILENCE

    shop.printer.fault("cash", vanish)
    since = shop.heard.mark()
    shop.do(shop.till.engine.call, shop.till.move_cash, 500, "")
    wait_until(lambda: shop.printer.count("connect") > 4, "asks again")
    assert outcomes(shop) == [None]
    shop.printer.is_off = False
    assert shop.heard.wait(events.CashMoved, since).amount_gr == 500


@pytest.mark.parametrize("is_booked", [True, False])
def test_the_next_start_finds_out(shop: Desk, is_booked: bool) -> None:
    def die(effect) -> None:
        if is_booked:
            effect()
        shop.printer.is_off = True
        raise SILENCE

    shop.printer.fault("cash", die)
    shop.till.engine.call(shop.till.move_cash, 500, "").result()
    wait_until(lambda: shop.printer.is_off, "sent")
    shop.stop()
    shop.printer.is_off = False
    shop.start(login="")
    told = shop.heard.wait((events.CashMoved, events.Failed))
    assert isinstance(told, events.CashMoved if is_booked else events.Failed)
    assert shop.printer.count("cash") == 1
    assert len(shop.documents("cash")) == is_booked


def test_another_printers_cash_is_no_answer(shop: Desk) -> None:
    ours = []

    def swap(effect) -> None:
        effect()
        ours.append(shop.printer.now)
        shop.printer.now = replace(shop.printer.now, unique_no="XYZ 1")
        raise SILENCE

    shop.printer.fault("cash", swap)
    since = shop.heard.mark()
    shop.till.engine.call(shop.till.move_cash, 500, "").result()
    wait_until(lambda: shop.printer.count("connect") > 4, "asks again")
    shop.printer.now = ours[0]
    assert shop.heard.wait(events.CashMoved, since).amount_gr == 500


def test_what_makes_no_sense_and_who_may_not(shop: Desk) -> None:
    assert shop.code(shop.till.move_cash, 0, "") is Code.BAD_AMOUNT
    assert shop.code(shop.till.move_cash, 10**12, "") is Code.BAD_AMOUNT
    shop.do(shop.till.login, CASHIER)
    assert shop.code(shop.till.move_cash, 100, "") is Code.NO_RIGHT
    assert shop.printer.count("cash") == 0


def test_a_printer_that_is_off_begins_nothing(shop: Desk) -> None:
    shop.printer.is_off = True
    assert moved(shop, 500).error.code is Code.NO_PRINTER
    assert outcomes(shop) == []
