from __future__ import annotations

import re

import pytest

from hw_emulator.words import Detail, Word, carry_out, dictionary

HEARD: list[dict] = []


def hear(**details):
    HEARD.append(details)


def fail(**_details):
    msg = "the shelf is empty"
    raise ValueError(msg)


WORDS = dictionary(
    [
        Word(
            "shout",
            "say it aloud",
            hear,
            (
                Detail("text", str, "what to say"),
                Detail("times", int, "how often", 1),
                Detail("loud", bool, "at the top of its voice", default=False),
                Detail("pitch", float, "in hertz", 440.0),
                Detail("voice", str, "whose", "hers", ("hers", "his")),
            ),
        ),
        Word("tell", "give something", lambda: {"told": 7}),
        Word("fail", "go wrong", fail),
    ]
)


@pytest.fixture(autouse=True)
def heard():
    HEARD.clear()
    return HEARD


def test_details_come_by_name_and_have_defaults(heard):
    assert carry_out(WORDS, {"do": "shout", "text": "hej", "pitch": 220}) == {"ok": True}
    assert heard == [{"text": "hej", "times": 1, "loud": False, "pitch": 220.0, "voice": "hers"}]
    assert carry_out(WORDS, {"do": "tell"}) == {"ok": True, "told": 7}


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        ({"do": "shuot"}, "no word 'shuot'; there are fail, help, shout, tell"),
        ({}, "no word None"),
        ({"do": ["tell"]}, r"no word \['tell'\]"),
        (5, "a request is a JSON object"),
        ({"do": "shout"}, r'shout: "text" is missing \(a text: what to say\)'),
        ({"do": "shout", "text": 3}, '"text" is 3 and should be a text'),
        ({"do": "shout", "text": "a", "times": "2"}, "should be a whole number"),
        ({"do": "shout", "text": "a", "times": True}, "should be a whole number"),
        ({"do": "shout", "text": "a", "loud": 1}, "should be true or false"),
        ({"do": "shout", "text": "a", "pitch": None}, "should be a number"),
        ({"do": "shout", "text": "a", "pitch": float("nan")}, "should be a number"),
        ({"do": "shout", "text": "a", "pitch": float("inf")}, "should be a number"),
        ({"do": "shout", "text": "a", "voice": "its"}, r"should be hers \| his"),
        ({"do": "shout", "txet": "a"}, "shout takes text, times, loud, pitch, voice; not txet"),
        ({"do": "tell", "all": 1}, "tell takes no details; not all"),
        ({"do": "fail"}, "the shelf is empty"),
        ({"do": "help", "word": "x"}, "no word 'x'"),
    ],
)
def test_nonsense_is_answered_with_what_would_be_right(request_, says, heard):
    answer = carry_out(WORDS, request_)
    assert answer["ok"] is False
    assert re.search(says, answer["error"]), answer
    assert heard == []


def test_help_lists_words_with_what_they_take():
    words = carry_out(WORDS, {"do": "help"})["words"]
    assert set(words) == {"shout", "tell", "fail", "help"}
    assert words["tell"] == {"does": "give something", "takes": {}}
    takes = carry_out(WORDS, {"do": "help", "word": "shout"})["words"]["shout"]["takes"]
    assert takes["text"] == "a text: what to say"
    assert takes["times"] == "a whole number: how often (or else 1)"
    assert takes["voice"] == "hers | his: whose (or else 'hers')"


def test_a_later_word_replaces_an_earlier_one():
    words = dictionary([Word("a", "old", lambda: {"is": 1}), Word("a", "new", lambda: {"is": 2})])
    assert carry_out(words, {"do": "a"})["is"] == 2
