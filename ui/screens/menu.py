"""The menu screens: numbers typed fast lead straight to a verb, whatever was drawn meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.people.rights import NoRight, require
from terminal.sync.wire import Right
from ui.keypad import Accept, Cancel, Cycle, Key
from ui.menu import below, find
from ui.screens.listing import Listing, marked_rows
from ui.widgets import row

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.menu import Choice
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Menu(Listing):
    """One page for the whole tree: ``path`` is where the cashier is."""

    acts_at_once = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.path = ""

    @property
    def title(self) -> str:
        """Numbers and names of the way here."""
        steps = [find(self.path[: n + 1], self.desk.menu) for n in range(len(self.path))]
        names = [f"{step.path[-1]} {translate(step.title)}" for step in steps if step]
        return " > ".join((translate("Menu"), *names))

    @property
    def count(self) -> int:
        """Entries of this level."""
        return len(self._choices)

    @property
    def _choices(self) -> tuple[Choice, ...]:
        return below(self.path, self.desk.menu)

    def legend(self) -> Legend:
        """How to move."""
        return (
            ("0-9", translate("choose")),
            ("↑ ↓ Enter", translate("choose")),
            ("#", translate("keys")),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """Numbered entries; what has no right says so; the marked one is explained below."""
        texts = []
        for choice in self._choices:
            sign = " >" if choice.is_submenu else ""
            lock = f"  [{translate('no permission')}]" if self._lock(choice) else ""
            texts.append(f"{choice.path[-1]}  {translate(choice.title)}{sign}{lock}")
        rows = [row.row(width), *marked_rows(width, max(1, height - 4), texts, self.marked)]
        rows += [row.row(width)] * (height - 2 - len(rows))
        return [*rows, row.row(width, (f" {translate(self._choices[self.marked].help)}", row.DIM))]

    def press(self, key: str) -> None:
        """A digit goes on at once."""
        if len(key) == 1 and key in "0123456789":
            self._go(self.path + key)
        else:
            super().press(key)

    def on(self, intent: Intent) -> None:
        """Esc goes up one level, F10 leaves the menu."""
        match intent:
            case Accept():
                self._go(self._choices[self.marked].path)
            case Cancel() if self.path:
                self.path, self.marked = self.path[:-1], 0
            case Key("menu"):
                self.desk.close(self)
            case Cycle():
                self.desk.service_key("help")
            case _:
                super().on(intent)

    def _lock(self, choice: Choice) -> NoRight | None:
        """Why the operator may not choose this; None when there is no reason."""
        if not choice.right:
            return None
        try:
            require(self.desk.known.operator, Right(choice.right))
        except NoRight as refusal:
            return refusal
        return None

    def _go(self, path: str) -> None:
        choice = find(path, self.desk.menu)
        if choice is None:
            self.desk.refuse_text(translate("No such menu entry: {path}", path=" ".join(path)))
        elif lock := self._lock(choice):
            self.desk.approve(lock, lambda approval: self.desk.choose(choice, approval))
        elif choice.is_submenu:
            self.path, self.marked = path, 0
        else:
            self.desk.choose(choice)
