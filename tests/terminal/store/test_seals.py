from __future__ import annotations

import pytest
from msgspec.structs import replace

from terminal.store import outbox, seals
from terminal.store.db import write
from terminal.sync.wire import JournalAnswer, Place
from tests.terminal.audit.journals import OFFICE, journal


@pytest.fixture
def made(tmp_path):
    with journal(tmp_path) as one:
        one.receipt()
        one.close_day()
        yield one


def seal(made, seq):
    return OFFICE.seal("T1", 1, seq, outbox.head_at(made.db, 1, seq), "2026-11-30T10:00:00.000Z")


def deliver(made, hw, *told):
    with write(made.db):
        outbox.deliver(made.db, JournalAnswer(1, hw, outbox.head_at(made.db, 1, hw), [], [*told]))


def test_the_office_is_asked_until_it_has_sealed(made):
    assert list(seals.missing(made.db)) == []
    deliver(made, 3)
    assert outbox.pending(made.db, 10, 10**6).unsealed == (Place(1, 3),)
    deliver(made, 3, seal(made, 3))
    assert outbox.pending(made.db, 10, 10**6).unsealed == ()
    deliver(made, 3, seal(made, 3))
    assert made.db.execute("SELECT count(*) FROM seal").fetchone() == (1,)


def test_a_seal_on_something_else_is_not_kept(made):
    deliver(made, 3, replace(seal(made, 3), hash="ab" * 32), seal(made, 2))
    assert made.db.execute("SELECT count(*) FROM seal").fetchone() == (0,)
