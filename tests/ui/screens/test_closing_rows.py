from __future__ import annotations

import pytest

from terminal import events
from terminal.day.closing import Summary
from terminal.errors import Code, Rejected
from terminal.handbook.pages import HANDBOOK
from ui.known import Known
from ui.screens.closing_rows import is_only_empty, result_rows, step_rows, summary_rows
from ui.widgets.row import plain

CLOCK = "2026-11-22 20:01"


def summary(*problems, **more):
    return Summary(7, 12, 1, 34567, 3, "2026-11-22 20:00", problems, **more)


def text(rows):
    return "\n".join(plain(line).rstrip() for line in rows)


def test_the_question_shows_both_clocks():
    found = text(summary_rows(80, summary(), CLOCK))
    assert "Printer: 2026-11-22 20:00   Till: 2026-11-22 20:01" in found
    assert "Are date and time right?" in found


def test_all_problems_stand_there_at_once_each_with_its_remedy():
    problems = (Rejected(Code.NO_PRINTER), Rejected(Code.RECEIPT_OPEN), Rejected(Code.IN_DOUBT))
    found = text(summary_rows(200, summary(*problems), CLOCK))
    for problem in problems:
        assert str(problem.code) in found
        assert HANDBOOK[problem.code].remedy in found
    assert "Are date and time right?" not in found


def test_an_empty_day_asks_the_same_question_and_other_problems_are_no_empty_day():
    empty = summary(Rejected(Code.NO_SALES))
    assert is_only_empty(empty)
    assert "Are date and time right?" in text(summary_rows(80, empty, CLOCK))
    assert not is_only_empty(summary(Rejected(Code.NO_SALES), Rejected(Code.RECEIPT_OPEN)))
    assert not is_only_empty(summary())


@pytest.mark.parametrize(
    ("local_gr", "words"),
    [
        (34567, "Till and printer have the same total."),
        (34500, "Printer 345,67 zł, till 345,00 zł: difference 0,67 zł."),
        (34600, "difference -0,33 zł"),
    ],
)
def test_the_result_holds_the_printer_against_the_till(local_gr, words):
    result = events.DayClosed(7, 34567, 12, (), local_gr)
    assert words in text(result_rows(120, result, ()))


def test_the_result_of_a_till_that_does_not_tell_says_nothing_of_it():
    found = text(result_rows(80, events.DayClosed(7, 34567, 12, ("x",)), ("Sent",)))
    assert "same total" not in found
    assert "Done: Sent" in found
    assert "- x" in found


def test_the_printer_waits_or_is_silent_under_the_steps():
    waits = Known(printer_online=True, waits_for="no_paper")
    assert "The printer waits: no paper." in text(step_rows(80, ["INTENT"], waits, 0))
    silent = text(step_rows(80, ["one", "two"], Known(), 2))
    assert "It is asked again in 2 s." in silent
    assert " + one" in silent
    assert " > two" in silent
