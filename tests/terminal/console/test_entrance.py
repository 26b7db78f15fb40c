"""The lock-out survives a restart, and an old certificate does not become young with the clock."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

import pytest

from terminal.console import talk
from terminal.console.admission import Grant
from terminal.errors import Code
from terminal.sync.wire import Right, Role, Scope, Settings, User
from tests.terminal.console.conftest import NOW, Talking
from tests.terminal.desk import desk


def entrance(one):
    return one.till.console.entrance


def test_each_start_counts(one):
    first = entrance(one).challenge(frozenset({Scope.LOOK}))
    one.restart()
    second = entrance(one).challenge(frozenset({Scope.LOOK}))
    assert (first.terminal, second.boot) == ("T1", first.boot + 1)
    assert first.nonce != second.nonce


def test_refused_answers_lock_and_a_restart_does_not_unlock(one):
    for _ in range(5):
        one.do(entrance(one).let_try)
        one.do(entrance(one).refused, "wrong")
    for _ in range(2):
        locked = one.refused(entrance(one).let_try)
        assert (locked.code, locked.params["seconds"]) == (Code.LOCKED_OUT, 30)
        one.restart()
    one.wait(seconds=30)
    one.do(entrance(one).refused, "wrong")
    assert one.refused(entrance(one).let_try).params["seconds"] == 60
    assert len(one.named("console_refused")) == 6


def test_a_clock_that_was_set_back_does_not_prolong_the_lock_out(one):
    for _ in range(5):
        one.do(entrance(one).refused, "wrong")
    one.wait(days=-400)
    assert one.refused(entrance(one).let_try).params["seconds"] == 30


def test_a_good_answer_forgives(one):
    for _ in range(4):
        one.do(entrance(one).refused, "wrong")
    one.do(entrance(one).came, Grant("J. Kowal", frozenset({Scope.LOOK}), 60.0, NOW))
    one.do(entrance(one).refused, "wrong")
    one.do(entrance(one).let_try)
    assert one.named("console_login")[0]["detail"] == {"scopes": ["look"]}


def test_time_does_not_go_back_behind_the_last_receipt(one):
    one.pay("1")
    one.wait(days=-30)
    assert one.do(entrance(one).let_try) == pytest.approx(NOW, abs=120)


def test_time_does_not_go_back_behind_the_last_certificate(one):
    later = NOW + 86_400
    one.do(entrance(one).came, Grant("J. Kowal", frozenset({Scope.LOOK}), 60.0, later))
    one.do(entrance(one).came, Grant("A. Nowak", frozenset({Scope.LOOK}), 60.0, NOW))
    assert one.do(entrance(one).let_try) == later


def test_an_expired_certificate_stays_expired_when_the_clock_is_set_back(one, console, papers):
    one.now += timedelta(hours=2)
    one.pay("1")
    one.now -= timedelta(hours=2)
    reply = console.login(papers, hours=1)
    assert (reply.code, "expired" in reply.sentence) == ("E-182", True)


def test_a_pin_opens_nothing_unless_the_office_says_so(one, console):
    assert console.ask(talk.Pin("3", "3333")).code == "E-34"
    assert one.code(entrance(one).by_pin, "3", "3333") is Code.WRONG_PIN


def test_a_pin_opens_what_does_not_last_for_whoever_may_serve(tmp_path):
    roles = [Role("s", "serwis", [Right.SERVICE]), Role("c", "kasjer", [Right.SELL])]
    # The hash of 3333, made as an office makes it.
    pin = "$scrypt$ln=14,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$" + _scrypt("3333", bytes(range(16)))
    users = [User("u3", "3", "Ewa", "s", pin_hash=pin), User("u1", "1", "Anna", "c", pin_hash=pin)]
    settings = [Settings("settings", console_pin=True)]
    with desk(tmp_path / "till", settings=settings, roles=roles, users=users) as one:
        one.start(login="")
        talking = Talking(one.till.console.session())
        assert talking.ask(talk.Hello()).data["takes_pins"]
        assert talking.ask(talk.Pin("3", "1111")).code == "E-34"
        assert talking.ask(talk.Pin("1", "3333")).code == "E-48"
        reply = talking.ask(talk.Pin("3", "3333"))
        assert reply.data == {"name": "Ewa", "scopes": ["look", "network", "print"]}
        assert talking.say("clock set").code == "E-183"
        assert talking.say("test printer").code == ""
        assert "3333" not in str(one.documents())


def _scrypt(pin, salt):
    key = hashlib.scrypt(pin.encode(), salt=salt, n=2**14, r=8, p=1, maxmem=2**25 + 1, dklen=32)
    return base64.b64encode(key).decode()
