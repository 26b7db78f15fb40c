"""Menu 2 4: the state of the drawer, any time during a shift; ``*`` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.paper.cash import state_facts
from ui.amounts import zloty
from ui.keypad import Accept, Key, Move, Other
from ui.screens.page import Page
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.day.shifts import CashState
    from terminal.errors import TillError
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_NARROW = 50


class CashReport(Page):
    """Who counts blindly does not see what the drawer should hold."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._state: CashState | None = None
        self._error: TillError | None = None
        self._first = 0

    @property
    def title(self) -> str:
        """The heading."""
        return translate("State of the drawer")

    def legend(self) -> Legend:
        """Print, look anew, leave."""
        return (
            ("*", translate("print")),
            ("F5", translate("refresh")),
            ("↑ ↓", translate("scroll")),
            ("Esc", translate("back")),
        )

    def opened(self) -> None:
        """Ask for the figures."""
        till = self.desk.till
        self.desk.ask(till.engine.call(till.shifts.state), self._arrived, self._refused)

    def body(self, width: int, height: int) -> list[Row]:
        """Opening, movements, cash, and each way to pay."""
        if self._error is not None:
            text = f"! {self._error.code} {self._error.sentence()}"
            return row.wrapped(width, text, row.WARN)
        state = self._state
        if state is None:
            return row.wrapped(width, translate("Please wait…"))
        narrow = min(width, _NARROW)
        since = state.shift.opened_at[:16].replace("T", " ")
        head = translate("{operator}, since {since}", operator=state.shift.operator, since=since)
        rows = [*row.wrapped(width, head, row.STRONG)]
        facts = state_facts(state)
        rows += [row.row(width, *row.ends(narrow, f" {name}", value)) for name, value in facts]
        if state.is_whole and state.takings.methods:
            rows.append(row.row(width, ("─" * narrow, row.DIM)))
            rows += [
                row.row(
                    width, *row.ends(narrow, f" {one.name} ({one.payments})", zloty(one.net_gr))
                )
                for one in state.takings.methods
            ]
        if not state.is_whole:
            text = translate("The drawer is counted blindly: what it should hold is not shown.")
            rows += row.wrapped(width, text, row.DIM)
        self._first = max(0, min(self._first, len(rows) - height))
        return rows[self._first : self._first + height]

    def on(self, intent: Intent) -> None:
        """Print, refresh, scroll."""
        match intent:
            case Other() if self._state is not None:
                till = self.desk.till
                self.desk.order(till.engine.call(till.shifts.print_state), lambda _: self._queued())
            case Key("refresh"):
                self.opened()
            case Move(steps):
                self._first = max(0, self._first + steps)
            case Accept():
                self.desk.close(self)
            case _:
                super().on(intent)

    def _queued(self) -> None:
        self.desk.say(translate("The slip is being printed"))

    def _arrived(self, state: CashState) -> None:
        self._state, self._error = state, None

    def _refused(self, error: TillError) -> None:
        self._error = error
        self.desk.refuse(error)
