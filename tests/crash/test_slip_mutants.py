"""Does the check of the slips bite? Known mistakes are built in; each must be found."""

from __future__ import annotations

import pytest

from drivers.errors import NotDone
from drivers.escpos.line import Line
from drivers.escpos.printer import EscposPrinter
from drivers.escpos.status import What
from drivers.paper import Halted, PaperPrinter
from terminal.paper import rounds
from terminal.paper.book import SlipBook
from terminal.paper.state import State
from terminal.store import slips as store
from terminal.store.db import write
from tests.crash import slip_scenarios as scenarios
from tests.crash.slip_scenarios import SCENARIOS, queued_by, run

CUTS_MAX = 200


def reprint_without_mark(monkeypatch):
    """The second paper looks like the first."""
    monkeypatch.setattr(rounds, "mark", lambda: "")


def no_intent(monkeypatch):
    """Nothing on disk before the first byte."""

    def begin(self):
        return store.first(self._db, State.WAITING)

    def printed(self, job):
        with write(self._db):
            moved = store.move(self._db, job, "send", "")
            return store.move(self._db, moved, "printed", "")

    monkeypatch.setattr(SlipBook, "begin", begin)
    monkeypatch.setattr(SlipBook, "printed", printed)


def doubt_is_not_sent(monkeypatch):
    """An error of the driver means that nothing was printed."""
    monkeypatch.setattr(SlipBook, "doubt", SlipBook.not_sent)


def forget_at_the_start(monkeypatch):
    """What was being printed when the power went is simply printed."""

    def recover(self):
        job = store.first(self._db, State.PRINTING)
        if job:
            self.not_sent(job, "power")

    monkeypatch.setattr(SlipBook, "recover", recover)


def silent_is_well(monkeypatch):
    """No answer is a good answer."""
    really_ask, really_wait = Line.ask, Line.await_one

    def ask(self, number, wait_s=None):
        found = really_ask(self, number, wait_s)
        return 0x12 if found is None else found

    def await_one(self, what, wait_s):
        found = really_wait(self, what, wait_s)
        return b"\x00" if found is None and what is What.PRINTED else found

    monkeypatch.setattr(Line, "ask", ask)
    monkeypatch.setattr(Line, "await_one", await_one)


def believe_the_line(monkeypatch):
    """What was sent is printed."""
    really_print = EscposPrinter.print_slip

    def print_slip(self: PaperPrinter, slip):
        try:
            really_print(self, slip)
        except NotDone:
            raise
        except Halted as halted:
            if halted.sent < halted.size:
                raise

    monkeypatch.setattr(EscposPrinter, "print_slip", print_slip)


def no_clearing(monkeypatch):
    """Half a slip stays inside the printer."""
    monkeypatch.setattr(EscposPrinter, "_clear", lambda self, _line: None)


def print_again_by_itself(monkeypatch):
    """A doubtful slip is sent again at once, as it was."""
    really_print = EscposPrinter.print_slip

    def twice(self, slip):
        try:
            really_print(self, slip)
        except Halted:
            self.close()
            really_print(self, slip)

    monkeypatch.setattr(EscposPrinter, "print_slip", twice)


def by_cuts(make_stand):
    """Every cut of a quiet hour, with a printer that has to be sent its codes as images."""
    for cut_at in range(1, CUTS_MAX):
        stand = make_stand(is_cheap=True)
        till = run(stand, scenarios.all_well, cut_at)
        if not till.mains.is_out.is_set():
            return
        yield from _settled(stand, scenarios.all_well)


def by_troubles(make_stand):
    """Each trouble that a printer has, without a cut."""
    for scenario in SCENARIOS:
        stand = make_stand()
        run(stand, scenario, 0)
        yield from _settled(stand, scenario)


def _settled(stand, scenario):
    names = SCENARIOS[scenario]
    yield stand.wrong([])
    stand.switch_on().start()
    names = queued_by(stand, names)
    try:
        stand.settle()
    except AssertionError as error:
        yield [str(error)]
    yield stand.wrong(names, is_settled=True)
    stand.clear()


MUTANTS = [
    (reprint_without_mark, by_troubles, "without a mark"),
    (no_intent, by_cuts, "without a mark"),
    (doubt_is_not_sent, by_troubles, "without a mark"),
    (forget_at_the_start, by_cuts, "without a mark"),
    (silent_is_well, by_troubles, "told to be printed, and is not"),
    (believe_the_line, by_troubles, "told to be printed, and is not"),
    (no_clearing, by_cuts, "lost"),
    (print_again_by_itself, by_troubles, "without a mark"),
]


@pytest.mark.parametrize(
    ("mutate", "hunt", "word"), MUTANTS, ids=[mutant[0].__name__ for mutant in MUTANTS]
)
def test_the_mistake_is_found(make_slip_stand, monkeypatch, mutate, hunt, word):
    mutate(monkeypatch)
    found = []
    for wrong in hunt(make_slip_stand):
        found += wrong
        if any(word in sentence for sentence in found):
            break
    assert any(word in sentence for sentence in found), found


@pytest.mark.parametrize("hunt", [by_troubles, by_cuts])
def test_without_a_mistake_nothing_is_found(make_slip_stand, hunt):
    for wrong in hunt(make_slip_stand):
        assert wrong == []
