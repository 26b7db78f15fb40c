"""Menu 9 6: how much there is of what, as of when, and what this till has sold since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store.availability import Availability
from ui.amounts import quantity
from ui.days import ago, shown
from ui.screens.paged import PAGE_ROWS, Paged
from ui.screens.status import Status
from ui.widgets import row

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.widgets.row import Row

_QTY, _AGE = 14, 18


class AvailabilityList(Paged[Availability]):
    """By name; F5 fetches it from the office."""

    refreshes = "customers"
    nothing = _("No article of this name has a stock here")

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Availability")

    @property
    def prompt(self) -> str:
        """What is looked for."""
        return translate("Name or code")

    def find(self, text: str, after: Availability | None) -> list[Availability]:
        """In the order of names."""
        return self.desk.till.shelf.availability(text, after, PAGE_ROWS)

    def head(self, width: int) -> list[Row]:
        """Names of the columns."""
        return [row.row(width, (f"  {self._columns(width - 2, *_titles())}", row.DIM))]

    def text(self, one: Availability, width: int) -> str:
        """Name, what is left, how old that is."""
        left = f"{quantity(left_of(one), 0)} {one.unit}"
        return self._columns(width, one.name, left, ago(one.as_of, self.desk.till.now()))

    def chosen(self, one: Availability) -> None:
        """All that is known."""
        self.desk.open(OneStock(self.desk, one))

    @staticmethod
    def _columns(width: int, name: str, left: str, age: str) -> str:
        room = max(10, width - _QTY - _AGE - 2)
        return f"{row.fit(name, room)} {row.fit(left, _QTY, right=True)} {row.fit(age, _AGE)}"


class OneStock(Status):
    """What there was, what was sold since, what that leaves."""

    heading = _("Availability")

    def __init__(self, desk: Desk, one: Availability) -> None:
        super().__init__(desk)
        self._one = one

    def facts(self) -> list[tuple[str, str]]:
        """The figures with their time."""
        one, now = self._one, self.desk.till.now()
        return [
            (translate("Article"), one.name),
            (translate("Left"), f"{quantity(left_of(one))} {one.unit}"),
            (translate("Stock"), f"{quantity(one.qty_milli)} {one.unit}"),
            (translate("State of"), f"{shown(one.as_of, now)}   {ago(one.as_of, now)}"),
            (translate("Sold here since"), f"{quantity(one.sold_milli)} {one.unit}"),
        ]


def left_of(one: Availability) -> int:
    """What is left when nobody else sold any."""
    return one.qty_milli - one.sold_milli


def _titles() -> tuple[str, str, str]:
    return translate("Name"), translate("Left"), translate("State of")
