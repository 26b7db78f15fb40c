"""Split and merged receipts owe together what they owed before, to the grosz and by VAT letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drivers.fiscal import PercentMode
from terminal.errors import Code, Rejected
from terminal.sale.dividing import merge, split
from terminal.sale.line import Line, OfShop
from terminal.sale.money import plus
from terminal.sale.receipt import Receipt
from terminal.sale.verbs import LINES_MAX, discount_line, discount_receipt

MILK = Line("milk", "1", "", "Mleko", "szt.", 0, "C", 500, 349, 349, 3000)
CHEESE = Line("cheese", "2", "", "Ser", "kg", 3, "A", 2300, 2990, 2990, 333)
VOID = replace(MILK, is_void=True)
RECEIPT = Receipt("r1", "2026-11-23T10:00:00+01:00", "u1", "Anna", lines=(MILK, VOID, CHEESE))
VALUE, DISCOUNT = PercentMode.VALUE_FIRST, PercentMode.DISCOUNT_FIRST

lines = st.builds(
    Line,
    *map(st.just, ("p", "1", "", "Towar", "szt.")),
    precision=st.sampled_from([0, 3]),
    vat=st.sampled_from("ABC"),
    rate_bp=st.just(2300),
    list_price_gr=st.just(1),
    price_gr=st.integers(1, 5000),
    qty_milli=st.sampled_from([1000, 2000, 3000, 7000]),
    is_void=st.booleans(),
)


@st.composite
def receipts(draw: st.DrawFn, rid: str) -> Receipt:
    mode = draw(st.sampled_from(list(PercentMode)))
    made = Receipt(
        rid, "", "u1", "Anna", lines=tuple(draw(st.lists(lines, max_size=6))), percent_mode=mode
    )
    assume(not made.is_empty)
    try:
        for no, line in enumerate(made.lines):
            if not line.is_void and draw(st.booleans()):
                made = discount_line(made, no, **draw(discounts))
        if draw(st.booleans()):
            made = discount_receipt(made, **draw(discounts))
    except Rejected:
        assume(condition=False)
    return made


discounts = st.one_of(
    st.fixed_dictionaries({"percent_bp": st.integers(-9900, 9900)}),
    st.fixed_dictionaries({"amount_gr": st.integers(-3000, 3000)}),
)


@given(receipts("a"), receipts("b"))
def test_a_merged_receipt_owes_what_both_owed(one: Receipt, other: Receipt) -> None:
    try:
        merged = merge(one, other)
    except Rejected as refused:
        assert refused.code is Code.DISCOUNT_TOO_BIG  # noqa: PT017 - the only reason there is
        assume(condition=False)
    assert merged.totals_gr == plus(one.totals_gr, other.totals_gr)
    assert merged.total_gr == one.total_gr + other.total_gr
    assert len(merged.lines) == len(one.lines) + len(other.lines)
    assert all(line.gross_gr > 0 for line in merged.live_lines)
    assert merged.rid == one.rid


@given(receipts("a"), st.data())
def test_the_parts_owe_what_the_whole_owed(whole: Receipt, data: st.DataObject) -> None:
    living = [no for no, line in enumerate(whole.lines) if not line.is_void]
    chosen = data.draw(st.lists(st.sampled_from(living), unique=True, min_size=1))
    parts = {
        no: data.draw(st.sampled_from([1000, whole.lines[no].qty_milli]), label=f"of {no}")
        for no in chosen
    }
    try:
        rest, part = split(whole, parts, "b")
    except Rejected as refused:
        codes = {Code.DISCOUNT_TOO_BIG, Code.EMPTY_RECEIPT, Code.CANNOT_DIVIDE}
        assert refused.code in codes  # noqa: PT017 - the only reasons there are
        assume(condition=False)
    assert plus(rest.totals_gr, part.totals_gr) == whole.totals_gr
    assert rest.total_gr + part.total_gr == whole.total_gr
    assert (rest.rid, part.rid) == ("a", "b")
    quantities = [sum(line.qty_milli for line in it.live_lines) for it in (rest, part, whole)]
    assert quantities[0] + quantities[1] == quantities[2]
    # Struck-through lines stay where the receipt stays.
    assert [line for line in rest.lines if line.is_void] == [it for it in whole.lines if it.is_void]


def test_a_part_of_a_line_and_a_whole_one() -> None:
    rest, part = split(RECEIPT, {0: 1000, 2: 333}, "r2")
    assert [(line.name, line.qty_milli) for line in rest.lines] == [
        ("Mleko", 2000),
        ("Mleko", 3000),
    ]
    assert [(line.name, line.qty_milli) for line in part.lines] == [("Mleko", 1000), ("Ser", 333)]


def test_the_discount_of_the_whole_becomes_one_of_its_lines() -> None:
    given_ = discount_receipt(RECEIPT, percent_bp=1000)
    rest, part = split(given_, {2: 333}, "r2")
    assert (rest.discount_gr, rest.percent_bp, part.discount_gr, part.percent_bp) == (0, 0, 0, 0)
    assert (rest.total_gr, part.total_gr) == (given_.totals_gr[2], given_.totals_gr[0])


def test_a_line_with_a_percent_keeps_it_when_it_is_not_divided() -> None:
    given_ = discount_line(RECEIPT, 0, percent_bp=1000)
    _rest, part = split(given_, {0: 3000}, "r2")
    assert part.lines[0].percent_bp == 1000
    rest, part = split(given_, {0: 1000}, "r2")
    assert (rest.lines[0].percent_bp, part.lines[0].percent_bp) == (0, 0)
    assert rest.lines[0].discount_gr + part.lines[0].discount_gr == given_.lines[0].discount_gr


def test_parts_that_would_differ_by_a_grosz_are_refused() -> None:
    # 2,99 × 1 = 2,99, but 0,5 × 2,99 is 1,495 → 1,50 twice.
    whole = replace(RECEIPT, lines=(replace(CHEESE, price_gr=299, qty_milli=1000),))
    with pytest.raises(Rejected) as caught:
        split(replace(whole, lines=(*whole.lines, MILK)), {0: 500}, "r2")
    assert caught.value.code is Code.CANNOT_DIVIDE


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({}, Code.EMPTY_RECEIPT),
        ({0: 3000, 2: 333}, Code.EMPTY_RECEIPT),
        ({1: 1000}, Code.EMPTY_RECEIPT),
        ({7: 1000}, Code.EMPTY_RECEIPT),
        ({0: 3001}, Code.BAD_AMOUNT),
        ({0: -1000}, Code.BAD_AMOUNT),
        ({0: 500}, Code.CANNOT_DIVIDE),
        ({0: 1500}, Code.CANNOT_DIVIDE),
    ],
    ids=str,
)
def test_what_cannot_be_split(parts: dict[int, int], code: Code) -> None:
    with pytest.raises(Rejected) as caught:
        split(RECEIPT, parts, "r2")
    assert caught.value.code is code


def test_pieces_are_not_cut() -> None:
    even = replace(RECEIPT, lines=(replace(MILK, price_gr=350), CHEESE))
    with pytest.raises(Rejected) as caught:
        split(even, {0: 500}, "r2")
    assert caught.value.code is Code.NOT_A_WHOLE


def test_a_discount_that_no_line_can_bear_is_refused() -> None:
    grosz = replace(MILK, price_gr=1, qty_milli=1000)
    poor = discount_receipt(replace(RECEIPT, lines=(grosz, grosz, grosz)), amount_gr=2)
    with pytest.raises(Rejected) as caught:
        merge(poor, RECEIPT)
    assert caught.value.code is Code.DISCOUNT_TOO_BIG


def test_the_buyer_goes_along_and_two_buyers_do_not_share_a_receipt() -> None:
    one, other = "5260001246", "5260250274"
    assert merge(RECEIPT, replace(RECEIPT, rid="r2", nip=other)).nip == other
    assert merge(replace(RECEIPT, nip=one), RECEIPT).nip == one
    with pytest.raises(Rejected) as caught:
        merge(replace(RECEIPT, nip=one), replace(RECEIPT, nip=other))
    assert caught.value.code is Code.CANNOT_DIVIDE


def test_percents_of_another_way_of_counting_stay_as_amounts() -> None:
    theirs = discount_line(replace(RECEIPT, percent_mode=DISCOUNT), 0, percent_bp=1500)
    merged = merge(discount_line(RECEIPT, 0, percent_bp=1500), theirs)
    assert [line.percent_bp for line in merged.lines] == [1500, 0, 0, 0, 0, 0]
    assert merged.percent_mode is VALUE


def test_there_is_an_end_of_lines() -> None:
    many = replace(RECEIPT, lines=(MILK,) * LINES_MAX)
    with pytest.raises(Rejected) as caught:
        merge(many, RECEIPT)
    assert caught.value.code is Code.CANNOT_DIVIDE


def test_customer_age_and_the_shops_own_discount_are_not_lost() -> None:
    whole = replace(RECEIPT, customer_id="c1", customer="Lipa", age_checked=18)
    whole = discount_receipt(whole, percent_bp=-1000, of_shop=OfShop("night", "Nocna"))
    rest, part = split(whole, {0: 1000}, "r2")
    for one in (rest, part):
        assert (one.customer, one.age_checked, one.discount_id) == ("Lipa", 18, "")
    joined = merge(replace(RECEIPT, rid="r3", age_checked=16), part)
    assert (joined.customer_id, joined.customer, joined.age_checked) == ("c1", "Lipa", 18)


def test_an_order_is_fulfilled_by_one_receipt_only() -> None:
    order = replace(RECEIPT, fulfils="o1")
    rest, moved = split(order, {0: 1000}, "r2")
    assert (rest.fulfils, moved.fulfils) == ("o1", "")
    assert merge(RECEIPT, order).fulfils == merge(order, RECEIPT).fulfils == "o1"
    with pytest.raises(Rejected) as caught:
        merge(order, replace(RECEIPT, fulfils="o2"))
    assert caught.value.code is Code.CANNOT_DIVIDE
