"""The rules at each key press, and whatever is done in a row."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from drivers.fiscal import PercentMode
from terminal.errors import Code, Rejected
from terminal.sale import tender
from terminal.sale import verbs as sale
from terminal.sale.money import percent_off_letters
from terminal.sale.receipt import Payment, Receipt, State
from terminal.store.catalogue import Article

MILK = Article("p1", "1", "5900000000015", "Mleko", "szt.", 0, "C", 500, 349, "dairy", False, False)
CHEESE = Article("p2", "2", "", "Ser żółty", "kg", 3, "C", 500, 2990, "dairy", True, False)
VODKA = Article("p3", "3", "", "Wódka", "szt.", 0, "A", 2300, 3999, "spirits", False, False)
NEW = Receipt("r1", "2026-11-22T10:00:00+01:00", "1", "Anna")


def cash(amount: int) -> Payment:
    return Payment("cash", "Gotówka", "cash", amount)


def card(amount: int) -> Payment:
    return Payment("card", "Karta", "card", amount)


def sold(*pairs: tuple[Article, int]) -> Receipt:
    receipt = NEW
    for article, qty in pairs:
        receipt = sale.add(receipt, article, qty, article.price_gr, article.rate_bp)
    return receipt


def priced(price_gr: int) -> Receipt:
    return sale.add(NEW, MILK, 1000, price_gr, MILK.rate_bp)


def refused(code: Code, do, *args, **kwargs) -> None:
    with pytest.raises(Rejected) as caught:
        do(*args, **kwargs)
    assert caught.value.code is code


def test_totals_by_letter() -> None:
    receipt = sold((MILK, 3000), (CHEESE, 250), (VODKA, 1000))
    assert receipt.totals_gr == (3999, 0, 1047 + 748, 0, 0, 0, 0)
    assert receipt.total_gr == 3999 + 1047 + 748


@pytest.mark.parametrize(("qty", "price"), [(0, 100), (-1000, 100), (1000, 0), (1000, -5)])
def test_price_and_quantity_must_be_positive(qty: int, price: int) -> None:
    refused(Code.BAD_AMOUNT, sale.add, NEW, MILK, qty, price, 500)


def test_pieces_have_no_decimals() -> None:
    refused(Code.NOT_A_WHOLE, sale.add, NEW, MILK, 1500, 349, 500)


def test_discounts_must_leave_something() -> None:
    receipt = sold((MILK, 1000))
    refused(Code.DISCOUNT_TOO_BIG, sale.discount_line, receipt, 0, amount_gr=349)
    refused(Code.DISCOUNT_TOO_BIG, sale.discount_line, receipt, 0, percent_bp=10_000)
    refused(Code.DISCOUNT_TOO_BIG, sale.discount_receipt, receipt, amount_gr=349)
    assert sale.discount_line(receipt, 0, percent_bp=1000).total_gr == 314


BOTH = [PercentMode.VALUE_FIRST, PercentMode.DISCOUNT_FIRST]


@pytest.mark.parametrize(("mode", "left"), [(BOTH[0], 1148), (BOTH[1], 1147)])
def test_a_percent_follows_the_printers_way(mode: PercentMode, left: int) -> None:
    receipt = replace(priced(1350), percent_mode=mode)
    on_line = sale.discount_line(receipt, 0, percent_bp=1500)
    assert (on_line.total_gr, on_line.lines[0].percent_bp) == (left, 1500)
    on_all = sale.discount_receipt(receipt, percent_bp=1500)
    assert (on_all.total_gr, on_all.percent_bp, on_all.discount_gr) == (left, 1500, 1350 - left)


@pytest.mark.parametrize("mode", BOTH)
def test_a_percent_off_the_receipt_comes_off_each_letter(mode: PercentMode) -> None:
    receipt = replace(sold((MILK, 1000), (VODKA, 1000)), percent_mode=mode)
    off = sale.discount_receipt(receipt, percent_bp=1250)
    assert off.totals_gr == percent_off_letters(receipt.totals_gr, 1250, mode)
    assert (sum(off.totals_gr), off.discount_gr) == (off.total_gr, 4348 - off.total_gr)


def test_an_amount_is_spread_and_a_percent_is_not() -> None:
    receipt = sold((MILK, 1000), (VODKA, 1000))
    percent = sale.discount_receipt(receipt, percent_bp=1250)
    amount = sale.discount_receipt(receipt, amount_gr=percent.discount_gr)
    assert amount.percent_bp == 0
    assert amount.total_gr == percent.total_gr


def test_a_percent_stays_one_when_the_line_changes() -> None:
    receipt = sale.discount_line(sold((MILK, 1000)), 0, percent_bp=1000)
    assert receipt.lines[0].discount_gr == 35
    assert sale.change(receipt, 0, qty_milli=10_000).lines[0].discount_gr == 349
    assert sale.change(receipt, 0, price_gr=1000).lines[0].discount_gr == 100
    again = sale.discount_line(receipt, 0, amount_gr=5)
    assert (again.lines[0].discount_gr, again.lines[0].percent_bp) == (5, 0)
    assert sale.change(again, 0, qty_milli=10_000).lines[0].discount_gr == 5
    none = sale.discount_line(receipt, 0, percent_bp=0)
    assert (none.lines[0].discount_gr, none.lines[0].percent_bp) == (0, 0)


def test_a_percent_off_the_receipt_is_one_of_all_that_follows() -> None:
    receipt = sale.discount_receipt(sold((MILK, 1000)), percent_bp=1000)
    more = sale.add(receipt, VODKA, 1000, 3999, 2300)
    assert (more.discount_gr, more.total_gr) == (35 + 400, 314 + 3599)
    less = sale.void(more, 0)
    assert (less.discount_gr, less.totals_gr[0]) == (400, 3599)
    assert sale.void(less, 1).percent_bp == 0
    assert sale.discount_receipt(more, amount_gr=0).total_gr == 4348


@pytest.mark.parametrize("percent_bp", [-10_000, 10_000, 10_001])
def test_a_percent_that_makes_no_sense(percent_bp: int) -> None:
    receipt = priced(1)
    refused(Code.DISCOUNT_TOO_BIG, sale.discount_line, receipt, 0, percent_bp=percent_bp)
    refused(Code.DISCOUNT_TOO_BIG, sale.discount_receipt, receipt, percent_bp=percent_bp)


def test_recounting_keeps_payments_only_when_nothing_else_is_owed() -> None:
    receipt = sale.discount_receipt(priced(1350), percent_bp=1500)
    paid = tender.pay(receipt, cash(receipt.due_gr))
    counted = sale.recount(paid, PercentMode.DISCOUNT_FIRST)
    assert (counted.state, counted.payments, counted.total_gr) == (State.OPEN, (), 1147)
    even = tender.pay(sale.discount_receipt(priced(1000), percent_bp=1000), cash(900))
    assert sale.recount(even, PercentMode.DISCOUNT_FIRST) == replace(
        even, percent_mode=PercentMode.DISCOUNT_FIRST
    )
    refused(Code.DISCOUNT_TOO_BIG, sale.recount, half_of_a_grosz(), PercentMode.DISCOUNT_FIRST)


def half_of_a_grosz() -> Receipt:
    """What is left of a grosz is a grosz, or nothing."""
    return sale.discount_line(priced(1), 0, percent_bp=5000)


def test_struck_lines_are_not_recounted() -> None:
    receipt = sale.void(sale.add(half_of_a_grosz(), MILK, 1000, 349, 500), 0)
    assert sale.recount(receipt, PercentMode.DISCOUNT_FIRST).total_gr == 349


@pytest.mark.parametrize("mode", BOTH)
def test_a_mark_up_is_a_discount_of_less_than_nothing(mode: PercentMode) -> None:
    receipt = replace(sold((MILK, 1000), (VODKA, 1000)), percent_mode=mode)
    line = sale.discount_line(receipt, 0, percent_bp=-1250)
    assert (line.lines[0].discount_gr, line.lines[0].gross_gr) == (-44, 393)
    assert sale.change(line, 0, qty_milli=2000).lines[0].discount_gr == -87
    share = sale.discount_receipt(receipt, percent_bp=-1250)
    assert (share.totals_gr, share.discount_gr) == ((4499, 0, 393, 0, 0, 0, 0), -544)
    amount = sale.discount_receipt(receipt, amount_gr=-544)
    assert (amount.total_gr, sum(amount.totals_gr)) == (4892, 4892)
    assert sale.discount_receipt(amount, amount_gr=0).total_gr == receipt.total_gr


def test_a_mark_up_goes_with_the_last_line() -> None:
    """Else a receipt without lines would owe something."""
    for off in ({"amount_gr": -500}, {"percent_bp": -1000}):
        marked = sale.discount_receipt(sold((MILK, 1000), (VODKA, 1000)), **off)
        one = sale.void(marked, 0)
        assert one.discount_gr < 0
        none = sale.void(one, 1)
        assert (none.total_gr, none.percent_bp, sum(none.totals_gr)) == (0, 0, 0)


def test_one_of_the_shops_own_is_named_and_the_next_is_not() -> None:
    tenth = sale.OfShop("tenth", "Stały klient")
    line = sale.discount_line(sold((MILK, 1000)), 0, percent_bp=1000, of_shop=tenth).lines[0]
    assert (line.discount_id, line.discount_name) == ("tenth", "Stały klient")
    receipt = sale.discount_receipt(sold((MILK, 1000)), percent_bp=1000, of_shop=tenth)
    assert (receipt.discount_id, receipt.discount_name) == ("tenth", "Stały klient")
    own = sale.discount_receipt(receipt, amount_gr=1)
    assert (own.discount_id, own.discount_name) == ("", "")
    assert sale.void(receipt, 0).discount_id == ""


def test_a_smaller_price_may_not_fall_below_the_discount() -> None:
    receipt = sale.discount_line(sold((MILK, 1000)), 0, amount_gr=300)
    refused(Code.DISCOUNT_TOO_BIG, sale.change, receipt, 0, price_gr=300)


def test_void_strikes_through_and_keeps_the_line() -> None:
    receipt = sale.void(sold((MILK, 1000), (VODKA, 1000)), 0)
    assert [line.is_void for line in receipt.lines] == [True, False]
    assert receipt.total_gr == 3999
    refused(Code.EMPTY_RECEIPT, sale.void, receipt, 0)
    refused(Code.EMPTY_RECEIPT, sale.change, receipt, 0, qty_milli=2000)


def test_void_takes_back_a_receipt_discount_that_no_longer_fits() -> None:
    receipt = sale.discount_receipt(sold((MILK, 1000), (VODKA, 1000)), amount_gr=4000)
    receipt = sale.void(receipt, 1)
    assert (receipt.discount_gr, receipt.total_gr) == (0, 349)


def test_empty_receipt_cannot_be_paid_or_discounted() -> None:
    refused(Code.EMPTY_RECEIPT, tender.pay, NEW, cash(100))
    refused(Code.EMPTY_RECEIPT, sale.discount_receipt, NEW, amount_gr=1)
    refused(Code.EMPTY_RECEIPT, tender.pay, sale.void(sold((MILK, 1000)), 0), cash(100))


def test_exact_cash_pays() -> None:
    receipt = tender.pay(sold((MILK, 1000)), cash(349))
    assert (receipt.state, receipt.due_gr, receipt.change_gr) == (State.PAID, 0, 0)


def test_cash_gives_change_and_card_may_not() -> None:
    receipt = sold((MILK, 1000))
    assert tender.pay(receipt, cash(500)).change_gr == 151
    refused(Code.CARD_TOO_MUCH, tender.pay, receipt, card(350))


def test_split_payment() -> None:
    half = tender.pay(sold((MILK, 2000)), card(300))
    assert (half.state, half.due_gr) == (State.OPEN, 398)
    paid = tender.pay(half, cash(400))
    assert (paid.state, paid.change_gr) == (State.PAID, 2)
    assert tender.reopen(paid) == replace(half, payments=())


def test_what_is_owed_stands_still_once_money_came() -> None:
    half = tender.pay(sold((MILK, 2000)), card(300))
    for do in (
        lambda: sale.add(half, MILK, 1000, 349, 500),
        lambda: sale.void(half, 0),
        lambda: sale.discount_line(half, 0, amount_gr=1),
        lambda: sale.discount_receipt(half, amount_gr=1),
    ):
        refused(Code.PAYMENT_BEGUN, do)


@pytest.mark.parametrize("amount", [0, -1])
def test_payment_must_be_positive(amount: int) -> None:
    refused(Code.BAD_AMOUNT, tender.pay, sold((MILK, 1000)), cash(amount))


def test_nothing_changes_a_paid_receipt() -> None:
    paid = tender.pay(sold((MILK, 1000)), cash(349))
    for do in (
        lambda: sale.add(paid, MILK, 1000, 349, 500),
        lambda: sale.void(paid, 0),
        lambda: sale.change(paid, 0, qty_milli=2000),
        lambda: sale.discount_receipt(paid, amount_gr=1),
        lambda: tender.pay(paid, cash(1)),
    ):
        refused(Code.BUSY, do)
    refused(Code.NIP_TOO_LATE, sale.with_nip, paid, "")
    refused(Code.BUSY, sale.with_nip, replace(paid, state=State.PRINTING), "")


def test_nip_is_checked() -> None:
    assert sale.with_nip(NEW, "526-000-12-46").nip == "5260001246"
    refused(Code.BAD_NIP, sale.with_nip, NEW, "5260001247")
    assert sale.with_nip(sale.with_nip(NEW, "5260001246"), "").nip == ""


def test_lines_are_limited() -> None:
    receipt = replace(NEW, lines=sold((MILK, 1000)).lines * sale.LINES_MAX)
    refused(Code.BAD_AMOUNT, sale.add, receipt, MILK, 1000, 349, 500)


class AnySequence(RuleBasedStateMachine):
    """Whatever is done, sums agree and refused steps change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.receipt = NEW

    def attempt(self, do, *args, **kwargs) -> None:
        try:
            self.receipt = do(self.receipt, *args, **kwargs)
        except Rejected:
            return

    @rule(article=st.sampled_from([MILK, CHEESE, VODKA]), qty=st.integers(-1000, 5000))
    def add(self, article: Article, qty: int) -> None:
        self.attempt(sale.add, article, qty, article.price_gr, article.rate_bp)

    @rule(no=st.integers(-1, 5), qty=st.integers(-1000, 9000), price=st.integers(-10, 9000))
    def change(self, no: int, qty: int, price: int) -> None:
        self.attempt(sale.change, no, qty_milli=qty, price_gr=price)

    @rule(no=st.integers(-1, 5), amount=st.integers(-10, 5000))
    def discount_line(self, no: int, amount: int) -> None:
        self.attempt(sale.discount_line, no, amount_gr=amount)

    @rule(amount=st.integers(-10, 9000))
    def discount_receipt(self, amount: int) -> None:
        self.attempt(sale.discount_receipt, amount_gr=amount)

    @rule(no=st.integers(-1, 5))
    def void(self, no: int) -> None:
        self.attempt(sale.void, no)

    @rule(kind=st.sampled_from([cash, card]), amount=st.integers(-5, 20_000))
    def pay(self, kind, amount: int) -> None:
        self.attempt(tender.pay, kind(amount))

    @rule()
    def reopen(self) -> None:
        self.attempt(tender.reopen)

    @invariant()
    def sums_agree(self) -> None:
        receipt = self.receipt
        assert sum(receipt.totals_gr) == receipt.total_gr
        assert receipt.total_gr > 0 or receipt.is_empty
        assert (receipt.state is State.PAID) == (bool(receipt.payments) and receipt.due_gr == 0)
        assert receipt.paid_gr - receipt.change_gr + receipt.due_gr == receipt.total_gr


TestAnySequence = AnySequence.TestCase


@given(st.integers(1, 9_999_999), st.integers(1, 99_999))
def test_line_value_never_loses_a_grosz_per_piece(price: int, pieces: int) -> None:
    if price * pieces <= 9_999_999_999:
        receipt = sale.add(NEW, MILK, pieces * 1000, price, 500)
        assert receipt.total_gr == price * pieces
