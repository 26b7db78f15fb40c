"""Reads the stored chains and writes alarms about those that do not fit. No judgement here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select, tuple_, update

from backoffice.store.tables import alarm, journal_entry, verdict
from backoffice.store.upsert import insert_if_absent
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection, Select

RIDS_MAX = 500  # rids in one IN (…)


def head_of(connection: Connection, terminal: str, epoch: int) -> tuple[int, str]:
    """Highest stored seq and its hash; 0 and ``GENESIS`` before the first entry."""
    chosen = (
        select(journal_entry.c.seq, journal_entry.c.hash)
        .where(chain(terminal, epoch))
        .order_by(journal_entry.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(chosen).first()
    return (row.seq, row.hash) if row else (0, wire.GENESIS)


def hashes(
    connection: Connection, terminal: str, epoch: int, first: int, last: int
) -> dict[int, str]:
    """Hash of each stored entry from ``first`` to ``last``."""
    chosen = select(journal_entry.c.seq, journal_entry.c.hash).where(
        chain(terminal, epoch), journal_entry.c.seq.between(first, last)
    )
    return {row.seq: row.hash for row in connection.execute(chosen)}


def owner_of_any(connection: Connection, rids: list[str]) -> str | None:
    """A rid of the list that is stored already."""
    for start in range(0, len(rids), RIDS_MAX):
        part = journal_entry.c.rid.in_(rids[start : start + RIDS_MAX])
        taken: str | None = connection.scalar(select(journal_entry.c.rid).where(part).limit(1))
        if taken is not None:
            return taken
    return None


def verdicts(
    connection: Connection, terminal: str, epoch: int, first: int, last: int
) -> list[wire.Verdict]:
    """Verdicts on the stored entries from ``first`` to ``last``, in their order."""
    chosen = (
        select(verdict.c.seq, verdict.c.is_accepted, verdict.c.reason)
        .where(
            verdict.c.terminal == terminal,
            verdict.c.epoch == epoch,
            verdict.c.seq.between(first, last),
        )
        .order_by(verdict.c.seq)
    )
    return [wire.Verdict(*row) for row in connection.execute(chosen)]


def verdicts_at(
    connection: Connection, terminal: str, places: list[wire.Place]
) -> list[wire.Verdict]:
    """Verdicts on the stored entries at ``places``, of whatever epoch."""
    if not places:
        return []
    columns = verdict.c
    wanted = [(place.epoch, place.seq) for place in places]
    chosen = select(columns.seq, columns.is_accepted, columns.reason, columns.epoch).where(
        columns.terminal == terminal, tuple_(columns.epoch, columns.seq).in_(wanted)
    )
    return [wire.Verdict(*row) for row in connection.execute(chosen)]


def entries(
    connection: Connection, terminal: str, epoch: int, after: int, limit: int
) -> list[wire.Entry]:
    """Stored entries after ``after``, in their order."""
    columns = journal_entry.c
    chosen = (
        select(columns.seq, columns.rid, columns.prev, columns.hash, columns.body)
        .where(chain(terminal, epoch), columns.seq > after)
        .order_by(columns.seq)
        .limit(limit)
    )
    return [wire.Entry(*row) for row in connection.execute(chosen)]


def newest_epoch(connection: Connection, terminal: str) -> int:
    """Highest epoch with an entry; 0 when there is none."""
    chosen = (
        select(journal_entry.c.epoch)
        .where(journal_entry.c.terminal == terminal)
        .order_by(journal_entry.c.epoch.desc())
        .limit(1)
    )
    return connection.scalar(chosen) or 0


def figures(connection: Connection) -> Iterator[tuple[str, int]]:
    """How many documents are stored and rejected, and how many alarms there are."""
    rejected = select(func.count()).select_from(verdict).where(verdict.c.is_accepted.is_(False))
    yield "documents", _count(connection, select(func.count()).select_from(journal_entry))
    yield "rejected", _count(connection, rejected)
    yield "alarms", _count(connection, select(func.count()).select_from(alarm))


def _count(connection: Connection, chosen: Select[int]) -> int:
    return connection.scalar(chosen) or 0


def raise_alarm(
    connection: Connection,
    terminal: str,
    epoch: int,
    seq: int,
    kind: str,
    detail: str,
    at: str,
) -> None:
    """Keep that a chain did not fit; the same once more only counts."""
    place = {"terminal": terminal, "epoch": epoch, "seq": seq, "kind": kind}
    first = {"detail": detail, "first_at": at, "last_at": at, "times": 0}
    insert_if_absent(connection, alarm, {**place, **first})
    here = and_(*(alarm.c[name] == value for name, value in place.items()))
    counted = {"detail": detail, "last_at": at, "times": alarm.c.times + 1}
    connection.execute(update(alarm).where(here).values(counted))


def chain(terminal: str, epoch: int) -> ColumnElement[bool]:
    """Condition for the entries of one chain."""
    return and_(journal_entry.c.terminal == terminal, journal_entry.c.epoch == epoch)
