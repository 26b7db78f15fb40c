"""Menu 9 5, and each customer, article, order, visit: the notes and files kept about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.days import shown
from ui.keypad import Accept, Cycle, Key, Other
from ui.screens.field_words import size
from ui.screens.files import Files
from ui.screens.listing import Listing, marked_rows
from ui.screens.status import Status
from ui.screens.text_field import TextField
from ui.widgets import row

if TYPE_CHECKING:
    from pathlib import Path

    from terminal.sync.wire import About, Attachment
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

NOTE_MAX = 2000
_WHEN, _SIZE = 16, 9


class Attachments(Listing):
    """Newest first; ``#`` writes a note, ``*`` adds a file."""

    refreshes = "customers"

    def __init__(self, desk: Desk, about: About, of: str, name: str) -> None:
        super().__init__(desk)
        self._about: About = about
        self._of = of
        self._name = name
        self._found: list[Attachment] | None = None

    @property
    def title(self) -> str:
        """About what."""
        return translate("Notes and attachments: {name}", name=self._name)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._found or ())

    def legend(self) -> Legend:
        """Add, read."""
        return (
            ("#", translate("write a note")),
            ("*", translate("add a file")),
            *super().legend(),
        )

    def opened(self) -> None:
        """Fetch them."""
        till = self.desk.till
        found = till.lookup.call(till.shelf.attachments, self._about, self._of)
        self.desk.order(found, self._came)

    refreshed = opened

    def body(self, width: int, height: int) -> list[Row]:
        """When, how big, what."""
        if self._found is None:
            return row.wrapped(width, translate("Please wait…"))
        if not self._found:
            return row.wrapped(width, translate("Nothing yet: # writes a note, * adds a file"))
        return marked_rows(width, height, [self._text(one) for one in self._found], self.marked)

    def on(self, intent: Intent) -> None:
        """Read, write, add."""
        match intent:
            case Accept() if self._found:
                self.desk.open(OneAttachment(self.desk, self._found[self.marked]))
            case Cycle():
                prompt = translate("Note")
                page = TextField(self.desk, self.title, prompt, self._note, length_max=NOTE_MAX)
                self.desk.open(page)
            case Other():
                self.desk.open(Files(self.desk, self._attach))
            case _:
                super().on(intent)

    def _text(self, one: Attachment) -> str:
        when = shown(one.at, self.desk.till.now())
        is_note = one.kind == "note"
        big = translate("note") if is_note else size(one.size)
        return f"{when:<{_WHEN}} {big:>{_SIZE}} {one.text if is_note else one.name}"

    def _note(self, text: str) -> None:
        write = partial(self.desk.till.field.write_note, self._about, self._of, text)
        self.desk.order(self.desk.till.engine.call(write), self._added)

    def _attach(self, path: Path) -> None:
        attach = partial(self.desk.till.field.attach, self._about, self._of, path)
        self.desk.order(self.desk.till.engine.call(attach), self._added)

    def _added(self, one: Attachment) -> None:
        self.opened()
        name = one.name or translate("note")
        self.desk.say(translate("Saved: {path}", path=name))

    def _came(self, found: list[Attachment]) -> None:
        self._found = sorted(found, key=lambda one: one.at, reverse=True)
        self.marked = max(0, min(self.marked, self.count - 1))


class OneAttachment(Status):
    """A note in full; of a file, what is known, and F5 fetches it from the office."""

    def __init__(self, desk: Desk, one: Attachment) -> None:
        super().__init__(desk)
        self._one = one

    @property
    def title(self) -> str:
        """What it is."""
        return self._one.name or translate("Note")

    def legend(self) -> Legend:
        """Read, fetch."""
        fetch = (("F5", translate("fetch the file")),) if self._one.kind == "file" else ()
        return (*fetch, *super().legend())

    def facts(self) -> list[tuple[str, str]]:
        """When, and what it says or is."""
        one = self._one
        facts = [(translate("When"), shown(one.at, self.desk.till.now()))]
        if one.kind == "note":
            return [*facts, (translate("Note"), one.text)]
        return [
            *facts,
            (translate("Name"), one.name),
            (translate("Kind"), one.media_type or "-"),
            (translate("Size"), size(one.size)),
        ]

    def on(self, intent: Intent) -> None:
        """F5 has the file brought here."""
        if intent == Key("refresh") and self._one.kind == "file":
            self.desk.say(translate("Asking the back office…"))
            self.desk.ask(self.desk.till.field.content(self._one.sha256), self._here)
        else:
            super().on(intent)

    def _here(self, path: Path) -> None:
        self.desk.say(translate("The file is here: {path}", path=path))
