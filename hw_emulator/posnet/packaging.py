"""Commands of returnable packaging: on a receipt, in a settlement of its own, and returned.

Source: protocol.md §9, §10, appendix A (trpackinit, trpack, trpackprnend, packret).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import printing, receipt_layout
from hw_emulator.posnet.books import IN_PACKAGING
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.layout import RULE
from hw_emulator.posnet.opening import begin, check_sale, note_progress
from hw_emulator.posnet.packs import Pack, Packs
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.tender import CASH, Payment
from hw_emulator.posnet.transaction import Transaction
from hw_emulator.posnet.values import AMOUNT_MAX

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_NUMBER_MAX, _END_NUMBER_MAX = 11, 12


@command("trpackinit", row="open")
def trpackinit(device: Device, _args: Args) -> None:
    """Open a settlement of packaging only; it is printed when it ends."""
    check_sale(device)
    begin(device, Transaction(kind=IN_PACKAGING, is_block=True), [])


@command("trpack", table="na:s11 ne:b st:b pr!a il:q wa:a de:s50", row="pack")
def trpack(device: Device, args: Args) -> None:
    """Give packaging out, take it back, or reverse either."""
    transaction = device.open_transaction()
    if transaction.is_in_payment:
        raise Refused(Code.WRONG_STATE)
    transaction.packs.add(_pack(args, _NUMBER_MAX))
    note_progress(device)


def _pack(args: Args, digits_max: int) -> Pack:
    number = args.text("na")
    if number and not (number.isascii() and number.isdigit()):
        raise BadField(Code.BAD_VALUE, "na")
    if len(number) > digits_max:
        raise BadField(Code.BAD_LENGTH, "na")
    if not args.number("pr"):
        raise Refused(Code.PRICE)
    quantity = args.quantity("il")
    if quantity <= 0:
        raise Refused(Code.QUANTITY)
    if quantity != quantity.to_integral_value():
        raise Refused(Code.QUANTITY_NOT_WHOLE)
    pack = Pack(
        number=number.lstrip("0"),
        price_gr=args.number("pr"),
        quantity=int(quantity),
        is_returned=args.flag("ne"),
        is_storno=args.flag("st"),
        description=args.text("de"),
    )
    if pack.value_gr > AMOUNT_MAX:
        raise Refused(Code.PACKS_TOO_BIG)
    if args.number("wa", pack.value_gr) != pack.value_gr:
        raise Refused(Code.PACK_CHECK)
    return pack


@command("trpackprnend", table="na:s12 ne:b pr!a il:q wa:a de:s50", row="footer")
def trpackprnend(_device: Device, args: Args) -> None:
    """Checked and otherwise ignored: packaging was printed from trpack, before the payments."""
    _pack(args, _END_NUMBER_MAX)


@command("packret", table="kw!a", row="idle", prints=Prints.ALWAYS)
def packret(device: Device, args: Args) -> None:
    """Print a return of packaging, paid out in cash. It is not fiscal."""
    amount = args.number("kw")
    if not amount:
        raise BadField(Code.BAD_VALUE, "kw")
    packs = Packs([Pack("", amount, 1, is_returned=True, is_storno=False)])
    lines = settled(packs, [], [Payment(CASH, amount, "", is_change=True)])
    more = {"resets_shift": False, "cash_gr": -amount}
    printing.print_document(device, "", lines, kind="nonfiscal", more=more)


def settled(packs: Packs, paid: list[Payment], change: list[Payment]) -> list[str]:
    """Everything between head and foot of a settlement."""
    return [
        RULE,
        *receipt_layout.packaging(packs, packs.due_gr),
        RULE,
        *receipt_layout.settlement(paid, change),
    ]
