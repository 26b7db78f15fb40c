"""What the receipt printer's thread does: looks at the printer, empties the queue in order.

Each commit is made on the engine's thread, which waits for nobody here. A printer that cannot be
reached, is silent, or waits for paper is looked at again in the next round.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from drivers.errors import DeviceError, NotDone, NotReady
from drivers.paper import NO_ANSWER, Halted, Unprintable
from terminal.errors import Code, Rejected, TillError
from terminal.events import Failed, PaperChanged, SlipDropped, SlipPrinted, SlipUnsure
from terminal.paper.documents import mark
from terminal.paper.waiting import in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from drivers.paper import PaperPrinter, PaperStatus, Slip
    from terminal.context import Context
    from terminal.paper.book import SlipBook
    from terminal.store.slips import Job

_log = logging.getLogger(__name__)


class Rounds:
    """``printer`` is used on one thread only, and so is everything here."""

    def __init__(
        self, context: Context, book: SlipBook, printer: PaperPrinter, reprint_after_s: int
    ) -> None:
        self.printer = printer
        self._context = context
        self._book = book
        self._reprint_after_s = reprint_after_s
        self._told: PaperChanged | None = None
        printer.on_wait = lambda status: self._tell(status, status.obstacle)

    def go(self) -> None:
        """Look at the printer, then print what waits until nothing does or something is wrong."""
        context = self._context
        try:
            if after_s := self._reprint_after_s:
                context.engine.call(self._book.print_again_after, after_s).result()
            is_ready = self._look()
            while is_ready and not context.stopping.is_set():
                doubtful, job = context.engine.call(self._next).result()
                if doubtful:
                    self.printer.distrust()
                    context.tell(SlipUnsure(doubtful))
                if job is None:
                    return
                is_ready = self._print(job)
        except TillError as error:
            # The disk is full: whatever is printed now could not be remembered.
            context.tell(Failed(error))

    def open_drawer(self, allow: Callable[[], Future[None]]) -> None:
        """Kick the drawer when ``allow`` lets it; raises E-98 and what ``allow`` does."""
        allow().result()
        try:
            self.printer.open_drawer()
        except DeviceError as error:
            reason = error.reason if isinstance(error, NotReady) else "line"
            raise Rejected(Code.RECEIPT_PRINTER, reason=in_words(reason)) from error

    def _next(self) -> tuple[Job | None, Job | None]:
        """What was found in doubt, and what is printed now; on the engine's thread."""
        return self._book.recover(), self._book.begin()

    def _look(self) -> bool:
        """Ask how the printer is; gives whether it can print, as far as anyone knows."""
        try:
            status = self.printer.status()
        except DeviceError as error:
            _log.info("receipt printer: %s", error)
            self._tell(NO_ANSWER, "line")
            return False
        is_silent = self.printer.answers and status.is_online is None
        waits_for = status.obstacle or ("silent" if is_silent else "")
        self._tell(status, waits_for)
        return not waits_for

    def _print(self, job: Job) -> bool:
        """Print ``job`` and commit what became of it; gives whether to go on."""
        engine, book = self._context.engine, self._book
        try:
            self.printer.print_slip(_to_print(job))
        except NotDone as error:
            why = error.reason if isinstance(error, NotReady) else "line"
            engine.call(book.not_sent, job, why).result()
            self._tell(NO_ANSWER, why)
            return False
        except DeviceError as error:
            _log.warning("slip %s: %s", job.key, error)
            why = error.reason if isinstance(error, Halted) else "line"
            doubtful = engine.call(book.doubt, job, why).result()
            self._context.tell(SlipUnsure(doubtful))
            return False
        except Unprintable as error:
            _log.warning("slip %s cannot be printed: %s", job.key, error)
            refused = engine.call(book.refuse, job, str(error)).result()
            self._context.tell(SlipDropped(refused))
            return True
        printed = engine.call(book.printed, job).result()
        self._context.tell(SlipPrinted(printed, is_copy=job.copies > 0))
        return True

    def _tell(self, status: PaperStatus, waits_for: str) -> None:
        told = PaperChanged(str(status.paper), waits_for)
        if told != self._told:
            self._told = told
            self._context.tell(told)


def _to_print(job: Job) -> Slip:
    """The slip of ``job``, marked when it may have been on paper before."""
    try:
        return replace(job.slip(), mark=mark() if job.copies else "")
    except ValueError as error:
        msg = f"written by another program: {error}"
        raise Unprintable(msg) from error
