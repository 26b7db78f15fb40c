from __future__ import annotations

import pytest

from terminal.errors import Code
from terminal.sync.refusal import reason, refused, short, unusable


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'{"status":409,"title":"Fork","detail":"seq 3"}', "Fork: seq 3"),
        (b'{"status":409,"title":"Fork"}', "Fork"),
        (b"<html>", "HTTP 409"),
        (b"", "HTTP 409"),
    ],
)
def test_the_words_of_the_office_or_its_number(raw: bytes, words: str) -> None:
    assert reason(raw, 409) == words


def test_a_refusal_keeps_the_number_of_the_answer() -> None:
    error = refused(404, "no receipt")
    assert (error.code, error.params["status"]) == (Code.OFFICE_REFUSED, 404)
    assert "?" in str(unusable("", "no address"))


def test_long_words_are_cut_and_none_has_a_name() -> None:
    assert len(short("x" * 1000)) == 300
    assert short(ValueError()) == "ValueError"
