"""Commands that open a receipt and fill it: lines and discounts. No payments, no closing.

Source: protocol.md §9, §10; rules of lines and discounts are in ``transaction``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.arithmetic import line_value
from hw_emulator.posnet.books import IN_BLOCK_RECEIPT, IN_RECEIPT
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.goods import height, identity
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.transaction import Adjustment, Line, Transaction
from hw_emulator.posnet.values import (
    AMOUNT_MAX,
    INACTIVE,
    TOTALIZER_MAX,
    Args,
)

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device

_ADJUST = "na:s25 rd:b rp:p rw:a"
_RATES = 7


def adjustment_of(args: Args, name: str = "na") -> Adjustment:
    """Discount parameters of a command; ``name`` is its parameter for the name."""
    return Adjustment(
        percent=args.number("rp") if args.has("rp") else None,
        amount_gr=args.number("rw") if args.has("rw") else None,
        is_markup=not args.flag("rd", default=True),
        name=args.text(name),
    )


def note_progress(device: Device) -> None:
    """Keep the running totals, for ``strns`` and for the case of a power cut."""
    transaction = device.open_transaction()
    device.memory.append(
        "progress",
        {
            "totals_gr": list(transaction.totals_gr),
            "payments_gr": transaction.paid_gr,
            "change_gr": transaction.declared_change_gr,
        },
        durable=False,
    )


@command("trinit", table="bm:b", row="open", prints=Prints.WHEN_ONLINE)
def trinit(device: Device, args: Args) -> None:
    """Open a receipt."""
    books = device.books
    if not books.header:
        raise Refused(Code.NO_HEADER)
    if all(rate == INACTIVE for rate in books.rates_bp):
        raise Refused(Code.NO_ACTIVE_VAT)
    if books.is_fiscal and len(books.reports) >= device.reports_max:
        raise Refused(Code.REPORTS_USED_UP)
    if max(books.day.totals_gr) + AMOUNT_MAX > TOTALIZER_MAX:
        raise Refused(Code.DAILY_TOTALS_FULL)
    is_block = args.flag("bm")
    kind = IN_BLOCK_RECEIPT if is_block else IN_RECEIPT
    device.memory.append("open", {"at": device.moment(), "document": kind})
    device.transaction = Transaction(is_block, device.interface)
    device.transaction.reference = device.footer.system_no
    device.print([*layout.head(books, layout.FISCAL_TITLE), layout.RULE])


@command(
    "trline",
    table="na!s80 vt!i pr!a st:b wa:a il:q op:s50 jm:s4 rd:b rn:s25 rp:p rw:a np:s49 nc:s51",
    row="line",
    prints=Prints.WHEN_ONLINE,
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
    )
    transaction.add(line)
    note_progress(device)
    lines = layout.sale(line, args.text("jm"), args.text("op"))
    if change:
        sign = -1 if line.is_storno else 1
        letter = layout.LETTERS[line.vat]
        lines += layout.adjustment(adjustment.name, adjustment.percent, sign * change, letter)
    elif adjustment.name:
        lines.append(f"  z opustem: {adjustment.name}")
    device.print(lines)


def _check_goods(device: Device, transaction: Transaction, args: Args) -> None:
    vat, key = args.number("vt"), identity(args.text("na"))
    rates = device.books.rates_bp
    if vat >= _RATES or rates[vat] == INACTIVE:
        raise Refused(Code.VAT_FIELD)
    if not key:
        raise Refused(Code.GOODS_NAME)
    sold_at = [rates[line.vat] for line in transaction.lines if identity(line.name) == key]
    if key in device.books.goods:
        sold_at.append(device.books.goods[key])
    is_locked = bool(sold_at) and height(rates[vat]) > min(map(height, sold_at))
    # A storno repeats a line that was allowed when it was sold.
    if is_locked and not args.flag("st"):
        raise Refused(Code.GOODS_LOCKED)


def _value(args: Args) -> int:
    if args.number("pr") <= 0:
        raise Refused(Code.PRICE)
    if args.quantity("il") <= 0:
        raise Refused(Code.QUANTITY)
    value = line_value(args.number("pr"), args.quantity("il"))
    if value == 0 or (args.has("wa") and args.number("wa") == 0):
        raise Refused(Code.LINE_ZERO)
    if value > AMOUNT_MAX:
        raise Refused(Code.LINE_TOO_BIG)
    if args.number("wa", value) != value:
        raise Refused(Code.LINE_CHECK)
    return value


@command("trdiscntsubtot", table=_ADJUST, row="discount", prints=Prints.WHEN_ONLINE)
def trdiscntsubtot(device: Device, args: Args) -> None:
    """Discount or mark-up on everything sold so far."""
    transaction = device.open_transaction()
    before = transaction.total_gr
    adjustment = adjustment_of(args)
    change = transaction.adjust_total(adjustment, discount_first=device.books.discount_first)
    note_progress(device)
    device.print(
        [
            *layout.pair("Podsuma:", layout.money(before)),
            *layout.adjustment(adjustment.name, adjustment.percent, change),
            *layout.pair("Podsuma:", layout.money(transaction.total_gr)),
        ]
    )


@command("trdiscntbill", table=_ADJUST, row="bill discount", prints=Prints.WHEN_ONLINE)
def trdiscntbill(device: Device, args: Args) -> None:
    """Discount or mark-up on the whole receipt."""
    transaction = device.open_transaction()
    adjustment = adjustment_of(args)
    change = transaction.adjust_bill(adjustment, discount_first=device.books.discount_first)
    note_progress(device)
    device.print(layout.adjustment(adjustment.name, adjustment.percent, change))


@command(
    "trdiscntvat",
    table="vt!i rd:b rp:p rw:a na:s25 rt:a",
    row="discount",
    prints=Prints.WHEN_ONLINE,
)
def trdiscntvat(device: Device, args: Args) -> None:
    """Discount or mark-up on one rate."""
    transaction = device.open_transaction()
    vat = args.number("vt")
    if vat >= _RATES or device.books.rates_bp[vat] == INACTIVE:
        raise Refused(Code.VAT_FIELD)
    adjustment = adjustment_of(args)
    base = args.number("rt") if args.has("rt") else None
    first = device.books.discount_first
    change = transaction.adjust_rate(vat, base, adjustment, discount_first=first)
    note_progress(device)
    letter = layout.LETTERS[vat]
    device.print(layout.adjustment(adjustment.name, adjustment.percent, change, letter))


@command("showsubtotal", row="line", prints=Prints.WHEN_ONLINE)
def showsubtotal(device: Device, _args: Args) -> None:
    """Print the subtotal."""
    transaction = device.open_transaction()
    if not transaction.lines:
        raise Refused(Code.NO_ITEMS)
    device.print(layout.pair("Podsuma:", layout.money(transaction.total_gr)))


@command("trnipset", table="ni!s30 dw:b ds:s56", row="closing")
def trnipset(device: Device, args: Args) -> None:
    """Put the buyer's tax number on the receipt; the last one sent wins."""
    if not args.text("ni"):
        raise Refused(Code.EMPTY_TEXT)
    transaction = device.open_transaction()
    transaction.nip = args.text("ni").strip()
    transaction.nip_caption = args.text("ds") or "NIP NABYWCY:"
