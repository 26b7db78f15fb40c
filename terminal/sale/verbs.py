"""What may be done with a receipt. Pure: a verb gives a new receipt, or raises."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stdnum.pl import nip as polish_nip

from drivers.fiscal import INACTIVE, VAT_LETTERS
from terminal.errors import Code, Rejected
from terminal.sale.line import (
    OWN,
    Line,
    OfShop,
    Reduction,
    check,
    discounted,
    recounted,
    take_off,
)
from terminal.sale.money import AMOUNT_MAX_GR
from terminal.sale.receipt import CardStatus, DocumentKind, Receipt, State, step

if TYPE_CHECKING:
    from drivers.fiscal import PercentMode, Seven
    from terminal.store.catalogue import Article

LINES_MAX = 500


def add(receipt: Receipt, article: Article, qty_milli: int, price_gr: int, rate_bp: int) -> Receipt:
    """Sell an article at the printer's rate; raises E-18 for nothing, E-61 for decimals."""
    _expect_own_lines(receipt)
    if len(receipt.lines) >= LINES_MAX:
        raise Rejected(Code.BAD_AMOUNT)
    line = Line(
        article.id,
        article.plu,
        article.barcode,
        article.name,
        article.unit,
        article.precision,
        article.vat,
        rate_bp,
        article.price_gr,
        price_gr,
        qty_milli,
        min_age=article.min_age,
    )
    return _with_lines(receipt, (*receipt.lines, check(line)))


def change(
    receipt: Receipt, no: int, *, qty_milli: int | None = None, price_gr: int | None = None
) -> Receipt:
    """Give line ``no`` (from 0) another quantity or price; a discount must still fit."""
    line = _line(receipt, no)
    qty = line.qty_milli if qty_milli is None else qty_milli
    price = line.price_gr if price_gr is None else price_gr
    changed = replace(line, qty_milli=qty, price_gr=price)
    return _put(receipt, no, recounted(changed, receipt.percent_mode))


def discount_line(
    receipt: Receipt,
    no: int,
    *,
    amount_gr: int | None = None,
    percent_bp: int | None = None,
    of_shop: OfShop = OWN,
) -> Receipt:
    """Take an amount or a share off line ``no``; 0 takes it back, below 0 marks up. Raises E-19."""
    line, reduction = _line(receipt, no), Reduction(amount_gr, percent_bp, of_shop)
    return _put(receipt, no, discounted(line, reduction, receipt.percent_mode))


def discount_receipt(
    receipt: Receipt,
    *,
    amount_gr: int | None = None,
    percent_bp: int | None = None,
    of_shop: OfShop = OWN,
) -> Receipt:
    """Take an amount or a share off the receipt, below 0 marks up. Raises E-17 when empty, E-19."""
    _expect_own_lines(receipt)
    if receipt.is_empty:
        raise Rejected(Code.EMPTY_RECEIPT)
    reduction = Reduction(amount_gr, percent_bp, of_shop)
    given = replace(
        receipt,
        discount_gr=take_off(receipt.subtotal_gr, reduction, receipt.percent_mode),
        percent_bp=percent_bp or 0,
        discount_id=of_shop.id,
        discount_name=of_shop.name,
    )
    return _check_total(_with_lines(given, given.lines))


def void(receipt: Receipt, no: int) -> Receipt:
    """Strike line ``no`` through; the discount on the receipt goes when it no longer fits.

    A mark-up goes with the last line: nothing is left that it could be put on.
    """
    line = _line(receipt, no)
    lines = list(receipt.lines)
    lines[no] = replace(line, is_void=True)
    changed = _with_lines(receipt, tuple(lines))
    if changed.is_empty:
        # Whatever is sold next has nothing to do with the order.
        changed = replace(changed, fulfils="")
    elif changed.total_gr > 0:
        return changed
    return replace(changed, discount_gr=0, percent_bp=0, discount_id="", discount_name="")


def with_nip(receipt: Receipt, nip: str) -> Receipt:
    """Put the buyer's tax number on the receipt, ``""`` takes it off. Raises E-28, E-30.

    An invoice becomes a receipt: it would have another buyer.
    """
    if receipt.state is State.PAID:
        raise Rejected(Code.NIP_TOO_LATE)
    _expect_open(receipt)
    changed = replace(receipt, nip=tax_number(nip))
    if not receipt.is_invoice:
        return changed
    return replace(changed, document=DocumentKind.RECEIPT, buyer_name="", buyer_address="")


def tax_number(nip: str) -> str:
    """The digits of a NIP, or none; raises E-28."""
    digits = nip.replace("-", "").replace(" ", "")
    is_number = digits.isascii() and digits.isdigit()
    if digits and not (is_number and polish_nip.is_valid(digits)):
        raise Rejected(Code.BAD_NIP, nip=nip)
    return digits


def with_age(receipt: Receipt, age: int) -> Receipt:
    """Remember that the cashier made sure of the buyer's age."""
    _expect_unpaid(receipt)
    return replace(receipt, age_checked=max(age, receipt.age_checked))


def with_customer(receipt: Receipt, customer_id: str, name: str) -> Receipt:
    """Put a customer on the receipt; empty texts take them off."""
    _expect_open(receipt)
    return replace(receipt, customer_id=customer_id, customer=name)


def recount(receipt: Receipt, mode: PercentMode) -> Receipt:
    """The receipt as a printer counts it that takes percents off in ``mode``.

    When that is another total, payments are taken back, but for cards: what a payment terminal may
    have charged, somebody takes back there first. Raises E-19 when nothing would be left.
    """
    lines = tuple(line if line.is_void else check(recounted(line, mode)) for line in receipt.lines)
    counted = _check_total(_with_lines(replace(receipt, percent_mode=mode), lines))
    if counted.totals_gr == receipt.totals_gr:
        return counted
    state = State.OPEN if receipt.state is State.OPEN else step(receipt.state, "reopen")
    cards = tuple(it for it in receipt.payments if it.status is not CardStatus.NONE)
    return replace(counted, state=state, payments=cards)


def at_rates(receipt: Receipt, rates: Seven) -> Receipt:
    """The receipt at the printer's VAT rates; prices are gross and stay. Raises E-13."""
    lines = tuple(
        replace(line, rate_bp=rates[VAT_LETTERS.index(line.vat)]) for line in receipt.lines
    )
    for line in lines:
        if not line.is_void and line.rate_bp == INACTIVE:
            raise Rejected(Code.RATE_INACTIVE, vat=line.vat)
    return receipt if lines == receipt.lines else replace(receipt, lines=lines)


def expect_no_bill(receipt: Receipt) -> None:
    """Raise E-145 for a receipt that makes a bill good: it has the lines of that bill."""
    if receipt.makes_good:
        raise Rejected(Code.BILL_STANDS)


def _expect_open(receipt: Receipt) -> None:
    if receipt.state is not State.OPEN:
        raise Rejected(Code.BUSY)


def _expect_unpaid(receipt: Receipt) -> None:
    """What is owed stands still from the first payment on."""
    _expect_open(receipt)
    if receipt.payments:
        raise Rejected(Code.PAYMENT_BEGUN)


def _expect_own_lines(receipt: Receipt) -> None:
    """What a bill has told already stands still as well."""
    _expect_unpaid(receipt)
    expect_no_bill(receipt)


def _line(receipt: Receipt, no: int) -> Line:
    _expect_own_lines(receipt)
    if not 0 <= no < len(receipt.lines) or receipt.lines[no].is_void:
        raise Rejected(Code.EMPTY_RECEIPT)
    return receipt.lines[no]


def _put(receipt: Receipt, no: int, line: Line) -> Receipt:
    lines = (*receipt.lines[:no], check(line), *receipt.lines[no + 1 :])
    return _check_total(_with_lines(receipt, lines))


def _with_lines(receipt: Receipt, lines: tuple[Line, ...]) -> Receipt:
    """The receipt with these lines; a percent off the whole is taken anew."""
    changed = replace(receipt, lines=lines)
    if not receipt.percent_bp:
        return changed
    return replace(changed, discount_gr=changed.subtotal_gr - sum(changed.totals_gr))


def _check_total(receipt: Receipt) -> Receipt:
    if receipt.live_lines and not 0 < receipt.total_gr <= AMOUNT_MAX_GR:
        raise Rejected(Code.DISCOUNT_TOO_BIG)
    return receipt
