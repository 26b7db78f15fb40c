"""Daily reports and the reports of a month as PDF: a copy to read, send and file.

What is legally a daily report is the fiscal printer's own paper; each page says so. No queries.
"""

from __future__ import annotations

import io
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.fonts import addMapping
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from backoffice.web.i18n import _
from backoffice.web.wording import local_time, money, rate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backoffice.company_data import Seat
    from backoffice.day_figures import Letter
    from backoffice.day_reports import Month, Report
    from terminal.sync import wire

_FONT = "DejaVuSansMono"
# Polish letters: the package that draws bar codes has this font, whose licence lets it go along.
pdfmetrics.registerFont(
    TTFont(_FONT, io.BytesIO(files("barcode").joinpath("fonts", f"{_FONT}.ttf").read_bytes()))
)
addMapping(_FONT, 0, 0, _FONT)
_TEXT = ParagraphStyle("text", fontName=_FONT, fontSize=8.5, leading=12)
_TITLE = ParagraphStyle("title", parent=_TEXT, fontSize=14, leading=20)
_HEADING = ParagraphStyle("heading", parent=_TEXT, fontSize=10.5, leading=18)
_BORDER = 15 * mm
_STYLE = TableStyle(
    [
        ("FONT", (0, 0), (-1, -1), _FONT, 8),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.grey),
        ("LINEABOVE", (0, -1), (-1, -1), 0.8, colors.black),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
)


def of_day(report: Report, shop: wire.Shop | None, seat: Seat) -> bytes:
    """One daily report."""
    told = report.document
    title = _("Daily report {number}", number=told.report_no)
    parts: list[Any] = [
        *_head(title, shop, seat),
        *_facts(
            [
                (_("Fiscal printer"), told.printer_no),
                (_("Till"), f"{told.terminal} ({report.row.shop})"),
                (_("Printed"), local_time(told.printed_at or told.at)),
                (_("First receipt"), local_time(told.first_at)),
                (_("Last receipt"), local_time(told.last_at)),
                (_("Receipts"), str(told.receipts)),
                (_("Invoices"), str(told.invoices)),
                (_("Cancelled"), f"{told.cancelled + told.invoices_cancelled}"),
                (_("Value cancelled"), money(told.cancelled_gr)),
                (_("Discounts"), money(sum(told.discounts_gr))),
                (_("Mark-ups"), money(sum(told.markups_gr))),
            ]
        ),
        *_letters(_("Receipts by VAT rate"), report.receipts),
        *_letters(_("Invoices by VAT rate"), report.invoices),
    ]
    if told.running:
        parts += _facts(
            [
                (_("Sold since the till began"), money(told.running.sold_gr)),
                (_("Taken back since the till began"), money(told.running.returned_gr)),
            ]
        )
    return _made(title, parts)


def of_month(
    month: str, printers: Sequence[Month], shops: dict[str, wire.Shop], seat: Seat
) -> bytes:
    """The reports of a month, printer by printer."""
    title = _("Daily reports of {month}", month=month)
    parts: list[Any] = _head(title, next(iter(shops.values()), None), seat)
    for one in printers:
        shop = shops.get(one.shop)
        parts += [
            Spacer(1, 4 * mm),
            _said(_("Fiscal printer {number}", number=one.printer_no), _HEADING),
            _said(", ".join(filter(None, (one.terminal, shop.name if shop else one.shop)))),
            _days(one),
        ]
        parts += [_said(gap_in_words(*gap)) for gap in one.gaps]
        parts += _letters(_("Receipts by VAT rate"), one.receipts)
        parts += _letters(_("Invoices by VAT rate"), one.invoices)
    if not printers:
        parts.append(_said(_("There is no daily report in this month.")))
    return _made(title, parts)


def gap_in_words(first: int, last: int) -> str:
    """Numbers of reports that nobody told the office of."""
    if first == last:
        return _("Report {number} is missing.", number=first)
    return _("Reports {first} to {last} are missing.", first=first, last=last)


def _head(title: str, shop: wire.Shop | None, seat: Seat) -> list[Any]:
    parts = [_said(_("COPY – NOT A FISCAL DOCUMENT"), _HEADING), _said(title, _TITLE)]
    if shop:
        theirs = (shop.company, _place(seat), seat.phone and f"{_('Phone')}: {seat.phone}")
        lines = (*theirs, _("Tax number {nip}", nip=shop.nip), shop.name, _place(shop))
        parts += [_said(line) for line in lines if line]
    return [*parts, Spacer(1, 4 * mm)]


def _place(where: wire.Shop | Seat) -> str:
    town = f"{where.postal_code} {where.city}".strip()
    return ", ".join(filter(None, (where.street, town)))


def _facts(facts: Sequence[tuple[str, str]]) -> Iterator[Any]:
    for name, value in facts:
        yield _said(f"{name}: {value}")


def _letters(heading: str, letters: Sequence[Letter]) -> list[Any]:
    if not letters:
        return []
    names = (_("Rate"), _("Printer"), _("Tax"), _("Till"), _("Office"))
    rows = [
        (
            f"{one.vat} {rate(one.rate_bp) if one.rate_bp is not None else ''}".strip(),
            money(one.printer_gr),
            "—" if one.tax_gr is None else money(one.tax_gr),
            money(one.till_gr),
            money(one.office_gr) + (" ≠" if one.is_odd else ""),
        )
        for one in letters
    ]
    taxes = [one.tax_gr for one in letters]
    total = (
        _("Total"),
        money(sum(one.printer_gr for one in letters)),
        "—" if None in taxes else money(sum(tax or 0 for tax in taxes)),
        money(sum(one.till_gr for one in letters)),
        money(sum(one.office_gr for one in letters)),
    )
    return [_said(heading, _HEADING), _table([names, *rows, total])]


def _days(one: Month) -> Table:
    names = (_("Number"), _("Time"), _("Receipts"), _("Cancelled"), _("Printer"), _("Till"))
    rows = [
        (
            str(it.row.report_no),
            local_time(it.row.at),
            str(it.row.receipts),
            str(it.row.cancelled),
            money(it.row.printer_total_gr),
            money(it.row.local_total_gr),
        )
        for it in one.reports
    ]
    total = (
        _("Total"),
        "",
        str(sum(it.row.receipts for it in one.reports)),
        str(sum(it.row.cancelled for it in one.reports)),
        money(sum(it.row.printer_total_gr for it in one.reports)),
        money(sum(it.row.local_total_gr for it in one.reports)),
    )
    return _table([names, *rows, total])


def _table(rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(rows, repeatRows=1, style=_STYLE, hAlign="LEFT")


def _said(text: str, style: ParagraphStyle = _TEXT) -> Paragraph:
    """A paragraph; what a till wrote is no markup."""
    return Paragraph(escape(text), style)


def _made(title: str, parts: list[Any]) -> bytes:
    made = io.BytesIO()
    paper = SimpleDocTemplate(
        made,
        pagesize=A4,
        title=title,
        leftMargin=_BORDER,
        rightMargin=_BORDER,
        topMargin=_BORDER,
        bottomMargin=_BORDER,
        initialFontName=_FONT,
    )

    def foot(canvas: Any, _paper: Any) -> None:  # noqa: ANN401 (reportlab's)
        canvas.setFont(_FONT, 7)
        words = _("Copy, not a fiscal document")
        canvas.drawString(_BORDER, _BORDER / 2, f"{title} – {words} – {canvas.getPageNumber()}")

    paper.build(parts, onFirstPage=foot, onLaterPages=foot)
    return made.getvalue()
