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
    title: str
    help: str
    verb: str = ""
    right: str = ""

    @property
    def is_submenu(self) -> bool:
        """Whether it only leads to further entries."""
        return not self.verb


# The seven choices of the data update, in the order of their numbers.
_UPDATES = (
    (
        "prices_and_discounts",
        _("Prices and discounts"),
        _("Price lists, prices in them, discounts"),
    ),
    ("articles", _("Articles"), _("Articles, bar codes, units, categories, stock")),
    ("currencies", _("Currencies"), _("Currencies and their rates")),
    ("customers", _("Customers"), _("Customers, and the stock")),
    ("rights", _("Rights"), _("Operators, roles and their rights")),
    ("parameters", _("Parameters"), _("Settings, shop, VAT rates, payment methods")),
    ("all", _("All data"), _("Everything that the back office has for this till")),
)
MENU: tuple[Choice, ...] = (
    Choice("1", _("Lock the screen"), _("Logs out; the receipt stays"), "lock"),
    Choice(
        "3",
        _("Daily report (close the day)"),
        _("Writes the day to the fiscal memory, then synchronises"),
        "close_day",
        Right.CLOSE_DAY,
    ),
    Choice("4", _("Reports"), _("Daily report")),
    Choice(
        "41",
        _("Daily report (close the day)"),
        _("The same as menu 3"),
        "close_day",
        Right.CLOSE_DAY,
    ),
    Choice("5", _("Transactions"), _("Printed receipts, newest first"), "sales"),
    Choice("7", _("Status and help"), _("Printer, connections, what is not sent")),
    Choice("71", _("Printer"), _("What the fiscal printer says"), "printer_status"),
    Choice("72", _("Connections"), _("Back office and printer"), "connections"),
    Choice("73", _("To be sent and rejected"), _("What the back office lacks"), "unsent"),
    Choice("8", _("Configuration"), _("Data of the terminal, synchronisation")),
    Choice(
        "81",
        _("Terminal settings (view)"),
        _("All data that the back office sent, set by set"),
        "data_sets",
        Right.SYNC,
    ),
    Choice("84", _("Synchronisation"), _("Fetch data, send receipts, update")),
    Choice(
        "841",
        _("Synchronise configuration"),
        _("Shop, payment methods, VAT rates"),
        "pull.configuration",
        Right.SYNC,
    ),
    Choice(
        "842", _("Synchronise users"), _("Operators and their rights"), "pull.users", Right.SYNC
    ),
    Choice(
        "843",
        _("Synchronise products"),
        _("Articles, prices, units, categories"),
        "pull.products",
        Right.SYNC,
    ),
    Choice(
        "844", _("Synchronise transactions"), _("Sends what is not sent yet"), "push", Right.SYNC
    ),
    Choice(
        "845",
        _("Update the program"),
        _("Asks the back office for a new version"),
        "find_release",
        Right.SYNC,
    ),
    Choice(
        "846",
        _("Synchronise everything"),
        _("Customers, products, documents: step by step"),
        "sync_all",
        Right.SYNC,
    ),
    Choice(
        "847",
        _("Synchronisation history"),
        _("When, who, how many, how it ended"),
        "sync_history",
        Right.SYNC,
    ),
    Choice(
        "848",
        _("Full download"),
        _("Fetches all data anew (changed since: ever)"),
        "pull_ever",
        Right.SYNC,
    ),
    Choice("849", _("Data update"), _("Fetches what you choose")),
    *(
        Choice(f"849{no}", title, meaning, f"pull.{choice}", Right.SYNC)
        for no, (choice, title, meaning) in enumerate(_UPDATES, start=1)
    ),
    Choice("9", _("Customers and documents"), _("Customers")),
    Choice("91", _("Customers"), _("Search by name or NIP"), "customers"),
    Choice("0", _("Synchronise now"), _("The same as menu 8 4 6"), "sync_all", Right.SYNC),
)
QUIT = (Choice("99", _("Quit the program"), _("Ends the demonstration"), "quit"),)


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
