"""The menu screens: numbers typed fast lead straight to a verb, whatever was drawn meanwhile.

What the role may not do is shown locked: another operator approves it, or whoever comes logs in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import translate
from terminal.people.rights import NoRight, require
from terminal.sync.wire import Right
from ui.keypad import Accept, Cancel, Cycle, Key
from ui.menu import CASH, SERVICE, below, find
from ui.screens.help import EntryHelp
from ui.screens.listing import Listing, marked_rows
from ui.screens.login import DoorLogin
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.people.rights import Approval
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.menu import Choice
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Menu(Listing):
    """One page for a whole tree: ``path`` is where the cashier is."""

    acts_at_once = True

    def __init__(self, desk: Desk, table: tuple[Choice, ...] | None = None) -> None:
        super().__init__(desk)
        self.path = ""
        self._table = desk.menu if table is None else table

    @property
    def title(self) -> str:
        """Numbers and names of the way here."""
        steps = [find(self.path[: n + 1], self._table) for n in range(len(self.path))]
        names = [f"{step.path[-1]} {translate(step.title)}" for step in steps if step]
        top = translate("Service menu") if self._table is SERVICE else translate("Menu")
        return " > ".join((top, *names))

    @property
    def count(self) -> int:
        """Entries of this level."""
        return len(self._choices)

    @property
    def _choices(self) -> tuple[Choice, ...]:
        return below(self.path, self._table)

    def legend(self) -> Legend:
        """How to move."""
        return (
            ("0-9", translate("choose")),
            ("↑ ↓ Enter", translate("choose")),
            ("F1 #", translate("explain")),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """Numbered entries; what has no right says so; the marked one is explained below."""
        texts = []
        for choice in self._choices:
            sign = " >" if choice.is_submenu else ""
            lock = ""
            if self._is_off(choice):
                lock = f"  [{translate('switched off')}]"
            elif refusal := self._lock(choice):
                is_known = isinstance(refusal, NoRight)
                lock = f"  [{translate('no permission') if is_known else translate('log in')}]"
            texts.append(f"{choice.path[-1]}  {translate(choice.title)}{sign}{lock}")
        told = row.wrapped(width, translate(self._choices[self.marked].help), row.DIM)
        room = max(1, height - 2 - len(told))
        rows = [row.row(width), *marked_rows(width, room, texts, self.marked)]
        rows += [row.row(width)] * (height - len(told) - len(rows))
        return [*rows, *told]

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
            case Cycle() | Key("help"):
                self._explain()
            case _:
                super().on(intent)

    def _explain(self) -> None:
        choice = self._choices[self.marked]
        self.desk.open(EntryHelp(self.desk, self, choice, self._table))

    def _is_off(self, choice: Choice) -> bool:
        """Whether the office has switched off what this leads to."""
        settings = self.desk.known.settings
        is_on = settings is not None and settings.cash_management
        is_cash = self._table is not SERVICE and choice.path.startswith(CASH)
        return is_cash and not is_on

    def _lock(self, choice: Choice) -> Rejected | None:
        """Why whoever is here may not choose this; None when there is no reason."""
        if not choice.right:
            return None
        try:
            require(self.desk.known.operator, Right(choice.right))
        except Rejected as refusal:
            return refusal
        return None

    def _go(self, path: str) -> None:
        choice = find(path, self._table)
        if choice is None:
            self.desk.refuse_text(translate("No such menu entry: {path}", path=" ".join(path)))
            return
        if self._is_off(choice):
            self.desk.refuse(Rejected(Code.CASH_OFF))
            return
        lock = self._lock(choice)
        if isinstance(lock, NoRight):
            self.desk.approve(lock, lambda approval: self._enter(choice, approval))
        elif lock:
            self.desk.open(DoorLogin(self.desk, lambda: self._go(path)))
        else:
            self._enter(choice)

    def _enter(self, choice: Choice, approval: Approval | None = None) -> None:
        """Open a submenu or what the entry names; an approval of a submenu stays with this page."""
        if choice.is_submenu:
            self.path, self.marked = choice.path, 0
            self.approval = approval or self.approval
        else:
            self.desk.choose(choice, approval)
