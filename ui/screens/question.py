"""Modal questions: yes or no, and one of a few numbered answers. Scans are swallowed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.keypad import Accept, Cancel, Entry, Mode, Text, Wrong
from ui.screens.page import Page, Scans
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


def answer(key: str) -> str:
    """The key that ``key`` stands for where yes or no is asked: Enter for T(ak), Esc for N(ie)."""
    letters = {translate("yes")[0]: "enter", translate("no")[0]: "esc"}
    return letters.get(key.lower(), key)


class Question(Page):
    """Enter answers yes and does ``yes``; Esc answers no. Their letters do, too; nothing else."""

    scans = Scans.IGNORE
    acts_at_once = True

    def __init__(self, desk: Desk, text: str, yes: Callable[[], object]) -> None:
        super().__init__(desk)
        self._text = text
        self._yes = yes

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Question")

    def legend(self) -> Legend:
        """Yes and no."""
        return (("Enter", translate("yes")), ("Esc", translate("no")))

    def body(self, width: int, height: int) -> list[Row]:
        """The question in the middle."""
        space = [row.row(width)] * (height // 3)
        return [*space, *row.wrapped(width, self._text, row.STRONG)]

    def press(self, key: str) -> None:
        """A letter answers at once."""
        super().press(answer(key))

    def on(self, intent: Intent) -> None:
        """Only Enter and Esc count."""
        if isinstance(intent, Accept):
            self.desk.close(self)
            self._yes()
        elif isinstance(intent, Cancel):
            self.desk.close(self)


class Choices(Page):
    """A digit does one of ``answers``; Esc does none."""

    scans = Scans.IGNORE
    acts_at_once = True

    def __init__(
        self, desk: Desk, title: str, answers: Sequence[tuple[str, Callable[[], object]]]
    ) -> None:
        super().__init__(desk)
        self._title = title
        self._answers = answers

    @property
    def title(self) -> str:
        """The heading."""
        return self._title

    def body(self, width: int, height: int) -> list[Row]:
        """The numbered answers."""
        rows = [row.row(width)]
        for number, (text, _do) in enumerate(self._answers, start=1):
            rows.append(row.row(width, (f"  {number} ", row.STRONG), (text, row.TEXT)))
        return rows[:height]

    def press(self, key: str) -> None:
        """A digit answers at once."""
        if len(key) == 1 and key in "123456789":
            number = int(key) - 1
            if number < len(self._answers):
                self.desk.close(self)
                self._answers[number][1]()
            return
        super().press(key)


class Field(Page):
    """Asks for one text of digits, such as a tax number, and hands it to ``then``; may be empty."""

    scans = Scans.FILL

    def __init__(
        self,
        desk: Desk,
        title: str,
        prompt: str,
        then: Callable[[str], object],
        *,
        text: str = "",
    ) -> None:
        super().__init__(desk, Mode.DIGITS)
        self.entry = Entry(Mode.DIGITS, text)
        self._title = title
        self._prompt = prompt
        self._then = then

    @property
    def title(self) -> str:
        """The heading."""
        return self._title

    @property
    def prompt(self) -> str:
        """What is asked for."""
        return self._prompt

    def legend(self) -> Legend:
        """Enter and Esc."""
        return (("Enter", translate("confirm")), ("Esc", translate("back")))

    def body(self, width: int, height: int) -> list[Row]:
        """Nothing but the field below."""
        return [row.row(width)] * min(1, height)

    def on(self, intent: Intent) -> None:
        """Enter hands the text on; an empty one takes the old value away."""
        match intent:
            case Text(_, text):
                self.desk.close(self)
                self._then(text)
            case Accept():
                self.desk.close(self)
                self._then("")
            case Wrong():
                return
            case _:
                super().on(intent)
