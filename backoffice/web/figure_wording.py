"""Words of the pages of figures, in the language that is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backoffice.web.i18n import _, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Mapping

# What a document is; the keys are those of the wire.
DOCUMENT_WORDS = {
    "receipt": gettext_noop("receipt"),
    "e_receipt": gettext_noop("e-receipt"),
    "invoice": gettext_noop("invoice"),
    "meal_invoice": gettext_noop("catering invoice"),
    "bill": gettext_noop("non-fiscal bill"),
    "return": gettext_noop("return"),
    "complaint": gettext_noop("complaint"),
    "mistake": gettext_noop("obvious mistake"),
}
# What is looked for.
DOCUMENTS = {
    "receipt": gettext_noop("Receipts"),
    "invoice": gettext_noop("Invoices"),
    "bill": gettext_noop("Non-fiscal bills"),
    "return": gettext_noop("Returns"),
}
# Kinds of payment as the fiscal printer knows them.
KINDS = {
    "cash": gettext_noop("cash"),
    "card": gettext_noop("card"),
    "transfer": gettext_noop("transfer"),
    "voucher": gettext_noop("voucher"),
    "bon": gettext_noop("coupon"),
    "cheque": gettext_noop("cheque"),
    "credit": gettext_noop("credit"),
    "other": gettext_noop("other"),
}
# What sales are summed by.
BYS = {
    "day": gettext_noop("Day"),
    "hour": gettext_noop("Hour"),
    "product": gettext_noop("Goods"),
    "category": gettext_noop("Category"),
    "operator": gettext_noop("Cashier"),
    "payment": gettext_noop("Payment"),
    "vat": gettext_noop("VAT rate"),
    "terminal": gettext_noop("Till"),
    "shop": gettext_noop("Shop"),
}
PERIODS = {
    "today": gettext_noop("Today"),
    "yesterday": gettext_noop("Yesterday"),
    "week": gettext_noop("This week"),
    "month": gettext_noop("This month"),
    "own": gettext_noop("Other days"),
}
ROUTES = {
    "terminal": gettext_noop("printed by the till"),
    "external": gettext_noop("printed on the printer itself"),
}


def document(word: str) -> str:
    """What a document is."""
    return _(DOCUMENT_WORDS[word]) if word in DOCUMENT_WORDS else word


def route(word: str) -> str:
    """Who had a daily report printed."""
    return _(ROUTES[word]) if word in ROUTES else word


def choices(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """A table of words as the choices of a form."""
    return [(key, _(label)) for key, label in table.items()]
