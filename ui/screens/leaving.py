"""Who leaves while documents are unsent may send them now. Leaving is always safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store.exchanges import Cause
from ui.exchanging import PUSH, Run
from ui.keypad import Accept, Cancel, Move
from ui.screens.page import Page, Scans
from ui.widgets import row

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.known import Known
    from ui.screens.page import Legend
    from ui.widgets.row import Row


def leave(desk: Desk) -> None:
    """Lock the screen, with a question before when something is unsent."""
    desk.home()
    unsent = desk.known.unsent
    if unsent is not None and unsent.count:
        desk.open(Leaving(desk))
    else:
        desk.call(desk.till.lock)


def unsent_words(known: Known) -> str:
    """How many documents the office does not have, and since when; empty when it has all."""
    unsent = known.unsent
    if unsent is None or not unsent.count:
        return ""
    return translate(
        "Not sent to the back office: {count}, the oldest is of {oldest}.",
        count=unsent.count,
        oldest=unsent.oldest_at[11:16],
    )


class Leaving(Page):
    """Everything arrived: it locks by itself. Otherwise whoever stands there reads why first."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk, title: str = _("Lock the screen")) -> None:
        super().__init__(desk)
        self._title = title
        self._run: Run | None = None

    @property
    def title(self) -> str:
        """The heading."""
        return translate(self._title)

    def legend(self) -> Legend:
        """Send, or leave."""
        leaves = ("Esc", translate("leave, they go by themselves"))
        if self._run is None:
            return (("Enter", translate("send now")), leaves)
        return (("Enter", translate("leave")),) if self._run.is_over else (leaves,)

    def body(self, width: int, height: int) -> list[Row]:
        """How many, since when; then how it goes."""
        rows = [row.row(width)] * (height // 4)
        if self._run is not None:
            return [*rows, *self._run.rows(width)][:height]
        rows += row.wrapped(width, unsent_words(self.desk.known), row.STRONG)
        text = translate("They are safe here and go by themselves, also when nobody is logged in.")
        return [*rows, row.row(width), *row.wrapped(width, text)][:height]

    def on(self, intent: Intent) -> None:
        """Enter sends, then leaves; Esc leaves at any time."""
        match intent:
            case Accept() if self._run is None:
                self.send()
            case Accept() if self._run is not None and not self._run.is_over:
                return
            case Accept() | Cancel():
                self._lock()
            case Move():
                return
            case _:
                super().on(intent)

    def told(self, event: object) -> bool:
        """What was unsent may go by itself while nobody answers."""
        if isinstance(event, events.UnsentChanged) and self._run is None:
            self._over()
        return False

    def send(self) -> None:
        """Send what is unsent; when all of it arrived, whoever stood here has left."""
        self._run = Run(self.desk, (PUSH,), {}, self._over, cause=Cause.LEAVING)
        self._run.start()

    def _over(self) -> None:
        unsent = self.desk.known.unsent
        if self in self.desk.pages and unsent is not None and not unsent.count:
            self._lock()

    def _lock(self) -> None:
        self.desk.close(self)
        self.desk.call(self.desk.till.lock)
