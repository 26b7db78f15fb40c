from __future__ import annotations

import pytest

from terminal.i18n import translate, use_language
from terminal.people.rights import Operator
from terminal.sync.wire import Settings
from ui.speech import Speech

SHOP = Settings("settings", language="pl")


def operator(language: str = "") -> Operator:
    return Operator("u1", "1", "Anna", "kasjer", frozenset(), language)


@pytest.fixture
def speech():
    use_language("pl")
    return Speech()


def spoken() -> str:
    return {"zakończ": "pl", "terminer": "fr", "finish": "en", "terminar": "es"}[
        translate("finish")
    ]


def test_an_operator_is_spoken_to_in_their_language_until_the_next_comes(speech):
    speech.follow(operator("fr"), SHOP)
    assert spoken() == "fr"
    speech.follow(operator(), SHOP)
    assert spoken() == "pl"
    speech.follow(operator("en"), SHOP)
    speech.follow(None, SHOP)
    assert spoken() == "pl"


def test_one_chosen_at_the_screen_lasts_as_long_as_whoever_chose_it(speech):
    speech.follow(operator("fr"), SHOP)
    speech.speak("es")
    assert spoken() == "es"
    speech.follow(None, SHOP)
    assert spoken() == "pl"


def test_where_nobody_wants_another_nothing_is_switched(speech):
    use_language("en")
    speech.follow(operator(), SHOP)
    speech.follow(None, SHOP)
    assert spoken() == "en"
