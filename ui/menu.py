"""The numbered menus as tables, shared by every face of the till. Pure: they only name verbs.

Numbers are fixed for good: gaps are entries of later versions, never renumbered. ``find("843")``
is the way from three keys to a verb, whatever screen they were pressed on. ``SERVICE`` is the menu
of the login screen.
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
# Below this number everything needs cash management, which the office switches on.
CASH = "2"
# Number, verb (none for a submenu), right, title, help.
# fmt: off
_TABLE = (
    ("1", "lock", ANYBODY, _("Lock the screen"), _("Logs out; the receipt stays")),
    ("2", "", ANYBODY, _("Cash"), _("Cash in and out, the drawer, the shift")),
    ("21", "cash_in", Right.CASH, _("Cash in"), _("Puts cash into the drawer, for a reason")),
    ("22", "cash_out", Right.CASH, _("Cash out"), _("Takes cash out of the drawer, for a reason")),
    ("23", "open_drawer", Right.DRAWER, _("Open the drawer"),
        _("Without a sale, for a reason; also F8")),
    ("24", "cash_state", ANYBODY, _("State of the drawer"),
        _("What came in and went out in this shift")),
    ("25", "end_shift", ANYBODY, _("End the shift"), _("Count, slip, log-out")),
    ("3", "close_day", Right.CLOSE_DAY, _("Daily report (close the day)"),
        _("Writes the day to the fiscal memory, then synchronises")),
    ("4", "", ANYBODY, _("Reports"), _("Daily report, sales, reports of the fiscal printer")),
    ("41", "close_day", Right.CLOSE_DAY, _("Daily report (close the day)"),
        _("The same as menu 3")),
    ("42", "monthly_report", Right.REPORTS, _("Monthly report"),
        _("Out of the fiscal memory, due by the 25th of the next month")),
    ("43", "", Right.REPORTS, _("Periodic report"), _("Daily reports from the fiscal memory")),
    ("431", "report_by_dates", Right.REPORTS, _("By dates"), _("From day to day")),
    ("432", "report_by_numbers", Right.REPORTS, _("By numbers"), _("From report to report")),
    ("44", "preview", Right.REPORTS, _("The day up to now (X)"),
        _("Printer and till beside each other; nothing is printed")),
    ("45", "report_cashiers", Right.REPORTS, _("Sales by cashier"), _("Receipts and totals")),
    ("46", "report_products", Right.REPORTS, _("Sales by product"),
        _("Lines, quantities, amounts")),
    ("47", "report_categories", Right.REPORTS, _("Sales by category"), _("Lines and amounts")),
    ("48", "report_methods", Right.REPORTS, _("Ways to pay and hours"),
        _("# goes from one to the other")),
    ("49", "closings", Right.REPORTS, _("Daily reports"),
        _("List with totals; a copy for the receipt printer")),
    ("5", "sales", ANYBODY, _("Transactions"), _("Printed receipts, newest first")),
    ("6", "", ANYBODY, _("Receipts (parking)"), _("Several receipts at a time")),
    ("61", "park_new", Right.SELL, _("New"), _("This receipt is parked, another begins")),
    ("62", "recall", Right.SELL, _("Switch"), _("Take a parked receipt up (F7)")),
    ("63", "split", Right.SELL, _("Split"), _("Lines, or parts of them, onto another receipt")),
    ("64", "merge", Right.SELL, _("Merge"), _("The lines of another receipt onto this one")),
    ("65", "drop_parked", Right.DROP_RECEIPT, _("Delete"), _("Cancels a parked receipt")),
    ("66", "print_bill", Right.SELL, _("Print the bill"),
        _("Not fiscal: for the guest to look at")),
    ("7", "", ANYBODY, _("Status and help"), _("Printer, connections, what is not sent")),
    ("71", "printer_status", ANYBODY, _("Printer"), _("What the fiscal printer says")),
    ("72", "connections", ANYBODY, _("Connections"), _("Back office and printer")),
    ("73", "unsent", ANYBODY, _("To be sent and rejected"), _("What the back office lacks")),
    ("74", "about", ANYBODY, _("Version and update"),
        _("This program, this till, its printer; what the back office offers")),
    ("75", "handbook", ANYBODY, _("Error codes and remedies"),
        _("What a number means, and what to do; type the number")),
    ("8", "", ANYBODY, _("Configuration"), _("Data of the terminal, synchronisation")),
    ("81", "data_sets", Right.SYNC, _("Terminal settings (view)"),
        _("All data that the back office sent, set by set")),
    ("82", "network", ANYBODY, _("Network"),
        _("The back office: address, encryption, last contact, its clock")),
    ("83", "devices", ANYBODY, _("Devices"),
        _("What is connected, where, whether it answers; Enter tries it")),
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
    ("85", "printer_clock", Right.SERVICE, _("Date and time"),
        _("Gives the printer the time of the till; it takes it after a daily report")),
    ("86", "look", ANYBODY, _("Look"), _("Language and contrast of this screen")),
    ("87", "trial", ANYBODY, _("Test printout"), _("A slip or a form that is not fiscal")),
    ("88", "training", Right.TRAINING, _("Training"),
        _("Nothing is printed, counted, sent or kept")),
    ("9", "", ANYBODY, _("Customers and documents"),
        _("Customers, orders, quotes, visits, notes, availability")),
    ("91", "customers", ANYBODY, _("Customers"),
        _("Search by name or NIP; write down, change, put on the receipt")),
    ("92", "orders", ANYBODY, _("Sales orders (ZS)"),
        _("What a customer wants later; then its lines go onto a receipt")),
    ("93", "quotes", ANYBODY, _("Quotes (OS)"),
        _("What it would cost; turned into an order or a receipt")),
    ("94", "visits", ANYBODY, _("Visits"),
        _("Planned here or in the office; begin, end with a note, agree upon the next")),
    ("95", "attachments", ANYBODY, _("Notes and attachments"),
        _("Of customers, articles, orders, quotes and visits")),
    ("96", "availability", ANYBODY, _("Availability"),
        _("How much there is of an article, and the age of that figure")),
    ("0", "sync_all", Right.SYNC, _("Synchronise now"), _("The same as menu 8 4 6")),
)
_SERVICE_TABLE = (
    ("1", "", ANYBODY, _("Configuration"), _("What works without a login")),
    ("11", "pull_all", ANYBODY, _("Synchronise everything"),
        _("Sends what is unsent, fetches all data; works without a login")),
    ("12", "network", ANYBODY, _("Network"),
        _("The back office: address, encryption, last contact, its clock")),
    ("13", "printer_facts", ANYBODY, _("Fiscal printer"),
        _("What the fiscal printer says of itself")),
    ("14", "enrolment", ANYBODY, _("Enrolment"), _("Which terminal of which shop this is")),
    ("2", "", Right.SERVICE, _("Service"), _("For technicians: asks for identifier and PIN")),
    ("21", "", Right.SERVICE, _("Transactions"), _("What the back office lacks or rejected")),
    ("211", "push", Right.SERVICE, _("Send waiting transactions"),
        _("Sends what is not sent yet")),
    ("212", "rejected", Right.SERVICE, _("Rejected documents"),
        _("What the back office rejected, and why")),
    ("22", "events", Right.SERVICE, _("Event log"), _("Who did what, and what went wrong")),
    ("23", "copies", Right.SERVICE, _("Backup"),
        _("Copies of the journal: made, tried out, put on a USB stick")),
    ("24", "workbench", Right.SERVICE, _("Printer"),
        _("Its state; cancels what is open in it, prints a test")),
    ("25", "emergency", Right.SERVICE, _("Emergency mode"),
        _("What to do when the printer has lost its clock")),
    ("26", "technician", Right.SERVICE, _("Technician's console"),
        _("Who may log in there, and who is")),
    ("3", "about", ANYBODY, _("About"), _("Version, terminal, unique number of the printer")),
)
# fmt: on
MENU = tuple(Choice(*entry) for entry in _TABLE)
SERVICE = tuple(Choice(*entry) for entry in _SERVICE_TABLE)
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
