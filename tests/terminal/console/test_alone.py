"""The console beside a till that does not run."""

from __future__ import annotations

import pytest

from terminal.console import alone as module
from terminal.console import talk
from terminal.console.alone import Alone
from terminal.console.bench import Bench
from terminal.console.words import WORDS
from terminal.installed import installed
from terminal.sync import enrolment
from terminal.sync.wire import Scope
from tests.terminal.console.conftest import NOW, bare


@pytest.fixture
def files(one):
    """What a till left that was switched off."""
    one.pay("1")
    one.stop()
    identity = enrolment.load(one.folder / "identity.json")
    return Bench(one.config, one.folder / "till.toml", installed(one.config, identity))


@pytest.fixture
def alone(files, one):
    pauses = []
    beside = Alone(files, lambda: one.now, sleep=pauses.append)
    beside.pauses = pauses
    return beside


def login(alone, papers, **certificate):
    asked = alone.ask(talk.Ask([Scope.LOOK]))
    return alone.ask(talk.Bring(papers.answer(asked.lines, **certificate)))


def test_nothing_is_shown_without_a_login(alone):
    assert alone.ask(talk.Hello("en")).data["terminal"] == "T1"
    assert alone.ask(talk.Say(["status"])).code == "E-47"
    assert alone.ask(talk.Follow(1, 0)).code == "E-47"


def test_a_technician_looks_at_the_files(alone, papers):
    assert login(alone, papers).data["name"] == "J. Kowal"
    for word in WORDS:
        reply = alone.ask(talk.Say(word.name.split()))
        looks = not word.is_live and word.scope is Scope.LOOK
        assert reply.code in ({"", "E-184"} if looks else {"E-181"}), word.name
    assert alone.ask(talk.Say(["unsent"])).data["receipt"] == 1
    assert alone.ask(talk.Say(["db", "check"])).is_well
    assert alone.ask(talk.Follow(1, 0)).lines
    alone.ask(talk.Leave())
    assert alone.ask(talk.Say(["status"])).code == "E-47"


def test_only_looking_can_be_asked_for(alone):
    assert alone.ask(talk.Ask([Scope.LOOK, Scope.SERVICE])).code == "E-181"
    assert alone.ask(talk.Pin("3", "3333")).code == "E-181"


def test_refused_answers_cost_more_and_more_time(alone, papers):
    for _ in range(7):
        assert login(alone, papers, authority="stranger").code == "E-182"
    assert alone.pauses == [2, 4, 8, 16, 32, 60, 60]
    assert login(alone, papers).code == ""


def test_a_clock_that_was_set_back_makes_no_certificate_young(alone, papers, one):
    one.wait(hours=-2)
    reply = login(alone, papers, issued=NOW - 7200, hours=1)
    assert (reply.code, "expired" in reply.sentence) == ("E-182", True)


def test_an_answer_is_good_once(alone, papers):
    asked = alone.ask(talk.Ask([Scope.LOOK]))
    answer = papers.answer(asked.lines)
    assert alone.ask(talk.Bring(answer)).code == ""
    alone.ask(talk.Leave())
    assert alone.ask(talk.Bring(answer)).code == "E-182"


def test_who_was_logged_in_goes_on_looking_for_a_while(files, one, monkeypatch):
    beside = Alone(files, lambda: one.now, "J. Kowal")
    assert beside.ask(talk.Say(["version"])).code == ""
    monkeypatch.setattr(module.time, "monotonic", lambda: 1e12)
    assert beside.ask(talk.Say(["version"])).code == "E-47"


def test_files_are_only_read(alone, papers, one):
    before = (one.folder / "journal.db").read_bytes()
    login(alone, papers)
    for word in WORDS:
        alone.ask(talk.Say(word.name.split()))
    assert (one.folder / "journal.db").read_bytes() == before


def test_a_device_that_was_never_enrolled_says_so(tmp_path):
    beside = Alone(Bench(bare(tmp_path), tmp_path / "till.toml", None), lambda: None)
    assert beside.ask(talk.Hello()).data["terminal"] == ""
    assert beside.ask(talk.Ask([Scope.LOOK])).code == "E-181"
    assert not beside.ask(talk.Say(["enrol"])).is_well
    assert beside.ask(talk.Say(["log"])).code == "E-181"
