"""Commands of the payment section.

Source: protocol.md §10; sums and limits are checked in ``transaction``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.layout import PAYMENT_NAMES
from hw_emulator.posnet.receipt import note_progress
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.transaction import Payment

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_TABLE = "ty!i wa!a na:s25 re:b"


def _payment(args: Args) -> Payment:
    if args.number("ty") not in PAYMENT_NAMES:
        raise Refused(Code.PAYMENT_KIND)
    if not args.number("wa"):
        raise Refused(Code.PAYMENT_ZERO)
    return Payment(args.number("ty"), args.number("wa"), args.text("na"), args.flag("re"))


@command("trpayment", table=_TABLE, row="closing")
def trpayment(device: Device, args: Args) -> None:
    """Register a payment or, with re1, change."""
    device.open_transaction().pay(_payment(args))
    note_progress(device)


@command("trpaymentdelete", table=_TABLE, row="closing")
def trpaymentdelete(device: Device, args: Args) -> None:
    """Remove one payment that was registered exactly so."""
    device.open_transaction().withdraw(_payment(args))
    note_progress(device)


@command("trpaymentcanc", row="closing")
def trpaymentcanc(device: Device, _args: Args) -> None:
    """Remove all payments."""
    device.open_transaction().payments.clear()
    note_progress(device)


@command("trsubtotcanc", row="closing")
def trsubtotcanc(device: Device, _args: Args) -> None:
    """Remove receipt discounts and all payments."""
    device.open_transaction().withdraw_bill()
    note_progress(device)
