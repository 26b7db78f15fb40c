"""Menu 9 4: visits to customers, planned here or in the office; begun, ended, given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import ntranslate, translate
from ui.days import shown
from ui.keypad import Accept, Cycle, Other
from ui.screens.attachments import Attachments
from ui.screens.customers import Customers
from ui.screens.drafting import begin
from ui.screens.field_words import state_of
from ui.screens.listing import Listing, marked_rows
from ui.screens.question import Choices
from ui.screens.status import Status
from ui.screens.visit_verbs import come, give_up, go, plan
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sync.wire import Customer, SalesType, Visit
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_BACK, _AHEAD = timedelta(days=60), timedelta(days=90)
_WHEN, _STATE = 16, 10


@dataclass(frozen=True, slots=True)
class Named:
    """A visit, and what its customer is called."""

    one: Visit
    name: str


class Visits(Listing):
    """From today on, soonest first; ``*`` shows those that are over, newest first."""

    refreshes = "customers"

    def __init__(self, desk: Desk, take: Callable[[Named], object] | None = None) -> None:
        super().__init__(desk)
        self._take = take
        self._is_past = False
        self._found: list[Named] | None = None

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Visits of the past") if self._is_past else translate("Visits from today")

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._found or ())

    def legend(self) -> Legend:
        """Plan one, look at the others."""
        other = translate("from today") if self._is_past else translate("past visits")
        new = (("#", translate("plan a visit")),) if self._take is None else ()
        return (*new, ("*", other), *super().legend())

    def opened(self) -> None:
        """Fetch those of the days that are wanted."""
        self.desk.order(self.desk.till.lookup.call(self._find), self._came)

    refreshed = opened

    def body(self, width: int, height: int) -> list[Row]:
        """When, whom, why, how far."""
        if self._found is None:
            return row.wrapped(width, translate("Please wait…"))
        if not self._found:
            return row.wrapped(width, translate("No visits in these days"))
        texts = [self._text(one, width) for one in self._found]
        return marked_rows(width, height, texts, self.marked)

    def on(self, intent: Intent) -> None:
        """Look, plan, turn to the others."""
        match intent:
            case Accept() if self._found:
                self._choose(self._found[self.marked])
            case Cycle() if self._take is None:
                self.desk.open(Customers(self.desk, self._plan))
            case Other():
                self._is_past, self._found, self.marked = not self._is_past, None, 0
                self.opened()
            case _:
                super().on(intent)

    def _text(self, one: Named, width: int) -> str:
        room = max(8, (width - _WHEN - _STATE - 6) // 2)
        when = shown(one.one.at, self.desk.till.now())
        return (
            f"{when:<{_WHEN}} {row.fit(one.name, room)} {row.fit(one.one.subject, room)}"
            f" {state_of(one.one)}"
        )

    def _choose(self, one: Named) -> None:
        if self._take is None:
            self.desk.open(OneVisit(self.desk, one.one, one.name))
        else:
            self.desk.close(self)
            self._take(one)

    def _plan(self, one: Customer) -> None:
        plan(self.desk, one, lambda _: self.opened())

    def _find(self) -> list[Named]:
        shelf, today = self.desk.till.shelf, self.desk.till.now().date()
        first, last = (today - _BACK, today) if self._is_past else (today, today + _AHEAD)
        found = shelf.visits(first.isoformat(), last.isoformat())
        if self._is_past:
            day = today.isoformat()
            found = [one for one in reversed(found) if one.state != "planned" or one.at[:10] < day]
        known = {one.customer: shelf.customer(one.customer) for one in found}
        named = {key: one.name if one else key for key, one in known.items()}
        return [Named(one, named[one.customer]) for one in found]

    def _came(self, found: list[Named]) -> None:
        self._found = found
        self.marked = max(0, min(self.marked, self.count - 1))


class OneVisit(Status):
    """All of a visit; Enter is the next thing to do: come, then go."""

    heading = _("Visit")

    def __init__(self, desk: Desk, one: Visit, name: str) -> None:
        super().__init__(desk)
        self._one = one
        self._name = name

    def legend(self) -> Legend:
        """What comes next, and the rest."""
        deeds = self._deeds()
        return (
            ("Enter", deeds[0][0]),
            ("*", translate("what else to do")),
            ("Esc", translate("back")),
        )

    def facts(self) -> list[tuple[str, str]]:
        """When, whom, why, what came of it."""
        one, now = self._one, self.desk.till.now()
        facts = [
            (translate("Customer"), self._name),
            (translate("When"), shown(one.at, now)),
            (translate("Length"), ntranslate("{count} minute", "{count} minutes", one.minutes)),
            (translate("Subject"), one.subject or "-"),
            (translate("State"), state_of(one)),
        ]
        facts += [(translate("Began"), shown(one.began_at, now))] if one.began_at else []
        facts += [(translate("Ended"), shown(one.ended_at, now))] if one.ended_at else []
        return [*facts, (translate("Note"), one.note or "-")]

    def on(self, intent: Intent) -> None:
        """Enter does what is next."""
        match intent:
            case Accept():
                self._deeds()[0][1]()
            case Other():
                self.desk.open(Choices(self.desk, self._name, self._deeds()))
            case _:
                super().on(intent)

    def _deeds(self) -> list[tuple[str, Callable[[], object]]]:
        desk, one = self.desk, self._one
        rest: list[tuple[str, Callable[[], object]]] = [
            (translate("New order (ZS)"), lambda: self._begin("ZS")),
            (translate("New quote (OS)"), lambda: self._begin("OS")),
            (
                translate("Notes and attachments"),
                lambda: desk.open(Attachments(desk, "visit", one.id, self._name)),
            ),
        ]
        if one.state != "planned":
            return [rest[2], *rest[:2]]
        end = (translate("End the visit"), lambda: go(desk, one, self._name, self._changed))
        drop = (translate("It does not take place"), lambda: give_up(desk, one, self._changed))
        if one.began_at:
            return [end, *rest, drop]
        return [(translate("Begin the visit"), lambda: come(desk, one, self._changed)), *rest, drop]

    def _begin(self, kind: SalesType) -> None:
        def found(one: Customer | None) -> None:
            if one is not None:
                begin(self.desk, kind, one, self._one.id)

        till = self.desk.till
        self.desk.order(till.lookup.call(till.shelf.customer, self._one.customer), found)

    def _changed(self, one: Visit) -> None:
        self._one = one
        for page in self.desk.pages:
            if isinstance(page, Visits):
                page.refreshed()
