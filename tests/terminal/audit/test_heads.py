from __future__ import annotations

import msgspec

from backoffice.judge_heads import is_signed
from terminal.store import outbox
from terminal.store.db import write
from terminal.sync.wire import DayHeadDoc, RunningTotal
from tests.terminal.audit.journals import DEVICE, journal


def heads(db):
    rows = db.execute("SELECT body FROM document WHERE kind = 'day_head' ORDER BY epoch, seq")
    return [msgspec.json.decode(body, type=DayHeadDoc) for (body,) in rows]


def test_each_day_ends_with_the_hash_of_its_report(tmp_path):
    with journal(tmp_path) as made:
        made.receipt()
        made.event()
        made.close_day()
        made.receipt()
        made.close_day()
        first, second = heads(made.db)
        hashes = dict(made.db.execute("SELECT seq, hash FROM document"))
        assert outbox.hash_of(made.db, "report-2") == second.head
    assert (first.first_seq, first.last_seq, first.count, first.head) == (1, 3, 3, hashes[3])
    # The second day begins with the head of the first.
    assert (second.first_seq, second.last_seq, second.count) == (4, 6, 3)
    assert (first.report, first.report_no, first.device_key) == ("report-1", 1, DEVICE.public())
    assert second.running == RunningTotal(698, 0, 2)
    assert all(is_signed(head) for head in (first, second))


def test_a_day_that_went_on_on_another_device(tmp_path):
    with journal(tmp_path) as made:
        made.receipt()
        made.receipt()
        with write(made.db):
            outbox.begin_anew(made.db, 2)
        made.event("restored", documents=2)
        made.close_day()
        (head,) = heads(made.db)
    assert (head.first_epoch, head.first_seq, head.last_seq, head.count) == (1, 1, 2, 4)
    assert head.running == RunningTotal(698, 0, 2)
