from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.key_names import KEY_NAMES, SERVICE_KEYS, canonical, key_names
from ui.keypad import (
    CODE_MAX,
    MOVES,
    READERS,
    Accept,
    Cancel,
    Cycle,
    Entry,
    Key,
    Mode,
    Move,
    Number,
    Other,
    Search,
    Sell,
    Text,
    Wrong,
    press,
)

ALL_KEYS = [*sorted({*KEY_NAMES.values(), *"0123456789abzżĄ .-%"}), "unknown"]


def typed(entry, keys):
    """The entry and the last intent after ``keys``."""
    intent = None
    for key in keys:
        entry, intent = press(entry, key)
    return entry, intent


# --- the table: every mode × every kind of key, empty and filled ------------------------------

EMPTY = {
    # mode: (enter, esc, *, #)
    Mode.CODE: (Accept(), Cancel(), Other(), Cycle()),
    Mode.NAME: (Accept(), Cancel(), Other(), Cycle()),
    Mode.CHECK: (Accept(), Cancel(), Other(), Cycle()),
    Mode.QTY: (Accept(), Cancel(), Other(), Cycle()),
    Mode.PRICE: (Accept(), Cancel(), Other(), Cycle()),
    Mode.PERCENT: (Accept(), Cancel(), None, Cycle()),
    Mode.OFF: (Accept(), Cancel(), None, Cycle()),
    Mode.PERCENT_ON: (Accept(), Cancel(), None, Cycle()),
    Mode.ON: (Accept(), Cancel(), None, Cycle()),
    Mode.AMOUNT: (Accept(), Cancel(), Other(), Cycle()),
    Mode.DIGITS: (Accept(), Cancel(), Other(), Cycle()),
    Mode.PIN: (Accept(), Cancel(), Other(), Cycle()),
    Mode.TEXT: (Accept(), Cancel(), Other(), Cycle()),
    Mode.NONE: (Accept(), Cancel(), Other(), Cycle()),
}
FILLED = {
    # mode: (text left after "12", enter)
    Mode.CODE: ("12", Sell("12", None)),
    Mode.NAME: ("12", Accept()),
    Mode.CHECK: ("12", Text(Mode.CHECK, "12")),
    Mode.QTY: ("12", Number(Mode.QTY, 12_000)),
    Mode.PRICE: ("12", Number(Mode.PRICE, 12)),
    Mode.PERCENT: ("12", Number(Mode.PERCENT, 1200)),
    Mode.OFF: ("12", Number(Mode.OFF, 12)),
    Mode.PERCENT_ON: ("12", Number(Mode.PERCENT_ON, 1200)),
    Mode.ON: ("12", Number(Mode.ON, 12)),
    Mode.AMOUNT: ("12", Number(Mode.AMOUNT, 12)),
    Mode.DIGITS: ("12", Text(Mode.DIGITS, "12")),
    Mode.PIN: ("12", Text(Mode.PIN, "12")),
    Mode.TEXT: ("12", Text(Mode.TEXT, "12")),
    Mode.NONE: ("", Accept()),
}


def test_the_tables_are_complete():
    assert set(EMPTY) == set(FILLED) == set(Mode)


@pytest.mark.parametrize("mode", Mode)
def test_empty_field(mode):
    intents = tuple(press(Entry(mode), key)[1] for key in ("enter", "esc", "*", "#"))
    assert intents == EMPTY[mode]


@pytest.mark.parametrize("mode", Mode)
def test_filled_field(mode):
    entry, _ = typed(Entry(mode), "12")
    assert (entry.text, press(entry, "enter")[1]) == FILLED[mode]
    assert press(entry, "esc")[0].text == ""
    assert press(entry, "back")[0].text == entry.text[:-1]


@pytest.mark.parametrize("mode", Mode)
def test_keys_that_mean_the_same_everywhere(mode):
    for key, move in MOVES.items():
        assert press(Entry(mode), key) == (Entry(mode), move)
    for key in ("menu", *SERVICE_KEYS):
        assert press(Entry(mode), key) == (Entry(mode), Key(key))
    assert press(Entry(mode), "tab") == (Entry(mode), None)


def test_multiplying():
    entry, intent = typed(Entry(), "3*")
    assert (entry, intent) == (Entry(times_milli=3000), None)
    assert typed(entry, ["5", "enter"])[1] == Sell("5", 3000)
    assert typed(Entry(), ["1", ",", "5", "*", "7", "enter"])[1] == Sell("7", 1500)
    assert typed(entry, ["back"])[0] == Entry()
    assert typed(entry, ["esc"])[0] == Entry()
    assert typed(entry, ["enter"])[1] == Wrong()


@pytest.mark.parametrize("text", ["0", "0,", "1,2345", "0,000"])
def test_what_cannot_multiply(text):
    entry, intent = typed(Entry(), (*text, "*"))
    assert intent == Wrong()
    assert entry.times_milli is None


def test_a_multiplied_name():
    entry, intent = typed(Entry(), "3**")
    assert (entry.mode, entry.times_milli, intent) == (Mode.NAME, 3000, Other())


def test_name_by_keys_and_by_letters():
    assert typed(Entry(Mode.NAME), "653")[1] == Search("653", by_keys=True)
    assert typed(Entry(Mode.NAME), "cola 05")[1] == Search("cola 05", by_keys=False)
    assert typed(Entry(Mode.NAME), "65*")[0].text == "65"
    assert typed(Entry(Mode.NAME), ["6", "back"])[1] == Search("", by_keys=False)


def test_a_letter_is_no_command_it_searches():
    entry, intent = typed(Entry(), "m")
    assert (entry.mode, intent) == (Mode.NAME, Search("m", by_keys=False))


def test_percent_or_amount_off_or_on():
    entry, seen = Entry(Mode.PERCENT, "10"), []
    for _ in range(4):
        entry, _ = press(entry, "*")
        seen.append(press(entry, "enter")[1])
    assert seen == [
        Number(Mode.OFF, 10),
        Number(Mode.PERCENT_ON, 1000),
        Number(Mode.ON, 10),
        Number(Mode.PERCENT, 1000),
    ]


def test_letters_do_not_enter_numbers():
    for mode in (Mode.QTY, Mode.PRICE, Mode.PERCENT, Mode.OFF, Mode.AMOUNT, Mode.DIGITS, Mode.PIN):
        assert typed(Entry(mode), "a1b")[0].text == "1"


def test_one_decimal_sign():
    assert typed(Entry(Mode.AMOUNT), "1,2,3")[0].text == "1,23"


def test_what_is_no_number_stays_to_be_corrected():
    entry, intent = typed(Entry(Mode.AMOUNT), ["1", ",", "2", "3", "4", "enter"])
    assert (entry.text, intent) == ("1,234", Wrong())


def test_the_field_is_bounded():
    assert len(typed(Entry(), "1" * 100)[0].text) == CODE_MAX


MODES = st.sampled_from(list(Mode))
SEQUENCES = st.lists(st.sampled_from(ALL_KEYS), max_size=40)


@given(MODES, SEQUENCES)
def test_no_sequence_raises_and_nothing_is_sold_without_enter(mode, keys):
    entry = Entry(mode)
    for key in keys:
        before = entry
        entry, intent = press(entry, key)
        assert len(entry.text) <= CODE_MAX
        if isinstance(intent, Sell):
            assert key == "enter"
            assert before.text
            assert intent.times_milli is None or intent.times_milli > 0
        if isinstance(intent, Number | Text | Accept | Wrong) and key != "*":
            assert key == "enter"
        if isinstance(intent, Move):
            assert entry == before


@pytest.mark.parametrize("sign", [("comma", ","), ("full_stop", "."), ("decimal", None)])
@pytest.mark.parametrize("mode", READERS)
def test_comma_and_point_are_the_decimal_sign_in_each_field(mode, sign):
    entry = Entry(mode)
    for key, character in [("1", "1"), sign, ("5", "5"), sign]:
        entry, intent = press(entry, canonical(key_names({}), key, character))
        assert intent is None
    assert entry.text == "1,5"
    assert press(entry, "enter")[1] == Number(mode, {"quantity": 1500}.get(mode, 150))
