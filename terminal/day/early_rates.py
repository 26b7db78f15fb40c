"""VAT rates that come while nothing has been sold: they go into the printer at once.

Once something is sold they wait in the catalogue for the daily report (``programming``), and goods
are sold at what the printer has. Header and clock always wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.errors import DeviceError
from terminal.day.programming import program_rates
from terminal.day.state import Day
from terminal.errors import TillError
from terminal.events import Failed
from terminal.store import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from drivers.fiscal import Counters, Seven
    from terminal.context import Context
    from terminal.day.books import Books


class EarlyRates:
    """``meet`` reads counters that the journal can explain, on the printer's thread.

    ``is_idle`` says on the engine's thread that no line stands on the receipt.
    """

    def __init__(
        self,
        context: Context,
        books: Books,
        meet: Callable[[], Counters],
        is_idle: Callable[[], bool],
    ) -> None:
        self._context = context
        self._books = books
        self._meet = meet
        self._is_idle = is_idle

    def look(self) -> Future[None]:
        """Program the office's rates if they are new and nothing has been sold; any thread."""
        return self._context.devices.call(self._look)

    def _look(self) -> None:
        if self._context.engine.call(self._wanted).result() is None:
            return
        try:
            now = self._meet()
        except (DeviceError, TillError):
            # Whoever looks after the printer tells of it; the rates wait.
            return
        if now.receipts or now.cancelled or now.invoices or any(now.totals_gr):
            return
        trouble = program_rates(self._context, self._books)
        if trouble is not None:
            self._context.tell(Failed(trouble))

    # --- on the engine's thread ----------------------------------------------------------------

    def _wanted(self) -> Seven | None:
        """Rates that the printer does not have, if now is a time to change them."""
        programmed = settings.printer_rates(self._context.journal)
        wanted = self._books.rates_wanted()
        # A printer that refused them once is not asked again before the next daily report.
        if programmed is None or wanted in {None, programmed, self._books.rates_refused}:
            return None
        is_time = self._books.day() is Day.EMPTY and self._is_idle()
        return wanted if is_time else None
