"""Catalogues of translations, and English wherever one is missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from terminal import i18n
from terminal.i18n import gettext_noop, ntranslate, speaking, translate, use_language

if TYPE_CHECKING:
    from pathlib import Path

CLOSED = "Day {day} is closed"
ONE, MANY = "{count} document", "{count} documents"


@pytest.fixture(autouse=True)
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A Polish catalogue; afterwards English again, whatever a test chose."""
    catalog = Catalog(locale="pl")
    catalog.add(CLOSED, "Dzień {day} jest zamknięty")
    catalog.add((ONE, MANY), ("{count} dokument", "{count} dokumenty", "{count} dokumentów"))
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "kasoterminal.mo").open("wb") as file:
        write_mo(file, catalog)
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    use_language("en")
    yield
    use_language("en")


def test_english_is_the_message_itself() -> None:
    assert translate(CLOSED, day=7) == "Day 7 is closed"
    assert ntranslate(ONE, MANY, 1) == "1 document"
    assert ntranslate(ONE, MANY, 5) == "5 documents"


def test_polish_has_three_forms() -> None:
    use_language("pl")
    assert translate(CLOSED, day=7) == "Dzień 7 jest zamknięty"
    shown = {count: ntranslate(ONE, MANY, count) for count in (1, 2, 4, 5, 12, 22, 0)}
    assert shown == {
        1: "1 dokument",
        2: "2 dokumenty",
        4: "4 dokumenty",
        5: "5 dokumentów",
        12: "12 dokumentów",
        22: "22 dokumenty",
        0: "0 dokumentów",
    }


@pytest.mark.parametrize("language", ["de", "", "../pl", "PL-xx"])
def test_an_unknown_language_falls_back_to_english(language: str) -> None:
    use_language("pl")
    use_language(language)
    assert translate(CLOSED, day=7) == "Day 7 is closed"


def test_a_message_that_nobody_translated_stays_english() -> None:
    use_language("pl")
    assert translate("Never seen: {what}", what="x") == "Never seen: x"


def test_text_without_places_to_fill_may_hold_braces() -> None:
    assert translate("a {b} c") == "a {b} c"


def test_marking_translates_nothing_yet() -> None:
    use_language("pl")
    assert gettext_noop(CLOSED) == CLOSED


def test_what_is_written_for_somebody_else_is_in_their_language() -> None:
    polish = "Dzień 7 jest zamknięty"
    use_language("en")
    with speaking("pl"):
        assert translate(CLOSED, day=7) == polish
        with ThreadPoolExecutor() as others:
            assert others.submit(translate, CLOSED, day=7).result() == "Day 7 is closed"
        with speaking(""):
            assert translate(CLOSED, day=7) == "Day 7 is closed"
        assert translate(CLOSED, day=7) == polish
    assert translate(CLOSED, day=7) == "Day 7 is closed"
