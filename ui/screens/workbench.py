"""The fiscal printer on the bench: its facts, its clock (8 5), tests (8 7), what is open in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.installed import RECEIPT_PRINTER
from terminal.sale.waiting import in_words
from ui.keypad import Accept, Key
from ui.screens.question import Choices, Question
from ui.screens.status import Status
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from terminal.errors import TillError
    from terminal.workshop import Clocks, PrinterFacts
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

T = TypeVar("T")


class FiscalPrinter(Status):
    """What the fiscal printer says of itself, asked when the page opens and by F5."""

    heading = _("Fiscal printer")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._facts: PrinterFacts | None = None
        self._trouble = ""

    def legend(self) -> Legend:
        """Ask again."""
        return (("F5", translate("refresh")), *super().legend())

    def opened(self) -> None:
        """Ask."""
        self._facts, self._trouble = None, translate("Please wait…")
        self.desk.ask(self.desk.till.workshop.facts(), self._came, self._failed)

    def facts(self) -> list[tuple[str, str]]:
        """Who it is, how it stands, what it counted."""
        facts = self._facts
        if facts is None:
            return [(translate("Fiscal printer"), self._trouble)]
        left = "-" if facts.reports_left is None else str(facts.reports_left)
        return [
            (translate("Fiscal printer"), f"{facts.model} {facts.version}"),
            (translate("Unique number"), facts.unique_no),
            (translate("State"), in_words(facts.waits_for) or translate("ready")),
            (translate("Printer clock"), f"{facts.clock:%Y-%m-%d %H:%M}"),
            (translate("Daily reports made"), str(facts.reports)),
            (translate("Daily reports left"), left),
            (translate("Receipts since"), str(facts.receipts)),
            (translate("Cancelled since"), str(facts.cancelled)),
            (translate("Last receipt"), str(facts.last_receipt_no)),
            (
                translate("Document open"),
                translate("yes") if facts.is_open else translate("no"),
            ),
        ]

    def on(self, intent: Intent) -> None:
        """F5 asks again."""
        if intent == Key("refresh"):
            self.opened()
        else:
            super().on(intent)

    def _came(self, facts: PrinterFacts) -> None:
        self._facts = facts

    def _failed(self, error: TillError) -> None:
        self._trouble = f"{error.code} {error.sentence()}"


class Workbench(FiscalPrinter):
    """The same for technicians: Enter offers what can be done."""

    def legend(self) -> Legend:
        """Do something."""
        return (("Enter", translate("choose")), *super().legend())

    def on(self, intent: Intent) -> None:
        """Enter opens the choice."""
        if isinstance(intent, Accept):
            answers = (
                (translate("Cancel what is open in the printer"), self._ask_cancel),
                (translate("Test printout"), lambda: self.desk.open(Trial(self.desk))),
            )
            self.desk.open(Choices(self.desk, translate("Fiscal printer"), answers))
        else:
            super().on(intent)

    def _ask_cancel(self) -> None:
        text = translate("Cancel what is open in the printer? It is printed and counted there.")
        self.desk.open(Question(self.desk, text, self._cancel))

    def _cancel(self) -> None:
        till = self.desk.till
        self.desk.order(till.engine.call(till.workshop.cancel_open), self._cancelled)

    def _cancelled(self, was_open: object) -> None:
        self.desk.say(
            translate("It was cancelled") if was_open else translate("Nothing was open there")
        )
        self.opened()


class PrinterClock(Status):
    """Menu 8 5: both clocks; Enter gives the printer ours, when it lets us."""

    heading = _("Date and time")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._clocks: Clocks | None = None
        self._trouble = ""

    def legend(self) -> Legend:
        """Set, look again."""
        return (
            ("Enter", translate("set the printer's clock")),
            ("F5", translate("refresh")),
            ("Esc", translate("back")),
        )

    def opened(self) -> None:
        """Ask."""
        self._clocks, self._trouble = None, translate("Please wait…")
        self.desk.ask(self.desk.till.workshop.clocks(), self._came, self._failed)

    def facts(self) -> list[tuple[str, str]]:
        """Both moments of one look."""
        clocks = self._clocks
        if clocks is None:
            return [(translate("Printer clock"), self._trouble)]
        return [
            (translate("Printer clock"), f"{clocks.printer:%Y-%m-%d %H:%M:%S}"),
            (translate("This till's clock"), f"{clocks.till:%Y-%m-%d %H:%M:%S}"),
        ]

    def body(self, width: int, height: int) -> list[Row]:
        """What the rules are, below."""
        rules = translate(
            "The printer takes a new time only right after a daily report, by two hours at most."
            " The till has its time from the system."
        )
        return [*super().body(width, height), row.row(width), *row.wrapped(width, rules)][:height]

    def on(self, intent: Intent) -> None:
        """Enter asks first."""
        if isinstance(intent, Accept) and self._clocks is not None and self._clocks.is_apart:
            text = translate("Set the printer's clock to the time of the till?")
            self.desk.open(Question(self.desk, text, self._set))
        elif intent == Key("refresh"):
            self.opened()
        else:
            super().on(intent)

    def _set(self) -> None:
        till = self.desk.till
        self.desk.order(till.engine.call(till.workshop.set_clock), self._is_set)

    def _is_set(self, clocks: object) -> None:
        del clocks  # asked again: what is shown is what the printer says now
        self.opened()
        self.desk.say(translate("The printer's clock is set"))

    def _came(self, clocks: Clocks) -> None:
        self._clocks = clocks

    def _failed(self, error: TillError) -> None:
        self._trouble = f"{error.code} {error.sentence()}"


class Trial(Choices):
    """Menu 8 7: a test printout, on the printer of one's choice."""

    def __init__(self, desk: Desk) -> None:
        till = desk.till
        answers = [
            (
                translate("Fiscal printer"),
                lambda: self._print(lambda: till.engine.call(till.workshop.print_trial)),
            )
        ]
        if any(one.name == RECEIPT_PRINTER for one in till.installed.devices):
            answers.append(
                (translate("Receipt printer"), lambda: self._print(till.slips.print_trial))
            )
        super().__init__(desk, translate("Test printout"), answers)

    def _print(self, verb: Callable[[], Future[T]]) -> None:
        self.desk.ask(verb(), lambda _: self.desk.say(translate("Sent to the printer")))
