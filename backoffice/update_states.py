"""What the tills told of their updates last: prepared, on trial, installed, rolled back, barred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from backoffice.store.columns import Words
from backoffice.store.tables import update_state
from backoffice.store.upsert import upsert
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Connection

PREPARED, INSTALLED = "update_prepared", "update_installed"
ROLLED_BACK, BARRED = "update_rolled_back", "update_barred"
EVENTS = (PREPARED, INSTALLED, ROLLED_BACK, BARRED)
BARRED_MAX = 10
_LENGTHS = {
    column.name: column.type.length
    for column in update_state.c
    if isinstance(column.type, Words) and column.name != "barred"
}


@dataclass(frozen=True, slots=True)
class UpdateState:
    """The last word of a till on its updates; ``barred`` are versions that failed there."""

    event: str = ""
    version: str = ""
    at: str = ""
    reason: str = ""
    prepared: str = ""
    barred: tuple[str, ...] = ()

    @property
    def is_trouble(self) -> bool:
        """Whether somebody should look at it."""
        return self.event in {ROLLED_BACK, BARRED}

    def word(self, running: str) -> str:
        """One word for a till that runs a version; empty for one that told nothing.

        A till that runs what it had prepared, and has not yet said that it is good, is on trial.
        """
        if self.event == PREPARED and running == self.prepared:
            return "trial"
        return self.event.removeprefix("update_")


NOTHING_TOLD = UpdateState()


def learn(connection: Connection, terminal: str, place: tuple[int, int], document: object) -> None:
    """Keep what an event says of updates; other documents say nothing."""
    if not isinstance(document, wire.EventDoc) or document.name not in EVENTS:
        return
    epoch, seq = place
    told = document.detail.get("version")
    version = _cut(told if isinstance(told, str) else "", "version")
    reason = document.detail.get("reason")
    known = states(connection, terminal).get(terminal, NOTHING_TOLD)
    barred = dict.fromkeys(known.barred)
    prepared = version if document.name == PREPARED else ""
    if document.name == INSTALLED:
        barred.pop(version, None)
    elif document.name == BARRED:
        barred[version] = None
        prepared = known.prepared if known.prepared != version else ""
    row = {
        "terminal": terminal,
        "epoch": epoch,
        "seq": seq,
        "event": document.name,
        "version": version,
        "at": _cut(document.at, "at"),
        "reason": _cut(reason if isinstance(reason, str) else "", "reason"),
        "prepared": prepared,
        "barred": "\n".join(list(barred)[-BARRED_MAX:]),
    }
    upsert(connection, update_state, [row])


def states(connection: Connection, terminal: str = "") -> dict[str, UpdateState]:
    """State of each terminal that ever told of an update, or of one."""
    chosen = select(update_state)
    if terminal:
        chosen = chosen.where(update_state.c.terminal == terminal)
    return {row.terminal: _state(row) for row in connection.execute(chosen)}


def _state(row: Any) -> UpdateState:  # noqa: ANN401 (a row of a query)
    barred = tuple(row.barred.split("\n")) if row.barred else ()
    return UpdateState(row.event, row.version, row.at, row.reason, row.prepared, barred)


def _cut(text: str, column: str) -> str:
    return text[: _LENGTHS[column]]
