"""Rows of the data sets in words: a label and a value for each field. Pure.

Units are the last part of a field's name, so the name says how the value reads. What only a
machine can use is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from ui.amounts import quantity, zloty
from ui.words import word

if TYPE_CHECKING:
    from msgspec import Struct

    from terminal.sync.wire import SalesLine

HIDDEN = frozenset({"pin_hash"})
_NO_RATES = {10_000: _("exempt"), 10_100: _("not in use")}
FIELDS = {
    "id": _("Id"),
    "about": _("Concerns"),
    "account_no": _("Account"),
    "always_separate": _("Pays the whole receipt alone"),
    "amount_gr": _("Amount"),
    "as_of": _("State of"),
    "at": _("Time"),
    "barcodes": _("Bar codes"),
    "began_at": _("Began"),
    "blind_count": _("Counting hides what should be there"),
    "cash_management": _("Cashiers work in shifts"),
    "category": _("Category"),
    "city": _("Town"),
    "close_at": _("Daily report due at"),
    "close_profile": _("When the report is overdue"),
    "company": _("Company"),
    "console_pin": _("Console takes a PIN"),
    "customer": _("Customer"),
    "drawer_rule": _("Drawer without a sale"),
    "due": _("Due"),
    "duplicate_nip": _("New customer with a known NIP"),
    "email": _("E-mail"),
    "ended_at": _("Ended"),
    "external_id": _("Id in another program"),
    "from_quote": _("Made of the quote"),
    "gives_change": _("Gives change"),
    "gtu": _("GTU code"),
    "identifier": _("Identifier"),
    "idle_lock_min": _("Locks itself after minutes"),
    "is_active": _("In use"),
    "is_fiscal": _("Fiscal"),
    "is_markup": _("Mark-up"),
    "is_open_price": _("Price asked at the sale"),
    "is_potential": _("Not a customer yet"),
    "is_weighed": _("Weighed"),
    "issued_at": _("Issued"),
    "kind": _("Kind"),
    "label": _("Label"),
    "language": _("Language"),
    "lines": _("Lines"),
    "login_mode": _("Login"),
    "meal_invoices": _("Invoices for meals"),
    "media_type": _("Kind of file"),
    "min_age": _("Buyer at least so old"),
    "minutes": _("Minutes"),
    "name": _("Name"),
    "next_visit": _("Next visit"),
    "nip": _("NIP"),
    "note": _("Note"),
    "number": _("Number"),
    "of": _("What it concerns"),
    "opening_float_gr": _("Usual opening cash"),
    "opens_drawer": _("Opens the drawer"),
    "page": _("Page"),
    "parent": _("Belongs to"),
    "parking": _("Parked receipts"),
    "parking_names": _("Names of parked receipts"),
    "parking_shared": _("Parked receipts shared between tills"),
    "parking_visibility": _("Parked receipts seen"),
    "percent_bp": _("Percent"),
    "phone": _("Telephone"),
    "plu": _("Code (PLU)"),
    "position": _("Position"),
    "postal_code": _("Postal code"),
    "precision": _("Decimals of a quantity"),
    "price_gr": _("Price"),
    "price_list": _("Price list"),
    "product": _("Article"),
    "qty_milli": _("Quantity"),
    "rate_bp": _("Rate"),
    "rate_e4": _("Exchange rate"),
    "rate_of": _("Rate of"),
    "receipt": _("Receipt"),
    "receipt_footer": _("Foot of the receipt"),
    "receipt_language": _("Language of what is printed"),
    "refund_allowed": _("Money may go back this way"),
    "representative": _("Sales representative"),
    "rights": _("Rights"),
    "remind_after_login": _("Asks to synchronise after a login"),
    "remind_before_document": _("Asks to synchronise before a document"),
    "remind_days": _("Asks on days (1 is Monday)"),
    "remind_every_min": _("Asks to synchronise after minutes"),
    "remind_from": _("Asks from the hour"),
    "remind_snooze_min": _("Asks again after minutes"),
    "remind_to": _("Asks up to the hour"),
    "role": _("Role"),
    "scope": _("Applies to"),
    "sha256": _("Digest"),
    "size": _("Bytes"),
    "state": _("State"),
    "street": _("Street"),
    "subject": _("Subject"),
    "technicians_key": _("Key of the technicians' authority"),
    "text": _("Text"),
    "total_gr": _("Total"),
    "type": _("Type"),
    "unit": _("Unit"),
    "user": _("User"),
    "uses_terminal": _("Asks the payment terminal"),
    "valid_from": _("From"),
    "valid_to": _("To"),
    "vat": _("VAT"),
    "void_reasons": _("Reasons to void"),
}


def facts(row: Struct) -> list[tuple[str, str]]:
    """Label and value of every field that says something to people."""
    names = [field.name for field in msgspec.structs.fields(row) if field.name not in HIDDEN]
    return [(word(FIELDS, name), in_words(name, getattr(row, name))) for name in names]


def headline(row: Struct) -> str:
    """The row in one line: its values, without those that are empty, a mere yes or no."""
    shown = [
        in_words(field.name, value)
        for field in msgspec.structs.fields(row)
        if field.name not in HIDDEN
        and (value := getattr(row, field.name)) not in ("", [])
        and not isinstance(value, bool)
    ]
    return "  ".join(shown)


def in_words(name: str, value: object) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return translate("yes") if value else translate("no")
    if isinstance(value, int):
        return _number(name, value)
    if isinstance(value, list):
        return ", ".join(one if isinstance(one, str) else _line(one) for one in value) or "-"
    return str(value) or "-"


def _line(line: SalesLine) -> str:
    return f"{line.name} {quantity(line.qty_milli)} {line.unit} {zloty(line.gross_gr)} zł"


def _number(name: str, value: int) -> str:
    match name.rpartition("_")[2]:
        case "gr":
            text = f"{zloty(value)} zł"
        case "milli":
            text = quantity(value)
        case "bp" if value in _NO_RATES:
            text = translate(_NO_RATES[value])
        case "bp":
            text = f"{zloty(value)} %"
        case "e4":
            text = f"{value // 10_000},{value % 10_000:04} zł"
        case _:
            text = str(value)
    return text
