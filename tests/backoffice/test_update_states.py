from __future__ import annotations

import uuid

import pytest

from backoffice import receive, update_states
from backoffice.store.company import of_company
from backoffice.store.engine import reading
from backoffice.update_states import BARRED_MAX, UpdateState
from terminal.sync import wire


@pytest.fixture
def tell(engine, till, books, clock):
    """Sends events of a till; gives what the office knows then."""
    journal = books(till)

    def send(*events):
        for name, detail in events:
            fields = {"rid": str(uuid.uuid4()), "terminal": till, "shop": "lipa", "operator": ""}
            at = "2026-03-01T22:00:00+01:00"
            journal.add(wire.EventDoc(**fields, at=at, name=name, detail=detail))
        receive.receive(engine, till, wire.JournalPush(1, journal.entries[-len(events) :]), clock())
        with reading(engine) as database:
            return update_states.states(database).get(till)

    return send


def test_an_update_is_followed_from_prepared_to_installed(tell):
    told = tell(("update_prepared", {"version": "1.1.0"}))
    assert (told.word("1.0.0"), told.prepared) == ("prepared", "1.1.0")
    assert told.word("1.1.0") == "trial"
    told = tell(("update_installed", {"version": "1.1.0"}))
    assert (told.word("1.1.0"), told.version, told.prepared) == ("installed", "1.1.0", "")
    assert told.at == "2026-03-01T22:00:00+01:00"


def test_a_version_that_failed_is_barred_until_it_is_installed_all_the_same(tell):
    why = "the journal did not open"
    told = tell(
        ("update_prepared", {"version": "1.1.0"}),
        ("update_rolled_back", {"version": "1.1.0", "back": "1.0.0", "why": why}),
        ("update_barred", {"version": "1.1.0", "why": why}),
    )
    assert (told.word("1.0.0"), told.reason, told.barred) == ("rolled_back", why, ("1.1.0",))
    assert told.is_trouble
    told = tell(("update_prepared", {"version": "1.2.0"}), ("update_barred", {"version": "1.2.0"}))
    assert (told.word("1.0.0"), told.barred, told.prepared) == ("barred", ("1.1.0", "1.2.0"), "")
    told = tell(("update_prepared", {"version": "1.3.0"}))
    assert (told.word("1.0.0"), told.barred) == ("prepared", ("1.1.0", "1.2.0"))
    assert tell(("update_installed", {"version": "1.2.0"})).barred == ("1.1.0",)


def test_a_till_that_went_back_runs_what_it_has_and_bars_what_it_had(tell):
    told = tell(
        ("update_installed", {"version": "1.1.0", "was": "1.2.0"}),
        ("update_barred", {"version": "1.2.0", "why": "gone back by hand"}),
    )
    assert (told.word("1.1.0"), told.version, told.barred) == ("installed", "1.1.0", ("1.2.0",))
    assert not told.is_trouble


def test_what_a_till_refused_is_told_and_what_it_has_stays(tell):
    detail = "E-162: The release is not signed by those who must"
    told = tell(
        ("update_prepared", {"version": "1.1.0"}),
        ("update_refused", {"code": "E-162", "detail": detail}),
    )
    assert (told.word("1.0.0"), told.reason, told.prepared) == ("refused", detail, "1.1.0")


def test_that_a_barred_version_is_offered_again_hides_nothing_of_how_it_failed(tell):
    told = tell(
        ("update_rolled_back", {"version": "1.1.0", "back": "1.0.0", "why": "did not get ready"}),
        ("update_barred", {"version": "1.1.0", "why": "did not get ready"}),
        ("update_refused", {"code": "E-167", "detail": "barred here"}),
    )
    assert (told.word("1.0.0"), told.version) == ("rolled_back", "1.1.0")
    assert tell(("update_refused", {"code": "E-162"})).word("1.0.0") == "refused"


def test_other_events_say_nothing(tell):
    assert tell(("login", {"version": "1.1.0"})) is None


def test_an_event_of_a_strange_till_is_kept_without_words(tell):
    for detail in ({}, {"version": 5}, {"version": None, "why": []}):
        assert tell(("update_prepared", detail)) == UpdateState(
            "update_prepared", at="2026-03-01T22:00:00+01:00"
        )


def test_long_words_are_cut_and_the_list_has_an_end(tell):
    told = tell(("update_rolled_back", {"version": "9" * 500, "why": "x" * 5000}))
    assert (len(told.version), len(told.reason)) == (64, 200)
    told = tell(*(("update_barred", {"version": f"1.{n}"}) for n in range(BARRED_MAX + 5)))
    assert told.barred == tuple(f"1.{n}" for n in range(5, BARRED_MAX + 5))


def test_another_company_sees_nothing_of_it(tell, engine):
    tell(("update_prepared", {"version": "1.1.0"}))
    with reading(of_company(engine, "other")) as database:
        assert update_states.states(database) == {}
    assert UpdateState().word("1.0.0") == ""
