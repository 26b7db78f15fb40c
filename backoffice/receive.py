"""Takes a till's journal: any piece of it, any number of times, never twice and never a gap.

The place of an entry is (terminal, epoch, seq). What is already here must be the same; the next one
must follow from the head; anything else ends the reading, and the answer says how far we are.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from backoffice import (
    contacts,
    errands,
    parked,
    persons,
    sale_records,
    sign_ins,
    update_states,
)
from backoffice.contacts import Contact
from backoffice.errors import BadRequest, ChainConflict, NotFound, TooLarge
from backoffice.field import taking
from backoffice.history import TillHistory
from backoffice.judge import judge
from backoffice.moments import stamp
from backoffice.projection import projection
from backoffice.sale_rows import Filed
from backoffice.store import journal
from backoffice.store.engine import writing
from backoffice.store.tables import journal_entry, person, terminal, verdict
from terminal.sync import wire

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Engine, Table

RID_LENGTH_MAX = 64
KIND_LENGTH_MAX = 32


def receive(
    engine: Engine, terminal_id: str, push: wire.JournalPush, moment: datetime
) -> wire.JournalAnswer:
    """Store what fits, in one transaction, and answer how far the chain goes.

    Raises ``ChainConflict`` when the push contradicts what is stored (nothing is written but an
    alarm), ``TooLarge`` beyond the agreed limits, ``BadRequest`` for impossible places.
    """
    _check_limits(push)
    try:
        with writing(engine) as connection:
            return _receive(connection, terminal_id, push, stamp(moment))
    except IntegrityError:
        # PostgreSQL only: another terminal took a rid between our look and our insert.
        conflict = ChainConflict(detail="a rid belongs to another entry", alarm="rid")
    except ChainConflict as found:
        conflict = found
    with writing(engine) as connection:
        journal.raise_alarm(
            connection,
            terminal_id,
            push.epoch,
            conflict.seq,
            conflict.alarm,
            conflict.detail,
            stamp(moment),
        )
        contacts.note(connection, terminal_id, Contact.CONFLICT, stamp(moment))
    raise conflict


def page(
    connection: Connection, terminal_id: str, after: int, limit: int, epoch: int | None = None
) -> wire.JournalPage:
    """The office's copy of a journal, entries after ``after``.

    Without ``epoch`` the newest one that holds anything: what a new device wants to restore.
    """
    if after < 0 or limit < 1:
        raise BadRequest(detail="after starts at 0 and limit at 1")
    if epoch is None:
        epoch = journal.newest_epoch(connection, terminal_id) or _epoch_of(connection, terminal_id)
    highest, _ = journal.head_of(connection, terminal_id, epoch)
    most = min(limit, wire.JOURNAL_ENTRIES_MAX)
    rows: list[wire.Entry] = []
    size = 0
    stored = journal.entries(connection, terminal_id, epoch, after, most)
    for entry in persons.with_persons(connection, stored):
        size += len(entry.body.encode()) + len(entry.person.encode())
        if rows and size > wire.JOURNAL_BYTES_MAX:
            break
        rows.append(entry)
    last = rows[-1].seq if rows else after
    verdicts = journal.verdicts(connection, terminal_id, epoch, after + 1, last)
    bad = [verdict for verdict in verdicts if not verdict.is_accepted]
    return wire.JournalPage(epoch, highest, rows, bad)


def _check_limits(push: wire.JournalPush) -> None:
    sent = max(len(push.entries), len(push.rejected), len(push.unsealed))
    if sent > wire.JOURNAL_ENTRIES_MAX:
        raise TooLarge(detail=f"more than {wire.JOURNAL_ENTRIES_MAX} entries in one push")
    sizes = (len(entry.body.encode()) + len(entry.person.encode()) for entry in push.entries)
    if sum(sizes) > wire.JOURNAL_BYTES_MAX:
        raise TooLarge(detail=f"more than {wire.JOURNAL_BYTES_MAX} bytes in one push")
    for place, entry in enumerate(push.entries):
        if not 1 <= entry.seq <= wire.NUMBER_MAX:
            raise BadRequest(detail=f"$.entries[{place}].seq: expected 1 or more")
        if not 1 <= len(entry.rid) <= RID_LENGTH_MAX:
            raise BadRequest(detail=f"$.entries[{place}].rid: expected 1 to 64 characters")


def _receive(
    connection: Connection, terminal_id: str, push: wire.JournalPush, at: str
) -> wire.JournalAnswer:
    assigned = _epoch_of(connection, terminal_id)
    if not 1 <= push.epoch <= assigned:
        detail = f"epoch {push.epoch} was not given to this terminal; it is at {assigned}"
        raise ChainConflict(detail=detail, alarm="epoch", seq=0, epoch=assigned)
    hw, head = journal.head_of(connection, terminal_id, push.epoch)
    fresh = _continue(connection, terminal_id, push, hw, head, at)
    if fresh:
        _check_rids(connection, push.epoch, hw, head, fresh)
        _store(connection, terminal_id, push.epoch, fresh, at)
        hw, head = fresh[-1].seq, fresh[-1].hash
    sent = [entry.seq for entry in push.entries if entry.seq <= hw]
    verdicts = (
        journal.verdicts(connection, terminal_id, push.epoch, min(sent), max(sent)) if sent else []
    )
    verdicts += journal.verdicts_at(connection, terminal_id, push.rejected)
    return wire.JournalAnswer(push.epoch, hw, head, verdicts)


def _epoch_of(connection: Connection, terminal_id: str) -> int:
    """Epoch given at the last enrolment; the row stays locked until the transaction ends."""
    chosen = select(terminal.c.epoch).where(terminal.c.id == terminal_id).with_for_update()
    epoch: int | None = connection.scalar(chosen)
    if epoch is None:
        raise NotFound(detail=f"no terminal {terminal_id!r}")
    return epoch


def _continue(
    connection: Connection,
    terminal_id: str,
    push: wire.JournalPush,
    hw: int,
    head: str,
    at: str,
) -> list[wire.Entry]:
    """The entries that follow from the head; raises ``ChainConflict`` at a fork."""
    start = hw, head
    old = [entry.seq for entry in push.entries if entry.seq <= hw]
    known = journal.hashes(connection, terminal_id, push.epoch, min(old), max(old)) if old else {}
    fresh: list[wire.Entry] = []
    for entry in push.entries:
        if entry.seq <= hw:
            if known[entry.seq] != entry.hash:
                raise _fork(push.epoch, start, entry.seq)
        elif entry.seq > hw + 1:
            break
        elif entry.prev != head or wire.chain_hash(head, entry.body) != entry.hash:
            detail = "the next entry does not follow from the head"
            journal.raise_alarm(connection, terminal_id, push.epoch, entry.seq, "chain", detail, at)
            break
        else:
            fresh.append(entry)
            hw, head = entry.seq, entry.hash
            known[hw] = head
    return fresh


def _fork(epoch: int, start: tuple[int, str], seq: int) -> ChainConflict:
    hw, head = start
    detail = f"entry {seq} of epoch {epoch} is stored with another hash"
    return ChainConflict(detail=detail, alarm="fork", seq=seq, epoch=epoch, hw=hw, head=head)


def _check_rids(
    connection: Connection, epoch: int, hw: int, head: str, fresh: list[wire.Entry]
) -> None:
    places: dict[str, int] = {}
    taken = next(
        (entry.rid for entry in fresh if places.setdefault(entry.rid, entry.seq) != entry.seq),
        None,
    ) or journal.owner_of_any(connection, list(places))
    if taken is not None:
        detail = f"rid {taken} belongs to another entry"
        raise ChainConflict(
            detail=detail, alarm="rid", seq=places[taken], epoch=epoch, hw=hw, head=head
        )


def _store(
    connection: Connection, terminal_id: str, epoch: int, fresh: list[wire.Entry], at: str
) -> None:
    history = TillHistory(connection, terminal_id, epoch)
    place = {"terminal": terminal_id, "epoch": epoch}
    rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    filed: list[tuple[Filed, wire.Document]] = []
    for entry in fresh:
        judged = judge(entry, terminal_id, history)
        stored = {**place, **msgspec.structs.asdict(entry), "received_at": at}
        if told := persons.row_of(entry, judged.document, at):
            rows[person].append(told)
        del stored["person"]
        rows[journal_entry].append({**stored, "kind": judged.kind[:KIND_LENGTH_MAX]})
        opinion = {"seq": entry.seq, "is_accepted": judged.is_accepted, "reason": judged.reason}
        rows[verdict].append({**place, **opinion, "judged_at": at})
        for table, values in projection(entry.seq, judged.document):
            rows[table].append({**place, **values})
        if judged.document is not None:
            where = terminal_id, epoch, entry.seq, entry.rid
            filed.append((Filed(*where, judged.is_accepted, at), judged.document))
            history.learn(entry.seq, judged.document, is_accepted=judged.is_accepted)
            parked.learn(connection, terminal_id, judged.document, at)
            update_states.learn(connection, terminal_id, (epoch, entry.seq), judged.document)
            errands.learn(connection, terminal_id, judged.document, at)
            contacts.learn(connection, terminal_id, judged.document, at)
            sign_ins.learn(connection, terminal_id, judged.document, at)
    _count(connection, terminal_id, rows[verdict], at)
    for table, several in rows.items():
        if several:
            connection.execute(insert(table), several)
    sale_records.keep(connection, filed)
    taking.keep(connection, filed)


def _count(
    connection: Connection, terminal_id: str, verdicts: list[dict[str, Any]], at: str
) -> None:
    """What came, and how much of it counts."""
    contacts.note(connection, terminal_id, Contact.PUSH, at, rows=len(verdicts))
    if rejected := sum(not it["is_accepted"] for it in verdicts):
        contacts.note(connection, terminal_id, Contact.REJECTED, at, rows=rejected)
