"""Reports out of the fiscal memory, and those of shift and cash. Nothing here is repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.posnet.commands import call

if TYPE_CHECKING:
    from datetime import date

    from drivers.posnet.session import Session


class PosnetReporting:
    """Implements ``drivers.fiscal.Reporting``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def monthly(self, month: date, *, is_summary: bool = False) -> None:
        """The month in which ``month`` lies."""
        self._session.ask(call("monthlyrep", da=month, su=is_summary))

    def by_dates(self, first: date, last: date, *, is_summary: bool = False) -> None:
        """From day to day, both included."""
        self._session.ask(call("periodicrepbydates", fd=first, td=last, su=is_summary))

    def by_numbers(self, first: int, last: int, *, is_summary: bool = False) -> None:
        """From daily report to daily report, both included."""
        self._session.ask(call("periodicrepbynumbers", fn=first, tn=last, su=is_summary))

    def shift(self, name: str, *, is_zeroing: bool = False) -> None:
        """Sums of the cashier's shift; ``is_zeroing`` begins the next one."""
        self._session.ask(call("shiftrep", sh=name, zr=is_zeroing))

    def cash_state(self) -> None:
        """Cash in the drawer as the printer counts it."""
        self._session.ask(call("cashstaterep"))
