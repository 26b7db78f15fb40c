"""Menu 8 4 1 to 4, 8 and 9: what and how many, confirm, progress, counts, Enter."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.sync.datasets import sets_of
from ui.exchanging import PUSH, Run
from ui.keypad import Accept, Cancel, Move
from ui.screens.page import Page, Scans
from ui.screens.question import answer
from ui.widgets import row
from ui.words import SETS, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terminal.errors import TillError
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_WIDTH = 78


class Stage(StrEnum):
    """How far the cashier is."""

    CONFIRM = "confirm"
    RUNNING = "running"
    DONE = "done"


def documents(desk: Desk) -> str:
    """How many documents wait here, and how many came back."""
    unsent = desk.known.unsent
    count, rejected = (unsent.count, unsent.rejected) if unsent else (0, 0)
    return translate(
        "Transactions: {count} to send, {rejected} rejected", count=count, rejected=rejected
    )


class Exchange(Page):
    """``parts`` run one after the other; ``ever`` fetches all of them anew."""

    acts_at_once = True

    def __init__(
        self, desk: Desk, title: str, parts: tuple[str, ...], *, ever: bool = False
    ) -> None:
        super().__init__(desk)
        self._title = title
        self._parts = parts
        self._ever = ever
        self._stage = Stage.CONFIRM
        self._last: Mapping[str, tuple[int, str]] = {}
        self._waiting: Mapping[str, int] = {}
        self._trouble = ""
        self._run: Run | None = None
        self._first = 0

    @property
    def title(self) -> str:
        """The heading."""
        return translate(self._title)

    @property
    def scans(self) -> Scans:  # type: ignore[override]
        """The question before is modal; while data comes, selling goes on."""
        return Scans.IGNORE if self._stage is Stage.CONFIRM else Scans.SELL

    def legend(self) -> Legend:
        """What may be pressed at this stage."""
        match self._stage:
            case Stage.CONFIRM:
                return (("Enter", translate("synchronise")), ("Esc", translate("back")))
            case Stage.RUNNING:
                return (("Esc", translate("sell on, it goes on by itself")),)
        return (("Enter", translate("finish")), ("↑ ↓", translate("scroll")))

    def opened(self) -> None:
        """Ask what was fetched before, and how much waits now."""
        self.desk.look_up(self._came, self.desk.till.shelf.last_pulls)
        if self._parts != (PUSH,):
            self.desk.ask(self.desk.till.waiting(), self._counted, self._not_counted)

    def body(self, width: int, height: int) -> list[Row]:
        """The page of this stage."""
        rows = [row.row(width)]
        if self._run is None:
            rows += [line for part in self._parts for line in self._part_rows(width, part)]
            if self._ever:
                text = translate("Changed since: ever. Everything is fetched anew: it may last.")
                rows += row.wrapped(width, text)
            if self._trouble:
                rows += row.wrapped(width, f"! {self._trouble}", row.WARN)
            question = translate("Start? Enter = yes, Esc = no")
            asked = [row.row(width), *row.wrapped(width, question, row.STRONG)]
            return [*rows[: height - len(asked)], *asked]
        rows += self._run.rows(width)
        self._first = max(0, min(self._first, len(rows) - height))
        return rows[self._first :]

    def _part_rows(self, width: int, part: str) -> list[Row]:
        if part == PUSH:
            return row.wrapped(width, documents(self.desk))
        return [self._set_row(width, name) for name in sets_of(part)]

    def _set_row(self, width: int, name: str) -> Row:
        revision, at = self._last.get(name, (0, ""))
        when = self._local(at) if at else translate("never")
        text = translate("last version {revision} from {when}", revision=revision, when=when)
        if name in self._waiting:
            waiting = translate("waiting: {count}", count=self._waiting[name])
            text += f"   {row.fit(waiting, 15, right=True)}"
        return row.row(width, *row.ends(min(width, _WIDTH), f" {word(SETS, name)}", text))

    def _local(self, at: str) -> str:
        """A time of the database, which is UTC, as the clock above shows it."""
        local = datetime.fromisoformat(at).astimezone(self.desk.till.now().tzinfo)
        return local.strftime("%Y-%m-%d %H:%M")

    # --- what happens --------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """The letters of yes and no answer, too."""
        super().press(answer(key) if self._stage is Stage.CONFIRM else key)

    def on(self, intent: Intent) -> None:
        """Enter starts or ends; Esc leaves at any time, and what runs goes on."""
        match intent:
            case Accept() if self._stage is Stage.CONFIRM:
                self._start()
            case Accept() | Cancel() if self._stage is Stage.DONE:
                self.desk.close(self)
            case Accept():
                return
            case Move(steps):
                self._first = max(0, self._first + steps)
            case _:
                super().on(intent)

    def told(self, event: object) -> bool:
        """Rows as they come."""
        if self._run is not None:
            self._run.hear(event)
        return False

    def _start(self) -> None:
        self._stage = Stage.RUNNING
        # What is fetched anew is no matter of what changed.
        waiting = {} if self._ever else self._waiting
        self._run = Run(self.desk, self._parts, waiting, self._over, ever=self._ever)
        self._run.start()

    def _over(self) -> None:
        self._stage = Stage.DONE
        if self not in self.desk.pages:
            self.desk.say(translate("Synchronisation is finished"))

    def _came(self, last: Mapping[str, tuple[int, str]]) -> None:
        self._last = last

    def _counted(self, waiting: Mapping[str, int]) -> None:
        self._waiting = waiting

    def _not_counted(self, error: TillError) -> None:
        self._trouble = f"{error.code} {error.sentence()}"
