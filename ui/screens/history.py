"""Menu 8 4 7: the last exchanges with the back office: when, who, why, how many, how they ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.exchanging import PUSH
from ui.keypad import Key
from ui.screens.listing import Listing, window
from ui.widgets import row
from ui.words import CAUSES, ENTRIES, SETS, word

if TYPE_CHECKING:
    from terminal.store.exchanges import Exchange
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_DETAIL_ROWS = 4
# The office may ask for one data set by itself.
_NAMES = SETS | ENTRIES


def outcome(exchange: Exchange) -> str:
    """How it ended, in a sentence."""
    if exchange.error:
        return exchange.error
    if exchange.entry == PUSH:
        return translate("sent {count}", count=exchange.sent)
    if not exchange.moved and not exchange.refused:
        return translate("no changes")
    return translate(
        "added {added}, changed {changed}, removed {removed}, refused {refused}",
        added=exchange.added,
        changed=exchange.changed,
        removed=exchange.removed,
        refused=exchange.refused,
    )


def _briefly(exchange: Exchange) -> str:
    if exchange.error or exchange.entry == PUSH:
        return outcome(exchange)
    refused = f" !{exchange.refused}" if exchange.refused else ""
    return f"+{exchange.added} ~{exchange.changed} -{exchange.removed}{refused}"


class History(Listing):
    """Newest first; the marked one is told in full below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._exchanges: list[Exchange] | None = None

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Synchronisation history")

    @property
    def count(self) -> int:
        """How many are remembered."""
        return len(self._exchanges or ())

    def legend(self) -> Legend:
        """Look."""
        return (
            ("↑ ↓", translate("choose")),
            ("F5", translate("refresh")),
            ("Esc", translate("back")),
        )

    def opened(self) -> None:
        """Fetch them."""
        self.desk.look_up(self._arrived, self.desk.till.shelf.exchanges)

    def body(self, width: int, height: int) -> list[Row]:
        """One row each, then the marked one in full."""
        if not self._exchanges:
            waits = self._exchanges is None
            return row.wrapped(
                width, translate("Please wait…") if waits else translate("Nothing here")
            )
        room = max(1, height - _DETAIL_ROWS)
        rows = []
        for no in window(self.count, self.marked, room):
            one, is_marked = self._exchanges[no], no == self.marked
            text = (
                f"{'>' if is_marked else ' '} {one.at[5:16].replace('T', ' ')}  "
                f"{row.fit(one.operator or '-', 12)} {row.fit(word(CAUSES, one.cause), 13)} "
                f"{row.fit(word(_NAMES, one.entry), 20)} {_briefly(one)}"
            )
            style = row.MARK if is_marked else row.WARN if one.error else row.TEXT
            rows.append(row.row(width, (row.fit(text, width), style)))
        rows += [row.row(width)] * (room - len(rows))
        marked = self._exchanges[self.marked]
        what = f"{word(_NAMES, marked.entry)}, {word(CAUSES, marked.cause)}"
        told = row.wrapped(width, f"{what}: {outcome(marked)}", row.STRONG)
        return [*rows, row.row(width, ("─" * width, row.DIM)), *told][:height]

    def on(self, intent: Intent) -> None:
        """Refresh."""
        if intent == Key("refresh"):
            self.opened()
        else:
            super().on(intent)

    def _arrived(self, exchanges: list[Exchange]) -> None:
        self._exchanges = exchanges
        self.marked = max(0, min(self.marked, self.count - 1))
