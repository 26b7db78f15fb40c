from __future__ import annotations

import pytest

from backoffice.exchange import channels
from backoffice.exchange.import_duplicates import mode_of
from backoffice.exchange.imports import Imports
from backoffice.jobs.work import Fate, NotNowError
from backoffice.store.engine import writing
from tests.backoffice.exchange.field_rows import customer, fates, job, put, run


@pytest.fixture
def office(sending):
    return sending


IMPORTS = Imports()
NIP, OTHER = "5260250274", "1182017448"


def test_a_partner_that_they_have_is_blocked_and_named(office, engine, program):
    put(engine, customer("k1", nip=NIP), customer("k2", nip=OTHER), customer("k3"))
    program.nips[NIP] = ["T-7"]
    outcomes = run(office, IMPORTS, job(duplicates="block"))
    assert fates(outcomes) == {"k1": "refused", "k2": "done", "k3": "done"}
    assert "T-7" in {it.id: it.reason for it in outcomes}["k1"]
    assert program.asked == [NIP, OTHER]


def test_a_warning_waits_until_it_is_confirmed(office, engine, program):
    put(engine, customer("k1", nip=NIP))
    program.nips[NIP] = ["T-7"]
    (outcome,) = run(office, IMPORTS, job(duplicates="warn"))
    assert outcome.fate is Fate.WAITING
    assert program.calls == []
    assert fates(run(office, IMPORTS, job(duplicates="warn", confirm=True))) == {"k1": "done"}


def test_ignoring_asks_nobody(office, engine, program):
    put(engine, customer("k1", nip=NIP), customer("k2", nip=NIP))
    program.nips[NIP] = ["T-7"]
    assert fates(run(office, IMPORTS, job(duplicates="ignore"))) == {"k1": "done", "k2": "done"}
    assert program.asked == []


def test_of_two_of_ours_the_first_goes(office, engine, program):
    put(engine, customer("k1", nip=NIP), customer("k2", nip=NIP))
    outcomes = run(office, IMPORTS, job(duplicates="block"))
    assert fates(outcomes) == {"k1": "done", "k2": "refused"}
    assert "k1" in {it.id: it.reason for it in outcomes}["k2"]


def test_ours_are_found_also_where_the_program_cannot_say(office, engine, program, monkeypatch):
    monkeypatch.setattr(program, "partners_with", lambda _nip: [])
    put(engine, customer("k1", 'Lis "nip":"1', nip=NIP), customer("k2", nip=OTHER))
    run(office, IMPORTS, job(duplicates="block"))
    put(engine, customer("k3", nip=NIP), shop="dab")
    (outcome,) = [it for it in run(office, IMPORTS, job(duplicates="block")) if it.id == "k3"]
    assert outcome.fate is Fate.REFUSED
    assert "k1" in outcome.reason


def test_a_partner_that_may_have_got_there_is_no_duplicate_of_itself(office, engine, program):
    put(engine, customer("k1", nip=NIP))
    program.faults = ["lost"]
    with pytest.raises(NotNowError):
        run(office, IMPORTS, job(duplicates="block"))
    assert program.partners_with(NIP) == ["P-1"]
    assert fates(run(office, IMPORTS, job(duplicates="block"))) == {"k1": "done"}
    put(engine, customer("k1", "Inna", NIP))
    assert fates(run(office, IMPORTS, job(duplicates="block"))) == {"k1": "done"}


def test_the_channel_says_what_a_job_does_not(office, engine, program):
    put(engine, customer("k1", nip=NIP))
    program.nips[NIP] = ["T-7"]
    channel = channels.Channel("main", "Main", connector="erp", duplicates="block")
    with writing(engine) as database:
        channels.put_channel(database, channel)
    assert mode_of(channel, job()) == "block"
    assert mode_of(channel, job(duplicates="ignore")) == "ignore"
    assert fates(run(office, IMPORTS, job())) == {"k1": "refused"}
