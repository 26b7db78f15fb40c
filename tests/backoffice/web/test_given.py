from __future__ import annotations

import pytest

from backoffice.errors import BadRequest
from backoffice.web import given


def test_of_several_texts_the_last_counts():
    form = {"a": ["1", "2"], "b": "x"}
    assert (given.text(form, "a"), given.text(form, "b"), given.text(form, "c")) == ("2", "x", "")
    assert given.several(form, "a") == ["1", "2"]
    assert given.several(form, "b") == ["x"]
    assert given.texts(form) == {"a": "2", "b": "x"}


def test_a_line_has_no_breaks_and_no_blanks_at_its_ends():
    assert given.line({"a": "  Pod\r\n  Lipą "}, "a") == "Pod Lipą"


def test_revisions_come_back_as_they_went():
    assert given.seen({"seen": given.as_seen({"pod lipą": 3, "x=y": 0})}) == {
        "pod lipą": 3,
        "x=y": 0,
    }
    assert given.seen({}) == {}


@pytest.mark.parametrize("text", ["{", "[1]", '{"a": "b"}', '{"a": 1.5}', "\x00"])
def test_what_we_did_not_write_is_refused(text):
    with pytest.raises(BadRequest):
        given.seen({"seen": text})
