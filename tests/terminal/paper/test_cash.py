from __future__ import annotations

from terminal.day.shifts import CashState
from terminal.paper.cash import move_slip, shift_slip, state_slip
from terminal.store.shifts import Shift
from terminal.store.takings import Method, Takings
from terminal.sync.wire import CashDoc, Counted, ShiftDoc, Taken

AT = "2026-11-23T16:00:00.000+01:00"


def facts(slip) -> dict[str, str]:
    return {row.text.strip(): row.right for row in slip.rows if row.right}


def test_a_movement():
    slip = move_slip(CashDoc("c", "T1", "lipa", AT, "Anna", -2_500, "to_bank", "s", 7), None)
    assert slip.title == "Cash out, slip 7"
    assert facts(slip)["Amount"] == "25,00"
    assert facts(slip)["Reason"] == "to the bank"
    assert not slip.kicks_drawer


def test_an_opening_with_and_without_cash():
    told = ShiftDoc("s", "T1", "lipa", AT, "Anna", "u1", "s", AT, 20_000, slip_no=1)
    assert shift_slip(told, None).title == "Shift opened, slip 1"
    assert facts(shift_slip(told, None))["Opening cash"] == "200,00"
    skipped = ShiftDoc("s", "T1", "lipa", AT, "Anna", "u1", "s", AT)
    assert facts(shift_slip(skipped, None))["Opening cash"] == "not entered"


def closed(**more) -> ShiftDoc:
    figures = {
        "opening_gr": 20_000,
        "closed_at": AT,
        "received_gr": 1_000,
        "change_gr": 651,
        "expected_gr": 20_349,
        "methods": [Taken("cash", "Gotówka", "cash", 1, 349)],
        "receipts": 1,
        "total_gr": 349,
        "slip_no": 9,
    }
    return ShiftDoc("d", "T1", "lipa", AT, "Anna", "u1", "s", AT, **figures | more)


def test_a_counted_end():
    slip = shift_slip(
        closed(
            counted_gr=20_300,
            difference_gr=-49,
            coins=[Counted(20_000, 1), Counted(100, 3)],
            reason="wrong_change",
        ),
        None,
    )
    told = facts(slip)
    assert slip.title == "Shift closed, slip 9"
    assert (told["Should be in the drawer"], told["Counted"]) == ("203,49", "203,00")
    assert (told["Difference"], told["Reason"]) == ("-0,49", "wrong change given")
    assert (told["1 × 200,00"], told["3 × 1,00"]) == ("200,00", "3,00")
    assert (told["Gotówka (1)"], told["Change given"]) == ("3,49", "-6,51")


def test_an_end_that_nobody_counted_says_so():
    slip = shift_slip(closed(closed_by="Marek"), None)
    assert "NOT COUNTED" in [row.text for row in slip.rows]
    assert facts(slip)["Closed by"] == "Marek"
    assert "Difference" not in facts(slip)


def test_the_state_hides_what_a_blind_count_must_not_know():
    shift = Shift("s", "u1", "Anna", AT, 20_000)
    takings = Takings(
        20_000, 500, 100, (Method("cash", "Gotówka", "cash", 1, 1_000, 651),), 0, 1, 349, 0, 0, 2
    )
    whole = facts(state_slip(CashState(shift, takings, AT, is_whole=True), None, "T1"))
    assert whole["Should be in the drawer"] == "207,49"
    blind = facts(state_slip(CashState(shift, takings, AT, is_whole=False), None, "T1"))
    assert "Should be in the drawer" not in blind
    assert "Gotówka (1)" not in blind
    assert (blind["Cash in"], blind["Cash out"], blind["Drawer opened"]) == ("5,00", "-1,00", "2")
