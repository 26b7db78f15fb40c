from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from backoffice import fleet
from backoffice.errors import BadRequest, Forbidden, Unauthorized
from backoffice.signatures import NONCE_LIFE
from backoffice.store.engine import reading, writing
from backoffice.store.tables import enrolment_code, nonce, terminal
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half


def invite(engine, clock, name="K1", shop="lipa"):
    with writing(engine) as database:
        return fleet.invite(database, name, shop, clock())


def enrol(engine, clock, code, key=""):
    asked = wire.EnrolRequest(code, "0.1.0", key or public_half(new_key()))
    with writing(engine) as database:
        return fleet.enrol(database, asked, clock())


def home(engine, key_id):
    with reading(engine) as database:
        holder = fleet.holder_of(database, key_id)
    return holder.company, holder.terminal, holder.shop


def test_a_code_works_once(engine, clock):
    code = invite(engine, clock)
    answer = enrol(engine, clock, code)
    assert (answer.terminal, answer.shop, answer.epoch) == ("K1", "lipa", 1)
    with pytest.raises(Forbidden):
        enrol(engine, clock, code)
    assert home(engine, answer.key_id) == ("main", "K1", "lipa")


def test_a_device_that_replaces_another_hears_its_last_words(engine, clock):
    first = enrol(engine, clock, invite(engine, clock))
    assert (first.unsent, first.oldest_unsent_at, first.seen_at) == (0, "", "")
    said = wire.Heartbeat("1.0", 3, "2026-03-01T12:58:00+01:00", "OPEN", "ready", "Anna")
    with writing(engine) as database:
        fleet.beat(database, "K1", said, clock())
    clock.push(minutes=20)
    second = enrol(engine, clock, invite(engine, clock))
    assert (second.epoch, second.unsent, second.oldest_unsent_at) == (2, 3, said.oldest_unsent_at)
    assert second.seen_at == "2026-03-01T12:00:00.000+00:00"


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


def test_enrolling_again_moves_the_epoch_and_voids_the_old_key(engine, clock):
    first = enrol(engine, clock, invite(engine, clock))
    second = enrol(engine, clock, invite(engine, clock, shop="dab"))
    assert (second.epoch, second.shop) == (2, "dab")
    assert home(engine, second.key_id) == ("main", "K1", "dab")
    with pytest.raises(Unauthorized):
        home(engine, first.key_id)


def test_inviting_does_not_disturb_a_working_terminal(engine, clock):
    answer = enrol(engine, clock, invite(engine, clock))
    invite(engine, clock, shop="dab")
    assert home(engine, answer.key_id) == ("main", "K1", "lipa")


def test_a_key_is_one_terminals(engine, clock):
    key = public_half(new_key())
    enrol(engine, clock, invite(engine, clock), key)
    code = invite(engine, clock, "K2")
    with pytest.raises(Forbidden, match="another terminal"):
        enrol(engine, clock, code, key)
    assert enrol(engine, clock, code).terminal == "K2"


@pytest.mark.parametrize("bad", ["", "x", "A" * 44, "A" * 43 + "=" + "A", "\N{SNOWMAN}"])
def test_what_is_no_key_is_refused(engine, clock, bad):
    code = invite(engine, clock)
    with pytest.raises(BadRequest, match="public_key"):
        enrol(engine, clock, code, bad or "=")
    assert enrol(engine, clock, code).epoch == 1


def test_a_signature_is_used_once_and_forgotten_when_it_is_too_old(engine, clock, till):
    with writing(engine) as database:
        fleet.use_once(database, "k", "n1", clock())
        fleet.use_once(database, "k", "n2", clock())
        fleet.use_once(database, "other", "n1", clock())
    with pytest.raises(Unauthorized, match="before"), writing(engine) as database:
        fleet.use_once(database, "k", "n1", clock())
    clock.push(seconds=NONCE_LIFE.total_seconds() + 1)
    with writing(engine) as database:
        fleet.beat(database, till, wire.Heartbeat("", 0, "", "", "", ""), clock())
        assert database.execute(select(nonce)).all() == []


def test_codes_are_not_in_the_database(engine, clock):
    code = invite(engine, clock)
    enrol(engine, clock, code)
    with reading(engine) as database:
        rows = [*database.execute(select(terminal)), *database.execute(select(enrolment_code))]
    assert code not in repr(rows)
    assert code.replace("-", "") not in repr(rows)


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
    beat = wire.Heartbeat("v" * 500, -5, "", "OPEN", "p" * 500, "1", 10, 57, 2**40)
    with writing(engine) as database:
        fleet.beat(database, till, beat, clock())
        row = fleet.all_terminals(database)[0]
    assert (row.version, row.unsent, row.printer) == ("v" * 64, 0, "p" * 200)
    assert row.seen_at == "2026-03-01T12:00:00.000+00:00"


@pytest.mark.parametrize(
    ("at", "off_s"),
    [
        ("2026-03-01T13:01:30.400+01:00", 90),
        ("2026-03-01T11:58:00Z", -120),
        ("2026-03-01T12:00:00", None),
        ("noon", None),
        ("", None),
        ("0001-01-01T00:00:00+14:00", 1 - 2**31),
    ],
)
def test_a_clock_is_held_against_ours_when_the_till_is_heard(engine, clock, till, at, off_s):
    with writing(engine) as database:
        fleet.beat(database, till, wire.Heartbeat("1", 0, "", "", "", "", at=at), clock())
        assert fleet.all_terminals(database)[0].clock_off_s == off_s
