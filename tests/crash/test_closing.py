"""A day close is cut at its commits, frames and system calls: closed once, and it goes on.

The walk (d) cuts everywhere in the plain one; here receipts are given up with it, mistakes are
built in, and a till of its own is killed by its n-th system call. ``SEED=n`` repeats a choice.
"""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hw_emulator.posnet.memory import read_memory
from terminal import events
from terminal.day import books as day_books
from terminal.day import patience, recovery
from terminal.day.books import Books
from terminal.day.closing import Closing
from terminal.day.steps import Step
from terminal.store.db import write
from tests.crash import alive as alive_till
from tests.crash.mains import READING
from tests.crash.power import JOURNAL, WAIT_S, PowerCut, cut_everywhere
from tests.crash.reading import bodies, opened, rows
from tests.crash.test_kill import KILLED, Counter
from tests.shop import wait_until

if TYPE_CHECKING:
    from tests.crash.alive import Alive
    from tests.crash.power import Stand

SEED = int(os.environ.get("SEED", "1"))
HAS_STRACE = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
# Of the touches a check tries each so many; the walk (d) tries all of the plain day close.
SHARE = 60
# System calls of one run that sells twice and closes the day, by which it leaves a mark.
CALLS = {"pwrite64": 120, "fdatasync": 60, "sendto": 60, "ftruncate": 4}


def oddities(journal, memory):
    """What a day close must never leave, whatever was cut: nobody presses a key at the printer."""
    made = read_memory(memory).reports
    with opened(journal) as db:
        documents = bodies(db, "report")
        done = rows(db, "SELECT report_no FROM closing WHERE step = 'DONE' ORDER BY report_no")
    # Something was sold before each: an empty one was sent twice.
    empty = [report.number for report in made if not report.receipts]
    strange = [body["report_no"] for body in documents if body["route"] != "terminal"]
    numbers = [report.number for report in made]
    closed = [row["report_no"] for row in done]
    found = [f"report {number} was sent twice" for number in empty]
    found += [f"report {number} is nobody's" for number in strange]
    return found + ([f"made {numbers}, closed {closed}"] if numbers != closed else [])


def wrong(stand: Stand) -> list[str]:
    return [*stand.wrong(), *oddities(stand.alive.folder / JOURNAL, stand.memory)]


# --- cut at a commit or a frame ------------------------------------------------------------------


def lay_aside(alive: Alive) -> None:
    """A receipt lies under a name that somebody added, and one was sold."""
    alive.sell("1")
    alive.do(alive.till.sell, "2")
    alive.journal("UPDATE receipt SET place = 'parked', bill = 'Anna' WHERE state = 'OPEN'")
    alive.till._receipt = None
    alive.mains.ignored = READING


def close_and_give_up(alive: Alive) -> None:
    (rid,) = alive.journal("SELECT rid FROM receipt WHERE place = 'parked'")[0]
    since = alive.heard.mark()
    alive.till.close_day(drops=(rid,)).result(5)
    alive.await_one((events.DayClosed, events.Failed), since)
    alive.settle()


def ended_as_it_should(stand: Stand, alive: Alive) -> None:
    """Made or not; when it was, all of it was done, and once."""
    alive.login()
    made = read_memory(stand.memory).reports
    states = alive.journal("SELECT state FROM receipt WHERE bill = 'Anna'")
    assert states == [("DROPPED" if made else "OPEN",)]
    steps = alive.journal("SELECT step FROM closing WHERE ended_at IS NOT NULL")
    assert steps.count(("DONE",)) == len(made) <= 1
    assert wrong(stand) == []
    if not made:
        close_and_give_up(alive)
        alive.login()
        assert (len(read_memory(stand.memory).reports), wrong(stand)) == (1, [])


def test_some_cuts_in_a_day_close_that_gives_receipts_up(make_stand):
    touches = cut_everywhere(
        make_stand,
        lay_aside,
        close_and_give_up,
        ended_as_it_should,
        blackout=True,
        first=random.Random(SEED).randint(1, SHARE),
        step=SHARE,
    )
    assert touches > 60


@pytest.mark.torture
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("blackout", [False, True], ids=["till", "till and printer"])
def test_cut_at_every_touch_of_a_day_close_that_gives_receipts_up(make_stand, blackout):
    cut_everywhere(make_stand, lay_aside, close_and_give_up, ended_as_it_should, blackout=blackout)


# --- mistakes that are built in ------------------------------------------------------------------


def resend_after_doubt(monkeypatch):
    """Nobody knows whether it was made, so it is sent again."""
    really_init = Closing.__init__

    def init(self, *args):
        really_init(self, *args)

        def send_again(row):
            self._context.printer.connect()
            self._context.printer.daily_report(self._context.now().date(), row.token + 1000)
            self._find_out(row)

        self._work[Step.INTENT] = send_again

    monkeypatch.setattr(Closing, "__init__", init)


def intent_after_send(monkeypatch):
    """The report first, its intent when it is made."""
    really_intend = Books.intend

    def report(self, operator, drops, just_read):
        base = self._house.meet(just_read)
        self._context.printer.daily_report(self._context.now().date(), 777)
        row = self._context.engine.call(really_intend, self._books, operator, base, drops).result()
        self._find_out(row)

    monkeypatch.setattr(Closing, "_report", report)


def split_commit(monkeypatch):
    """The document in one transaction, the step in the next."""

    def reported(self, reports, counters):
        # The next till never settles; it is not waited for as long as a sound one.
        monkeypatch.setattr(alive_till, "WAIT_S", 1.0)
        row = self._row()
        with write(self._db):
            ours = reports[0]
            self._document(row.rid, ours, row.operator, counters, row.local_gr, "terminal")
        with write(self._db):
            day_books.closings.advance(self._db, "REPORTED", ours.number)
            day_books.settings.expect_counters(self._db, counters)
        return replace(row, step="REPORTED", report_no=ours.number)

    monkeypatch.setattr(Books, "reported", reported)


def believe_the_answer(monkeypatch):
    """No answer, so it was not made."""
    really_find_out = Closing._find_out

    def find_out(self, row, trouble=None, **how):
        if trouble is None:
            really_find_out(self, row, trouble, **how)
            return
        self._context.printer.connect()
        found = recovery.Finding(self._context.printer.counters(), ())
        self._context.engine.call(self._found, row, found, trouble).result()

    monkeypatch.setattr(Closing, "_find_out", find_out)


def cut_before(touch):
    """Cut the till off just before its first touch of that name, then start the next one."""

    def hunt(make_stand):
        stand = make_stand()
        alive = stand.switch_on()
        alive.start()
        alive.login()
        alive.sell("1")
        really_touch = alive.mains.touch

        def look_first(what):
            if what.startswith(touch):
                alive.mains.cut()
            really_touch(what)

        alive.mains.touch = look_first
        with pytest.raises(PowerCut):
            alive.close_day()
        try:
            stand.restart()
        except Exception as error:  # noqa: BLE001 - a till that does not start is found, too
            return [f"does not start: {error}"]
        return wrong(stand)

    return hunt


def lose_the_answer(make_stand):
    stand = make_stand()
    alive = stand.switch_on()
    alive.start()
    alive.login()
    alive.sell("1")
    stand.let_printer_die("die-after:dailyrep:1")
    alive.close_day()
    alive.settle()
    return wrong(stand)


BEFORE_BOOKED = cut_before("sql INSERT INTO document")
MUTANTS = [
    (resend_after_doubt, BEFORE_BOOKED, "was sent twice"),
    (intent_after_send, cut_before("sql INSERT INTO closing"), "is nobody's"),
    (split_commit, cut_before("sql UPDATE closing SET step"), "does not start: "),
    (believe_the_answer, lose_the_answer, "made [1], closed []"),
]


@pytest.mark.parametrize(
    ("mutate", "hunt", "word"), MUTANTS, ids=[mutant[0].__name__ for mutant in MUTANTS]
)
def test_the_mistake_is_found(make_stand, monkeypatch, mutate, hunt, word):
    mutate(monkeypatch)
    found = hunt(make_stand)
    assert any(word in sentence for sentence in found), found


@pytest.mark.parametrize("hunt", [mutant[1] for mutant in MUTANTS], ids=["1", "2", "3", "4"])
def test_without_a_mistake_nothing_is_found(make_stand, hunt):
    found = hunt(make_stand)
    # What was cut before it was sent is not made at all.
    assert [it for it in found if it != "made [], closed []"] == []


# --- killed by a system call ---------------------------------------------------------------------


@pytest.fixture
def one(office, catalogue, tmp_path):
    counter = Counter(tmp_path / "till", office[0], catalogue, tmp_path.name)
    yield counter
    counter.stop()


def kill_in_closing(counter, call, nth):
    """Kill a till that sells and closes its day at its n-th ``call``; gives whether it was."""
    inject = f"inject={call}:signal=SIGKILL:when={nth}"
    traced = ("strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", inject)
    status, said = counter.run_closing(nth, *traced)
    assert status in {0, KILLED, 128 - KILLED}, said
    assert counter.wrong(is_settled=False) == [], (call, nth)
    return status != 0


def settled(counter):
    assert counter.run_closing(0) == (0, "")
    assert counter.wrong(is_settled=True) == []
    assert oddities(counter.folder / JOURNAL, counter.folder / "fiscal-memory.jsonl") == []


@HAS_STRACE
def test_killed_at_some_system_calls(one):
    dice = random.Random(SEED)
    call = dice.choice(list(CALLS))
    kill_in_closing(one, call, dice.randint(1, CALLS[call]))
    settled(one)


@HAS_STRACE
@pytest.mark.torture
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("call", CALLS)
def test_killed_at_every_system_call(one, call):
    killed = 0
    for nth in range(1, CALLS[call] + 1):
        killed += kill_in_closing(one, call, nth)
        if nth % 10 == 0:
            settled(one)
    settled(one)
    assert killed > CALLS[call] // 2


# --- somebody at the printer's own keys ----------------------------------------------------------


@pytest.mark.parametrize(("key", "made"), [("ok", 1), ("cancel", 0)])
def test_a_report_that_waits_for_a_key_is_asked_about_and_found_out(
    make_stand, monkeypatch, key, made
):
    monkeypatch.setattr(patience, "ASK_AFTER_S", 0.0)
    stand = make_stand()
    alive = stand.switch_on()
    alive.start()
    alive.login()
    alive.sell("1")
    stand.printer.faults.add("key:dailyrep:1")
    since = alive.heard.mark()
    alive.till.close_day().result(WAIT_S)
    wait_until(lambda: alive.view().waits_for == "waiting_key", "it waits for a key")
    alive.till.closing.tick()
    assert events.ClosingAsked("report") in alive.heard.events[since:]
    # Whatever is answered: it may still come, and only the printer knows.
    alive.till.closing.answer(is_done=False).result(WAIT_S)
    stand.printer.station.press(key)
    told = alive.await_one((events.DayClosed, events.Failed), since)
    alive.settle()
    assert isinstance(told, events.DayClosed) is bool(made)
    assert (len(read_memory(stand.memory).reports), wrong(stand)) == (made, [])
