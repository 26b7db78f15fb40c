"""Menu 8 4 1 to 4, 8 and 9: what and how many, confirm, progress, counts, Enter."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.sync.datasets import sets_of
from ui.exchanging import PUSH, Exchanging
from ui.keypad import Accept, Cancel
from ui.screens.page import Scans
from ui.screens.question import answer
from ui.widgets import row
from ui.words import SETS, word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


class Exchange(Exchanging):
    """``parts`` run one after the other; ``ever`` fetches all of them anew.

    ``then`` follows when somebody leaves, whether or not it is over.
    """

    acts_at_once = True

    def __init__(
        self,
        desk: Desk,
        title: str,
        parts: tuple[str, ...],
        *,
        ever: bool = False,
        then: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(desk)
        self._title = title
        self._parts = parts
        self._ever = ever
        self._then = then
        self._stage = Stage.CONFIRM
        self._last: Mapping[str, tuple[int, str]] = {}

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
            self._count()

    def body(self, width: int, height: int) -> list[Row]:
        """The page of this stage."""
        if self._run is None:
            parts = [line for part in self._parts for line in self._part_rows(width, part)]
            rows: list[Row] = []
            if self._ever:
                text = translate("Changed since: ever. Everything is fetched anew: it may last.")
                rows += row.wrapped(width, text)
            if self._trouble:
                rows += row.wrapped(width, f"! {self._trouble}", row.WARN)
            question = translate("Start? Enter = yes, Esc = no")
            asked = row.wrapped(width, question, row.STRONG)
            # The sets are many: they scroll, and air is only where there is room.
            room = height - len(rows) - len(asked)
            spare = [row.row(width)] * (room - len(parts))
            shown = self._scrolled(parts, room)[:room]
            return [*spare[1:2], *shown, *rows, *spare[:1], *asked]
        return self._scrolled([row.row(width), *self._run.rows(width)], height)

    def _part_rows(self, width: int, part: str) -> list[Row]:
        if part == PUSH:
            return row.wrapped(width, documents(self.desk))
        return [self._set_row(width, name) for name in sets_of(part)]

    def _set_row(self, width: int, name: str) -> Row:
        revision, at = self._last.get(name, (0, ""))
        when = self._local(at) if at else translate("never")
        text = translate("last version {revision} from {when}", revision=revision, when=when)
        count = (self._waiting or {}).get(name)
        if count is not None:
            waiting = translate("waiting: {count}", count=count)
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
                self.start()
            case Accept() | Cancel() if self._stage is Stage.DONE:
                self._leave()
            case Accept():
                return
            case Cancel():
                self._leave()
            case _:
                super().on(intent)

    def start(self) -> None:
        """Begin without a question, because it was asked elsewhere."""
        self._stage = Stage.RUNNING
        self._begin(self._parts, ever=self._ever)

    def _leave(self) -> None:
        self.desk.close(self)
        if self._then is not None:
            self._then()

    def _over(self) -> None:
        self._stage = Stage.DONE
        super()._over()

    def _came(self, last: Mapping[str, tuple[int, str]]) -> None:
        self._last = last
