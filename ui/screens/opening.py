"""Which page a state, a key or a menu verb opens: the one table of doors. No rules of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal import errors, events
from terminal.day.state import Day
from terminal.errors import Code
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sale.receipt import State
from ui.exchanging import PUSH
from ui.menu import MENU, SERVICE
from ui.screens.about import About, Enrolment, Network
from ui.screens.availability import AvailabilityList
from ui.screens.blocked import Blocked
from ui.screens.cash import Moving, ask_for_drawer
from ui.screens.cash_state import CashReport
from ui.screens.closing import Closing
from ui.screens.copies import Copies
from ui.screens.counting import Counting
from ui.screens.customers import Customers
from ui.screens.data_sets import DataSets
from ui.screens.devices import Devices
from ui.screens.due import ReportFirst, is_report_first, remind
from ui.screens.events import Events, Rejected
from ui.screens.exchange import Exchange
from ui.screens.field_words import TYPES
from ui.screens.finishing import Finishing
from ui.screens.fiscal_reports import Bounds, Monthly
from ui.screens.handbook import Handbook, Remedy
from ui.screens.help import Help
from ui.screens.history import History
from ui.screens.installing import TRIED
from ui.screens.keepsakes import ask_about
from ui.screens.leaving import leave
from ui.screens.login import Login
from ui.screens.look import Look
from ui.screens.menu import Menu
from ui.screens.parked import discard, join, park, print_bill, recall
from ui.screens.payment import Payment
from ui.screens.price_check import PriceCheck
from ui.screens.printing import NotPrinted, Printing
from ui.screens.release import Release
from ui.screens.sales import Sales
from ui.screens.sales_documents import SalesDocuments
from ui.screens.selling import Selling
from ui.screens.sheet import REPORTS, ClosingList, Preview, SalesReport
from ui.screens.shift import Opening
from ui.screens.splitting import Split, begin
from ui.screens.status import Connections, PrinterStatus, Unsent
from ui.screens.sync_due import remind_sync
from ui.screens.technician import Technician
from ui.screens.trial import NewVersion
from ui.screens.visits import Visits
from ui.screens.wizard import Wizard
from ui.screens.workbench import FiscalPrinter, PrinterClock, Trial, Workbench
from ui.training import VERB, switch
from ui.words import word

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.errors import TillError
    from terminal.field.draft import Draft
    from terminal.reports.kinds import Kind
    from ui.desk import Desk
    from ui.known import Known
    from ui.menu import Choice
    from ui.screens.page import Page


def _update(choice: Choice) -> Callable[[Desk], Page]:
    part = choice.verb.removeprefix("pull.")
    return lambda desk: Exchange(desk, choice.title, (part,))


def _sales_of(kinds: tuple[Kind, ...]) -> Callable[[Desk], Page]:
    return lambda desk: SalesReport(desk, kinds)


_PAGES: dict[str, Callable[[Desk], Page]] = {
    "close_day": Closing,
    "cash_in": lambda desk: Moving(desk, +1),
    "cash_out": lambda desk: Moving(desk, -1),
    "cash_state": CashReport,
    "end_shift": Counting,
    "monthly_report": Monthly,
    "report_by_dates": lambda desk: Bounds(desk, by_dates=True),
    "report_by_numbers": lambda desk: Bounds(desk, by_dates=False),
    "preview": Preview,
    "closings": ClosingList,
    **{verb: _sales_of(kinds) for verb, kinds in REPORTS.items()},
    "sales": Sales,
    "park_new": begin,
    "recall": recall,
    "split": Split,
    "merge": join,
    "drop_parked": discard,
    "printer_status": PrinterStatus,
    "connections": Connections,
    "unsent": Unsent,
    "about": About,
    "handbook": Handbook,
    "data_sets": DataSets,
    "network": Network,
    "devices": Devices,
    "printer_clock": PrinterClock,
    "look": Look,
    "trial": Trial,
    "push": lambda desk: Exchange(desk, _("Synchronise transactions"), (PUSH,)),
    "find_release": Release,
    "sync_all": Wizard,
    "sync_history": History,
    "pull_ever": lambda desk: Exchange(desk, _("Full download"), ("all",), ever=True),
    **{choice.verb: _update(choice) for choice in MENU if choice.verb.startswith("pull.")},
    "customers": Customers,
    "orders": lambda desk: SalesDocuments(desk, "ZS"),
    "quotes": lambda desk: SalesDocuments(desk, "OS"),
    "visits": Visits,
    "attachments": ask_about,
    "availability": AvailabilityList,
    "pull_all": lambda desk: Exchange(desk, _("Synchronise everything"), (PUSH, "all")),
    "printer_facts": FiscalPrinter,
    "enrolment": Enrolment,
    "rejected": Rejected,
    "events": Events,
    "copies": Copies,
    "workbench": Workbench,
    "technician": Technician,
    "emergency": lambda desk: Remedy(desk, Code.CLOCK_LOST),
}


def root(known: Known) -> type[Page]:
    """The lowest page: it follows from what is known, nothing else."""
    if known.operator is None:
        return Login
    state = known.receipt.state if known.receipt else State.OPEN
    if state is State.PRINTING or (state is State.PAID and not known.awaits_print):
        return Blocked if known.blocked else Printing
    if known.blocked:
        return Blocked
    if known.day in {Day.UNKNOWN, Day.CLOSING}:
        return Finishing
    if known.update.phase in TRIED:
        return NewVersion
    return NotPrinted if state is State.PAID else Selling


def service_key(desk: Desk, name: str) -> None:
    """Keys that mean the same on every page of a logged-in operator."""
    if name == "help":
        desk.open(Help(desk, desk.page))
    elif name == "service":
        desk.open(Menu(desk, SERVICE))
    elif desk.known.operator is None:
        desk.refuse(errors.Rejected(Code.NOT_LOGGED_IN))
    elif name == "menu":
        desk.open(Menu(desk))
    elif name == "price_check":
        desk.open(PriceCheck(desk))
    elif name == "park":
        park(desk)
    elif name == "recall":
        desk.open(recall(desk))
    elif name == "drawer":
        ask_for_drawer(desk)


def cure(desk: Desk, error: TillError) -> None:
    """A refusal that a page can put right opens it."""
    if error.code is Code.SHIFT_MISSING and not isinstance(desk.page, Opening):
        settings = desk.known.settings
        desk.home()
        desk.open(Opening(desk, settings.opening_float_gr if settings else 0))
    elif is_report_first(error) and not isinstance(desk.page, ReportFirst):
        desk.home()
        desk.open(ReportFirst(desk, error, lambda: pay(desk)))


def pay(desk: Desk) -> None:
    """To the payment of the receipt on the screen."""
    if desk.known.has_lines:
        desk.open(Payment(desk))


def follow(desk: Desk, event: object) -> None:
    """Pages that the till itself asks for."""
    if isinstance(event, events.ShiftWanted):
        desk.open(Opening(desk, event.proposed_gr))
    elif isinstance(event, events.ReportWanted):
        remind(desk)
    elif isinstance(event, events.OperatorChanged) and event.operator is not None:
        desk.ask(desk.till.engine.call(lambda: desk.till.field.draft), partial(_unfinished, desk))
    elif isinstance(event, events.SyncWanted):
        remind_sync(desk)
    elif isinstance(event, events.DayClosed) and not _is_watched(desk):
        desk.open(Closing.of_result(desk, event))


def _unfinished(desk: Desk, draft: Draft | None) -> None:
    """Whoever comes to a till with an order that was cut off should know of it."""
    if draft is not None:
        where = "9 2" if draft.type == "ZS" else "9 3"
        text = translate(
            "{what} is not finished: menu {where}", what=word(TYPES, draft.type), where=where
        )
        desk.say(text)


def _is_watched(desk: Desk) -> bool:
    """Whether somebody sees the day close; one that was cut off goes on by itself."""
    is_shown = any(isinstance(page, Closing) for page in desk.pages)
    return is_shown or desk.known.operator is not None


def choose(desk: Desk, choice: Choice) -> None:
    """Do what a menu entry names."""
    if choice.verb == "lock":
        leave(desk)
    elif choice.verb == "open_drawer":
        desk.home()
        ask_for_drawer(desk)
    elif choice.verb == VERB:
        switch(desk)
    elif choice.verb == "quit":
        if desk.leave:
            desk.leave()
    elif choice.verb == "print_bill":
        print_bill(desk)
    else:
        desk.home()
        desk.open(_PAGES[choice.verb](desk))
