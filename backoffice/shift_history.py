"""What the judge asks about a till's shifts, from the database and from the push in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select, tuple_

from backoffice.judge_cash import cash_of
from backoffice.store.tables import cash_entry, shift
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table


class ShiftHistory:
    """As ``TillHistory``: ``before`` is the number of a document of ``epoch`` that is not known."""

    def __init__(
        self, connection: Connection, terminal: str, epoch: int, before: int | None
    ) -> None:
        self._connection = connection
        self._terminal = terminal
        self._place = (epoch, before) if before is not None else None
        self._opened: dict[str, int | None] = {}
        self._cash: dict[str, int] = {}

    def opening(self, name: str) -> tuple[bool, int | None]:
        """Whether the shift was opened, and with how much cash; None when nobody entered it."""
        if name in self._opened:
            return True, self._opened[name]
        chosen = select(shift.c.opening_gr).where(self._of(shift, name), shift.c.closed_at == "")
        row = self._connection.execute(chosen).first()
        return (row is not None), (row.opening_gr if row else None)

    def cash_gr(self, name: str) -> int:
        """What the documents of the shift brought into the drawer, its opening aside."""
        chosen = select(func.sum(cash_entry.c.amount_gr)).where(self._of(cash_entry, name))
        return int(self._connection.scalar(chosen) or 0) + self._cash.get(name, 0)

    def learn(self, document: wire.Document) -> None:
        """Take a document of the push in hand into account; it is stored only at its end."""
        if isinstance(document, wire.ShiftDoc) and not document.closed_at:
            self._opened[document.shift] = document.opening_gr
        name, amount_gr = cash_of(document)
        if name:
            self._cash[name] = self._cash.get(name, 0) + amount_gr

    def _of(self, table: Table, name: str) -> ColumnElement[bool]:
        mine = and_(table.c.terminal == self._terminal, table.c.shift == name)
        if self._place is None:
            return mine
        return mine & (tuple_(table.c.epoch, table.c.seq) < tuple_(*self._place))
