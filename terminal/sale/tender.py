"""How money is received: what each way of paying takes, in which amounts, with which answer. Pure.

A voucher that gives no change counts with what was due; its full value is kept beside. Foreign
money is worth its hundredths times the rate, rounded half up to whole grosze, as the fiscal printer
does it; change is always given in zlotys. A card of which nobody knows whether it was charged is
the last payment of its receipt and does not count until somebody has said what became of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.sale.money import AMOUNT_MAX_GR, show_gr
from terminal.sale.receipt import CardStatus, DocumentKind, Payment, Receipt, State, step

if TYPE_CHECKING:
    from terminal.sync.wire import Currency, PaymentMethod

CURRENCY = "currency"
VOUCHERS = frozenset({"bon", "voucher"})
_GIVE_CHANGE = frozenset({"cash", CURRENCY})
_RATE_ONE = 10_000


def tendered(receipt: Receipt, method: PaymentMethod, amount_gr: int) -> Payment:
    """``amount_gr`` given in a way of the shop; raises E-116 when it must pay alone."""
    is_alone = method.always_separate or not method.is_fiscal
    if is_alone and (receipt.payments or amount_gr < receipt.total_gr):
        raise Rejected(Code.PAYS_ALONE, method=method.name, total=show_gr(receipt.total_gr))
    is_voucher = method.kind in VOUCHERS and not method.gives_change
    counts_gr = min(amount_gr, receipt.due_gr) if is_voucher else amount_gr
    return Payment(
        method.id,
        method.name,
        method.kind,
        counts_gr,
        status=CardStatus.ASKED if method.uses_terminal else CardStatus.NONE,
        reference=method.account_no,
        face_gr=amount_gr if counts_gr < amount_gr else 0,
    )


def exchanged(currency: Currency, foreign: int) -> Payment:
    """``foreign`` hundredths of a currency at the rate of the shop."""
    return Payment(
        currency.id,
        currency.name[:25],
        CURRENCY,
        worth_gr(foreign, currency.rate_e4),
        symbol=currency.id,
        foreign=foreign,
        rate_e4=currency.rate_e4,
    )


def worth_gr(foreign: int, rate_e4: int) -> int:
    """Foreign hundredths in grosze, half up."""
    return (2 * foreign * rate_e4 + _RATE_ONE) // (2 * _RATE_ONE)


def enough(due_gr: int, rate_e4: int) -> int:
    """The fewest hundredths of a currency that cover ``due_gr``."""
    # The smallest that rounds up to the due: its worth is half a grosz less, or more.
    return -((_RATE_ONE - 2 * due_gr * _RATE_ONE) // (2 * rate_e4))


def pay(receipt: Receipt, payment: Payment, *, gives_change: bool = False) -> Receipt:
    """Receive money; the receipt is PAID when nothing is due.

    Only cash, foreign money and what ``gives_change`` may exceed the due. Raises E-32 while a card
    is in doubt.
    """
    _expect_settled(receipt)
    if receipt.state is not State.OPEN:
        raise Rejected(Code.BUSY)
    if receipt.is_empty or receipt.total_gr <= 0:
        raise Rejected(Code.EMPTY_RECEIPT)
    if not 0 < payment.amount_gr <= AMOUNT_MAX_GR:
        raise Rejected(Code.BAD_AMOUNT)
    may_exceed = gives_change or payment.kind in _GIVE_CHANGE
    if not may_exceed and payment.amount_gr > receipt.due_gr:
        due = show_gr(receipt.due_gr)
        raise Rejected(Code.CARD_TOO_MUCH, method=payment.name, due=due)
    return _paid(replace(receipt, payments=(*receipt.payments, payment)))


def answered(receipt: Receipt, status: CardStatus, reference: str = "") -> Receipt:
    """What became of the card that is in doubt; NONE when it was not charged. Raises E-119."""
    asked = receipt.in_doubt
    if asked is None or status is CardStatus.ASKED:
        raise Rejected(Code.NOTHING_ASKED)
    before = receipt.payments[:-1]
    if status is CardStatus.NONE:
        return replace(receipt, payments=before)
    answer = replace(asked, status=status, reference=reference)
    return _paid(replace(receipt, payments=(*before, answer)))


def reopen(receipt: Receipt) -> Receipt:
    """Take the payments back, to sell on or to pay in another way. Raises E-55 when printing."""
    return _left(receipt, ())


def take_back(receipt: Receipt) -> Receipt:
    """Take the last payment back. Raises E-55 when printing."""
    return _left(receipt, receipt.payments[:-1])


def to_reverse(payments: tuple[Payment, ...]) -> tuple[Payment, ...]:
    """Those that a payment terminal has charged: taking them back needs a reversal there."""
    return tuple(it for it in payments if it.status is CardStatus.APPROVED)


def let_go(receipt: Receipt) -> None:
    """Raise E-32 or E-115 while money of a card hangs on the receipt."""
    _expect_settled(receipt)
    if charged := to_reverse(receipt.payments):
        amount = show_gr(sum(it.amount_gr for it in charged))
        raise Rejected(Code.CARD_TO_REVERSE, method=charged[0].name, amount=amount)


def ends_in_bill(receipt: Receipt, method: PaymentMethod) -> bool:
    """Whether paying so ends in a non-fiscal bill; raises E-117 for what cannot be one."""
    if method.is_fiscal:
        return False
    if receipt.makes_good or receipt.document is not DocumentKind.RECEIPT:
        raise Rejected(Code.NO_BILL)
    return True


def _left(receipt: Receipt, payments: tuple[Payment, ...]) -> Receipt:
    _expect_settled(receipt)
    if receipt.state is State.PRINTING:
        raise Rejected(Code.BUSY)
    state = receipt.state if receipt.state is State.OPEN else step(receipt.state, "reopen")
    return replace(receipt, state=state, payments=payments)


def _paid(receipt: Receipt) -> Receipt:
    is_paid = receipt.due_gr == 0 and receipt.in_doubt is None
    return replace(receipt, state=step(receipt.state, "pay")) if is_paid else receipt


def _expect_settled(receipt: Receipt) -> None:
    if card := receipt.in_doubt:
        raise Rejected(Code.CARD_UNKNOWN, method=card.name, amount=show_gr(card.amount_gr))
