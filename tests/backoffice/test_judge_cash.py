from __future__ import annotations

import pytest

from backoffice.judge import judge
from backoffice.judge_cash import cash_of
from terminal.sync import wire

AT = "2026-03-01T16:00:00+01:00"


class Shifts:
    """What is known of the one shift ``s1``."""

    def __init__(self, opening_gr=20_000, cash_gr=849, is_known=True) -> None:
        self._known = is_known, opening_gr
        self._cash_gr = cash_gr

    def opening(self, shift):
        return self._known if shift == "s1" else (False, None)

    def cash_gr(self, shift):
        return self._cash_gr


class History:
    def __init__(self, **known) -> None:
        self.shifts = Shifts(**known)


def closed(**changes) -> wire.ShiftDoc:
    """A right end: 200,00 at the opening, 5,00 put in, 3,49 sold, 0,49 missing."""
    fields = {
        "rid": "d1", "terminal": "K1", "shop": "lipa", "at": AT, "operator": "Anna",
        "operator_id": "u1", "shift": "s1", "opened_at": AT, "opening_gr": 20_000,
        "closed_at": AT, "in_gr": 500, "received_gr": 1_000, "change_gr": 651,
        "expected_gr": 20_849, "counted_gr": 20_800, "difference_gr": -49, "reason": "other",
        "coins": [wire.Counted(20_000, 1), wire.Counted(100, 8)],
        **changes,
    }  # fmt: skip
    return wire.ShiftDoc(**fields)


def codes(books, document, **known):
    entry = books().entry(wire.canonical(document), rid=document.rid)
    verdict = judge(entry, "K1", History(**known))
    assert verdict.is_accepted is (not verdict.reason)
    return [part.partition(":")[0] for part in verdict.reason.split("; ") if part]


def test_a_right_end_is_accepted(books):
    assert codes(books, closed()) == []


def test_an_end_that_nobody_counted_is_accepted_without_a_reason(books):
    bare = {"counted_gr": None, "difference_gr": 0, "coins": [], "reason": ""}
    assert codes(books, closed(**bare)) == []


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"expected_gr": 20_850, "difference_gr": -50}, ["expected"]),
        ({"received_gr": 1_001, "expected_gr": 20_850, "difference_gr": -50}, ["shift_cash"]),
        ({"difference_gr": -48}, ["difference"]),
        ({"counted_gr": 20_801, "difference_gr": -48}, ["coins"]),
        ({"reason": ""}, ["reason"]),
        ({"opening_gr": None, "expected_gr": 849, "difference_gr": 19_951}, ["opening"]),
        ({"shift": "s2"}, ["shift"]),
        ({"counted_gr": 2**60}, ["range"]),
    ],
)
def test_each_figure_must_follow(books, changes, wrong):
    assert codes(books, closed(**changes)) == wrong


@pytest.mark.parametrize("off_gr", [-1, 1, 849])
def test_no_grosz_gets_lost_between_till_and_documents(books, off_gr):
    assert codes(books, closed(), cash_gr=849 + off_gr) == ["shift_cash"]


def test_an_opening_is_the_shift_itself(books):
    figures = {"closed_at": "", "rid": "s1"}
    assert codes(books, closed(**figures)) == []
    assert codes(books, closed(closed_at="")) == ["shift"]


def test_what_a_document_brought_into_the_drawer(books):
    assert cash_of(books().receipt(1, 1_000)) == ("", 0)
    assert cash_of(books().receipt(1, 1_000, shift="s1")) == ("s1", 1_000)
    card = [wire.PaymentDoc("karta", "Karta", "card", 1_000)]
    assert cash_of(books().receipt(1, 1_000, shift="s1", payments=card)) == ("s1", 0)
    voucher = [wire.PaymentDoc("bon", "Bon", "voucher", 1_200, 200)]
    assert cash_of(books().receipt(1, 1_000, shift="s1", payments=voucher)) == ("s1", -200)
    assert cash_of(books().cash(amount_gr=-70, shift="s1")) == ("s1", -70)
    assert cash_of(closed()) == ("", 0)
