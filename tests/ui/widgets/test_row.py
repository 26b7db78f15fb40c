from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.widgets import row

ROWS = st.lists(
    st.tuples(st.text("ab ", max_size=5), st.sampled_from([row.TEXT, row.MARK])), max_size=4
).map(tuple)


def test_clean_keeps_polish_and_replaces_what_is_wide():
    assert row.clean("Żółć ABC") == "Żółć ABC"
    assert row.clean("a\tb\u200b") == "a?b?"
    assert row.clean("日本") == "??"
    assert row.clean("z\u0307") == "ż"


def test_fit():
    assert row.fit("abc", 5) == "abc  "
    assert row.fit("abc", 5, right=True) == "  abc"
    assert row.fit("abcdef", 4) == "abc…"
    assert row.fit("abc", 0) == ""


@given(st.text(max_size=30), st.integers(0, 40))
def test_a_row_has_exactly_its_width(text, width):
    assert len(row.plain(row.row(width, (text, row.TEXT), ("x", row.DIM)))) == width
    assert len(row.fit(text, width)) == width


def test_ends():
    assert row.plain(row.ends(12, "left", "right")) == "left   right"
    assert row.plain(row.ends(10, "too long a text", "9,99")) == "too … 9,99"


def test_wrapped_breaks_between_words():
    rows = row.wrapped(12, "one two three four")
    assert [row.plain(line).strip() for line in rows] == ["one two", "three four"]


def test_changed():
    old = row.row(10, ("total 1,00", row.TEXT))
    new = row.row(10, ("total 1,50", row.TEXT))
    assert row.changed(old, new) == (8, 9)
    assert row.changed(old, old)[0] == row.changed(old, old)[1]
    assert row.changed(row.BLANK, row.row(3, ("a", row.MARK))) == (0, 3)


@given(ROWS, ROWS)
def test_repainting_what_changed_makes_the_new_row(old, new):
    start, end = row.changed(old, new)
    before = [(c, s) for text, s in old for c in text]
    after = [(c, s) for text, s in new for c in text]
    size = max(len(before), len(after))
    before += [(" ", row.TEXT)] * (size - len(before))
    after += [(" ", row.TEXT)] * (size - len(after))
    assert before[:start] + after[start:end] + before[end:] == after
