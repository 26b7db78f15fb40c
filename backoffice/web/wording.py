"""Numbers, times and verdicts in the language that is spoken."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from babel.numbers import format_decimal

from backoffice.moments import ZONE
from backoffice.web.i18n import _, gettext_noop, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terminal.sync import wire

NO_BREAK = "\u00a0"

_DAYS = {
    "EMPTY": gettext_noop("no sales"),
    "OPEN": gettext_noop("open"),
    "DUE": gettext_noop("time for the report"),
    "OVERDUE": gettext_noop("report overdue"),
    "CLOSING": gettext_noop("report under way"),
    "UNKNOWN": gettext_noop("to be cleared up"),
}

_PRINTERS = {
    "ready": gettext_noop("ready"),
    "offline": gettext_noop("does not answer"),
    "no_paper": gettext_noop("no paper"),
    "cover": gettext_noop("cover open"),
    "overheated": gettext_noop("overheated"),
    "power": gettext_noop("power fault"),
    "cutter": gettext_noop("cutter fault"),
    "no_access": gettext_noop("mechanism not ready"),
    "in_menu": gettext_noop("in its own menu"),
    "waiting_key": gettext_noop("waits for a key"),
    "waiting_error": gettext_noop("reports an error"),
}

_ALARMS = {
    "fork": gettext_noop("forked journal"),
    "chain": gettext_noop("broken chain"),
    "epoch": gettext_noop("foreign epoch"),
    "rid": gettext_noop("repeated identifier"),
}

_KINDS = {
    "receipt": gettext_noop("receipt"),
    "dropped": gettext_noop("dropped receipt"),
    "bill": gettext_noop("non-fiscal bill"),
    "report": gettext_noop("daily report"),
    "cash": gettext_noop("cash in or out"),
    "customer": gettext_noop("new customer"),
    "event": gettext_noop("event"),
    "shift": gettext_noop("cashier's shift"),
    "printed_report": gettext_noop("fiscal memory report"),
    "return": gettext_noop("return, complaint or mistake"),
    "payment_correction": gettext_noop("payment correction"),
    "day_head": gettext_noop("closing of the day in the journal"),
    "customer_edit": gettext_noop("changed customer"),
    "sales_document": gettext_noop("order or quote"),
    "sales_state": gettext_noop("order or quote closed"),
    "visit": gettext_noop("sales visit"),
    "attachment": gettext_noop("note or attachment"),
}

# Why cash was moved or a count differs: the till's codes.
_CASH_REASONS = {
    "opening": gettext_noop("opening of the shift"),
    "coins": gettext_noop("coins for change"),
    "from_safe": gettext_noop("from the safe"),
    "to_bank": gettext_noop("to the bank"),
    "to_safe": gettext_noop("to the safe"),
    "purchase": gettext_noop("purchase for the shop"),
    "wrong_change": gettext_noop("wrong change given"),
    "not_known": gettext_noop("cause not known"),
    "other": gettext_noop("another reason"),
}

_BOOKS = {
    "returns": gettext_noop("Returns and complaints"),
    "mistakes": gettext_noop("Obvious mistakes"),
    "corrections": gettext_noop("Payment corrections"),
}

_ENTRIES = {
    "return": gettext_noop("Return"),
    "complaint": gettext_noop("Complaint"),
    "mistake": gettext_noop("Obvious mistake"),
    "correction": gettext_noop("Payment correction"),
}


# How the short form of its number begins, and the long form.
_DOCUMENTS = {
    "receipt": ("", gettext_noop("Receipt {number}")),
    "e_receipt": ("e-", gettext_noop("e-Receipt {number}")),
    "invoice": (gettext_noop("INV "), gettext_noop("Invoice {number}")),
    "meal_invoice": (gettext_noop("INV "), gettext_noop("Catering invoice {number}")),
    "bill": (gettext_noop("B "), gettext_noop("Non-fiscal bill {number}")),
}


def document(row: Any, *, full: bool = False) -> str:  # noqa: ANN401 (a row of the database)
    """What a listed document is, and its number: the till's own for invoices and bills."""
    short, long = _DOCUMENTS.get(row.document, _DOCUMENTS["receipt"])
    number = row.invoice_no or row.receipt_no
    return _(long, number=number) if full else f"{_(short)}{number}"


def abroad(payment: wire.PaymentDoc) -> str:
    """Foreign money and its rate: ``10,00 EUR × 4,2650``."""
    paid = _decimal(payment.foreign, 2, "0.00")
    rate = _decimal(payment.rate_e4, 4, "0.0000")
    return f"{paid}{NO_BREAK}{payment.symbol} × {rate}"


def money(amount_gr: int) -> str:
    """``1 234,50 zł``: grouped and pointed as the language does it, the currency behind."""
    return f"{_decimal(amount_gr, 2, '#,##0.00')}{NO_BREAK}zł"


def amount(amount_gr: int) -> str:
    """``1234,50``: as a person would type it into a form."""
    return format_decimal(Decimal(amount_gr).scaleb(-2), "0.00", _region())


def number(count: int) -> str:
    """``1 234``."""
    return _decimal(count, 0, "#,##0")


def quantity(qty_milli: int) -> str:
    """Thousandths without idle zeros: ``2``, ``0,375``."""
    return _decimal(qty_milli, 3, "#,##0.###")


def percent(rate_bp: int) -> str:
    """``23%``, ``5,5%``."""
    return f"{_decimal(rate_bp, 2, '#,##0.##')}%"


def rate(rate_bp: int) -> str:
    """A VAT rate: ``23%``, ``exempt``, ``—`` for a letter not in use."""
    if rate_bp == 10_000:  # noqa: PLR2004 (the wire's marker)
        return _("exempt")
    if rate_bp == 10_100:  # noqa: PLR2004 (the wire's marker)
        return "—"
    return percent(rate_bp)


def date(text: str | None) -> str:
    """A day such as ``2026-03-01`` as the language writes it; other text as it is."""
    if not text:
        return "—"
    try:
        shown = datetime.fromisoformat(text)
    except ValueError:
        return text
    return format_date(shown, "medium", _region())


def weekday(text: str) -> str:
    """A day with its name, such as ``Monday, 2 March 2026``; other text as it is."""
    try:
        shown = datetime.fromisoformat(text)
    except ValueError:
        return text
    return format_date(shown, "full", _region())


def local_time(text: str | None) -> str:
    """Date and minute of an ISO time as its writer saw them; other text as it is."""
    if not text:
        return "—"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    # The office's own stamps are UTC; people read them in the time of the shops.
    shown = moment.astimezone(ZONE) if moment.tzinfo is UTC else moment
    return f"{format_date(shown, 'medium', _region())}, {shown:%H:%M}"


def age(text: str | None, now: datetime) -> str:
    """How long ago: ``just now``, ``5 min ago``, ``3 h ago``, or the date."""
    if not text:
        return _("never")
    minutes = int((now - datetime.fromisoformat(text)).total_seconds()) // 60
    if minutes < 2:  # noqa: PLR2004 (a heartbeat comes every minute)
        return _("just now")
    if minutes < 60:  # noqa: PLR2004 (an hour)
        return _("{minutes} min ago", minutes=minutes)
    if minutes < 24 * 60:
        return _("{hours} h ago", hours=minutes // 60)
    return local_time(text)


def day(state: str) -> str:
    """State of the fiscal day."""
    return _said(_DAYS, state) or "—"


def printer(state: str) -> str:
    """What a till's printer does or waits for."""
    return _said(_PRINTERS, state) or "—"


def alarm(kind: str) -> str:
    """Kind of an alarm."""
    return _said(_ALARMS, kind)


def kind(name: str) -> str:
    """Kind of a document."""
    return _said(_KINDS, name) or "?"


def cash_reason(code: str) -> str:
    """Why cash was moved, or a count differs; words that are no code stay as they are."""
    return _said(_CASH_REASONS, code) or "—"


def book(name: str) -> str:
    """Name of a register."""
    return _said(_BOOKS, name)


def entry(name: str) -> str:
    """Kind of an entry in a register."""
    return _said(_ENTRIES, name)


def _said(table: Mapping[str, str], code: str) -> str:
    """What a table says for a code; one that is not in it stays as it is."""
    return _(table[code]) if code in table else code


def _decimal(amount: int, places: int, pattern: str) -> str:
    """A whole number of smallest parts, with a minus that is as wide as a digit."""
    text = format_decimal(Decimal(abs(amount)).scaleb(-places), pattern, _region())
    return f"−{text}" if amount < 0 else text


def _region() -> str:
    """Europe's English writes the day before the month."""
    return {"en": "en_GB"}.get(spoken(), spoken())
