"""Words for what the till says in codes: printer states, day states, steps of the daily report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS = {
    "EMPTY": _("day: no sales"),
    "OPEN": _("day: open"),
    "DUE": _("day: report due"),
    "OVERDUE": _("REPORT OVERDUE"),
    "FORCED": _("REPORT FIRST"),
    "EXTERNAL": _("reports coming"),
    "CLOSING": _("day: being closed"),
    "UNKNOWN": _("REPORT IN DOUBT"),
}
STEPS = {
    "INTENT": _("The printer makes the daily report"),
    "UNKNOWN": _("Checking whether the report was made"),
    "REPORTED": _("The report is in the fiscal memory"),
    "SETTINGS": _("VAT rates compared with the printer"),
    "PUSH": _("Sending transactions"),
    "CONFIGURATION": _("Fetching configuration"),
    "USERS": _("Fetching users"),
    "PRODUCTS": _("Fetching products"),
    "CUSTOMERS": _("Fetching customers"),
    "RELEASE": _("Asking for a new version"),
}
SETS = {
    "settings": _("Settings"),
    "shop": _("Shop"),
    "vat_rates": _("VAT rates"),
    "payment_methods": _("Payment methods"),
    "currencies": _("Currencies"),
    "roles": _("Roles"),
    "users": _("Users"),
    "representatives": _("Sales representatives"),
    "units": _("Units"),
    "categories": _("Categories"),
    "products": _("Products"),
    "barcodes": _("Bar codes"),
    "price_lists": _("Price lists"),
    "prices": _("Prices"),
    "discounts": _("Discounts"),
    "quick_keys": _("Quick keys"),
    "customers": _("Customers"),
    "sales_documents": _("Orders and quotes"),
    "visits": _("Visits"),
    "attachments": _("Notes and attachments"),
    "stock": _("Stock"),
}
ENTRIES = {
    "configuration": _("Configuration"),
    "users": _("Users"),
    "products": _("Products"),
    "prices_and_discounts": _("Prices and discounts"),
    "articles": _("Articles"),
    "currencies": _("Currencies"),
    "customers": _("Customers"),
    "rights": _("Rights"),
    "parameters": _("Parameters"),
    "all": _("All data"),
    "push": _("Transactions"),
}
CAUSES = {
    "keys": _("by hand"),
    "start": _("start"),
    "login": _("login"),
    "opening": _("opening"),
    "closing": _("day close"),
    "leaving": _("log-out"),
}
DEVICES = {
    "printer": _("Fiscal printer"),
    "receipt_printer": _("Receipt printer"),
    "scanner": _("Scanner"),
    "scale": _("Scale"),
    "display": _("Customer display"),
    "drawer": _("Drawer"),
}


def word(table: Mapping[str, str], code: str) -> str:
    """The word for ``code`` in the language of the screen; the code itself when it is new to us."""
    return translate(table[code]) if code in table else code
