"""The head of a VAT invoice → commands. No I/O.

On an invoice the printer takes lines with their own discounts, and advances: no storno, no other
discount, no packaging, no payments (POT-I-DEV-37, chapters on invoices and advances). Number,
buyer, remarks and free lines keep their order on paper, so each waits for the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import Advance, CurrencyTender, Item, Note, Span, TenderKind
from drivers.posnet.codes import refusal
from drivers.posnet.commands import call, call_for
from drivers.posnet.entries import entry_call
from drivers.posnet.generation import Generation
from drivers.posnet.markup import styled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drivers.fiscal import FiscalReceipt, Invoice, Tender
    from drivers.posnet.commands import Call, Value

_HEAD, _FOOT = 0, 2
_NO_STORNO, _NO_DISCOUNT, _WRONG_STATE = 1990, 1991, 2060
# Which command prints a remark, its switch, and the parameters that take its details.
_NOTES = {
    Note.CASH_METHOD: ("trfvcashmet", "cm", ()),
    Note.SELF_BILLING: ("trfvselfbill", "sb", ()),
    Note.REVERSE_CHARGE: ("trfvreverse", "re", ()),
    Note.EXEMPT: ("trfvfree", "fr", ("ba",)),
    Note.ENFORCEMENT: ("trfvexecution", "ex", ("ed", "dd")),
    Note.TAX_REPRESENTATIVE: ("trfvrep", "re", ("rd",)),
    Note.TRANSPORT: ("trfvtransport", "tr", ("ad", "mi", "hr")),
    Note.THREE_WAY: ("trfvthreeway", "tw", ("td",)),
    Note.TOURIST_MARGIN: ("trfvtoursrv", "ts", ()),
    Note.OTHER_MARGIN: ("trfvothergoods", "og", ("gd",)),
}
_WORDS = {
    TenderKind.CASH: "gotówka",
    TenderKind.CARD: "karta",
    TenderKind.CHEQUE: "czek",
    TenderKind.BON: "bon",
    TenderKind.CREDIT: "kredyt",
    TenderKind.OTHER: "inna",
    TenderKind.VOUCHER: "voucher",
    TenderKind.TRANSFER: "przelew",
}


def refuse_what_no_invoice_takes(receipt: FiscalReceipt) -> None:
    """Raise the refusal that the printer would answer with after half of the document."""
    if receipt.discount:
        raise refusal(_NO_DISCOUNT, "trdiscntbill")
    for entry in receipt.items:
        name = entry_call(entry, Generation.ONLINE).spec.name
        if not isinstance(entry, Item | Advance):
            raise refusal(_NO_DISCOUNT if "discnt" in name else _WRONG_STATE, name)
        if entry.is_storno:
            raise refusal(_NO_STORNO, name, entry.name)


def invoice_head(
    receipt: FiscalReceipt, invoice: Invoice, generation: Generation
) -> Iterator[tuple[Call, ...]]:
    """Groups from the opening to the last line that is not sold."""
    buyer = invoice.buyer
    if generation is Generation.OLD:
        # The older form says it all at once, knows no remarks, and how it was paid is only a word.
        kinds = dict.fromkeys(_paid_by(tender) for tender in receipt.tenders)
        name = "\n".join(part for part in (buyer.name, buyer.address) if part)
        yield (
            call_for(
                generation,
                "trfvinit",
                nb=invoice.number,
                ni=buyer.nip,
                na=name,
                pt=", ".join(kinds) or None,
                cc=invoice.copies or None,
            ),
        )
        return
    yield (call("trfvinit", nm=invoice.title or None, cc=invoice.copies or None),)
    yield (call("trfvnumber", nb=invoice.number, sc=_HEAD),)
    yield (call("trfvbuyer", na=buyer.name, ni=buyer.nip, ad=buyer.address or None, sc=_HEAD),)
    for note, details in invoice.notes:
        yield (_note(note, details),)
    for text in (*invoice.lines, *(line.text for line in receipt.footer)):
        yield (call("trfvfreedata", tx=styled(((Span(text),),)), sc=_FOOT),)


def _note(note: Note, details: tuple[str, ...]) -> Call:
    name, switch, places = _NOTES[note]
    if note is Note.OTHER_MARGIN:
        details = ("\n".join(details),)
    told: dict[str, Value] = {switch: True, **dict(zip(places, details, strict=False))}
    return call(name, **told, sc=_FOOT)


def _paid_by(tender: Tender | CurrencyTender) -> str:
    if isinstance(tender, CurrencyTender):
        return tender.symbol
    return tender.name or _WORDS[tender.kind]
