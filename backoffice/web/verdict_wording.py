"""How the pages say why a document was rejected or is doubted. Pure."""

from __future__ import annotations

import re

from backoffice.web.i18n import _, gettext_noop
from backoffice.web.wording import money

# Code at the start of a verdict's reason, and how the page says it.
_REASONS = {
    "unreadable": gettext_noop("document cannot be read"),
    "unknown_kind": gettext_noop("unknown kind of document"),
    "range": gettext_noop("number out of range"),
    "rid": gettext_noop("identifier differs from the journal's"),
    "terminal": gettext_noop("document of another till"),
    "lines_total": gettext_noop("sum of the lines differs from the receipt's total"),
    "split_total": gettext_noop("sum of the rates differs from the receipt's total"),
    "split_letters": gettext_noop("split by rates differs from the lines"),
    "paid": gettext_noop("payment differs from the receipt's total"),
    "report_no": gettext_noop("report number does not rise"),
    "receipt_no": gettext_noop("receipt number does not rise"),
    "day_total": gettext_noop("sum of the day differs from the sum of the receipts"),
    "customer": gettext_noop("customer who cannot be saved"),
    "invoice_no": gettext_noop("invoice number"),
    "invoice": gettext_noop("return on an invoice: a correcting invoice is needed"),
    "unknown_bill": gettext_noop("unknown non-fiscal bill"),
    "bill_total": gettext_noop("the receipt's total differs from the non-fiscal bill"),
    "bill_lines": gettext_noop("the receipt's lines differ from the non-fiscal bill"),
    "voucher_in_money": gettext_noop("money instead of the voucher that was paid with"),
    "invoice_total": gettext_noop("sum of the day's invoices differs from the sum of the invoices"),
    "buyer": gettext_noop("invoice without a number, tax number or name of the buyer"),
    "currency": gettext_noop("value of the currency differs from its rate"),
    "card": gettext_noop("outcome of the card payment unknown"),
    "voucher": gettext_noop("value of the voucher does not match the payment"),
    "printer_differs": gettext_noop("the printer counts otherwise than the till"),
    "shift": gettext_noop("shift does not match its opening"),
    "opening": gettext_noop("opening float differs from that at the opening of the shift"),
    "expected": gettext_noop("expected cash differs from what was worked out"),
    "shift_cash": gettext_noop("cash turnover differs from the documents of the shift"),
    "difference": gettext_noop("difference is not counted less expected"),
    "coins": gettext_noop("sum of the coins and notes differs from the counted amount"),
    "reason": gettext_noop("difference without a reason"),
    "unknown_receipt": gettext_noop("nobody in the company printed such a receipt"),
    "other_receipt": gettext_noop("number or printer belong to another receipt"),
    "no_line": gettext_noop("the receipt has no such line"),
    "other_line": gettext_noop("the line was sold at another rate"),
    "more_than_sold": gettext_noop("more pieces than are left to return"),
    "more_than_paid": gettext_noop("more money than is left to return"),
    "entry_total": gettext_noop("sum of the lines differs from the entry's total"),
    "refunded": gettext_noop("another amount was refunded"),
    "refund_method": gettext_noop("more than was paid that way"),
    "entry_no": gettext_noop("entry number does not rise"),
    "not_cash": gettext_noop("only cash is corrected to card"),
    "customer_edit": gettext_noop("change of a customer that cannot be saved"),
    "sales_document": gettext_noop("order or quote that cannot be saved"),
    "sales_state": gettext_noop("state of an order or quote that cannot be"),
    "visit": gettext_noop("visit that cannot be saved"),
    "attachment": gettext_noop("note or attachment that cannot be saved"),
    "row": gettext_noop("does not fit to other data"),
    "corrected_before": gettext_noop("the sale was corrected or returned already"),
}
_TAX = re.compile(r"tax_([A-G])")

# Reasons that compare two amounts in grosze.
_AMOUNTS = frozenset(
    {
        *("lines_total", "split_total", "paid", "day_total", "printer_differs"),
        *("invoice_total", "currency", "voucher", "bill_total"),
        *("opening", "expected", "shift_cash", "difference", "coins"),
        *("entry_total", "refunded", "refund_method", "more_than_paid"),
    }
)
_UNEQUAL = re.compile(r"(-?\d+) (!=|>) (-?\d+)")
_AFTER = re.compile(r"(-?\d+) after (-?\d+)")


def reason(text: str) -> str:
    """Reasons of a verdict; amounts after a code are said in złotys."""
    return "; ".join(_one_reason(part) for part in text.split("; ")) if text else ""


def _in_money(found: re.Match[str]) -> str:
    sign = "≠" if found[2] == "!=" else ">"
    return f"{money(int(found[1]))} {sign} {money(int(found[3]))}"


def _one_reason(text: str) -> str:
    code, colon, rest = text.partition(":")
    tax = _TAX.fullmatch(code)
    if tax:
        said = _("tax of rate {letter} differs from what was worked out", letter=tax[1])
    elif code in _REASONS:
        said = _(_REASONS[code])
    else:
        return text
    if tax or code in _AMOUNTS:
        rest = _UNEQUAL.sub(_in_money, rest)
    return f"{said}{colon}{_AFTER.sub(_in_order, rest)}"


def _in_order(found: re.Match[str]) -> str:
    return _("{number} after {last}", number=found[1], last=found[2])
