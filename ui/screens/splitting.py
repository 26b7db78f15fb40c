"""Menu 6 1 and 6 3: a new receipt under a name, and one split in two."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import translate
from ui.amounts import quantity, zloty
from ui.keypad import Accept, Cycle, Mode, Number, Other, Wrong
from ui.screens.listing import Listing, marked_rows
from ui.screens.page import Page, Scans
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.sale.line import Line
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_PART, _VALUE = 12, 10


class Name(Page):
    """Asks for a name in letters or digits and hands it to ``then``; may be empty."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk, title: str, then: Callable[[str], object]) -> None:
        super().__init__(desk, Mode.NAME)
        self._title = title
        self._then = then

    @property
    def title(self) -> str:
        """The heading."""
        return self._title

    @property
    def prompt(self) -> str:
        """What is asked for."""
        return translate("Name (empty: the next number)")

    def legend(self) -> Legend:
        """Enter and Esc."""
        return (("Enter", translate("confirm")), ("Esc", translate("back")))

    def body(self, width: int, height: int) -> list[Row]:
        """Nothing but the field below."""
        return [row.row(width)] * min(1, height)

    def on(self, intent: Intent) -> None:
        """Enter hands the name on."""
        match intent:
            case Accept():
                self._then(self.entry.text)
            case Other():
                # There is nothing but a name to type.
                self.ask(Mode.NAME)
            case _:
                super().on(intent)


def begin(desk: Desk) -> Name:
    """Menu 6 1: what is on the screen is parked, and a new receipt begins."""

    def named(name: str) -> None:
        verb = desk.till.engine.call(desk.till.parking.begin, name)
        desk.order(verb, lambda _: desk.home())

    return Name(desk, translate("A new receipt; this one is parked"), named)


class Split(Listing):
    """Lines of the receipt on the screen; Enter chooses one, a number before it a part of it."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Mode.QTY)
        self._parts: dict[int, int] = {}

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Split: what goes onto another receipt?")

    @property
    def prompt(self) -> str:
        """What is asked for."""
        return translate("How much of it (empty: all)")

    def legend(self) -> Legend:
        """Choose, then go."""
        return (
            ("↑ ↓", translate("choose")),
            ("Enter", translate("move, or stay")),
            ("#", translate("split")),
            ("Esc", translate("back")),
        )

    @property
    def _lines(self) -> list[tuple[int, Line]]:
        receipt = self.desk.known.receipt
        lines = receipt.lines if receipt else ()
        return [(no, line) for no, line in enumerate(lines) if not line.is_void]

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def body(self, width: int, height: int) -> list[Row]:
        """What goes, of how much, and of what value."""
        if not self._lines:
            return row.wrapped(width, translate("The receipt is empty"))
        room = max(10, width - 2 * _PART - _VALUE - 8)
        texts = []
        for no, line in self._lines:
            goes = quantity(self._parts[no]) + " →" if no in self._parts else ""
            of = f"{quantity(line.qty_milli)} {line.unit}"
            value = zloty(line.gross_gr)
            texts.append(
                f"{goes:>{_PART}} {row.fit(line.name, room)} {of:>{_PART}} {value:>{_VALUE}}"
            )
        return marked_rows(width, height, texts, self.marked)

    def on(self, intent: Intent) -> None:
        """Enter chooses or lets go, # splits."""
        match intent:
            case Accept() if self._lines:
                no, line = self._lines[self.marked]
                if no in self._parts:
                    del self._parts[no]
                else:
                    self._parts[no] = line.qty_milli
            case Number(_, qty_milli) if self._lines:
                self._choose(qty_milli)
            case Wrong():
                self.desk.refuse(Rejected(Code.BAD_AMOUNT))
            case Cycle():
                self._ask_name()
            case _:
                super().on(intent)

    def _choose(self, qty_milli: int) -> None:
        no, line = self._lines[self.marked]
        if 0 < qty_milli <= line.qty_milli:
            self._parts[no] = qty_milli
        else:
            self.desk.refuse(Rejected(Code.BAD_AMOUNT))

    def _ask_name(self) -> None:
        if not self._parts:
            self.desk.refuse(Rejected(Code.EMPTY_RECEIPT))
            return
        title = translate("The other receipt")
        self.desk.open(Name(self.desk, title, partial(self._split, dict(self._parts))))

    def _split(self, parts: dict[int, int], name: str) -> None:
        call = self.desk.till.engine.call(self.desk.till.parking.split, parts, name)
        self.desk.order(call, self._done)

    def _done(self, name: str) -> None:
        self.desk.home()
        self.desk.say(translate("Parked: {name}. F7 takes it up again", name=name))
