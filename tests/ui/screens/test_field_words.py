"""Lines, states and sizes in words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from terminal.sync.wire import SalesDocument, Visit
from tests.ui.fake_field import LINE, visit
from ui.screens.field_words import STATES, TYPES, line_texts, size, state_of


def test_every_type_and_state_of_the_wire_has_a_word():
    states = {*SalesDocument.__annotations__, *Visit.__annotations__}
    assert "state" in states
    assert set(TYPES) == {"ZS", "OS"}
    assert {"open", "realised", "cancelled", "planned", "done"} == set(STATES)


def test_a_line_fits_and_tells_its_discount():
    (text,) = line_texts(80, [replace(LINE, percent_bp=1250)])
    assert len(text) <= 78
    assert "12,5 %" in text
    assert text.endswith("6,98")


def test_a_visit_that_was_begun_is_going_on():
    assert state_of(visit(1, "2026-11-22T10:00:00+01:00")) == "planned"
    assert state_of(visit(1, "", began_at="2026-11-22T10:00:00+01:00")) == "there now"
    assert state_of(visit(1, "", began_at="x", state="done")) == "done"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (10 * 1024 * 1024, "10,0 MiB")],
)
def test_sizes(count, words):
    assert size(count) == words
