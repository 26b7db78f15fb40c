"""Which tills have a change already, by the revisions that they told last. No HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select

from backoffice.store.tables import terminal
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Reached:
    """Whether a till has a change in force; one that tells no revisions is not ``is_known``."""

    terminal: str
    has_it: bool
    is_known: bool = True


def reach(connection: Connection, shop: str, name: str, revision: int) -> list[Reached]:
    """Each till of ``shop`` that may fetch data, and whether it has the set up to ``revision``."""
    columns = terminal.c
    chosen = select(columns.id, columns.sets).where(
        columns.shop == shop, columns.epoch > 0, columns.is_blocked.is_(False)
    )
    return [
        Reached(row.id, told.get(name, 0) >= revision, is_known=bool(told))
        for row in connection.execute(chosen.order_by(columns.id))
        for told in [as_sets(row.sets)]
    ]


def as_text(sets: Mapping[str, int]) -> str:
    """Revisions as they are stored: those of sets that exist, and that a set can have."""
    known = {name: sets[name] for name in wire.SETS if 0 < sets.get(name, 0) <= wire.NUMBER_MAX}
    return msgspec.json.encode(known).decode() if known else ""


def as_sets(text: str) -> dict[str, int]:
    """Revisions as a till told them last; empty for one that told none."""
    return msgspec.json.decode(text, type=dict[str, int]) if text else {}
