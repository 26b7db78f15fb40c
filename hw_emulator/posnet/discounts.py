"""Commands of discounts, mark-ups and promotions on what was sold.

Source: protocol.md §10; what each changes is in ``adjustments`` and ``transaction``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import receipt_layout
from hw_emulator.posnet.adjustments import Adjustment
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.goods import identity
from hw_emulator.posnet.layout import LETTERS, RULE, money, pair
from hw_emulator.posnet.opening import note_progress
from hw_emulator.posnet.receipt import active_rate, adjustment_of
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.transaction import Extra

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_ADJUST = "na:s25 rd:b rp:p rw:a"


@command("trdiscntsubtot", table=_ADJUST, row="discount", prints=Prints.WHEN_ONLINE)
def trdiscntsubtot(device: Device, args: Args) -> None:
    """Discount or mark-up on everything sold so far."""
    transaction = device.open_transaction()
    before = transaction.total_gr
    adjustment = adjustment_of(args)
    change = transaction.adjust_total(adjustment, discount_first=device.books.discount_first)
    lines = [
        *receipt_layout.subtotal(before),
        *receipt_layout.adjustment(adjustment.name, adjustment.percent, change),
        *receipt_layout.subtotal(transaction.total_gr),
    ]
    note_progress(device, lines)


@command("trdiscntbill", table=_ADJUST, row="bill discount", prints=Prints.WHEN_ONLINE)
def trdiscntbill(device: Device, args: Args) -> None:
    """Discount or mark-up on the whole receipt."""
    transaction = device.open_transaction()
    adjustment, before = adjustment_of(args), transaction.total_gr
    is_first = transaction.before_bill_gr is None
    change = transaction.adjust_bill(adjustment, discount_first=device.books.discount_first)
    subtotal = [RULE, *receipt_layout.subtotal(before)] if is_first else []
    line = receipt_layout.adjustment(adjustment.name, adjustment.percent, change)
    note_progress(device, [*subtotal, *line])


@command(
    "trdiscntvat",
    table="vt!i rd:b rp:p rw:a na:s25 rt:a",
    row="discount",
    prints=Prints.WHEN_ONLINE,
)
def trdiscntvat(device: Device, args: Args) -> None:
    """Discount or mark-up on one rate."""
    transaction = device.open_transaction()
    vat, adjustment = active_rate(device, args), adjustment_of(args)
    base = args.number("rt") if args.has("rt") else None
    first = device.books.discount_first
    change = transaction.adjust_rate(vat, base, adjustment, discount_first=first)
    _note(device, adjustment, change, vat)


def _note(device: Device, adjustment: Adjustment, change_gr: int, vat: int) -> None:
    label = (adjustment.name, adjustment.percent, change_gr, LETTERS[vat])
    note_progress(device, receipt_layout.adjustment(*label))


@command(
    "trdiscntline",
    table="vt!i ds!s80 rt!a st:b rd:b rp:p rw:a na:s25",
    row="discount",
    prints=Prints.WHEN_ONLINE,
)
def trdiscntline(device: Device, args: Args) -> None:
    """Discount or mark-up on goods sold before; stT cancels one that was given exactly so."""
    transaction = device.open_transaction()
    vat, adjustment = active_rate(device, args), adjustment_of(args)
    goods, base = identity(args.text("ds")), args.number("rt")
    if not goods:
        raise Refused(Code.GOODS_NAME)
    key = ("line", vat, goods, base, adjustment)
    if args.flag("st"):
        change = -transaction.cancel(key).change_gr
    else:
        sold = transaction.sold_gr(goods, vat)
        if sold is None:
            raise Refused(Code.GOODS_NOT_FOUND)
        if transaction.base_of(vat, base) > sold:
            raise Refused(Code.DISCOUNT_BASE)
        change = adjustment.change_of(base, discount_first=device.books.discount_first)
        transaction.enter(Extra(key, vat, goods, change))
    is_storno = args.flag("st")
    label = (adjustment.name, adjustment.percent, change, LETTERS[vat])
    lines = [
        *receipt_layout.adjustment(*label, is_storno=is_storno),
        f"Do plu: {args.text('ds')}"[: device.width],
    ]
    _note_cancellable(device, lines, is_storno=is_storno)


@command(
    "trdiscntpromo",
    table="vt!i rw!a st:b na:s25",
    row="discount",
    prints=Prints.WHEN_ONLINE,
)
def trdiscntpromo(device: Device, args: Args) -> None:
    """Promotion in a rate; stT cancels one that was given exactly so."""
    transaction = device.open_transaction()
    vat, amount, name = active_rate(device, args), args.number("rw"), args.text("na")
    if not amount:
        raise Refused(Code.DISCOUNT_ZERO)
    key = ("promotion", vat, amount, name)
    if args.flag("st"):
        change = -transaction.cancel(key).change_gr
    else:
        change = Adjustment.checked_change(transaction.base_of(vat, None), -amount)
        transaction.enter(Extra(key, vat, "", change))
    label = " ".join(part for part in ("OBNIŻKA", name) if part)
    lines = pair(label, money(change) + LETTERS[vat])
    _note_cancellable(device, lines, is_storno=args.flag("st"))


def _note_cancellable(device: Device, lines: list[str], *, is_storno: bool) -> None:
    note_progress(device, [receipt_layout.STORNO, *lines] if is_storno else lines)
