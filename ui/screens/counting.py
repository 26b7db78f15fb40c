"""Menu 2 5, first half: the drawer is counted by notes and coins, or as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.store.shifts import Count
from terminal.sync.wire import Counted
from ui.amounts import zloty
from ui.keypad import Accept, Cycle, Mode, Move, Number, Other, Text
from ui.screens.page import Page, Scans
from ui.screens.shift_end import ShiftEnd
from ui.widgets import row

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

# Notes and coins of the złoty, in grosze, the greatest first.
COINS_GR = (50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
_PIECES_MAX = 99_999
_NARROW = 44


class Counting(Page):
    """``#`` goes from notes and coins to the whole and back; nothing is known of what it should be.

    What was typed stays while the page is open.
    """

    scans = Scans.IGNORE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Mode.DIGITS)
        self._pieces = [0] * len(COINS_GR)
        self._marked = 0

    @property
    def title(self) -> str:
        """The heading."""
        return translate("End of the shift")

    @property
    def _is_by_coins(self) -> bool:
        return self.entry.mode is Mode.DIGITS

    @property
    def _sum_gr(self) -> int:
        return sum(value * pieces for value, pieces in zip(COINS_GR, self._pieces, strict=True))

    @property
    def prompt(self) -> str:
        """Pieces of the marked value, or the whole."""
        if self._is_by_coins:
            return translate("Pieces of {value} zł", value=zloty(COINS_GR[self._marked]))
        return translate("Cash in the drawer")

    def legend(self) -> Legend:
        """Both ways to count."""
        back = ("Esc", translate("back"))
        if self._is_by_coins:
            return (
                ("Enter", translate("next value")),
                ("*", translate("counted")),
                ("#", translate("only the total")),
                back,
            )
        return (("Enter", translate("counted")), ("#", translate("notes and coins")), back)

    def body(self, width: int, height: int) -> list[Row]:
        """The values with their pieces, or what to do."""
        if not self._is_by_coins:
            text = translate("Count the drawer and type the whole amount.")
            return [*([row.row(width)] * (height // 3)), *row.wrapped(width, text)][:height]
        rows = [
            self._coin_row(width, no, *pair)
            for no, pair in enumerate(zip(COINS_GR, self._pieces, strict=True))
        ]
        room = max(1, height - 1)
        first = max(0, min(self._marked - room + 1, len(rows) - room))
        counted = f" {translate('Counted')}"
        total = row.ends(min(width, _NARROW), counted, zloty(self._sum_gr), row.TOTAL)
        return [*rows[first : first + room], row.row(width, *total)]

    def _coin_row(self, width: int, no: int, value_gr: int, pieces: int) -> Row:
        is_marked = no == self._marked
        left = f"{'>' if is_marked else ' '} {zloty(value_gr):>8} × {pieces}"
        style = row.MARK if is_marked else row.TEXT
        text = row.ends(min(width, _NARROW), left, zloty(value_gr * pieces), style)
        return row.row(width, *text, ("", row.TEXT))

    def on(self, intent: Intent) -> None:
        """Numbers, and the way on."""
        match intent:
            case Text(_, text) if int(text) > _PIECES_MAX:
                self.desk.refuse_text(translate("That is too many"))
            case Text(_, text):
                self._pieces[self._marked] = int(text)
                self._next()
            case Number(_, value):
                self._reckon(Count(value))
            case Accept() if self._is_by_coins:
                self._next()
            case Move(steps) if self._is_by_coins:
                self._marked = max(0, min(len(COINS_GR) - 1, self._marked + steps))
            case Other() if self._is_by_coins:
                self._by_coins()
            case Cycle():
                self.ask(Mode.AMOUNT if self._is_by_coins else Mode.DIGITS)
            case _:
                super().on(intent)

    def _next(self) -> None:
        if self._marked < len(COINS_GR) - 1:
            self._marked += 1
        else:
            self._by_coins()

    def _by_coins(self) -> None:
        pairs = zip(COINS_GR, self._pieces, strict=True)
        coins = tuple(Counted(value, pieces) for value, pieces in pairs if pieces)
        self._reckon(Count(self._sum_gr, coins))

    def _reckon(self, count: Count) -> None:
        shifts = self.desk.till.shifts
        call = self.desk.till.engine.call(shifts.reckon, count)
        self.desk.order(call, lambda found: self.desk.open(ShiftEnd(self.desk, found)))
