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

HIDDEN = frozenset({"pin_hash"})
_NO_RATES = {10_000: _("exempt"), 10_100: _("not in use")}
FIELDS = {
    "id": _("Id"),
    "account_no": _("Account"),
    "always_separate": _("Pays the whole receipt alone"),
    "amount_gr": _("Amount"),
    "as_of": _("State of"),
    "barcodes": _("Bar codes"),
    "blind_count": _("Counting hides what should be there"),
    "cash_management": _("Cashiers work in shifts"),
    "category": _("Category"),
    "city": _("Town"),
    "console_pin": _("Console takes a PIN"),
    "close_at": _("Daily report due at"),
    "close_profile": _("When the report is overdue"),
    "company": _("Company"),
    "drawer_rule": _("Drawer without a sale"),
    "email": _("E-mail"),
    "external_id": _("Id in another program"),
    "gives_change": _("Gives change"),
    "gtu": _("GTU code"),
    "identifier": _("Identifier"),
    "is_active": _("In use"),
    "is_fiscal": _("Fiscal"),
    "is_markup": _("Mark-up"),
    "is_open_price": _("Price asked at the sale"),
    "is_weighed": _("Weighed"),
    "kind": _("Kind"),
    "label": _("Label"),
    "language": _("Language"),
    "login_mode": _("Login"),
    "meal_invoices": _("Invoices for meals"),
    "min_age": _("Buyer at least so old"),
    "name": _("Name"),
    "nip": _("NIP"),
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
    "idle_lock_min": _("Locks itself after minutes"),
    "receipt_language": _("Language of what is printed"),
    "rate_of": _("Rate of"),
    "receipt_footer": _("Foot of the receipt"),
    "refund_allowed": _("Money may go back this way"),
    "rights": _("Rights"),
    "role": _("Role"),
    "scope": _("Applies to"),
    "street": _("Street"),
    "technicians_key": _("Key of the technicians' authority"),
    "unit": _("Unit"),
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
        return ", ".join(map(str, value)) or "-"
    return str(value) or "-"


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
