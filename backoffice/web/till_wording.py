"""How the pages say what is wrong with a till, what it was asked, and what came and went. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backoffice.contacts import Contact
from backoffice.errands import EXPIRED, WAITING
from backoffice.tills import Trouble
from backoffice.web import wording
from backoffice.web.i18n import _, gettext_noop, ngettext
from terminal.sync import wire
from terminal.sync.wire import ErrandKind, ErrandState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from backoffice.errands import Asked
    from backoffice.tills import Till

SET_NAMES = {
    "settings": gettext_noop("Settings"),
    "shop": gettext_noop("Shop"),
    "vat_rates": gettext_noop("VAT rates"),
    "payment_methods": gettext_noop("Payment methods"),
    "currencies": gettext_noop("Currencies"),
    "roles": gettext_noop("Roles"),
    "users": gettext_noop("Staff"),
    "representatives": gettext_noop("Sales representatives"),
    "units": gettext_noop("Units"),
    "categories": gettext_noop("Categories"),
    "products": gettext_noop("Products"),
    "barcodes": gettext_noop("Bar codes"),
    "price_lists": gettext_noop("Price lists"),
    "prices": gettext_noop("Prices"),
    "discounts": gettext_noop("Discounts"),
    "quick_keys": gettext_noop("Quick keys"),
    "customers": gettext_noop("Customers"),
    "sales_documents": gettext_noop("Orders and quotes"),
    "visits": gettext_noop("Visits"),
    "attachments": gettext_noop("Notes and attachments"),
    "stock": gettext_noop("Stock"),
    wire.ALL_SETS: gettext_noop("All data"),
}
_ERRANDS = {
    ErrandKind.RELOAD: gettext_noop("Load data anew"),
    ErrandKind.SEND_LOG: gettext_noop("Send the log"),
    ErrandKind.LOCK: gettext_noop("Lock the screen"),
    ErrandKind.REPORT: gettext_noop("Report the state"),
}
_STATES = {
    WAITING: gettext_noop("waits for the till"),
    ErrandState.TAKEN: gettext_noop("taken, is done between two receipts"),
    ErrandState.DONE: gettext_noop("done"),
    ErrandState.REFUSED: gettext_noop("refused"),
    EXPIRED: gettext_noop("not done within a day"),
}
_CONTACTS = {
    Contact.BEAT: gettext_noop("Heartbeats"),
    Contact.PUSH: gettext_noop("Documents came"),
    Contact.PULL: gettext_noop("Rows fetched"),
    Contact.FILE: gettext_noop("All data fetched as a file"),
    Contact.LOG: gettext_noop("Log came"),
    Contact.ENROL: gettext_noop("Device enrolled"),
    Contact.SHUT_OUT: gettext_noop("Turned away: the till is blocked"),
    Contact.CONFLICT: gettext_noop("Refused: the journal contradicts what is stored"),
    Contact.REJECTED: gettext_noop("Documents stored and rejected"),
    Contact.HEALED: gettext_noop("Data differed on the till and were loaded anew"),
    Contact.LOST: gettext_noop("The office had lost documents and got them again"),
}
_ALARMS = {
    "fork": gettext_noop(
        "The same entry came with other content: two devices share one name,"
        " or an old copy was put back."
    ),
    "chain": gettext_noop(
        "An entry does not follow from the one before it: it was changed on the device"
        " or on the way."
    ),
    "epoch": gettext_noop(
        "It goes on where another device had taken its place: enrol it again or switch it off."
    ),
    "rid": gettext_noop("An entry has the name of another one: a journal was used twice."),
}


def alarm(kind: str) -> str:
    """What an alarm about a journal means."""
    return _(_ALARMS[kind]) if kind in _ALARMS else ""


def set_name(name: str) -> str:
    """What a data set is called; a name that nobody knows stays."""
    return _(SET_NAMES[name]) if name in SET_NAMES else name


def errand(asked: Asked) -> str:
    """What a till was asked: ``Load data anew: Products``."""
    kind = _(_ERRANDS[ErrandKind(asked.kind)]) if asked.kind in set(ErrandKind) else asked.kind
    return f"{kind}: {set_name(asked.what)}" if asked.what else kind


def errand_state(state: str) -> str:
    """How far it is."""
    return _(_STATES[state]) if state in _STATES else state


def contact(kind: str) -> str:
    """What came or went."""
    return _(_CONTACTS[Contact(kind)]) if kind in set(Contact) else kind


def clock_off(seconds: int | None) -> str:
    """How far a till's clock is from ours: ``2 min ahead``."""
    if seconds is None:
        return "—"
    if abs(seconds) < 2:  # noqa: PLR2004 (what a request takes)
        return _("exact")
    ahead, behind = gettext_noop("{length} ahead"), gettext_noop("{length} behind")
    return _(ahead if seconds > 0 else behind, length=_length(abs(seconds)))


def trouble(kind: Trouble, till: Till, now: datetime) -> str:
    """What is wrong, in a sentence that says how much."""
    return _TROUBLES[kind](till, now)


def _length(seconds: int) -> str:
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86_400
    if not minutes:
        return _("{count} s", count=seconds)
    if not hours:
        return _("{count} min", count=minutes)
    return (
        _("{count} h", count=hours) if not days else ngettext("{count} day", "{count} days", days)
    )


def _unsent(till: Till, now: datetime) -> str:
    age = wording.age(till.oldest_unsent_at, now)
    return ngettext(
        "{count} document not sent, from {age}",
        "{count} documents not sent, the oldest from {age}",
        till.unsent,
        age=age,
    )


def _memory(till: Till, _now: datetime) -> str:
    left = till.reports_left or 0
    return ngettext(
        "fiscal memory for {count} more report", "fiscal memory for {count} more reports", left
    )


_TROUBLES: dict[Trouble, Callable[[Till, datetime], str]] = {
    Trouble.SILENT: lambda till, now: _("last heard {age}", age=wording.age(till.seen_at, now)),
    Trouble.UNSENT: _unsent,
    Trouble.PRINTER: lambda till, _now: _("printer: {state}", state=wording.printer(till.printer)),
    Trouble.DAY: lambda till, _now: _("day: {state}", state=wording.day(till.day)),
    Trouble.ALARM: lambda till, _now: ngettext(
        "{count} alarm about its journal", "{count} alarms about its journal", till.alarms
    ),
    Trouble.REJECTED: lambda till, _now: ngettext(
        "{count} document rejected", "{count} documents rejected", till.rejected
    ),
    Trouble.MEMORY: _memory,
    Trouble.DISK: lambda till, _now: _("disk: {free} MB free", free=till.disk_free_mib),
    Trouble.CLOCK: lambda till, _now: _("clock: {off}", off=clock_off(till.clock_off_s)),
    Trouble.UPDATE: lambda _till, _now: _("the update did not go well"),
}
