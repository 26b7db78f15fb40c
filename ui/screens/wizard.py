"""Menu 8 4 6 and 0: the server, step by step; each says what waits, synchronises, goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.datasets import sets_of
from ui.exchanging import PUSH, Exchanging
from ui.keypad import Accept
from ui.screens.exchange import documents
from ui.screens.page import Scans
from ui.widgets import row
from ui.words import SETS, word

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Step(NamedTuple):
    """One page of the wizard and what it exchanges."""

    title: str
    parts: tuple[str, ...]


STEPS = (
    Step(_("Customers"), ("customers",)),
    Step(
        _("Products, prices, users and settings"),
        ("configuration", "users", "products"),
    ),
    Step(_("Documents"), (PUSH,)),
)


class Wizard(Exchanging):
    """Nothing is fetched twice: a step with nothing waiting goes on by Enter alone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._no = 0

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Synchronise everything")

    @property
    def scans(self) -> Scans:  # type: ignore[override]
        """The question of a step is modal; while data comes, selling goes on."""
        return Scans.IGNORE if self._run is None else Scans.SELL

    @property
    def _step(self) -> Step:
        return STEPS[self._no]

    @property
    def _pending(self) -> int | None:
        """How much waits, in all; None while nobody knows."""
        if self._step.parts == (PUSH,):
            unsent = self.desk.known.unsent
            return unsent.count if unsent else None
        if self._waiting is None:
            return None
        return sum(self._waiting.get(name, 0) for name in self._names)

    @property
    def _names(self) -> list[str]:
        return [name for part in self._step.parts for name in sets_of(part)]

    def legend(self) -> Legend:
        """What may be pressed at this stage."""
        if self._run is None:
            does = translate("continue") if self._pending == 0 else translate("synchronise")
            return (("Enter", does), ("Esc", translate("back")))
        if not self._run.is_over:
            return (("Esc", translate("sell on, it goes on by itself")),)
        return (("Enter", translate("continue")), ("↑ ↓", translate("scroll")))

    def opened(self) -> None:
        """Ask how much waits."""
        self._waiting, self._trouble, self._run, self._first = None, "", None, 0
        if self._step.parts != (PUSH,):
            self._count()

    def body(self, width: int, height: int) -> list[Row]:
        """Which step, what waits, what came."""
        head = translate(
            "Step {no} of {count}: {title}",
            no=self._no + 1,
            count=len(STEPS),
            title=translate(self._step.title),
        )
        rows = [row.row(width), row.row(width, (f" {head}", row.STRONG)), row.row(width)]
        rows += self._run.rows(width) if self._run else self._pending_rows(width)
        return self._scrolled(rows, height)

    def _pending_rows(self, width: int) -> list[Row]:
        if self._step.parts == (PUSH,):
            rows = row.wrapped(width, documents(self.desk))
        elif self._trouble:
            rows = row.wrapped(width, f"! {self._trouble}", row.WARN)
        elif self._waiting is None:
            return row.wrapped(width, translate("Asking the back office…"))
        else:
            text = translate("Changes waiting: {count}", count=self._pending)
            rows = row.wrapped(width, text)
            for name in self._names:
                if count := self._waiting.get(name, 0):
                    rows.append(
                        row.row(
                            width, *row.ends(min(width, 50), f"   {word(SETS, name)}", str(count))
                        )
                    )
        does = (
            translate("Nothing to do: Enter = continue")
            if self._pending == 0
            else translate("Enter = synchronise, Esc = back")
        )
        return [*rows, row.row(width), *row.wrapped(width, does, row.STRONG)]

    # --- what happens --------------------------------------------------------------------------

    def on(self, intent: Intent) -> None:
        """Enter synchronises, or goes on; Esc leaves, and what runs goes on by itself."""
        match intent:
            case Accept() if self._run is None and self._pending != 0:
                self._begin(self._step.parts)
            case Accept() if self._run is None or self._run.is_over:
                self._continue()
            case Accept():
                return
            case _:
                super().on(intent)

    def _continue(self) -> None:
        self._no += 1
        if self._no < len(STEPS):
            self.opened()
        else:
            self.desk.close(self)
            self.desk.say(translate("Synchronisation is finished"))
