"""What the tills told of their updates last: prepared, on trial, installed, gone wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from backoffice.store.columns import Words
from backoffice.store.tables import update_state
from backoffice.store.upsert import upsert
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Connection

PREPARED, INSTALLED = "update_prepared", "update_installed"
ROLLED_BACK, BARRED, REFUSED = "update_rolled_back", "update_barred", "update_refused"
EVENTS = (PREPARED, INSTALLED, ROLLED_BACK, BARRED, REFUSED)
BARRED_MAX = 10
# What a till answers that is offered a version which it has barred.
_BARRED_HERE = "E-167"
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
        return self.event in {ROLLED_BACK, BARRED, REFUSED}

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
    known = states(connection, terminal).get(terminal, NOTHING_TOLD)
    state = _after(known, document)
    row = {
        "terminal": terminal,
        "epoch": place[0],
        "seq": place[1],
        **{name: getattr(state, name) for name in ("event", "version", "at", "reason", "prepared")},
        "barred": "\n".join(state.barred),
    }
    upsert(connection, update_state, [row])


def states(connection: Connection, terminal: str = "") -> dict[str, UpdateState]:
    """State of each terminal that ever told of an update, or of one."""
    chosen = select(update_state)
    if terminal:
        chosen = chosen.where(update_state.c.terminal == terminal)
    return {row.terminal: _state(row) for row in connection.execute(chosen)}


def _after(known: UpdateState, document: wire.EventDoc) -> UpdateState:
    """What is known of a till after an event of it."""
    version = _word(document, "version", "version")
    told = UpdateState(
        document.name,
        version,
        _cut(document.at, "at"),
        _word(document, "why", "reason") or _word(document, "detail", "reason"),
        barred=known.barred,
    )
    match document.name:
        case "update_prepared":
            return replace(told, prepared=version)
        case "update_installed":
            return replace(told, barred=tuple(it for it in known.barred if it != version))
        case "update_refused":
            failed = known.event in {ROLLED_BACK, BARRED}
            says_less = failed and document.detail.get("code") == _BARRED_HERE
            return known if says_less else replace(told, prepared=known.prepared)
        case "update_barred" if version:
            others = (it for it in known.barred if it != version)
            barred = (*others, version)[-BARRED_MAX:]
            if known.event in {ROLLED_BACK, INSTALLED}:  # that says more: it is why it was barred
                return replace(known, barred=barred)
            prepared = known.prepared if known.prepared != version else ""
            return replace(told, barred=barred, prepared=prepared)
    return told


def _word(document: wire.EventDoc, name: str, column: str) -> str:
    told = document.detail.get(name)
    return _cut(told, column) if isinstance(told, str) else ""


def _state(row: Any) -> UpdateState:  # noqa: ANN401 (a row of a query)
    barred = tuple(row.barred.split("\n")) if row.barred else ()
    return UpdateState(row.event, row.version, row.at, row.reason, row.prepared, barred)


def _cut(text: str, column: str) -> str:
    return text[: _LENGTHS[column]]
