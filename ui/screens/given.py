"""What was written down of a return, complaint or mistake, and what the cashier does now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.paper.receipts import title_of
from ui.amounts import quantity, zloty
from ui.keypad import Accept, Other
from ui.screens.page import Page, Scans
from ui.screens.slip_view import SlipView
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from terminal.paper.shown import Shown
    from terminal.sale.refunds import Way
    from terminal.sync.wire import ReturnDoc, TakenLine
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


def in_words(way: Way) -> str:
    """A way to give money back as the cashier carries it out."""
    if not way:
        return translate("no money is given back")
    return " + ".join(f"{one.name} {zloty(one.amount_gr)}" for one in way)


def taken_rows(width: int, lines: Iterable[TakenLine]) -> list[Row]:
    """Goods that come back, with quantity and money."""
    rows = []
    for line in lines:
        amount = f"{quantity(line.qty_milli)} {line.unit}" if line.qty_milli else ""
        rows.append(row.ends(width, f" {line.name}  {amount}", f"{zloty(line.gross_gr)} "))
    return rows


class Given(Page):
    """Enter and Esc leave; it cannot be undone."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk, made: ReturnDoc) -> None:
        super().__init__(desk)
        self._made = made

    @property
    def title(self) -> str:
        """What was written down."""
        return translate("{title} is written down", title=title_of(self._made))

    def legend(self) -> Legend:
        """Leave, or read."""
        return (("Enter", translate("finish")), ("*", translate("protocol")))

    def body(self, width: int, height: int) -> list[Row]:
        """Goods, money, paper."""
        way = in_words(tuple(self._made.refunds))
        words = [
            row.row(width),
            *row.wrapped(width, translate("Give the customer: {way}", way=way), row.STRONG),
            *row.wrapped(
                width, translate("The protocol is signed by both: it is printed, or * shows it.")
            ),
        ]
        room = max(1, height - len(words) - 1)
        return [row.row(width), *taken_rows(width, self._made.lines)[:room], *words]

    def on(self, intent: Intent) -> None:
        """The protocol, or away."""
        match intent:
            case Accept():
                self.desk.close(self)
            case Other():
                till = self.desk.till
                self.desk.order(till.engine.call(till.returns.protocol, self._made), self._read)
            case _:
                super().on(intent)

    def _read(self, protocol: Shown) -> None:
        self.desk.open(SlipView(self.desk, protocol))
