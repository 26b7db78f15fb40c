from __future__ import annotations

from terminal import events
from terminal.day.prechecks import Summary
from terminal.errors import Code, Rejected
from terminal.handbook.pages import HANDBOOK
from terminal.store.settings import Difference
from ui.known import Known
from ui.screens.closing_rows import is_only_empty, result_rows, step_rows, summary_rows
from ui.widgets.row import plain


def summary(*problems, **more):
    clocks = {"printer_clock": "2026-11-22 20:00", "till_clock": "2026-11-22 20:01"}
    return Summary(7, 12, 1, 34567, 3, **clocks, problems=problems, **more)


def text(rows):
    return "\n".join(plain(line).rstrip() for line in rows)


def test_the_question_shows_both_clocks():
    found = text(summary_rows(80, summary()))
    assert "Printer: 2026-11-22 20:00   Till: 2026-11-22 20:01" in found
    assert "Are date and time right?" in found


def test_all_problems_stand_there_at_once_each_with_its_remedy():
    problems = (Rejected(Code.NO_PRINTER), Rejected(Code.RECEIPT_OPEN), Rejected(Code.IN_DOUBT))
    found = text(summary_rows(200, summary(*problems)))
    for problem in problems:
        assert str(problem.code) in found
        assert HANDBOOK[problem.code].remedy in found
    assert "Are date and time right?" not in found


def test_an_empty_day_asks_the_same_question_and_other_problems_are_no_empty_day():
    empty = summary(Rejected(Code.NO_SALES))
    assert is_only_empty(empty)
    assert "Are date and time right?" in text(summary_rows(80, empty))
    assert not is_only_empty(summary(Rejected(Code.NO_SALES), Rejected(Code.RECEIPT_OPEN)))
    assert not is_only_empty(summary())


def test_the_result_names_each_rate_that_differs():
    found = Difference(7, (34_560, 7, 0, 0, 0, 0, 0), (34_560, 0, 0, 0, 0, 0, 0))
    told = text(result_rows(80, events.DayClosed(7, 34567, 12, (), difference=found)))
    assert "Rate B: printer 0,07 zł, till 0,00 zł" in told
    assert "Rate A" not in told
    assert "same totals" not in told


def test_the_result_says_what_was_synchronised_and_what_is_pending():
    result = events.DayClosed(7, 34567, 12, ("no network",), ("PUSH",), 3, version="1.4.2")
    told = text(result_rows(80, result))
    assert "Till and printer have the same totals." in told
    assert "Synchronised: Transactions" in told
    assert "- no network" in told
    assert "1.4.2" in told


def test_the_printer_waits_or_is_silent_under_the_steps():
    waits = Known(printer_online=True, waits_for="no_paper")
    assert "The printer waits: no paper." in text(step_rows(80, ["INTENT"], waits, 0))
    silent = text(step_rows(80, ["one", "two"], Known(), 2))
    assert "It is asked again in 2 s." in silent
    assert " + one" in silent
    assert " > two" in silent
