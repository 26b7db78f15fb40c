"""Words for what is done outside the shop, in the language that is spoken. Pure."""

from __future__ import annotations

from backoffice.web.i18n import _, gettext_noop
from backoffice.web.wording import quantity

TYPES = {"ZS": gettext_noop("Sales order"), "OS": gettext_noop("Quote")}
STATES = {
    "open": gettext_noop("to realise"),
    "realised": gettext_noop("realised"),
    "cancelled": gettext_noop("cancelled"),
}
VISIT_STATES = {
    "planned": gettext_noop("planned"),
    "done": gettext_noop("done"),
    "cancelled": gettext_noop("cancelled"),
}
ABOUTS = {
    "customer": gettext_noop("Customer"),
    "product": gettext_noop("Product"),
    "sales_document": gettext_noop("Sales document"),
    "visit": gettext_noop("Visit"),
}
_WORDS = {**STATES, **VISIT_STATES, **TYPES, **ABOUTS}


def field_word(name: str) -> str:
    """A type, a state, or what an attachment is about; a word that is none stays as it is."""
    return _(_WORDS[name]) if name in _WORDS else name


def size(count: int) -> str:
    """How long a file is: ``812 B``, ``3,4 MB``."""
    for unit, bytes_ in (("MB", 1024**2), ("KB", 1024)):
        if count >= bytes_:
            return f"{quantity(round(count * 10 / bytes_) * 100)} {unit}"
    return f"{count} B"
