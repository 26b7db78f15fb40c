"""Does the oracle bite? Known mistakes are built in; each must be found, for the right reason."""

from __future__ import annotations

import pytest

from terminal.context import new_rid
from terminal.store import outbox
from terminal.sync.wire import chain_hash
from tests.shop import wait_until

ACTS = 12
ROUNDS_MAX = 6


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


# --- how to hunt ---------------------------------------------------------------------------------


def hunt(ordeal, word, *, with_amnesia=False):
    """Run until it is found: a busy machine may let nothing happen for a while."""
    # After a cut answer nobody knows: that is where these mistakes live.
    ordeal.proxy.faults = ("cut",)
    for _ in range(ROUNDS_MAX):
        ordeal.run(ACTS, with_amnesia=with_amnesia)
        found = ordeal.wrong()
        if any(word in sentence for sentence in found):
            return
    pytest.fail(f"not found: {found}")


def test_a_till_that_deletes_what_was_confirmed(make_ordeal, monkeypatch):
    delete_on_ack(monkeypatch)
    hunt(make_ordeal(1, tills=1, rate=0.5, quiet_s=3.0), "is lost", with_amnesia=True)


def test_a_till_that_sends_again_under_a_new_name(make_ordeal, monkeypatch):
    retry_with_a_new_rid(monkeypatch)
    hunt(make_ordeal(1, tills=1, rate=0.5, quiet_s=3.0), "alarm: ('T1', 'fork'")


@pytest.mark.parametrize(
    ("mistake", "word"),
    [("no_unique_key", "is lost"), ("answer_before_commit", "had forgotten nothing")],
)
def test_a_mistake_of_the_office(make_ordeal, mistake, word):
    hunt(make_ordeal(1, tills=1, rate=0.5, quiet_s=3.0, mistake=mistake), word)


def test_an_office_that_compares_numbers_only_misses_the_copied_till(make_ordeal):
    ordeal = make_ordeal(1, tills=1, rate=0.0, mistake="ids_but_no_hashes")
    ordeal.tills[0].work()
    assert ordeal.await_quiet()
    twin = ordeal.add_twin()
    twin.work()
    wait_until(twin.complaints, "the till's own look at the head")
    assert ordeal.alarms() == []
