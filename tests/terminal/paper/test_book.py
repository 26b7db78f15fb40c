from __future__ import annotations

import json

import pytest

from drivers.paper import Row, Slip
from terminal.errors import Code, Rejected
from terminal.paper import book as under_test
from terminal.paper.book import SlipBook
from terminal.paper.state import State

SLIP = Slip("Kwit", (Row("a"),))


@pytest.fixture
def book(context):
    return SlipBook(context)


def events(journal):
    bodies = [json.loads(row[0]) for row in journal.execute("SELECT body FROM document")]
    return [(body["name"], body["operator"], body["detail"]) for body in bodies]


def test_the_same_slip_is_queued_once(book):
    first = book.add("closing", "rid-1", SLIP)
    assert book.add("closing", "rid-1", Slip("other")) == first
    assert book.add("trial", "rid-1", SLIP).id != first.id
    assert [job.key for job in book.unfinished()] == ["closing:rid-1", "trial:rid-1"]


def test_a_slip_goes_to_the_printer_and_comes_back(book):
    book.add("trial", "1", SLIP)
    job = book.begin()
    assert job.state is State.PRINTING
    assert book.not_sent(job, "paper").state is State.WAITING
    assert book.unfinished()[0].why == "paper"
    assert book.printed(book.begin()).copies == 1
    assert book.begin() is None


def test_a_slip_that_was_being_printed_is_in_doubt(book):
    book.add("trial", "1", SLIP)
    book.begin()
    doubtful = book.recover()
    assert (doubtful.state, doubtful.copies, doubtful.why) == (State.UNSURE, 1, "power")
    assert book.recover() is None
    assert book.begin() is None


def test_a_doubtful_slip_lets_the_next_one_pass(book):
    book.add("trial", "1", SLIP)
    book.add("trial", "2", SLIP)
    book.doubt(book.begin(), "paper")
    assert book.begin().key == "trial:2"


def test_what_no_printer_prints_is_given_up(book):
    book.add("trial", "1", SLIP)
    assert book.refuse(book.begin(), "too long").state is State.DROPPED
    assert book.latest(1)[0].why == "too long"


@pytest.mark.parametrize(
    ("event", "state"),
    [("again", State.WAITING), ("seen", State.PRINTED), ("drop", State.DROPPED)],
)
def test_a_person_decides_and_the_office_is_told(book, journal, event, state):
    book.add("trial", "1", SLIP)
    job = book.doubt(book.begin(), "paper")
    assert book.decide(job.id, event, "Anna").state is state
    assert events(journal) == [(f"slip_{event}", "Anna", {"slip": "trial:1", "copies": 1})]
    if event != "again":
        with pytest.raises(Rejected) as caught:
            book.decide(job.id, event, "Anna")
        assert caught.value.code is Code.SLIP_GONE
        assert len(events(journal)) == 1


def test_a_slip_that_there_is_not(book, journal):
    with pytest.raises(Rejected):
        book.decide(7, "drop", "Anna")
    assert events(journal) == []


def test_a_copy_of_a_printed_slip(book):
    book.add("trial", "1", SLIP)
    job = book.printed(book.begin())
    assert book.decide(job.id, "copy", "Anna").copies == 1
    assert book.printed(book.begin()).copies == 2


def test_a_doubt_that_nobody_settles_is_settled_by_itself(book, clock, journal):
    book.add("trial", "1", SLIP)
    book.add("trial", "2", SLIP)
    book.doubt(book.begin(), "paper")
    clock.wait(seconds=29)
    assert book.print_again_after(30) == []
    book.doubt(book.begin(), "paper")
    clock.wait(seconds=1)
    assert [job.key for job in book.print_again_after(30)] == ["trial:1"]
    assert events(journal) == [("slip_again", "", {"slip": "trial:1", "copies": 1})]
    assert [job.state for job in book.unfinished()] == [State.WAITING, State.UNSURE]


def test_the_queue_does_not_grow_without_end(book, monkeypatch):
    monkeypatch.setattr(under_test, "UNFINISHED_MAX", 3)
    for number in range(3):
        book.add("trial", str(number), SLIP)
    with pytest.raises(Rejected) as caught:
        book.add("trial", "4", SLIP)
    assert caught.value.code is Code.SLIPS_FULL
    assert book.add("trial", "1", SLIP).key == "trial:1"
    book.printed(book.begin())
    assert book.add("trial", "4", SLIP)


def test_old_slips_are_forgotten(book, monkeypatch):
    monkeypatch.setattr(under_test, "KEPT_MAX", 4)
    for number in range(10):
        book.add("trial", str(number), SLIP)
        book.printed(book.begin())
    assert [job.key for job in book.latest(20)] == [f"trial:{number}" for number in (9, 8, 7, 6)]


def test_a_step_that_cannot_be_is_a_mistake_of_ours(book):
    book.add("trial", "1", SLIP)
    job = book.printed(book.begin())
    with pytest.raises(AssertionError, match="no printed"):
        book.printed(job)


def test_notes(book, journal):
    book.note("Anna", "drawer_opened", why="x")
    assert events(journal) == [("drawer_opened", "Anna", {"why": "x"})]
