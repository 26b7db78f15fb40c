"""The registers of returns, complaints and mistakes, newest first; each entry can be read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.paper.receipts import title_of
from ui.amounts import zloty
from ui.keypad import Accept, Move
from ui.screens.listing import Listing, marked_rows
from ui.screens.slip_view import SlipView
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.paper.shown import Shown
    from terminal.sync.wire import ReturnDoc
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.widgets.row import Row

PAGE_ENTRIES = 50
_NEAR = 10


class Register(Listing):
    """More entries are fetched when the mark comes near the last one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._entries: list[ReturnDoc] | None = None
        self._is_whole = False

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Register of returns, complaints and mistakes")

    @property
    def count(self) -> int:
        """Entries fetched so far."""
        return len(self._entries or ())

    def opened(self) -> None:
        """Fetch the newest."""
        self._fetch(None)

    def body(self, width: int, height: int) -> list[Row]:
        """Number, time, receipt, amount, goods."""
        if self._entries is None:
            return row.wrapped(width, translate("Please wait…"))
        if not self._entries:
            return row.wrapped(width, translate("Nothing was given back yet"))
        texts = [
            f"{row.fit(title_of(one), 24)} {one.at[:16].replace('T', ' ')} "
            f"{one.receipt_no:>6} {zloty(one.total_gr):>10}  {one.lines[0].name}"
            for one in self._entries
        ]
        return marked_rows(width, height, texts, self.marked)

    def on(self, intent: Intent) -> None:
        """The protocol of the marked one, more."""
        match intent:
            case Accept() if self._entries:
                till = self.desk.till
                call = till.engine.call(till.returns.protocol, self._entries[self.marked])
                self.desk.order(call, self._read)
            case Move():
                super().on(intent)
                if self._entries and not self._is_whole and self.marked >= self.count - _NEAR:
                    self._fetch(self._entries[-1])
            case _:
                super().on(intent)

    def _read(self, protocol: Shown) -> None:
        self.desk.open(SlipView(self.desk, protocol))

    def _fetch(self, before: ReturnDoc | None) -> None:
        then = partial(self._arrived, before)
        self.desk.look_up(then, self.desk.till.shelf.register, before, PAGE_ENTRIES)

    def _arrived(self, before: ReturnDoc | None, entries: list[ReturnDoc]) -> None:
        known = self._entries or []
        if before is not None and known and known[-1] is not before:
            return
        self._entries = [*known, *entries] if before else entries
        self._is_whole = len(entries) < PAGE_ENTRIES
