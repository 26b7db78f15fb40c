from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from backoffice import fleet
from backoffice.errors import Forbidden, Unauthorized
from backoffice.store.engine import reading, writing
from backoffice.store.tables import enrolment_code, terminal
from terminal.sync import wire


def invite(engine, clock, name="K1", shop="lipa"):
    with writing(engine) as database:
        return fleet.invite(database, name, shop, clock())


def enrol(engine, clock, code):
    with writing(engine) as database:
        return fleet.enrol(database, wire.EnrolRequest(code, "0.1.0"), clock())


def test_a_code_works_once(engine, clock):
    code = invite(engine, clock)
    answer = enrol(engine, clock, code)
    assert (answer.terminal, answer.shop, answer.epoch) == ("K1", "lipa", 1)
    with pytest.raises(Forbidden):
        enrol(engine, clock, code)
    with reading(engine) as database:
        assert fleet.home_of(database, "K1", answer.token) == ("main", "lipa")


def test_a_code_may_be_typed_with_spaces_or_none(engine, clock):
    assert enrol(engine, clock, invite(engine, clock).replace("-", " ")).epoch == 1
    assert enrol(engine, clock, invite(engine, clock).replace("-", "")).epoch == 2


def test_a_code_lives_fifteen_minutes(engine, clock):
    code = invite(engine, clock)
    clock.push(minutes=15)
    with pytest.raises(Forbidden):
        enrol(engine, clock, code)
    code = invite(engine, clock)
    clock.push(minutes=14, seconds=59)
    assert enrol(engine, clock, code).epoch == 1


def test_a_new_code_voids_the_unused_one(engine, clock):
    old, new = invite(engine, clock), invite(engine, clock)
    with pytest.raises(Forbidden):
        enrol(engine, clock, old)
    assert enrol(engine, clock, new).terminal == "K1"


def test_enrolling_again_moves_the_epoch_and_voids_the_old_token(engine, clock):
    first = enrol(engine, clock, invite(engine, clock))
    second = enrol(engine, clock, invite(engine, clock, shop="dab"))
    assert (second.epoch, second.shop) == (2, "dab")
    with reading(engine) as database:
        assert fleet.home_of(database, "K1", second.token) == ("main", "dab")
        with pytest.raises(Unauthorized):
            fleet.home_of(database, "K1", first.token)


def test_inviting_does_not_disturb_a_working_terminal(engine, clock):
    answer = enrol(engine, clock, invite(engine, clock))
    invite(engine, clock, shop="dab")
    with reading(engine) as database:
        assert fleet.home_of(database, "K1", answer.token) == ("main", "lipa")


def test_a_token_opens_its_own_terminal_only(engine, clock):
    token = enrol(engine, clock, invite(engine, clock)).token
    enrol(engine, clock, invite(engine, clock, "K2"))
    with reading(engine) as database:
        with pytest.raises(Forbidden):
            fleet.home_of(database, "K2", token)
        with pytest.raises(Unauthorized):
            fleet.home_of(database, "K1", token + "x")
        with pytest.raises(Unauthorized):
            fleet.home_of(database, "K1", "")


def test_secrets_are_not_in_the_database(engine, clock):
    code = invite(engine, clock)
    token = enrol(engine, clock, code).token
    with reading(engine) as database:
        rows = [*database.execute(select(terminal)), *database.execute(select(enrolment_code))]
    text = repr(rows)
    assert token not in text
    assert code not in text
    assert code.replace("-", "") not in text


def test_two_devices_with_one_code_cannot_both_win(engine, clock):
    code = invite(engine, clock)
    start, won, lost = threading.Barrier(4), [], []

    def try_it():
        start.wait(5)
        try:
            won.append(enrol(engine, clock, code))
        except Forbidden as error:
            lost.append(error)

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (len(won), len(lost)) == (1, 3)


def test_a_heartbeat_is_kept_as_far_as_the_columns_go(engine, clock, till):
    beat = wire.Heartbeat("v" * 500, -5, "", "OPEN", "p" * 500, "1")
    with writing(engine) as database:
        fleet.beat(database, till, beat, clock())
        row = fleet.all_terminals(database)[0]
    assert (row.version, row.unsent, row.printer) == ("v" * 64, 0, "p" * 200)
    assert row.seen_at == "2026-03-01T12:00:00.000+00:00"
