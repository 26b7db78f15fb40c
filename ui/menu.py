"""The numbered menu as one table, shared by every face of the till. Pure: it only names verbs.

Numbers are fixed for good: gaps are entries of later versions, never renumbered. ``find("843")``
is the way from three keys to a verb, whatever screen they were pressed on.
"""

from __future__ import annotations

from dataclasses import dataclass

from terminal.i18n import gettext_noop as _
from terminal.sync.wire import Right


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered entry; ``verb`` is empty for a submenu, ``right`` for what anybody may do."""

    path: str
    verb: str
    right: str
    title: str
    help: str

    @property
    def is_submenu(self) -> bool:
        """Whether it only leads to further entries."""
        return not self.verb


ANYBODY = ""
# Number, verb (none for a submenu), right, title, help.
# fmt: off
_TABLE = (
    ("1", "lock", ANYBODY, _("Lock the screen"), _("Logs out; the receipt stays")),
    ("3", "close_day", Right.CLOSE_DAY, _("Daily report (close the day)"),
        _("Writes the day to the fiscal memory, then synchronises")),
    ("4", "", ANYBODY, _("Reports"), _("Daily report")),
    ("41", "close_day", Right.CLOSE_DAY, _("Daily report (close the day)"),
        _("The same as menu 3")),
    ("5", "sales", ANYBODY, _("Transactions"), _("Printed receipts, newest first")),
    ("6", "", ANYBODY, _("Receipts (parking)"), _("Several receipts at a time")),
    ("61", "park_new", Right.SELL, _("New"), _("This receipt is parked, another begins")),
    ("62", "recall", Right.SELL, _("Switch"), _("Take a parked receipt up (F7)")),
    ("63", "split", Right.SELL, _("Split"), _("Lines, or parts of them, onto another receipt")),
    ("64", "merge", Right.SELL, _("Merge"), _("The lines of another receipt onto this one")),
    ("65", "drop_parked", Right.DROP_RECEIPT, _("Delete"), _("Cancels a parked receipt")),
    ("7", "", ANYBODY, _("Status and help"), _("Printer, connections, what is not sent")),
    ("71", "printer_status", ANYBODY, _("Printer"), _("What the fiscal printer says")),
    ("72", "connections", ANYBODY, _("Connections"), _("Back office and printer")),
    ("73", "unsent", ANYBODY, _("To be sent and rejected"), _("What the back office lacks")),
    ("8", "", ANYBODY, _("Configuration"), _("Data of the terminal, synchronisation")),
    ("81", "data_sets", Right.SYNC, _("Terminal settings (view)"),
        _("All data that the back office sent, set by set")),
    ("84", "", ANYBODY, _("Synchronisation"), _("Fetch data, send receipts, update")),
    ("841", "pull.configuration", Right.SYNC, _("Synchronise configuration"),
        _("Shop, payment methods, VAT rates")),
    ("842", "pull.users", Right.SYNC, _("Synchronise users"), _("Operators and their rights")),
    ("843", "pull.products", Right.SYNC, _("Synchronise products"),
        _("Articles, prices, units, categories")),
    ("844", "push", Right.SYNC, _("Synchronise transactions"), _("Sends what is not sent yet")),
    ("845", "find_release", Right.SYNC, _("Update the program"),
        _("Asks the back office for a new version")),
    ("846", "sync_all", Right.SYNC, _("Synchronise everything"),
        _("Customers, products, documents: step by step")),
    ("847", "sync_history", Right.SYNC, _("Synchronisation history"),
        _("When, who, how many, how it ended")),
    ("848", "pull_ever", Right.SYNC, _("Full download"),
        _("Fetches all data anew (changed since: ever)")),
    ("849", "", ANYBODY, _("Data update"), _("Fetches what you choose")),
    ("8491", "pull.prices_and_discounts", Right.SYNC, _("Prices and discounts"),
        _("Price lists, prices in them, discounts")),
    ("8492", "pull.articles", Right.SYNC, _("Articles"),
        _("Articles, bar codes, units, categories, stock")),
    ("8493", "pull.currencies", Right.SYNC, _("Currencies"), _("Currencies and their rates")),
    ("8494", "pull.customers", Right.SYNC, _("Customers"), _("Customers, and the stock")),
    ("8495", "pull.rights", Right.SYNC, _("Rights"), _("Operators, roles and their rights")),
    ("8496", "pull.parameters", Right.SYNC, _("Parameters"),
        _("Settings, shop, VAT rates, payment methods")),
    ("8497", "pull.all", Right.SYNC, _("All data"),
        _("Everything that the back office has for this till")),
    ("9", "", ANYBODY, _("Customers and documents"), _("Customers")),
    ("91", "customers", ANYBODY, _("Customers"), _("Search by name or NIP")),
    ("0", "sync_all", Right.SYNC, _("Synchronise now"), _("The same as menu 8 4 6")),
)
# fmt: on
MENU = tuple(Choice(*entry) for entry in _TABLE)
QUIT = (Choice("99", "quit", ANYBODY, _("Quit the program"), _("Ends the demonstration")),)


def find(path: str, table: tuple[Choice, ...] = MENU) -> Choice | None:
    """The entry with these numbers, None when there is none."""
    return next((choice for choice in table if choice.path == path), None)


def below(path: str, table: tuple[Choice, ...] = MENU) -> tuple[Choice, ...]:
    """The entries one level below ``path`` (``""`` is the top), in the order of the table."""
    return tuple(
        choice
        for choice in table
        if len(choice.path) == len(path) + 1 and choice.path.startswith(path)
    )
