"""Answers to the status commands → the values the till knows. No I/O.

Numbers of ``sprn`` and ``sdev`` from POT-I-DEV-37, chapter on status commands; 4 is "no paper" on
older models. A number nobody documented counts as trouble, never as ready.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import (
    INACTIVE,
    VAT_LETTERS,
    Attention,
    Counters,
    Drawer,
    Goods,
    Holder,
    Mechanism,
    Mode,
    Report,
    Status,
    Transaction,
)

if TYPE_CHECKING:
    from drivers.fiscal import Seven
    from drivers.posnet.frame import Frame
    from drivers.posnet.reply import Reply

_TRUE, _FALSE = frozenset("1TtYy"), frozenset("0Nn")
_MECHANISMS = {
    "0": Mechanism.OK,
    "1": Mechanism.COVER,
    "2": Mechanism.NO_ACCESS,
    "3": Mechanism.COVER,
    "4": Mechanism.NO_PAPER,
    "5": Mechanism.NO_PAPER,
    "6": Mechanism.OVERHEATED,
    "7": Mechanism.POWER,
    "8": Mechanism.CUTTER,
    "9": Mechanism.POWER,
    "10": Mechanism.COVER,
}
_ATTENTIONS = {
    "0": Attention.READY,
    "1": Attention.IN_MENU,
    "2": Attention.WAITING_KEY,
    "3": Attention.WAITING_ERROR,
}
_HOLDERS = {"1": Holder.FIRST, "2": Holder.SECOND, "3": Holder.ITSELF}
_DRAWERS = {"0": Drawer.OPEN, "1": Drawer.CLOSED}
_INVOICE = 33


def status(sprn: Frame, sdev: Frame) -> Status:
    """Join the answers of the two immediate questions."""
    return Status(
        _MECHANISMS.get(sprn.get("pr"), Mechanism.NO_ACCESS),
        _ATTENTIONS.get(sdev.get("ds"), Attention.WAITING_ERROR),
        paper_low=sdev.get("pe") in _TRUE,
        held_by=_HOLDERS.get(sdev.get("tl")),
    )


def is_working(sdev: Frame) -> bool:
    """Whether commands still stand in the device's queue; older models do not tell."""
    return sdev.get("qe") in _FALSE


def mode(scomm: Reply) -> Mode:
    """General state."""
    return Mode(
        is_fiscal=scomm.flag("fs"),
        totals_zero=scomm.flag("tz"),
        transaction=scomm.number("ts"),
        has_header=scomm.flag("hr"),
        unique_no=scomm.text("nu"),
        is_read_only=scomm.flag("td"),
    )


def counters(scnt: Reply, stot: Reply, sfsk: Reply) -> Counters:
    """Counters from ``scnt``, totals from ``stot``, memory resets from ``sfsk``."""
    return Counters(
        unique_no=scnt.text("nu"),
        reports=scnt.number("rd"),
        header_no=scnt.number("hn"),
        receipts=scnt.number("bn"),
        cancelled=scnt.number("bc"),
        last_receipt_no=scnt.number("bt"),
        totals_gr=stot.amounts("p"),
        cancelled_gr=stot.amount("ct"),
        ram_resets=sfsk.number("cl"),
        invoices=scnt.number("fn"),
        invoices_cancelled=scnt.number("fc"),
        invoice_totals_gr=stot.amounts("f"),
        emergencies=stot.number("bc"),
    )


def transaction(strns: Reply) -> Transaction:
    """The open or the last receipt."""
    return Transaction(
        is_open=strns.flag("to"),
        totals_gr=strns.amounts("v"),
        payments_gr=strns.amount("fp"),
        change_gr=strns.amount("re"),
        fiscal_part_done=strns.flag("fe"),
        is_invoice=strns.number("ts") == _INVOICE,
        packaging_gr=strns.amount("pp"),
        packaging_back_gr=strns.amount("pm"),
    )


def report(fmrecrd: Reply) -> Report:
    """One record of the fiscal memory."""
    return Report(
        number=fmrecrd.number("no"),
        made_at=fmrecrd.moment("da"),
        receipts=fmrecrd.number("pn"),
        cancelled=fmrecrd.number("cn"),
        totals_gr=fmrecrd.amounts("p"),
        cancelled_gr=fmrecrd.amount("ct"),
        invoices=fmrecrd.number("fn"),
        invoices_cancelled=fmrecrd.number("fl"),
        invoice_totals_gr=fmrecrd.amounts("f"),
    )


def drawer(sdrwr: Frame) -> Drawer:
    """The sensor of the drawer."""
    return _DRAWERS.get(sdrwr.get("ds"), Drawer.UNKNOWN)


def goods(dbchkplu: Reply) -> Goods:
    """What the printer remembers of a name."""
    rate_bp = dbchkplu.rate("vv")
    return Goods(None if rate_bp == INACTIVE else rate_bp, dbchkplu.flag("bl"))


def rate_fields(rates: Seven) -> dict[str, int]:
    """Seven rates as the parameters va to vg."""
    return {f"v{letter.lower()}": rate for letter, rate in zip(VAT_LETTERS, rates, strict=True)}
