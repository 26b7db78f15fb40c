"""Commands of the payment section.

Source: protocol.md §10; sums and limits are checked in ``tender``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hw_emulator.posnet.arithmetic import exchanged
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.layout import centred
from hw_emulator.posnet.opening import note_progress
from hw_emulator.posnet.receipt_layout import PAYMENT_NAMES
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.tender import FOREIGN, Foreign, Payment
from hw_emulator.posnet.values import AMOUNT_MAX

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_TABLE = "ty!i wa!a na:s25 re:b"
_FOREIGN = "wc!a wa:a ra!i na!s25 sb!s3 re:b"
_RATE_MAX = 99_999_999_999
_SYMBOL = re.compile(r"[A-Z]{3}\Z", re.ASCII)


def _payment(args: Args) -> Payment:
    if args.number("ty") not in PAYMENT_NAMES:
        raise Refused(Code.PAYMENT_KIND)
    if not args.number("wa"):
        raise Refused(Code.PAYMENT_ZERO)
    return Payment(args.number("ty"), args.number("wa"), args.text("na"), args.flag("re"))


def _foreign_payment(args: Args) -> Payment:
    symbol, amount, rate = args.text("sb"), args.number("wc"), args.number("ra")
    if not _SYMBOL.match(symbol):
        raise Refused(Code.CURRENCY_NAME)
    if rate > _RATE_MAX:
        raise BadField(Code.BAD_VALUE, "ra")
    if not rate:
        raise Refused(Code.CURRENCY_RATE)
    value = exchanged(amount, rate)
    if value > AMOUNT_MAX:
        raise Refused(Code.CURRENCY_OVERFLOW)
    if args.number("wa", value) != value:
        raise Refused(Code.CURRENCY_CHECK)
    if not value:
        raise Refused(Code.PAYMENT_ZERO)
    foreign = Foreign(symbol, amount, rate)
    return Payment(FOREIGN, value, args.text("na"), args.flag("re"), foreign)


def _pay(device: Device, payment: Payment) -> None:
    transaction = device.open_transaction()
    if transaction.is_empty:
        raise Refused(Code.NO_ITEMS)
    transaction.tender.pay(payment, transaction.due_gr)
    note_progress(device)


def _withdraw(device: Device, payment: Payment) -> None:
    device.open_transaction().tender.withdraw(payment)
    note_progress(device)


@command("trpayment", table=_TABLE, row="payment")
def trpayment(device: Device, args: Args) -> None:
    """Register a payment or, with re1, change."""
    _pay(device, _payment(args))


@command("trpaymentdelete", table=_TABLE, row="payment")
def trpaymentdelete(device: Device, args: Args) -> None:
    """Remove one payment that was registered exactly so."""
    _withdraw(device, _payment(args))


@command("trpaymentcurr", table=_FOREIGN, row="payment")
def trpaymentcurr(device: Device, args: Args) -> None:
    """Register a payment, or change, in a foreign currency."""
    _pay(device, _foreign_payment(args))


@command("trpaymentcurrdelete", table=_FOREIGN, row="payment")
def trpaymentcurrdelete(device: Device, args: Args) -> None:
    """Remove one payment in a foreign currency that was registered exactly so."""
    _withdraw(device, _foreign_payment(args))


@command("trpaymentcanc", row="payment")
def trpaymentcanc(device: Device, _args: Args) -> None:
    """Remove all payments."""
    device.open_transaction().tender.payments.clear()
    note_progress(device)


@command("trsubtotcanc", row="payment")
def trsubtotcanc(device: Device, _args: Args) -> None:
    """Remove receipt discounts and all payments."""
    had_discount = device.open_transaction().withdraw_bill()
    note_progress(device, [centred("ANULOWANO OPUST DO PARAGONU")] if had_discount else [])
