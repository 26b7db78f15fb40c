from __future__ import annotations

import pytest

from backoffice.web.field import visit_form
from terminal.sync import wire

FORM = {"customer": "c", "day": "29.03.2026", "time": "9.05", "minutes": "30", "note": "a\r\nb"}


def test_what_was_typed_is_a_moment_of_the_shops():
    fields, texts, errors = visit_form.read(FORM)
    assert errors == {}
    # Summer time began that night.
    assert fields["at"] == "2026-03-29T09:05:00+02:00"
    assert (fields["minutes"], fields["note"], texts["day"]) == (30, "a\nb", "29.03.2026")


@pytest.mark.parametrize("name", ["customer", "day", "time", "minutes"])
def test_what_is_missing_is_named(name):
    fields, _texts, errors = visit_form.read({**FORM, name: ""})
    assert fields == {}
    assert list(errors) == [name]


def test_a_visit_is_shown_in_the_time_of_the_shops():
    texts = visit_form.filled(wire.Visit("v", "c", "2026-03-04T08:30:00+00:00", "Wiosna"))
    assert (texts["day"], texts["time"], texts["subject"]) == ("2026-03-04", "09:30", "Wiosna")
    assert visit_form.blank("2026-03-04", "c")["customer"] == "c"
