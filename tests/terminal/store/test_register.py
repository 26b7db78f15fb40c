from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from terminal.errors import Code, Rejected
from terminal.store import outbox, register
from terminal.store.db import close_writer, open_writer, write
from terminal.store.running import running_total
from terminal.sync.wire import RunningTotal, code_of, rid_start
from tests.terminal.sale.sold import entry_of, line, printed
from tests.terminal.sale.test_entries import correction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECEIPT = replace(printed(line()), running=RunningTotal(sold_gr=349, receipts=1))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    outbox.begin(journal, 1)
    with write(journal):
        outbox.append(journal, RECEIPT, RECEIPT.closed_at)
    yield journal
    close_writer(journal)


def enter(db, kind="return"):
    made = replace(entry_of(RECEIPT, entry=kind), number=register.next_number(db, kind))
    with write(db):
        outbox.append(db, made, made.at)
        register.keep(db, made)
    return replace(made, running=running_total(db))


def test_entries_are_found_by_receipt_and_by_age(db) -> None:
    made = [enter(db, kind) for kind in ("return", "mistake", "complaint", "return")]
    assert [one.number for one in made] == [1, 1, 2, 3]
    assert register.of_receipt(db, RECEIPT.rid) == tuple(made)
    assert register.of_receipt(db, "other") == ()
    assert register.newest(db, None, 2) == [made[3], made[2]]
    assert register.newest(db, made[2]) == [made[1], made[0]]


def test_a_register_is_never_changed_or_cut(db) -> None:
    enter(db)
    for change in ("DELETE FROM register_entry", "UPDATE register_entry SET number = 9"):
        with pytest.raises(sqlite3.IntegrityError), write(db):
            db.execute(change)


def test_a_payment_is_corrected_once(db) -> None:
    made = correction(RECEIPT)
    assert register.next_correction(db) == 1
    with write(db):
        outbox.append(db, made, made.at)
        register.keep_correction(db, made)
    assert register.correction_of(db, RECEIPT.rid) == made
    assert register.next_correction(db) == 2
    with pytest.raises(sqlite3.IntegrityError), write(db):
        register.keep_correction(db, made)


def test_copies_are_counted(db) -> None:
    with write(db):
        assert [register.count_copy(db, "r") for _ in range(3)] == [1, 2, 3]


def test_a_receipt_by_rid_and_by_its_code(db) -> None:
    assert register.case(db, RECEIPT.rid).receipt == RECEIPT
    assert register.printed_by(db, rid_start(code_of(RECEIPT.rid))) == RECEIPT
    assert register.printed_by(db, "11111111-2222") is None
    with pytest.raises(Rejected) as caught:
        register.case(db, "nothing")
    assert caught.value.code is Code.NO_SUCH_RECEIPT
