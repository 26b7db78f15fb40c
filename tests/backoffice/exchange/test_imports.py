from __future__ import annotations

import dataclasses
import hashlib

import pytest

from backoffice.exchange import channels, links, unsent
from backoffice.exchange.imports import Imports
from backoffice.field import contents
from backoffice.jobs.work import FIRST, Fate, NeverError, NotNowError
from backoffice.moments import now
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from tests.backoffice.exchange.field_rows import (
    SHA,
    customer,
    fates,
    file,
    job,
    line,
    note,
    order,
    product,
    put,
    run,
    visit,
)


@pytest.fixture
def office(sending):
    return sending


IMPORTS = Imports()


def test_everything_goes_in_their_ids_and_a_second_run_moves_nothing(office, engine, program):
    put(engine, note("n1", "v1", "visit"), order("o1", from_quote="q1"), visit("v1"))
    put(engine, customer("k1", nip="5260250274"), product())
    put(engine, order("q1", kind="OS", state="realised"))
    outcomes = run(office, IMPORTS, job())
    assert fates(outcomes)["k1"] == "done"
    assert {it.id for it in outcomes if it.fate is Fate.DONE} == {"k1", "q1", "o1", "v1", "n1"}
    sent = program.kept["documents", "o1"]
    assert sent["customer"] == program.theirs["partners", "k1"]
    assert sent["from_quote"] == program.theirs["documents", "q1"]
    assert program.kept["documents", "q1"]["state"] == "realised"
    assert program.kept["attachments", "n1"]["of"] == program.theirs["activities", "v1"]
    assert [name for name, _ids in program.calls] == [
        "partners",
        "documents",
        "documents",
        "activities",
        "attachments",
    ]
    calls = len(program.calls)
    assert run(office, IMPORTS, job()) == []
    again = run(office, IMPORTS, job(is_whole=True))
    assert {it.fate for it in again} == {Fate.SAME}
    assert len(program.calls) == calls


def test_what_came_from_there_does_not_go_back(office, engine, program):
    put(engine, customer("k1"), customer("k2"))
    body = wire.canonical(customer("k1"))
    with writing(engine) as database:
        links.link(database, "main", "customers", {"k1": links.Link(links.digest(body), "A-1")})
    assert fates(run(office, IMPORTS, job())) == {"k1": "same", "k2": "done"}
    put(engine, customer("k1", "Ewa Nowak"))
    program.theirs["partners", "k1"] = "A-1"
    assert fates(run(office, IMPORTS, job())) == {"k1": "done"}
    assert program.kept["partners", "k1"]["their_id"] == "A-1"


def test_a_document_waits_for_its_partner_and_goes_when_they_got_through(office, engine, program):
    put(
        engine,
        customer("k1"),
        product(),
        order("o1"),
        visit("v1"),
        note("n1", "o1", "sales_document"),
    )
    program.refuses["k1"] = "no such street"
    outcomes = run(office, IMPORTS, job())
    assert fates(outcomes) == {"k1": "refused", "o1": "waiting", "v1": "waiting", "n1": "waiting"}
    reasons = {it.id: it.reason for it in outcomes}
    assert "no such street" in reasons["k1"]
    assert "no such street" in reasons["o1"]
    assert "ZS/o1" in reasons["n1"]
    # A refused record is not tried again before it changes; what waits for it is.
    assert fates(run(office, IMPORTS, job())) == {"o1": "waiting", "v1": "waiting", "n1": "waiting"}
    program.refuses.clear()
    put(engine, customer("k1", street="Lipowa 1"))
    assert set(fates(run(office, IMPORTS, job())).values()) == {"done"}
    assert len(program.kept) == 4
    assert run(office, IMPORTS, job()) == []


def test_a_whole_job_tries_the_refused_again(office, engine, program):
    put(engine, customer("k1"), customer("k2"))
    program.refuses["k1"] = "no"
    run(office, IMPORTS, job())
    program.refuses.clear()
    assert run(office, IMPORTS, job()) == []
    assert fates(run(office, IMPORTS, job(is_whole=True))) == {"k1": "done", "k2": "same"}


def test_documents_alone_wait_for_partners_that_nobody_sent(office, engine, program):
    put(engine, customer("k1"), product(), order("o1"))
    assert fates(run(office, IMPORTS, job("documents"))) == {"o1": "waiting"}
    assert program.calls == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (order("o1", "nobody"), "Unknown customer nobody"),
        (order("o1", lines=[line("nothing")]), "Unknown product nothing"),
        (order("o1", from_quote="q9"), "Unknown sales document q9"),
        (order("o1", total_gr=1), "total_gr"),
        (note("o1", "p9", "product"), "Unknown product p9"),
        (note("o1", "v9", "visit"), "Unknown visit v9"),
    ],
)
def test_what_cannot_go_is_refused_with_the_reason(office, engine, program, wrong, told):
    put(engine, customer("k1"), product(), wrong)
    outcomes = run(office, IMPORTS, job())
    assert fates(outcomes)["o1"] == "refused"
    assert told in {it.id: it.reason for it in outcomes}["o1"]
    assert ("documents", "o1") not in program.kept


def test_a_row_that_nobody_can_read_is_refused(office, engine, program):
    with writing(engine) as database:
        data_rows.lock(database, "customers", "lipa")
        data_rows.store(database, "customers", "lipa", {"k1": '{"id":"k1"}', "k2": "nothing"})
    put(engine, customer("k3"))
    assert fates(run(office, IMPORTS, job())) == {"k1": "refused", "k2": "refused", "k3": "done"}


def test_what_was_cancelled_before_it_went_never_goes(office, engine, program):
    put(engine, customer("k1"), product(), order("o1", state="cancelled"), order("o2"))
    outcomes = run(office, IMPORTS, job())
    assert fates(outcomes) == {"k1": "done", "o1": "same", "o2": "done"}
    put(engine, order("o2", state="cancelled"))
    assert fates(run(office, IMPORTS, job())) == {"o2": "done"}
    assert program.kept["documents", "o2"]["state"] == "cancelled"
    assert ("documents", "o1") not in program.kept


def test_what_may_be_there_is_cancelled_there(office, engine, program):
    put(engine, customer("k1"), product(), order("o1"))
    program.faults = ["", "lost"]
    with pytest.raises(NotNowError):
        run(office, IMPORTS, job())
    put(engine, order("o1", state="cancelled"))
    assert fates(run(office, IMPORTS, job())) == {"o1": "done"}
    assert program.kept["documents", "o1"]["state"] == "cancelled"


def test_who_changes_something_back_is_heard(office, engine, program):
    for name in ("Ewa", "Ola", "Ewa", "Ola"):
        put(engine, customer("k1", name))
        assert fates(run(office, IMPORTS, job())) == {"k1": "done"}
        assert program.kept["partners", "k1"]["name"] == name
    # The same when nobody knows whether the first two got there.
    put(engine, customer("k2", "Jan"))
    for name in ("Adam", "Jan", "Adam"):
        program.faults = ["lost"]
        with pytest.raises(NotNowError):
            run(office, IMPORTS, job())
        put(engine, customer("k2", name))
    run(office, IMPORTS, job())
    assert program.kept["partners", "k2"]["name"] == "Adam"


def test_an_older_row_of_another_shop_does_not_come_over_a_newer_one(office, engine, program):
    put(engine, customer("k1", "Ewa"))
    put(engine, customer("k1", "Ewa"), shop="dab")
    assert fates(run(office, IMPORTS, job())) == {"k1": "same"}
    put(engine, customer("k1", "Ewa Nowak"), shop="dab")
    assert fates(run(office, IMPORTS, job())) == {"k1": "done"}
    assert {it.fate for it in run(office, IMPORTS, job(is_whole=True))} == {Fate.SAME}
    assert program.kept["partners", "k1"]["name"] == "Ewa Nowak"
    with reading(engine) as database:
        assert unsent.unsent(database, "main", "customers", "lipa", ["k1"]) == set()


def test_a_file_goes_before_its_record_once_it_is_whole(office, engine, program):
    content = b"tresc" * 3
    sha256 = hashlib.sha256(content).hexdigest()
    put(engine, customer("k1"), file("a1", sha256=sha256, size=len(content)), note("n1"))
    outcomes = run(office, IMPORTS, job())
    assert fates(outcomes) == {"k1": "done", "a1": "waiting", "n1": "done"}
    with writing(engine) as database:
        contents.keep(database, sha256, len(content), [content], now())
    assert fates(run(office, IMPORTS, job())) == {"a1": "done"}
    assert program.contents == {sha256: ("umowa.pdf", content)}
    assert program.kept["attachments", "a1"]["sha256"] == sha256


def test_a_name_with_a_path_in_it_is_refused(office, engine, program):
    put(engine, customer("k1"), file_called("../../etc/passwd"))
    outcomes = run(office, IMPORTS, job())
    assert fates(outcomes)["a1"] == "refused"
    assert program.contents == {}


def file_called(name):
    return wire.Attachment("a1", "customer", "k1", "file", "2026-03-01T12:00:00Z", name, 5, SHA)


def test_warnings_are_confirmed_in_advance_or_wait(office, engine, program):
    put(engine, customer("k1"))
    program.warns["k1"] = "no postal code"
    (outcome,) = run(office, IMPORTS, job())
    assert outcome.fate is Fate.WAITING
    assert "no postal code" in outcome.reason
    assert fates(run(office, IMPORTS, job(confirm=True))) == {"k1": "done"}


def test_a_channel_without_another_program_says_what_to_set_up(office, engine):
    for channel, told in (
        (channels.Channel("main", "Main"), "choose one"),
        (channels.Channel("main", "Main", connector="xl"), "xl"),
    ):
        with writing(engine) as database:
            channels.put_channel(database, channel)
        with pytest.raises(NeverError, match=told):
            IMPORTS.fetch(office, job(), FIRST)
    with pytest.raises(NeverError, match="nowhere"):
        IMPORTS.fetch(office, job(channel="nowhere"), FIRST)
    with pytest.raises(NeverError, match="perhaps"):
        IMPORTS.fetch(office, job(duplicates="perhaps"), FIRST)


def test_other_channels_and_their_shops_are_left_alone(office, engine, program):
    put(engine, customer("k1"))
    put(engine, customer("k2"), shop="dab")
    with writing(engine) as database:
        channels.put_channel(database, channels.Channel("field", "Field"))
        channels.assign(database, "dab", "field")
    assert fates(run(office, IMPORTS, job())) == {"k1": "done"}


def test_a_preview_counts_and_asks_nobody(office, engine, program):
    put(
        engine,
        customer("k1"),
        customer("k2"),
        product(),
        order("o1"),
        order("o2", state="cancelled"),
    )
    run(office, IMPORTS, job("partners"))
    put(engine, customer("k2", "Inna"), customer("k3"))
    calls = len(program.calls)
    counts = {it.object: (it.new, it.changed) for it in IMPORTS.preview(office, job())}
    assert counts == {
        "partners": (1, 1),
        "documents": (1, 0),
        "activities": (0, 0),
        "attachments": (0, 0),
    }
    whole = {it.object: (it.new, it.changed) for it in IMPORTS.preview(office, job(is_whole=True))}
    assert whole == counts
    assert len(program.calls) == calls
    with reading(engine) as database:
        assert unsent.mark_of(database, "main", "documents", "lipa") == 0


def test_a_step_says_how_many_there_are_in_all(office, engine):
    put(engine, *[customer(f"k{no}") for no in range(3)], visit("v1"))
    fetched = IMPORTS.fetch(office, job(), FIRST)
    with writing(engine) as database:
        step = IMPORTS.apply(database, job(), FIRST, fetched)
    assert (step.total, len(step.outcomes)) == (4, 3)
    assert dataclasses.is_dataclass(fetched)
