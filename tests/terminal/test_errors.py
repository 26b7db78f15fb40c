"""Every refusal is a sentence that can be said, in the language of the screen."""

from __future__ import annotations

from string import Formatter

import pytest

from terminal import errors
from terminal.errors import Blocked, Code, Rejected, SyncError, TillError
from terminal.sentences import SENTENCES

KNOWN = {
    "name": "Mleko",
    "method": "Karta",
    "item": "12",
    "count": 3,
    "seconds": 30,
    "vat": "A",
    "nip": "123",
    "precision": 3,
    "number": 2106,
}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def params(code: Code) -> dict[str, object]:
    return {name: KNOWN.get(name, f"<{name}>") for name in fields(SENTENCES[code])}


@pytest.mark.parametrize("code", list(Code))
def test_each_code_has_a_sentence_that_can_be_filled(code: Code) -> None:
    error = TillError(code, **params(code))
    sentence = error.sentence()
    assert len(sentence) > 8
    assert sentence[0].isupper()
    assert not sentence.endswith(".")
    assert "{" not in sentence
    assert all(str(value) in sentence for value in error.params.values())
    assert str(error) == f"{code.value} {sentence}"


def test_a_sentence_that_lacks_something_is_noticed_where_it_is_made() -> None:
    with pytest.raises(KeyError, match="item"):
        Rejected(Code.NOT_FOUND)


def test_who_can_put_it_right_is_its_class() -> None:
    for kind in (Rejected, Blocked, SyncError):
        error = kind(Code.NO_NETWORK)
        assert isinstance(error, TillError)
        assert (error.code, error.params) == (Code.NO_NETWORK, {})
    assert not issubclass(Rejected, Blocked)


def test_the_sentence_speaks_the_language_of_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    def polish(message: str, **filled: object) -> str:
        assert message == SENTENCES[Code.NOT_FOUND]
        return "Nie znaleziono: {item}".format(**filled)

    monkeypatch.setattr(errors, "translate", polish)
    error = Rejected(Code.NOT_FOUND, item="77")
    assert error.sentence() == "Nie znaleziono: 77"
    # The log stays in one language.
    assert str(error) == "E-01 No matching item: 77"
