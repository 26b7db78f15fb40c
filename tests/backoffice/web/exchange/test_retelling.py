from __future__ import annotations

import pytest

from backoffice.web import i18n
from backoffice.web.exchange.retelling import retold


@pytest.mark.parametrize(
    ("stored", "polish"),
    [
        ("the record has no id", i18n.gettext_noop("the record has no id")),
        ("no unit 'wiadro'", "no unit '{row}'"),
        ("unit: no unit 'wiadro'", "unit: no unit '{row}'"),
        ("lipa: unit: no unit 'wiadro'", "lipa: unit: no unit '{row}'"),
    ],
)
def test_a_reason_is_said_in_the_language_of_its_reader(stored, polish):
    head, colon, message = polish.rpartition(": ")
    with i18n.speaking("pl"):
        told = retold(stored)
        assert told == f"{head}{colon}{i18n._(message, row='wiadro')}"
        assert told != stored
    with i18n.speaking("en"):
        assert retold(stored) == stored


def test_a_reason_within_a_reason(monkeypatch):
    with i18n.speaking("pl"):
        inner = i18n._("no product '{row}'", row="a1")
        told = retold("It cannot be counted now: no product 'a1'")
    assert told.endswith(inner)


@pytest.mark.parametrize(
    "text", ["", "Nieznany błąd 17", "{row}", "500 {", "a: b: c: d: e: f", "x" * 5000]
)
def test_what_was_made_of_no_message_stays_as_it_is(text):
    with i18n.speaking("pl"):
        assert retold(text) == text
