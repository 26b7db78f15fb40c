"""VAT rates that the printer changes by itself; it may make a daily report and restart for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.errors import InDoubt
from drivers.fiscal import RateChange
from drivers.posnet.commands import call
from drivers.posnet.state import rate_fields

if TYPE_CHECKING:
    from drivers.posnet.session import Session


class PosnetRateSchedule:
    """Implements ``drivers.fiscal.RateSchedule``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def planned(self) -> RateChange | None:
        """The change that is planned, if any."""
        (found,) = self._session.ask(call("vatautoget"))
        if not found.flag("on"):
            return None
        at = found.moment_or_never("da")
        if at is None:
            msg = "the printer plans a change of rates without saying when"
            raise InDoubt(msg)
        return RateChange(found.rates(), at, is_unattended=found.flag("ra"))

    def plan(self, change: RateChange) -> None:
        """Plan a change; without ``is_unattended`` somebody confirms it at the printer."""
        self._session.ask(
            call(
                "vatautoset",
                on=True,
                **rate_fields(change.rates),
                da=change.at,
                ra=change.is_unattended,
            )
        )

    def drop(self) -> None:
        """Forget the planned change."""
        self._session.ask(call("vatautoset", on=False))
