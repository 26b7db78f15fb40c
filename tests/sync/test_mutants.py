"""Does the oracle bite? Known mistakes are built in; each must be found, for the right reason."""

from __future__ import annotations

import pytest

from terminal.context import new_rid
from terminal.store import outbox
from terminal.sync.wire import chain_hash
from tests.shop import wait_until

ACTS = 12


def delete_on_ack(monkeypatch):
    """What the office has is not needed here any more."""
    really_deliver = outbox.deliver

    def deliver(db, answer):
        went_back = really_deliver(db, answer)
        db.execute("DROP TRIGGER IF EXISTS document_is_kept")
        # The last one stays: the next is chained to it.
        db.execute("DELETE FROM document WHERE seq < ?", (answer.hw,))
        return went_back

    monkeypatch.setattr(outbox, "deliver", deliver)


def retry_with_a_new_rid(monkeypatch):
    """What was not confirmed is sent as something new."""
    really_read = outbox.pending

    def pending(db, *limits):
        db.execute("DROP TRIGGER IF EXISTS document_is_fixed")
        entries = really_read(db, *limits).entries
        prev = entries[0].prev if entries else ""
        for entry in entries:
            rid = new_rid()
            body = entry.body.replace(entry.rid, rid)
            hashed = chain_hash(prev, body)
            db.execute(
                "UPDATE document SET rid = ?, prev = ?, hash = ?, body = ? WHERE seq = ?",
                (rid, prev, hashed, body, entry.seq),
            )
            prev = hashed
        return really_read(db, *limits)

    monkeypatch.setattr(outbox, "pending", pending)


TILLS = [
    (delete_on_ack, True, "is lost"),
    (retry_with_a_new_rid, False, "alarm: ('T1', 'fork'"),
]
OFFICES = [
    ("no_unique_key", "is there 2 times"),
    ("answer_before_commit", "had forgotten nothing"),
]


@pytest.mark.parametrize(("mutate", "with_amnesia", "word"), TILLS)
def test_a_mistake_of_the_till_is_found(make_ordeal, monkeypatch, mutate, with_amnesia, word):
    mutate(monkeypatch)
    ordeal = make_ordeal(1, tills=1, rate=0.5, quiet_s=3.0)
    ordeal.run(ACTS, with_amnesia=with_amnesia)
    found = ordeal.wrong()
    assert any(word in sentence for sentence in found), found


@pytest.mark.parametrize(("mistake", "word"), OFFICES)
def test_a_mistake_of_the_office_is_found(make_ordeal, mistake, word):
    ordeal = make_ordeal(1, tills=1, rate=0.5, quiet_s=3.0, mistake=mistake)
    ordeal.run(ACTS, with_amnesia=False)
    found = ordeal.wrong()
    assert any(word in sentence for sentence in found), found


def test_an_office_that_compares_numbers_only_misses_the_copied_till(make_ordeal):
    ordeal = make_ordeal(1, tills=1, rate=0.0, mistake="ids_but_no_hashes")
    ordeal.tills[0].work()
    assert ordeal.await_quiet()
    twin = ordeal.add_twin()
    twin.work()
    wait_until(twin.complaints, "the till's own look at the head")
    assert ordeal.alarms() == []
