"""Lists of the service menu: the events of the journal, and what the back office rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.event_words import said
from terminal.i18n import translate
from ui.keypad import Accept, Key
from ui.screens.listing import Listing, marked_rows
from ui.screens.status import Status
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.store.events import Logged
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

REJECTED_MAX = 200
_NEAR = 10


class Events(Listing):
    """Newest first; older ones come near the last row."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._events: list[Logged] = []
        self._is_whole = False

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Event log")

    @property
    def count(self) -> int:
        """How many have come so far."""
        return len(self._events)

    def legend(self) -> Legend:
        """Look, and look again."""
        return (
            ("↑ ↓", translate("choose")),
            ("Enter", translate("details")),
            ("F5", translate("refresh")),
            ("Esc", translate("back")),
        )

    def opened(self) -> None:
        """Fetch the newest."""
        self._events, self._is_whole, self.marked = [], False, 0
        self.desk.look_up(self._came, self.desk.till.shelf.events)

    def body(self, width: int, height: int) -> list[Row]:
        """When, who, what."""
        if not self._events:
            return row.wrapped(width, translate("Nothing here"))
        texts = [
            f"{one.at[:19].replace('T', ' ')}  {row.fit(one.operator or '-', 14)} {said(one.name)}"
            for one in self._events
        ]
        return marked_rows(width, height, texts, self.marked)

    def on(self, intent: Intent) -> None:
        """Enter shows one in full; F5 looks again."""
        if isinstance(intent, Accept) and self._events:
            self.desk.open(Event(self.desk, self._events[self.marked]))
        elif intent == Key("refresh"):
            self.opened()
        else:
            super().on(intent)
            if self.marked + _NEAR >= self.count and not self._is_whole and self._events:
                self._is_whole = True  # until what is on its way has come
                last = self._events[-1].place
                self.desk.look_up(self._came, self.desk.till.shelf.events, last)

    def _came(self, events: list[Logged]) -> None:
        self._events += events
        self._is_whole = not events


class Event(Status):
    """One event with all its detail."""

    def __init__(self, desk: Desk, event: Logged) -> None:
        super().__init__(desk)
        self._event = event

    @property
    def title(self) -> str:
        """The event's name."""
        return said(self._event.name)

    def facts(self) -> list[tuple[str, str]]:
        """What the document holds."""
        event = self._event
        return [
            (translate("Date"), event.at),
            (translate("Operator"), event.operator or "-"),
            (translate("In the journal"), event.name),
            *event.detail,
        ]


class Rejected(Listing):
    """What the back office rejected, newest first; the marked one's reason stands below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rejected: list[tuple[str, str]] = []

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Rejected documents")

    @property
    def count(self) -> int:
        """How many there are, at most as many as are looked up."""
        return len(self._rejected)

    def legend(self) -> Legend:
        """Look."""
        return (("↑ ↓", translate("choose")), ("Esc", translate("back")))

    def opened(self) -> None:
        """Fetch them."""
        self.desk.look_up(self._came, self.desk.till.shelf.rejected, REJECTED_MAX)

    def body(self, width: int, height: int) -> list[Row]:
        """Which, and why."""
        if not self._rejected:
            return row.wrapped(width, translate("Nothing here"))
        told = row.wrapped(width, self._rejected[self.marked][1], row.WARN)
        texts = [what for what, _why in self._rejected]
        room = max(1, height - len(told) - 1)
        rows = marked_rows(width, room, texts, self.marked)
        rows += [row.row(width)] * (room - len(rows))
        return [*rows, row.row(width, ("─" * width, row.DIM)), *told][:height]

    def _came(self, rejected: list[tuple[str, str]]) -> None:
        self._rejected = rejected
