from __future__ import annotations

from terminal.day.state import Day
from terminal.sync.wire import SETS as DATA_SETS
from ui.words import DAYS, SETS, STEPS, word


def test_every_word_of_the_till_has_a_sentence():
    assert set(Day) <= set(DAYS)
    assert set(DATA_SETS) <= set(SETS)


def test_the_steps_of_the_daily_report():
    fiscal = {"INTENT", "UNKNOWN", "REPORTED", "SETTINGS"}
    after = {"PUSH", "CONFIGURATION", "USERS", "PRODUCTS", "CUSTOMERS", "RELEASE"}
    assert fiscal | after <= set(STEPS)


def test_a_code_without_a_word_is_shown_as_it_is():
    assert word(DAYS, "OPEN") == "day: open"
    assert word(DAYS, "") == ""
    assert word(STEPS, "NEWSTEP") == "NEWSTEP"
