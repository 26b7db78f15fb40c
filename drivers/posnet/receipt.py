"""A receipt → the commands that print it, in groups. No I/O, no decisions about failures.

Within a group the order does not matter to the printer, so the group may go out back to back and a
frame the line has spoilt may be sent again after its neighbours. A group begins only when every
answer of the one before was good. So what looks back at what was sold before it stands alone
(storno, discounts, subtotal, advance), and what must keep its place on paper, and the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import (
    CurrencyTender,
    Discount,
    Item,
    Packaging,
    Span,
    Style,
    Tender,
    TenderKind,
)
from drivers.posnet.codes import refusal
from drivers.posnet.commands import call, call_for
from drivers.posnet.entries import entry_call
from drivers.posnet.generation import Generation
from drivers.posnet.invoice import invoice_head, refuse_what_no_invoice_takes
from drivers.posnet.markup import styled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drivers.fiscal import Entry, FiscalReceipt, FooterLine
    from drivers.posnet.commands import Call, Value

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
_BELOW_THE_BARCODE = 2
_STYLED_LINE, _TINY_LINE = 41, 42
_LINES_MAX, _INVOICE_LINES_MAX, _FOOTER_MAX = 500, 120, 60
_NO_MEMORY, _FOOTER_FULL = 2052, 2703
# The older generation collects at least so many lines; more are printed as they come.
_OLD_BLOCK_MAX = 100


def receipt_frames(
    receipt: FiscalReceipt, generation: Generation = Generation.ONLINE
) -> tuple[Group, ...]:
    """Groups of commands from the footer's data to the end of the footer.

    Raises ``Refused``, before anything is sent, for what the printer would refuse in the middle:
    too many lines, or an invoice with what no invoice may have.
    """
    _refuse_what_is_too_long(receipt, generation)
    return tuple(group for group in _groups(receipt, generation) if group)


def _refuse_what_is_too_long(receipt: FiscalReceipt, generation: Generation) -> None:
    lines_max = _INVOICE_LINES_MAX if receipt.invoice else _LINES_MAX
    sold = sum(isinstance(item, Item) for item in receipt.items)
    if sold > lines_max and generation is Generation.ONLINE:
        raise refusal(_NO_MEMORY, "trline")
    if len(receipt.footer) > _FOOTER_MAX and not receipt.invoice:
        raise refusal(_FOOTER_FULL, "trftrln")


def _groups(receipt: FiscalReceipt, generation: Generation) -> Iterator[Group]:
    if receipt.qr:
        yield (call("qrcode", tx=receipt.qr),)
    yield _footer(receipt)
    if receipt.invoice:
        refuse_what_no_invoice_takes(receipt)
        yield from invoice_head(receipt, receipt.invoice, generation)
    else:
        is_block = generation is Generation.ONLINE or len(receipt.items) <= _OLD_BLOCK_MAX
        yield (call("trinit", bm=is_block),)
    if receipt.buyer_id:
        # Once the document is open: a buyer set before it would wait for whatever comes next.
        yield (call("eparagonidznext", id=receipt.buyer_id),)
    yield from entry_groups(receipt.items, generation)
    if receipt.invoice:
        yield (call("trend", to=receipt.total_gr),)
        return
    if receipt.discount:
        yield (_bill_discount(receipt.discount),)
    nip = (call("trnipset", ni=receipt.nip),) if receipt.nip else ()
    first, *rest = tender_groups(receipt.tenders, generation)
    yield nip + first
    yield from rest
    yield (end_call(receipt, receipt.total_gr),)
    yield from _lines_below(receipt.footer, generation)


def _footer(receipt: FiscalReceipt) -> Group:
    values: dict[str, Value] = {}
    if receipt.cashier or receipt.desk:
        values |= {"cc": receipt.cashier, "cn": receipt.desk}
        values["ca"] = False  # for the next printout only
    values |= {"sn": receipt.reference, "bc": receipt.barcode}
    if receipt.qr:
        values["bb"] = _BELOW_THE_BARCODE
    given = {name: value for name, value in values.items() if value != ""}
    return (call("ftrcfg", **given),) if given else ()


def entry_groups(items: tuple[Entry, ...], generation: Generation) -> Iterator[Group]:
    """Sales and packaging together; everything else only after what it looks back at."""
    free: list[Call] = []
    for item in items:
        if isinstance(item, Item | Packaging) and not item.is_storno:
            free.append(entry_call(item, generation))
        else:
            yield tuple(free)
            free.clear()
            yield (entry_call(item, generation),)
    yield tuple(free)


def _bill_discount(discount: Discount) -> Call:
    return call(
        "trdiscntbill",
        na=discount.name or None,
        rd=not discount.is_markup,
        rp=discount.percent_bp,
        rw=discount.amount_gr,
    )


def tender_groups(
    tenders: tuple[Tender | CurrencyTender, ...], generation: Generation
) -> tuple[Group, Group]:
    """Payments together; the change after them."""
    payments, change = (
        tuple(_tender(each, generation) for each in tenders if each.is_change is is_change)
        for is_change in (False, True)
    )
    return payments, change


def _tender(tender: Tender | CurrencyTender, generation: Generation) -> Call:
    is_change = True if tender.is_change else None
    if isinstance(tender, CurrencyTender):
        return call(
            "trpaymentcurr",
            wc=tender.foreign,
            wa=tender.amount_gr,
            ra=tender.rate_e4,
            na=tender.name or tender.symbol,
            sb=tender.symbol,
            re=is_change,
        )
    kind, name = tender.kind, tender.name
    if kind is TenderKind.TRANSFER and generation is Generation.OLD:
        # There number 8 is the client's account with the shop.
        kind, name = TenderKind.OTHER, name or "Przelew"
    return call(
        "trpayment", ty=_TENDER_NO[kind], wa=tender.amount_gr, na=name or None, re=is_change
    )


def end_call(receipt: FiscalReceipt, total_gr: int | None) -> Call:
    """State every sum, so that the printer refuses a document that lacks or repeats a line."""
    paid_gr = sum(each.amount_gr for each in receipt.tenders if not each.is_change)
    change_gr = sum(each.amount_gr for each in receipt.tenders if each.is_change)
    has_packaging = any(isinstance(item, Packaging) for item in receipt.items)
    return call(
        "trend",
        to=total_gr,
        op=receipt.packaging_gr if has_packaging else None,
        om=receipt.packaging_back_gr if has_packaging else None,
        fp=paid_gr or None,
        re=change_gr or None,
        fe=False if receipt.footer else None,
    )


def _lines_below(lines: tuple[FooterLine, ...], generation: Generation) -> Iterator[Group]:
    """The receipt is fiscal; each line waits for the one before, as paper keeps their order."""
    for line in lines:
        yield (call_for(generation, "trftrln", id=line.number, **_look(line)),)
    if lines:
        yield (call("trftrend"),)


def _look(line: FooterLine) -> dict[str, Value | None]:
    """The text, and how it looks: one line knows marks and no attributes, another only its own."""
    if line.number == _STYLED_LINE:
        looks = {Style.WIDE: line.is_wide, Style.HIGH: line.is_high}
        span = Span(line.text, frozenset(style for style, is_on in looks.items() if is_on))
        return {"na": styled(((span,),))}
    if line.number == _TINY_LINE:
        return {"na": line.text}
    return {
        "na": line.text,
        "sw": True if line.is_wide else None,
        "sh": True if line.is_high else None,
    }
