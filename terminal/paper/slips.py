"""The verbs of the receipt printer: queue slips, answer for those in doubt, open the drawer.

They may be called from any thread and give Futures; what happens is told as events. Printing is the
business of a thread of its own (``terminal.paper.rounds``): no sale waits for it, none is undone.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.context import new_rid
from terminal.engine import Engine
from terminal.errors import Code, Rejected
from terminal.events import BillMade, DayClosed, Failed, SlipUnsure
from terminal.i18n import speaking
from terminal.paper.bills_due import BillSlips
from terminal.paper.book import SlipBook
from terminal.paper.closings import ClosingSlips
from terminal.paper.documents import trial_slip
from terminal.paper.rounds import Rounds
from terminal.people.rights import require
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from contextlib import AbstractContextManager

    from drivers.paper import PaperPrinter, Slip
    from terminal.context import Context
    from terminal.people.rights import Operator
    from terminal.store.slips import Job
    from terminal.sync.wire import Shop

_log = logging.getLogger(__name__)
_LATEST = 20


@dataclass(frozen=True, slots=True)
class Equipment:
    """A receipt printer, or none, and what was set up with it.

    ``about`` says on the test printout what was set up, ``letters`` are to be seen there.
    ``reprint_after_s`` is how long a slip in doubt waits for a person before it is printed again by
    itself; 0 is for ever.
    """

    printer: PaperPrinter | None = None
    about: tuple[tuple[str, str], ...] = ()
    letters: str = ""
    reprint_after_s: int = 0


class Slips:
    """The printer belongs to the thread that is started here; without one nothing is ever queued.

    ``read_shop`` and ``read_language`` (of what is printed) run on the engine's thread.
    """

    def __init__(
        self,
        context: Context,
        equipment: Equipment,
        read_shop: Callable[[], Shop | None] = lambda: None,
        on_fault: Callable[[BaseException], None] | None = None,
        read_language: Callable[[], str] = lambda: "",
    ) -> None:
        self._context = context
        self._equipment = equipment
        self._book = SlipBook(context)
        self._read_language = read_language
        self._closings = ClosingSlips(context, read_shop)
        self._bills = BillSlips(context, read_shop)
        self._operator: Callable[[], Operator | None] = lambda: None
        self._round: Future[None] | None = None
        self._at_work: tuple[Engine, Rounds] | None = None
        if printer := equipment.printer:
            rounds = Rounds(context, self._book, printer, equipment.reprint_after_s)
            self._at_work = Engine("slips", on_fault), rounds

    @property
    def is_set_up(self) -> bool:
        """Whether there is a receipt printer."""
        return self._at_work is not None

    @property
    def at_work(self) -> tuple[Engine, PaperPrinter] | None:
        """The printer and the thread it belongs to, for what else hangs on it."""
        return (self._at_work[0], self._at_work[1].printer) if self._at_work else None

    def start(self, operator: Callable[[], Operator | None]) -> None:
        """Take up what the last run left; on the engine's thread. ``operator`` is who is there."""
        self._operator = operator
        if self._at_work is None:
            return
        thread, rounds = self._at_work
        doubtful = self._book.recover()
        if doubtful:
            _log.warning("slip %s was being printed when the till stopped", doubtful.key)
            self._context.tell(SlipUnsure(doubtful))
        # Whoever had the line before us may have left it within a command, a restart ago as well.
        thread.call(rounds.printer.distrust)
        self._context.engine.listen(self._hear)
        self._print_closing()
        self._print_bills()
        self.tick()

    def stop(self, timeout_s: float) -> bool:
        """End the thread and give the printer back; False when it still prints."""
        if self._at_work is None:
            return True
        thread, rounds = self._at_work
        if not thread.stop(timeout_s):
            return False
        rounds.printer.close()
        return True

    def tick(self) -> None:
        """Look after the printer and the queue; called every few seconds, from any thread."""
        if self._at_work and (self._round is None or self._round.done()):
            thread, rounds = self._at_work
            self._round = thread.call(rounds.go)

    # --- verbs -----------------------------------------------------------------------------------

    def print(self, kind: str, rid: str, slip: Slip) -> Future[Job]:
        """Queue ``slip`` of the thing ``rid``, once; the Future raises E-95, E-97."""
        return self._context.engine.call(self._add, kind, rid, slip)

    def print_trial(self) -> Future[Job]:
        """A test printout."""
        return self._context.engine.call(self._trial)

    def again(self, ident: int) -> Future[Job]:
        """It is not on paper, or not whole: print it again, marked. Raises E-96."""
        return self._context.engine.call(self._decide, ident, "again")

    def seen(self, ident: int) -> Future[Job]:
        """It is on paper, whole: somebody has looked. Raises E-96."""
        return self._context.engine.call(self._decide, ident, "seen")

    def drop(self, ident: int) -> Future[Job]:
        """Nobody wants it any more. Raises E-96."""
        return self._context.engine.call(self._decide, ident, "drop")

    def copy(self, ident: int) -> Future[Job]:
        """One more of a printed slip, marked. Raises E-96."""
        return self._context.engine.call(self._decide, ident, "copy")

    def jobs(self) -> Future[list[Job]]:
        """The newest slips, newest first, whatever became of them."""
        return self._context.engine.call(self._book.latest, _LATEST)

    def unfinished(self) -> Future[list[Job]]:
        """What is not finished, oldest first."""
        return self._context.engine.call(self._book.unfinished)

    def open_drawer(self) -> Future[None]:
        """Kick the drawer; the Future raises E-95 and E-98."""
        if self._at_work is None:
            return self._context.engine.call(self._let_open)
        thread, rounds = self._at_work
        return thread.call(rounds.open_drawer, lambda: self._context.engine.call(self._let_open))

    # --- on the engine's thread ------------------------------------------------------------------

    def speaking(self) -> AbstractContextManager[None]:
        """Slips are written within: in the language of the papers, whatever the screen speaks."""
        return speaking(self._read_language())

    def _add(self, kind: str, rid: str, slip: Slip) -> Job:
        if self._at_work is None:
            raise Rejected(Code.NO_RECEIPT_PRINTER)
        job = self._book.add(kind, rid, slip)
        self._wake()
        return job

    def _trial(self) -> Job:
        require(self._operator(), Right.SELL)
        equipment = self._equipment
        with self.speaking():
            slip = trial_slip(equipment.about, equipment.letters, self._context.stamp())
        return self._add("trial", new_rid(), slip)

    def _decide(self, ident: int, event: str) -> Job:
        operator = require(self._operator(), Right.SELL)
        job = self._book.decide(ident, event, operator.name)
        self._wake()
        return job

    def _let_open(self) -> None:
        operator = require(self._operator(), Right.DRAWER)
        if self._at_work is None:
            raise Rejected(Code.NO_RECEIPT_PRINTER)
        self._book.note(operator.name, "drawer_opened")

    def _print_closing(self) -> None:
        """The slip of the last day close, unless it was queued; crashes in between do no harm."""
        try:
            with self.speaking():
                for rid, slip in self._closings.due():
                    self._add("closing", rid, slip)
                    self._closings.queued()
        except Rejected as error:
            self._context.tell(Failed(error))

    def _print_bills(self) -> None:
        """The slips of bills, unless they were queued; crashes in between do no harm."""
        try:
            with self.speaking():
                for rid, slip in self._bills.due():
                    self._add("bill", rid, slip)
        except Rejected as error:
            self._context.tell(Failed(error))

    def _hear(self, event: object) -> None:
        if isinstance(event, DayClosed):
            self._context.engine.call(self._print_closing)
        elif isinstance(event, BillMade):
            self._context.engine.call(self._print_bills)

    def _wake(self) -> None:
        """There may be something to print: another round, whatever the last one does."""
        if self._at_work:
            thread, rounds = self._at_work
            thread.call(rounds.go)
