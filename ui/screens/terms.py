"""The end of an order or a quote: its day, its note, and the key that makes it one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal import events
from terminal.i18n import translate
from ui.amounts import zloty
from ui.keypad import Accept
from ui.screens.field_words import TYPES
from ui.screens.page import Page, Scans
from ui.screens.text_field import TextField
from ui.screens.when import ask_day
from ui.widgets import row
from ui.words import word

if TYPE_CHECKING:
    from datetime import date

    from terminal.field.draft import Draft
    from terminal.sync.wire import SalesDocument
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

NOTE_MAX = 2000


class Terms(Page):
    """Enter confirms; 1 and 2 say when and what else."""

    scans = Scans.IGNORE
    acts_at_once = True
    keeps_awake = True

    def __init__(self, desk: Desk, draft: Draft, name: str) -> None:
        super().__init__(desk)
        self._draft = draft
        self._name = name

    @property
    def title(self) -> str:
        """What is finished, for whom."""
        return f"{word(TYPES, self._draft.type)}   {self._name}"

    def legend(self) -> Legend:
        """Finish, or add to it."""
        return (
            ("Enter", translate("confirm")),
            ("1", self._day_label),
            ("2", translate("note")),
            ("Esc", translate("back to the lines")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """Total, day, note."""
        draft = self._draft
        none = translate("none")
        texts = [
            (f"{translate('TOTAL')} {zloty(draft.total_gr)} zł", row.TOTAL),
            ("", row.TEXT),
            (f"1 {self._day_label}: {draft.due or none}", row.TEXT),
            (f"2 {translate('note')}: {draft.note or none}", row.TEXT),
            ("", row.TEXT),
            (translate("Enter confirms: it gets its number and goes to the office."), row.STRONG),
        ]
        rows = [line for text, style in texts for line in row.wrapped(width, text, style)]
        return [row.row(width), *rows][:height]

    @property
    def _day_label(self) -> str:
        is_order = self._draft.type == "ZS"
        return translate("day of delivery") if is_order else translate("holds until")

    def press(self, key: str) -> None:
        """A digit opens what it names."""
        if key == "1":
            ask_day(self.desk, self.title, self._day_label, self._dated)
        elif key == "2":
            page = TextField(
                self.desk,
                self.title,
                translate("note"),
                self._noted,
                text=self._draft.note,
                length_max=NOTE_MAX,
                may_be_empty=True,
            )
            self.desk.open(page)
        else:
            super().press(key)

    def on(self, intent: Intent) -> None:
        """Enter makes it an order or a quote."""
        if isinstance(intent, Accept):
            confirm = self.desk.till.field.confirm
            self.desk.order(self.desk.till.engine.call(confirm), self._confirmed)
        else:
            super().on(intent)

    def told(self, event: object) -> bool:
        """The day and the note as they are kept."""
        if isinstance(event, events.DraftChanged) and event.draft is not None:
            self._draft = event.draft
        return False

    def _dated(self, day: date | None) -> None:
        self._set(day.isoformat() if day else "", self._draft.note)

    def _noted(self, note: str) -> None:
        self._set(self._draft.due, note)

    def _set(self, due: str, note: str) -> None:
        verb = partial(self.desk.till.field.set_terms, due, note)
        self.desk.order(self.desk.till.engine.call(verb))

    def _confirmed(self, made: SalesDocument) -> None:
        self.desk.close(self)
        for page in self.desk.pages:
            if refreshed := getattr(page, "refreshed", None):
                refreshed()
        total = zloty(made.total_gr)
        self.desk.say(
            translate("Written down: {number}, {total} zł", number=made.number, total=total)
        )
