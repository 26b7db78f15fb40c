"""T-1: what opens the console, and what does not."""

from __future__ import annotations

import msgspec
import pytest

from terminal.console.admission import admit
from terminal.console.challenge import Challenge
from terminal.console.letters import written
from terminal.errors import Code, Rejected
from terminal.sync.wire import Scope, TechnicianAnswer
from tests.terminal.console.conftest import NOW

LOOK = frozenset({Scope.LOOK})
ASKED = Challenge("T1", 3, b"nonce-01", LOOK)


def answered(papers, challenge=ASKED, **certificate):
    return papers.answer(written(challenge.packed()), **certificate)


def reason(challenge, answer, authority, at=NOW):
    with pytest.raises(Rejected) as caught:
        admit(challenge, answer, authority, at)
    assert caught.value.code is Code.TECHNICIAN_REFUSED
    return caught.value.params["reason"]


def test_the_right_answer_opens_it_for_what_was_asked_and_no_more(papers):
    grant = admit(ASKED, answered(papers), papers.authority, NOW + 3600)
    assert (grant.name, grant.scopes, grant.issued) == ("J. Kowal", LOOK, NOW)
    assert grant.left_s == 11 * 3600


@pytest.mark.parametrize(
    "other",
    [
        Challenge("T1", 3, b"nonce-02", LOOK),  # replayed
        Challenge("T1", 4, b"nonce-01", LOOK),  # of the start before
        Challenge("T2", 3, b"nonce-01", LOOK),  # of another terminal
        Challenge("T1", 3, b"nonce-01", frozenset(Scope)),  # for more
    ],
)
def test_the_answer_to_another_challenge_does_not(papers, other):
    assert "signature" in reason(other, answered(papers), papers.authority)


@pytest.mark.parametrize(
    ("certificate", "at", "said"),
    [
        ({"terminals": ("T2",)}, NOW, "not for this terminal"),
        ({"scopes": (Scope.PRINT,)}, NOW, "does not allow"),
        ({"hours": 1}, NOW + 3600, "expired"),
        ({"hours": 13}, NOW, "too long"),
        ({"issued": NOW + 700}, NOW, "begins later"),
        ({"authority": "stranger"}, NOW, "signature"),
    ],
)
def test_a_certificate_that_does_not_fit_does_not(papers, certificate, at, said):
    assert said in reason(ASKED, answered(papers, **certificate), papers.authority, at)


def test_a_till_without_an_authority_lets_nobody_in(papers):
    assert "no technicians' authority" in reason(ASKED, answered(papers), "")


def test_somebody_elses_key_does_not(papers):
    good = msgspec.msgpack.decode(answered(papers), type=TechnicianAnswer)
    for wrong in (bytes(64), good.certified.signature):
        stolen = msgspec.msgpack.encode(TechnicianAnswer(good.certified, wrong))
        assert "signature" in reason(ASKED, stolen, papers.authority)


def test_no_changed_bit_passes(papers):
    good = answered(papers)
    for place in range(len(good) * 8):
        wrong = bytearray(good)
        wrong[place // 8] ^= 1 << place % 8
        reason(ASKED, bytes(wrong), papers.authority)


@pytest.mark.parametrize("garbage", [b"", b"\xff" * 40, b"\x92" * 5000, b"\xdf\xff\xff\xff\xff"])
def test_garbage_is_refused(papers, garbage):
    assert "no technician's answer" in reason(ASKED, garbage, papers.authority)
