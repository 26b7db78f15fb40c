"""Somebody should synchronise: asked by the clock, after a login, and before a new document.

Enter does it and goes on; Esc is later. Nothing is asked over a receipt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import ntranslate, translate
from ui.exchanging import PUSH
from ui.keypad import Accept, Cancel
from ui.screens.exchange import Exchange, documents
from ui.screens.page import Page, Scans
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class SyncDue(Page):
    """Asks to synchronise; ``then`` goes on, whatever the answer."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk, then: Callable[[], object] | None = None) -> None:
        super().__init__(desk)
        self._then = then
        self._last_at: datetime | None = None
        self._is_known = False

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Synchronise with the back office")

    def legend(self) -> Legend:
        """Now, or later."""
        return (("Enter", translate("synchronise now")), ("Esc", translate("later")))

    def opened(self) -> None:
        """Ask how old the data is."""
        reminder = self.desk.till.sync_reminder
        self.desk.ask(self.desk.till.engine.call(lambda: reminder.last_at), self._came)

    def body(self, width: int, height: int) -> list[Row]:
        """How old the data is, what waits here, what Esc means."""
        texts = [
            (self._age(), row.STRONG),
            (documents(self.desk), row.TEXT),
            (translate("Enter synchronises now."), row.TEXT),
            (self._later_words(), row.TEXT),
        ]
        rows = [row.row(width)] * (height // 5)
        for text, style in texts:
            rows += [*row.wrapped(width, text, style), row.row(width)]
        return rows[:height]

    def on(self, intent: Intent) -> None:
        """Enter begins at once: the question was this one."""
        match intent:
            case Accept():
                self.desk.close(self)
                title = _("Synchronise everything")
                page = Exchange(self.desk, title, (PUSH, "all"), then=self._then)
                self.desk.open(page)
                page.start()
            case Cancel():
                till = self.desk.till
                self.desk.order(till.engine.call(till.sync_reminder.put_off), self._later)
            case _:
                super().on(intent)

    def _later(self, _: None) -> None:
        self.desk.close(self)
        if self._then is not None:
            self._then()

    def _came(self, last_at: datetime | None) -> None:
        self._last_at, self._is_known = last_at, True

    def _age(self) -> str:
        if not self._is_known:
            return ""
        if self._last_at is None:
            return translate("Not everything has been fetched yet.")
        minutes = max(0, int((self.desk.till.now() - self._last_at).total_seconds() // 60))
        text = translate(
            "Last synchronised: {when}.", when=self._last_at.strftime("%Y-%m-%d %H:%M")
        )
        if minutes < 24 * 60:
            ago = ntranslate("{count} minute ago", "{count} minutes ago", minutes)
            text += f" ({ago})"
        return text

    def _later_words(self) -> str:
        settings = self.desk.known.settings
        return ntranslate(
            "Esc: later. It is asked again in {count} minute.",
            "Esc: later. It is asked again in {count} minutes.",
            settings.remind_snooze_min if settings else 0,
        )


def remind_sync(desk: Desk) -> None:
    """Ask to synchronise, unless somebody is at work or has the question already."""
    is_idle = desk.page.may_be_asked and desk.page.entry.is_empty and not desk.known.has_lines
    if is_idle and not _is_training(desk):
        desk.open(SyncDue(desk))


def before_document(desk: Desk, then: Callable[[], object]) -> None:
    """Go on to a new order or quote, by way of the question where the shop wants it."""
    if _is_training(desk):
        then()
        return
    first = desk.till.engine.call(desk.till.sync_reminder.is_first)
    desk.order(first, lambda is_first: desk.open(SyncDue(desk, then)) if is_first else then())


def _is_training(desk: Desk) -> bool:
    """Whether there is no office to synchronise with."""
    return desk.training is not None and desk.training.is_on
