from __future__ import annotations

import pytest

from terminal.console.challenge import Challenge
from terminal.console.pending import CHALLENGE_S, Pending
from terminal.errors import Code, Rejected
from terminal.sync.wire import Scope

ASKED = Challenge("T1", 1, b"12345678", frozenset({Scope.LOOK}))


def refused(pending):
    with pytest.raises(Rejected) as caught:
        pending.take()
    return caught.value.code


def test_a_challenge_is_good_once():
    pending = Pending()
    assert refused(pending) is Code.TECHNICIAN_REFUSED
    pending.put(ASKED)
    assert pending.take() is ASKED
    assert refused(pending) is Code.TECHNICIAN_REFUSED


def test_a_challenge_is_good_for_five_minutes():
    now = [100.0]
    pending = Pending(lambda: now[0])
    pending.put(ASKED)
    now[0] += CHALLENGE_S - 1
    assert pending.take() is ASKED
    pending.put(ASKED)
    now[0] += CHALLENGE_S
    assert refused(pending) is Code.TECHNICIAN_REFUSED


def test_whoever_leaves_takes_his_challenge_with_him():
    pending = Pending()
    pending.put(ASKED)
    pending.forget()
    assert refused(pending) is Code.TECHNICIAN_REFUSED
