from __future__ import annotations

from backoffice import receive
from backoffice.shift_history import ShiftHistory
from backoffice.store.engine import reading
from terminal.sync import wire
from tests.backoffice.test_judge_cash import AT, closed


def opening(journal, shift="s1"):
    who = {"terminal": journal.terminal, "shop": "lipa", "operator": "1", "operator_id": "u1"}
    return wire.ShiftDoc(rid=shift, at=AT, shift=shift, opened_at=AT, opening_gr=20_000, **who)


def test_a_whole_shift_is_stored_judged_and_listed(engine, till, clock, books):
    journal = books()
    journal.add(opening(journal))
    journal.add(journal.receipt(1, 349, shift="s1"))
    journal.add(journal.cash(amount_gr=500, shift="s1"))
    journal.add(journal.cash(amount_gr=20_000, reason="opening"))
    journal.add(closed(rid="d1", terminal=journal.terminal))
    answer = receive.receive(engine, till, wire.JournalPush(1, journal.entries), clock())
    assert [one.reason for one in answer.verdicts] == [""] * 5
    with reading(engine) as database:
        history = ShiftHistory(database, till, 1, None)
        assert history.opening("s1") == (True, 20_000)
        assert history.opening("s2") == (False, None)
        assert history.cash_gr("s1") == 849
        assert ShiftHistory(database, till, 1, 3).cash_gr("s1") == 349
        assert ShiftHistory(database, till, 1, 1).opening("s1") == (False, None)


def test_documents_in_hand_count_before_they_are_stored(engine, books):
    journal = books()
    with reading(engine) as database:
        history = ShiftHistory(database, "K1", 1, None)
        history.learn(opening(journal))
        history.learn(journal.cash(amount_gr=-5, shift="s1"))
        history.learn(journal.receipt(1, 100, shift="s1"))
        history.learn(journal.cash(amount_gr=7))
        assert history.opening("s1") == (True, 20_000)
        assert history.cash_gr("s1") == 95
