"""What is on the slips that the till prints by itself. No I/O; words in the language of the screen.

Nothing here is a fiscal document, and each slip says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import VAT_LETTERS
from drivers.paper import LOGO, RULE, Align, Kind, Row, Size, Slip
from terminal.i18n import translate as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.store.outbox import Unsent
    from terminal.sync.wire import ReportDoc, Shop

_HEAD_DIGITS = 8  # of the hash that all documents before it hang on
_RULER = "1234567890" * 10
_RULER_MAX = 32


def zloty(amount_gr: int) -> str:
    """An amount: 123456 → ``1 234,56``."""
    sign = "-" if amount_gr < 0 else ""
    whole, rest = divmod(abs(amount_gr), 100)
    return f"{sign}{whole:,}".replace(",", " ") + f",{rest:02}"


def closing_slip(
    report: ReportDoc, shop: Shop | None, unsent: Unsent, head: str, notes: tuple[str, ...]
) -> Slip:
    """The day close for the owner: what the printer counted, and where we counted otherwise.

    ``head`` is the hash of the report's document, the head of its day: who keeps the slip can hold
    the journal and the office's books against it.
    """
    date, _at, time = report.at.partition("T")
    rows = [
        *shop_rows(shop),
        not_fiscal(),
        RULE,
        Row(_("Date"), f"{date} {time[:5]}"),
        Row(_("Till"), report.terminal),
        *([Row(_("Operator"), report.operator)] if report.operator else []),
        Row(_("Fiscal printer"), report.printer_no),
        Row(_("Receipts"), str(report.receipts)),
        Row(_("Cancelled receipts"), str(report.cancelled)),
        RULE,
        *_amounts(report),
        *_invoices(report),
        Row(_("Total"), zloty(_total_gr(report)), is_bold=True, size=Size.DOUBLE),
        RULE,
        Row(_("Not sent to the back office"), str(unsent.count)),
        *(Row(note) for note in notes),
        Row(_("Control number"), head[:_HEAD_DIGITS]),
        not_fiscal(),
    ]
    title = _("Day close, daily report {number}", number=report.report_no)
    return Slip(title, tuple(rows))


def trial_slip(about: tuple[tuple[str, str], ...], letters: str, at: str) -> Slip:
    """A test printout: width, letters, styles and codes; ``about`` names the printer and its line.

    ``letters`` are those that the shop's language needs. A technician sees on it whether the code
    page is right, and where the paper ends.
    """
    rows = [
        LOGO,
        not_fiscal(),
        Row(at[:16].replace("T", " "), align=Align.CENTRE),
        *(Row(name, value) for name, value in about),
        RULE,
        Row(_RULER[:_RULER_MAX]),
        Row(letters),
        Row(_("Bold"), zloty(123456), is_bold=True),
        Row(_("Large"), zloty(1234), size=Size.DOUBLE),
        Row(_("Centred"), align=Align.CENTRE),
        Row(_("Right"), align=Align.RIGHT),
        Row("5901234123457", kind=Kind.BARCODE, align=Align.CENTRE),
        Row("https://example.com/kasoterminal", kind=Kind.QR, align=Align.CENTRE),
    ]
    return Slip(_("Test printout"), tuple(rows))


def mark() -> str:
    """What stands on every paper that may not be the first of its slip."""
    return _("DUPLICATE / REPRINT")


def not_fiscal() -> Row:
    """What stands above and below each slip."""
    return Row(_("NOT A FISCAL DOCUMENT"), align=Align.CENTRE, is_bold=True)


def shop_rows(shop: Shop | None) -> Iterator[Row]:
    """Who prints, where it is known."""
    if shop:
        place = f"{shop.postal_code} {shop.city}".strip() if shop.city else ""
        for number, text in enumerate((shop.company, shop.name, shop.street, place)):
            if text:
                yield Row(text, align=Align.CENTRE, is_bold=number == 0)
        yield Row(f"NIP {shop.nip}", align=Align.CENTRE)


def _total_gr(report: ReportDoc) -> int:
    return sum(report.printer_gr) + sum(report.printer_invoice_gr)


def _invoices(report: ReportDoc) -> Iterator[Row]:
    """How many there were, and what they come to; the printer counts them apart."""
    if report.invoices:
        total = zloty(sum(report.printer_invoice_gr))
        yield Row(_("Invoices: {count}", count=report.invoices), total)


def _amounts(report: ReportDoc) -> Iterator[Row]:
    """One row for each letter that sold something, by the printer or by us."""
    pairs = zip(VAT_LETTERS, report.printer_gr, report.local_gr, strict=True)
    for letter, printer_gr, local_gr in pairs:
        if printer_gr or local_gr:
            yield Row(_("VAT rate {vat}", vat=letter), zloty(printer_gr))
        # A report made at the printer itself has no count of ours.
        if printer_gr != local_gr and report.route == "terminal":
            yield Row("  " + _("counted by the till"), zloty(local_gr), is_bold=True)
