from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest

from terminal import events
from terminal.errors import Code, SyncError
from terminal.store.exchanges import Cause, Exchange
from terminal.update.finder import Finder
from terminal.update.search import Found
from tests.shop import wait_until
from tests.terminal.update.conftest import WAIT_S


class Search:
    """Whose work takes as long as a test wants."""

    def __init__(self):
        self.prepared = self.trouble = self.office_at = None
        self.done = []
        self.may_end = Event()
        self.refusal = None

    def look(self):
        self.done.append("look")
        return Found()

    def fetch(self, is_wanted):
        self.done.append("fetch")
        if self.refusal:
            raise self.refusal
        while is_wanted():
            if self.may_end.wait(0.001):
                return "prepared"
        self.done.append("broken off")
        return None

    def verify(self):
        self.done.append("verify")
        return "proven"

    def forget(self):
        self.done.append("forget")


@pytest.fixture
def search():
    return Search()


@pytest.fixture
def finder(context, search):
    made = Finder(context, search, is_on=True)
    yield made
    assert made.stop(WAIT_S)


def test_each_verb_gives_its_answer_later(finder, search):
    search.may_end.set()
    assert finder.fetch().result(WAIT_S) == "prepared"
    assert finder.look().result(WAIT_S) == Found()
    assert finder.verify_prepared().result(WAIT_S) == "proven"
    finder.forget().result(WAIT_S)
    assert search.done == ["fetch", "look", "verify", "forget"]


def test_a_refusal_is_in_the_future(finder, search):
    search.refusal = SyncError(Code.NO_ROOM, needed=1, free=0)
    with pytest.raises(SyncError, match="E-165"):
        finder.fetch().result(WAIT_S)


def test_what_is_fetched_can_be_broken_off_at_any_time(finder):
    fetched = finder.fetch()
    finder.cancel()
    assert fetched.result(WAIT_S) is None


def test_the_next_one_is_not_broken_off_with_it(finder, search):
    first = finder.fetch()
    finder.cancel()
    second = finder.fetch()
    assert first.result(WAIT_S) is None
    search.may_end.set()
    assert second.result(WAIT_S) == "prepared"


@pytest.mark.parametrize("verb", ["look", "verify_prepared"])
def test_who_stands_before_the_till_does_not_wait_for_a_bundle(finder, search, verb):
    fetched = finder.fetch()
    wait_until(lambda: search.done, "begun")
    getattr(finder, verb)().result(WAIT_S)
    assert fetched.result(WAIT_S) is None


def test_it_ends_when_the_till_does(finder, context):
    fetched = finder.fetch()
    context.stopping.set()
    assert fetched.result(WAIT_S) is None


def test_in_the_background_when_it_is_time_and_once(finder, search):
    finder.tick()
    assert search.done == []
    finder._due._at = 0.0
    for _ in range(5):
        finder.tick()
    wait_until(lambda: search.done, "begun")
    finder.tick()
    search.may_end.set()
    finder._background.result(WAIT_S)
    assert search.done == ["fetch"]
    finder.tick()
    assert search.done == ["fetch"]


def test_a_background_search_that_fails_comes_again_sooner(finder, search):
    search.refusal = SyncError(Code.NO_NETWORK)
    finder._due._at = 0.0
    finder.tick()
    finder._background.result(WAIT_S)
    soon = finder._due._at
    search.refusal = None
    search.may_end.set()
    finder._due._at = 0.0
    finder.tick()
    finder._background.result(WAIT_S)
    assert finder._due._at > soon + 3600


def test_no_search_begins_while_what_is_prepared_is_installed(finder, search):
    """It could find that the office wants another one, and throw away what is being unpacked."""
    finder._due._at = 0.0
    finder.verify_prepared().result(WAIT_S)
    finder.hear(exchange())
    finder.tick()
    finder.forget().result(WAIT_S)
    assert search.done == ["verify", "forget"]


def test_without_keys_nothing_is_looked_for_in_the_background(context, search):
    finder = Finder(context, search, is_on=False)
    finder._due._at = 0.0
    finder.tick()
    assert finder.stop(WAIT_S)
    assert search.done == []


def exchange(error=""):
    return events.Exchanged(Exchange("", "products", Cause.LOGIN, error=error))


def test_an_exchange_brings_the_search_nearer_unless_it_failed(finder):
    finder._due._at = 1e12
    finder.hear(exchange("E-50"))
    assert finder._due._at == 1e12
    finder.hear(exchange())
    assert finder._due._at < 1e12


def test_the_offices_clock_is_remembered(finder, search, context):
    finder.hear(events.OfficeClock(timedelta(days=3)))
    assert search.office_at - context.now() > timedelta(days=2)


def test_what_was_left_is_seen_from_outside(finder, search):
    search.prepared, search.trouble = "prepared", "trouble"
    assert (finder.prepared, finder.trouble) == ("prepared", "trouble")


@pytest.mark.parametrize("prefix", ["", "/opt/kasoterminal"])
def test_only_a_launcher_can_exchange_the_program(context, search, monkeypatch, prefix):
    monkeypatch.setenv("KASO_PREFIX", prefix)
    finder = Finder(context, search, is_on=True)
    assert finder.is_installable is bool(prefix)
    finder.stop(WAIT_S)


def test_pushes_and_pulls_go_on_meanwhile(finder, search, context):
    finder.fetch()
    wait_until(lambda: search.done, "begun")
    assert context.net.call(lambda: 1).result(WAIT_S) == 1
    assert "broken off" not in search.done
