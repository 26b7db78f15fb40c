"""Slips are printed, wait, are in doubt, are printed again: by a printer that obeys the test."""

from __future__ import annotations

import pytest

from drivers.errors import InDoubt, NotReady, Unreachable
from drivers.paper import NO_ANSWER, Halted, PaperState, Unprintable
from terminal import events
from terminal.errors import Blocked, Code
from terminal.paper import slips as under_test
from terminal.paper.book import SlipBook
from terminal.paper.slips import Equipment, Slips
from terminal.paper.state import State
from terminal.store import slips as store
from tests.terminal.paper.desk_of_slips import (
    ANNA,
    MARK,
    NO_PAPER,
    SLIP,
    WELL,
    Inline,
    marks,
    queue,
    told,
)

# --- printing ------------------------------------------------------------------------------------


def test_slips_are_printed_in_their_order_and_told(slips, paper, engine):
    queue(slips, "1", "2")
    assert paper.printed == [SLIP, SLIP]
    assert [(one.job.key, one.is_copy) for one in told(engine, events.SlipPrinted)] == [
        ("trial:1", False),
        ("trial:2", False),
    ]
    assert slips.unfinished().result() == []
    assert [job.state for job in slips.jobs().result()] == [State.PRINTED] * 2


def test_the_same_slip_is_printed_once(slips, paper):
    queue(slips, "1", "1")
    slips.tick()
    assert paper.printed == [SLIP]


def test_the_journal_knows_before_the_first_byte(slips, paper, journal):
    seen = []

    def look(slip):
        seen.append(store.first(journal, State.PRINTING).key)
        paper.printed.append(slip)

    paper.print_slip = look
    queue(slips, "1")
    assert seen == ["trial:1"]


def test_without_paper_it_waits_and_goes_on_by_itself(slips, paper, engine):
    paper.state = NO_PAPER
    queue(slips, "1")
    assert paper.printed == []
    assert told(engine, events.PaperChanged)[-1] == events.PaperChanged("out", "paper")
    assert [job.state for job in slips.unfinished().result()] == [State.WAITING]
    paper.state = WELL
    slips.tick()
    assert marks(paper) == [""]
    assert told(engine, events.PaperChanged)[-1] == events.PaperChanged("ok")


@pytest.mark.parametrize(
    ("error", "why"), [(NotReady("cover"), "cover"), (Unreachable("no port"), "line")]
)
def test_what_was_not_sent_waits_and_gets_no_mark(slips, paper, engine, error, why):
    paper.raises = [error]
    queue(slips, "1")
    assert slips.unfinished().result()[0].why == why
    assert told(engine, events.PaperChanged)[-1] == events.PaperChanged("unknown", why)
    slips.tick()
    assert marks(paper) == [""]
    assert not told(engine, events.SlipUnsure)


def test_a_printer_that_is_not_there_is_told_once(slips, paper, engine):
    paper.state = Unreachable("no port")
    queue(slips, "1")
    for _ in range(3):
        slips.tick()
    assert told(engine, events.PaperChanged)[1:] == [events.PaperChanged("unknown", "line")]


def test_nothing_is_sent_to_a_silent_printer(slips, paper, engine):
    paper.state = NO_ANSWER
    queue(slips, "1")
    assert paper.printed == []
    assert told(engine, events.PaperChanged)[-1] == events.PaperChanged("unknown", "silent")


def test_a_printer_that_can_never_be_asked_is_printed_on(slips, paper):
    paper.answers, paper.state = False, NO_ANSWER
    queue(slips, "1")
    assert marks(paper) == [""]


@pytest.mark.parametrize(
    ("error", "why"), [(Halted("paper", 512, 900), "paper"), (InDoubt("line"), "line")]
)
def test_a_doubtful_slip_is_never_printed_again_by_itself(slips, paper, engine, error, why):
    paper.raises = [error]
    queue(slips, "1", "2")
    for _ in range(3):
        slips.tick()
    assert [slip.title for slip in paper.printed] == ["Kwit"]
    (doubtful,) = told(engine, events.SlipUnsure)
    assert (doubtful.job.key, doubtful.job.why) == ("trial:1", why)
    assert [job.state for job in slips.unfinished().result()] == [State.UNSURE]


def test_printed_again_it_carries_the_mark(slips, paper, engine):
    paper.raises = [Halted("paper", 512, 900)]
    (job,) = queue(slips, "1")
    slips.again(job.id).result()
    assert marks(paper) == [MARK]
    assert told(engine, events.SlipPrinted)[-1].is_copy


def test_a_mark_stays_however_often_it_goes_wrong(slips, paper):
    paper.raises = [Halted("paper", 1, 2), NotReady("paper"), Halted("silent", 1, 2), None]
    (job,) = queue(slips, "1")
    slips.again(job.id).result()
    slips.tick()
    slips.again(job.id).result()
    assert marks(paper) == [MARK]
    assert store.get(slips._book._db, job.id).copies == 3


@pytest.mark.parametrize(("verb", "state"), [("seen", State.PRINTED), ("drop", State.DROPPED)])
def test_a_person_may_say_otherwise(slips, paper, verb, state):
    paper.raises = [Halted("paper", 900, 900)]
    (job,) = queue(slips, "1")
    assert getattr(slips, verb)(job.id).result().state is state
    slips.tick()
    assert paper.printed == []


def test_a_copy_of_what_is_printed_is_marked(slips, paper):
    (job,) = queue(slips, "1")
    slips.copy(job.id).result()
    assert marks(paper) == ["", MARK]


def test_after_a_while_it_is_printed_again_by_itself_when_that_was_set_up(
    context, paper, clock, monkeypatch
):
    monkeypatch.setattr(under_test, "Engine", lambda *_: Inline())
    slips = Slips(context, Equipment(paper, reprint_after_s=30))
    slips.start(lambda: None)
    paper.raises = [Halted("paper", 1, 2)]
    queue(slips, "1")
    slips.tick()
    assert paper.printed == []
    clock.wait(seconds=31)
    slips.tick()
    assert marks(paper) == [MARK]


def test_what_no_printer_prints_is_given_up_and_the_next_is_printed(slips, paper, engine):
    paper.raises = [Unprintable("bar code of more than 24 characters")]
    queue(slips, "1", "2")
    (dropped,) = told(engine, events.SlipDropped)
    assert (dropped.job.key, dropped.job.why) == ("trial:1", "bar code of more than 24 characters")
    assert len(paper.printed) == 1


def test_a_slip_that_nobody_can_read_is_given_up(slips, journal, paper, engine):
    journal.execute(
        "INSERT INTO slip (key, kind, state, made_at, changed_at, body)"
        " VALUES ('k', 'k', 'WAITING', '', '', '[1]')"
    )
    slips.tick()
    assert told(engine, events.SlipDropped)[0].job.state is State.DROPPED
    assert paper.printed == []


# --- restarts and mishaps of ours ----------------------------------------------------------------


def test_what_was_being_printed_when_the_power_went_is_in_doubt(
    context, paper, engine, monkeypatch
):
    monkeypatch.setattr(under_test, "Engine", lambda *_: Inline())
    book = SlipBook(context)
    book.add("trial", "1", SLIP)
    book.add("trial", "2", SLIP)
    book.begin()
    slips = Slips(context, Equipment(paper))
    slips.start(lambda: ANNA)
    assert told(engine, events.SlipUnsure)[0].job.why == "power"
    assert paper.distrusted == 1
    assert marks(paper) == [""]  # the second; the first waits for somebody
    slips.again(told(engine, events.SlipUnsure)[0].job.id).result()
    assert marks(paper) == ["", MARK]


def test_an_outcome_that_could_not_be_written_is_in_doubt(slips, paper, engine, monkeypatch):
    printed = SlipBook.printed
    failing = [True]

    def fail_once(self, job):
        if failing.pop():
            raise Blocked(Code.STORAGE, detail="full")
        return printed(self, job)

    monkeypatch.setattr(SlipBook, "printed", fail_once)
    (job,) = queue(slips, "1")
    assert told(engine, events.Failed)[-1].error.code is Code.STORAGE
    assert marks(paper) == [""]
    failing.append(False)
    slips.tick()
    assert told(engine, events.SlipUnsure)[-1].job.id == job.id
    slips.again(job.id).result()
    assert marks(paper) == ["", MARK]


@pytest.mark.parametrize("mistake", [ZeroDivisionError(), ValueError("x")])
def test_a_mistake_of_ours_within_a_slip_leaves_it_in_doubt(slips, paper, mistake):
    paper.raises = [mistake]
    (job,) = queue(slips, "1")
    slips.tick()
    assert slips.unfinished().result()[0].state is State.UNSURE
    slips.again(job.id).result()
    assert marks(paper) == [MARK]


def test_waiting_within_a_slip_is_told(slips, paper, engine):
    paper.on_wait(NO_PAPER)
    paper.on_wait(NO_PAPER)
    assert told(engine, events.PaperChanged)[1:] == [events.PaperChanged(PaperState.OUT, "paper")]
