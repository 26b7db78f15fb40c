"""Commands that fill a receipt: lines, subtotal, buyer, advance. No payments, no closing.

Source: protocol.md §9, §10; rules of lines and advances are in ``transaction``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import receipt_layout
from hw_emulator.posnet.adjustments import Adjustment
from hw_emulator.posnet.arithmetic import line_value
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.goods import height, identity
from hw_emulator.posnet.layout import LETTERS
from hw_emulator.posnet.opening import note_progress
from hw_emulator.posnet.registry import Prints, State, command
from hw_emulator.posnet.settings_table import quantity_sign
from hw_emulator.posnet.transaction import Line
from hw_emulator.posnet.values import AMOUNT_MAX, INACTIVE, RATES, Args

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.transaction import Transaction

_LINE = "na!s{} vt!i pr!a st:b wa:a il:q op:s{} jm:s4 rd:b rn:s25 rp:p rw:a np:s49 nc:s51"
QUANTITY_MAX = 9_999_999_999
_ADVANCE_NAME, _NIP_CAPTION = "ZALICZKA", "NIP NABYWCY:"


def adjustment_of(args: Args, name: str = "na") -> Adjustment:
    """Discount parameters of a command; ``name`` is its parameter for the name."""
    return Adjustment(
        percent=args.number("rp") if args.has("rp") else None,
        amount_gr=args.number("rw") if args.has("rw") else None,
        is_markup=not args.flag("rd", default=True),
        name=args.text(name),
    )


def active_rate(device: Device, args: Args) -> int:
    """Index of the rate a command names; raises Refused."""
    vat = args.number("vt")
    if vat >= RATES or device.books.rates_bp[vat] == INACTIVE:
        raise Refused(Code.VAT_FIELD)
    return vat


@command(
    "trline",
    table=_LINE.format(40, 35),
    row="line",
    prints=Prints.WHEN_ONLINE,
    storno_row="storno",
    old=True,
)
@command(
    "trline",
    table=_LINE.format(80, 50),
    row="line",
    prints=Prints.WHEN_ONLINE,
    storno_row="storno",
)
def trline(device: Device, args: Args) -> None:
    """Sell or storno one line."""
    transaction = device.open_transaction()
    _check_goods(device, transaction, args)
    value = _value(args)
    adjustment = adjustment_of(args, "rn")
    change = 0
    if not adjustment.is_empty:
        change = adjustment.change_of(value, discount_first=device.books.discount_first)
    line = Line(
        name=args.text("na"),
        vat=args.number("vt"),
        price_gr=args.number("pr"),
        quantity=args.quantity("il"),
        value_gr=value,
        change_gr=change,
        is_storno=args.flag("st"),
        percent=adjustment.percent,
        change_name=adjustment.name,
        unit=args.text("jm"),
        description=args.text("op"),
        class_no=args.text("np"),
        code=args.text("nc"),
    )
    transaction.add(line)
    note_progress(device, [] if transaction.invoice else _shown(device, line, adjustment))


def _shown(device: Device, line: Line, adjustment: Adjustment) -> list[str]:
    lines = receipt_layout.sale(line, quantity_sign(device.books))
    if line.change_gr:
        change = -line.change_gr if line.is_storno else line.change_gr
        label = (adjustment.name, adjustment.percent, change, LETTERS[line.vat])
        return lines + receipt_layout.adjustment(*label, is_storno=line.is_storno)
    # A name without a value only tells; a description takes its place.
    if adjustment.name and not line.description:
        word = "narzut" if adjustment.is_markup else "rabat"
        lines.append(f"  uwzględnia {word}: {adjustment.name}")
    return lines


def _check_goods(device: Device, transaction: Transaction, args: Args) -> None:
    vat, key = active_rate(device, args), identity(args.text("na"))
    rates, goods = device.books.rates_bp, device.books.goods
    if not key:
        raise Refused(Code.GOODS_NAME)
    sold_at = [rates[line.vat] for line in transaction.lines if identity(line.name) == key]
    if key in goods:
        sold_at.append(goods[key])
    # A storno repeats a line that was allowed when it was sold.
    if args.flag("st"):
        return
    if sold_at and height(rates[vat]) > min(map(height, sold_at)):
        raise Refused(Code.GOODS_LOCKED)
    if not sold_at and len(goods) >= device.profile.goods_max:
        raise Refused(Code.GOODS_FULL)


def _value(args: Args) -> int:
    if args.number("pr") <= 0:
        raise Refused(Code.PRICE)
    if args.quantity("il") <= 0:
        raise Refused(Code.QUANTITY)
    if args.quantity("il") > QUANTITY_MAX:
        raise BadField(Code.BAD_VALUE, "il")
    value = line_value(args.number("pr"), args.quantity("il"))
    if value == 0 or (args.has("wa") and args.number("wa") == 0):
        raise Refused(Code.LINE_ZERO)
    if value > AMOUNT_MAX:
        raise Refused(Code.LINE_TOO_BIG)
    if args.number("wa", value) != value:
        raise Refused(Code.LINE_CHECK)
    return value


@command(
    "tradvance",
    table="na:s80 vt!i pr!a st:b wa!a",
    row="line",
    prints=Prints.WHEN_ONLINE,
    storno_row="storno",
)
def tradvance(device: Device, args: Args) -> None:
    """Settle an advance payment: it lowers the fiscal total, down to nothing if need be."""
    transaction = device.open_transaction()
    vat, amount, base = active_rate(device, args), args.number("pr"), args.number("wa")
    is_storno = args.flag("st")
    transaction.advance(vat, amount, base, is_storno=is_storno)
    name = args.text("na") or _ADVANCE_NAME
    change = amount if is_storno else -amount
    note_progress(device, receipt_layout.advance(name, base, change, LETTERS[vat]))


@command("showsubtotal", row="line", prints=Prints.WHEN_ONLINE)
def showsubtotal(device: Device, _args: Args) -> None:
    """Print the subtotal; on an invoice there is none, and nothing happens."""
    transaction = device.open_transaction()
    if device.state is State.INVOICE:
        return
    if not transaction.lines:
        raise Refused(Code.NO_ITEMS)
    note_progress(device, receipt_layout.subtotal(transaction.total_gr))


@command("trnipset", table="ni!s30 dw:b ds:s56", row="buyer")
def trnipset(device: Device, args: Args) -> None:
    """Put the buyer's tax number on the receipt; the last one sent wins, spaces take it off."""
    if not args.text("ni"):
        raise Refused(Code.EMPTY_TEXT)
    transaction = device.open_transaction()
    transaction.nip = args.text("ni").strip()
    transaction.nip_caption = args.text("ds") or _NIP_CAPTION
