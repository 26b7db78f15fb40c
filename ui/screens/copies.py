"""Service menu 2 3: the copies of the journal; one is made, tried out, put on a USB stick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from ui.keypad import Accept, Key
from ui.screens.question import Choices
from ui.screens.status import Status

if TYPE_CHECKING:
    from terminal.device.copies import Copy, Tried
    from terminal.device.safekeeping import Kept
    from terminal.errors import TillError
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend

_MIB = 2**20


class Copies(Status):
    """Asked when the page opens, by F5, and after each deed."""

    heading = _("Copies of the journal")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._kept: Kept | None = None
        self._trouble = ""

    def legend(self) -> Legend:
        """Do something, look again."""
        return (("Enter", translate("choose")), ("F5", translate("refresh")), *super().legend())

    def opened(self) -> None:
        """Ask."""
        self._kept, self._trouble = None, translate("Please wait…")
        self.desk.ask(self.desk.till.safe.kept(), self._came, self._failed)

    def facts(self) -> list[tuple[str, str]]:
        """The last check of the journal, then the copies, newest first."""
        if self._kept is None:
            return [(self.title, self._trouble)]
        checked = self._kept.checked
        found = translate("never")
        if checked is not None:
            found = f"{checked.at[:16].replace('T', ' ')}  "
            found += checked.fault or translate(
                "whole, documents: {count}", count=checked.documents
            )
        facts = [(translate("Last check of the journal"), found)]
        for one in self._kept.copies:
            size = translate("{size} MiB", size=f"{one.size / _MIB:.1f}")
            facts.append((f"{one.made_at:%Y-%m-%d %H:%M}", f"{size}  {one.path.name}"))
        if not self._kept.copies:
            facts.append((self.title, translate("none yet")))
        return facts

    def on(self, intent: Intent) -> None:
        """Enter opens the choice, F5 asks again."""
        match intent:
            case Accept():
                self._choose()
            case Key("refresh"):
                self.opened()
            case _:
                super().on(intent)

    def _choose(self) -> None:
        answers = [
            (translate("Make a copy now"), self._make),
            (translate("Make a copy on a USB stick"), self._make_on_medium),
        ]
        if self._kept is not None and self._kept.copies:
            newest = self._kept.copies[0]
            text = translate("See whether a till could go on with the newest copy")
            answers.append((text, lambda: self._try_out(newest)))
        self.desk.open(Choices(self.desk, self.title, answers))

    def _make(self) -> None:
        self.desk.say(translate("Please wait…"))
        self.desk.ask(self.desk.till.safe.make(), self._made)

    def _make_on_medium(self) -> None:
        self.desk.say(translate("Please wait…"))
        self.desk.ask(self.desk.till.safe.make_on_medium(), self._made)

    def _try_out(self, copy: Copy) -> None:
        self.desk.say(translate("Please wait…"))
        self.desk.ask(self.desk.till.safe.try_out(copy.path), self._tried)

    def _made(self, copy: Copy) -> None:
        self.desk.say(translate("Saved: {path}", path=copy.path))
        self.opened()

    def _tried(self, tried: Tried) -> None:
        until = tried.until[:16].replace("T", " ")
        told = translate(
            "The copy is good. Documents: {count}, the last of {until}",
            count=tried.documents,
            until=until,
        )
        self.desk.say(told)

    def _came(self, kept: Kept) -> None:
        self._kept = kept

    def _failed(self, error: TillError) -> None:
        self._trouble = f"{error.code} {error.sentence()}"
