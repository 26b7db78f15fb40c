"""A receipt → the commands that print it, in groups. No I/O, no decisions about failures.

Within a group the order does not matter to the printer, so the group may go out back to back and a
frame the line has spoilt may be sent again after its neighbours. A group begins only when every
answer of the one before was good: that is why the end of the receipt stands alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import VAT_LETTERS, TenderKind
from drivers.posnet.commands import call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drivers.fiscal import Discount, FiscalReceipt, Item, Tender
    from drivers.posnet.commands import Call

Group = tuple["Call", ...]

_TENDER_NO = {
    TenderKind.CASH: 0,
    TenderKind.CARD: 2,
    TenderKind.CHEQUE: 3,
    TenderKind.BON: 4,
    TenderKind.CREDIT: 5,
    TenderKind.OTHER: 6,
    TenderKind.VOUCHER: 7,
    TenderKind.TRANSFER: 8,
}
_ONE = 1000


def receipt_frames(receipt: FiscalReceipt) -> tuple[Group, ...]:
    """Groups of commands from the footer's data to the end of the receipt."""
    return tuple(group for group in _groups(receipt) if group)


def _groups(receipt: FiscalReceipt) -> Iterator[Group]:
    yield _footer(receipt)
    yield (call("trinit", bm=True),)
    yield from _lines(receipt.items)
    if receipt.discount:
        yield (_bill_discount(receipt.discount),)
    nip = (call("trnipset", ni=receipt.nip),) if receipt.nip else ()
    yield nip + tuple(_tender(each) for each in receipt.tenders if not each.is_change)
    yield tuple(_tender(each) for each in receipt.tenders if each.is_change)
    yield (_end(receipt),)


def _footer(receipt: FiscalReceipt) -> Group:
    if not (receipt.cashier or receipt.desk or receipt.reference):
        return ()
    has_people = bool(receipt.cashier or receipt.desk)
    return (
        call(
            "ftrcfg",
            cc=receipt.cashier or None,
            cn=receipt.desk or None,
            ca=False if has_people else None,  # for the next printout only
            sn=receipt.reference or None,
        ),
    )


def _lines(items: tuple[Item, ...]) -> Iterator[Group]:
    """Sales together; a reversal only after the line that it takes back was accepted."""
    sales: list[Call] = []
    for item in items:
        if item.is_storno:
            yield tuple(sales)
            sales.clear()
            yield (_line(item),)
        else:
            sales.append(_line(item))
    yield tuple(sales)


def _line(item: Item) -> Call:
    off = item.discount
    return call(
        "trline",
        na=item.name,
        vt=VAT_LETTERS.index(item.vat),
        pr=item.price_gr,
        st=True if item.is_storno else None,
        wa=item.value_gr,
        il=None if item.qty_milli == _ONE else item.qty_milli,
        jm=item.unit or None,
        rd=None if off is None else not off.is_markup,
        rn=(off.name or None) if off else None,
        rw=off.amount_gr if off else None,
    )


def _bill_discount(discount: Discount) -> Call:
    return call(
        "trdiscntbill",
        na=discount.name or None,
        rd=not discount.is_markup,
        rw=discount.amount_gr,
    )


def _tender(tender: Tender) -> Call:
    return call(
        "trpayment",
        ty=_TENDER_NO[tender.kind],
        wa=tender.amount_gr,
        na=tender.name or None,
        re=True if tender.is_change else None,
    )


def _end(receipt: FiscalReceipt) -> Call:
    """State every sum, so that the printer refuses a receipt that lacks or repeats a line."""
    paid_gr = sum(each.amount_gr for each in receipt.tenders if not each.is_change)
    change_gr = sum(each.amount_gr for each in receipt.tenders if each.is_change)
    return call(
        "trend",
        to=receipt.total_gr,
        fp=paid_gr or None,
        re=change_gr or None,
    )
