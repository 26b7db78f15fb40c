"""The token: kept, refreshed when it is old, asked for anew only when it is gone."""

from __future__ import annotations

import pytest

from drivers.errors import Refused
from drivers.novitus.frame import Request, Response
from drivers.novitus.session import Answer, Session, number
from tests.drivers.novitus.conftest import SILENT, says, trouble

QUEUE = Request("GET", "/queue")
GOOD = ("GET /queue", says(200, requests_in_queue=2))
OLD = ("GET /queue", trouble(401, 4))


@pytest.fixture
def kept():
    return []


@pytest.fixture
def make(kept):
    return lambda token="old": Session(token, kept.append, 5.0)


def test_a_token_that_is_good(play, make, kept):
    answer, made = play(make().ask(QUEUE), GOOD)
    assert (answer.is_good, answer.document) == (True, {"requests_in_queue": 2})
    assert made.asked[0].token == "old"
    assert kept == []


def test_the_first_token(play, make, kept):
    answer, made = play(make("").ask(QUEUE), ("GET /token", says(200, token="new")), GOOD)
    assert answer.is_good
    assert [request.token for request in made.asked] == ["", "new"]
    assert kept == ["new"]


@pytest.mark.parametrize("token", ["two words", "zażółć", "line\n"])
def test_a_kept_token_that_could_not_be_sent_is_forgotten(play, make, kept, token):
    play(make(token).ask(QUEUE), ("GET /token", says(200, token="new")), GOOD)
    assert kept == ["new"]


def test_an_old_token_is_refreshed(play, make, kept):
    fresh = ("PATCH /token", says(200, token="fresh"))
    answer, made = play(make().ask(QUEUE), OLD, fresh, GOOD)
    assert answer.is_good
    assert [request.token for request in made.asked] == ["old", "old", "fresh"]
    assert kept == ["fresh"]


def test_a_token_the_printer_forgot(play, make, kept):
    answer, _ = play(
        make().ask(QUEUE),
        OLD,
        ("PATCH /token", trouble(401, 4)),
        ("GET /token", says(200, token="new")),
        GOOD,
    )
    assert answer.is_good
    assert kept == ["", "new"]


def test_a_second_refusal_is_told(play, make):
    answer, _ = play(make().ask(QUEUE), OLD, ("PATCH /token", says(200, token="x")), OLD)
    assert answer.is_refusal


def test_no_more_tokens(play, make):
    many = trouble(429, 2, allowed_refresh_date="12:00")
    with pytest.raises(Refused, match="not before 12:00") as caught:
        play(make("").ask(QUEUE), ("GET /token", many))
    assert (caught.value.code, caught.value.mnemonic) == (2, "TOO_MANY_TOKENS")


def test_a_forbidden_request_has_cost_the_token(play, make, kept):
    session = make()
    answer, _ = play(session.ask(QUEUE), ("GET /queue", trouble(403, 6)))
    assert answer.status == 403
    assert kept == [""]
    play(session.ask(QUEUE), ("GET /token", says(200, token="new")), GOOD)


@pytest.mark.parametrize("answer", [SILENT, says(200), says(200, token=7), says(200, token="a b")])
def test_without_a_token_nothing_is_asked(play, make, answer):
    found, _ = play(make("").ask(QUEUE), ("GET /token", answer))
    assert found == Answer()


def test_silence_of_the_refresh_leaves_the_refusal(play, make):
    answer, _ = play(make().ask(QUEUE), OLD, ("PATCH /token", SILENT))
    assert answer.status == 401


def test_silence_takes_the_wait_and_the_patience(play, make):
    answer, made = play(make().ask(QUEUE, 2.0), ("GET /queue", SILENT))
    assert (answer.status, answer.waited_s, made.seconds) == (0, 7.0, 7.0)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"a": NaN}', b"[" * 100_000])
def test_what_is_no_document_is_silence(play, make, body):
    answer, _ = play(make().ask(QUEUE), ("GET /queue", Response(200, body)))
    assert (answer.status, answer.document) == (0, {})


def test_an_error_without_words_is_still_one(play, make):
    answer, _ = play(make().ask(QUEUE), ("GET /queue", Response(507)))
    assert (answer.status, answer.is_refusal, answer.told, answer.code) == (507, False, "", 0)


def test_words_of_a_refusal():
    refusal = {"code": 8, "description": "JSON Validation Error", "errors": ["a : Type", 5]}
    assert Answer(400, {"exception": refusal}).told == "JSON Validation Error: a : Type: 5"
    assert Answer(400, {"exception": []}).told == ""


def test_numbers():
    assert [number(each) for each in (5, True, "5", None, 1.5)] == [5, 0, 0, 0, 0]
