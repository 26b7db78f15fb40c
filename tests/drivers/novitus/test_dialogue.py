"""Stored, remembered, confirmed, awaited: each answer that may be missing, one by one."""

from __future__ import annotations

import pytest

from drivers.errors import InDoubt, NotDone, NotReady, Refused, Unreachable, Why
from drivers.fiscal import Mechanism
from drivers.novitus.dialogue import Documents, Gone
from drivers.novitus.session import Session
from drivers.novitus.watch import Timings
from tests.drivers.novitus.conftest import NUMBER, SILENT, says, shows, trouble

TIMINGS = Timings(reply_s=2, poll_s=1, silence_s=5, busy_max_s=4, blocked_max_s=6)
BODY = {"receipt": {}}
STORED = ("POST /receipt", says(201, request={"id": NUMBER, "status": "STORED"}))
CONFIRMED = ("PUT /receipt/N", says(200, request={"id": NUMBER, "status": "CONFIRMED"}))
NO_ANSWER = ("PUT /receipt/N", SILENT)
DONE = ("GET /receipt/N", shows("DONE", response={"x": 1}))
STILL_STORED = ("GET /receipt/N", shows("STORED"))
WORKS = ("GET /receipt/N", shows("PENDING"))
CLEARED = ("DELETE /queue", says(200, status="DELETED"))
DROPPED = ("DELETE /receipt/N", says(200, request={"status": "DELETED"}))
NO_PAPER = {"status": "ERROR", "error": {"code": 1037, "description": "Brak papieru"}}


@pytest.fixture
def told():
    return []


@pytest.fixture
def documents(told):
    session = Session("token", lambda _: None, TIMINGS.reply_s)
    return Documents(session, TIMINGS, told.append)


@pytest.fixture
def print_it(play, documents):
    """Carry out a receipt by a script; what was remembered stands in the script's own order."""

    def run(*script, **options):
        remembered = []
        dialogue = documents.carry_out("receipt", BODY, remembered.append)
        done, made = play(dialogue, *script, **options)
        assert remembered == [NUMBER]
        return done, made

    return run


def test_all_is_well(print_it):
    done, made = print_it(STORED, CONFIRMED, WORKS, DONE)
    assert (done.number, done.response) == (NUMBER, {"x": 1})
    assert made.asked[0].body == b'{"receipt":{}}'
    assert made.asked[2].timeout_ms == 1000
    assert made.seconds == 1, "asked again, but not at once"


def test_it_is_remembered_before_it_is_confirmed(play, documents):
    def refuse(number):
        raise NotDone(number)

    with pytest.raises(NotDone, match=NUMBER):
        play(documents.carry_out("receipt", BODY, refuse), STORED)


def test_storing_may_be_repeated_and_copies_are_dropped(print_it):
    lost = ("POST /receipt", SILENT)
    done, _ = print_it(lost, lost, STORED, CONFIRMED, DONE, CLEARED)
    assert done.number == NUMBER


def test_copies_are_dropped_after_a_refusal_as_well(print_it):
    failed = ("GET /receipt/N", shows("ERROR", error={"code": 27, "description": "Suma"}))
    with pytest.raises(Refused):
        print_it(("POST /receipt", SILENT), STORED, CONFIRMED, failed, CLEARED)


def test_nothing_can_be_stored(play, documents):
    lost = ("POST /receipt", SILENT)
    with pytest.raises(Unreachable):
        play(documents.carry_out("receipt", BODY), lost, lost, lost)
    with pytest.raises(Unreachable):
        play(documents.carry_out("receipt", BODY), lost, is_sent=False)


@pytest.mark.parametrize("number", [None, 7, "", "x" * 31, "../../../../../etc/passwd/12345678901"])
def test_a_number_that_is_none_is_no_answer(play, documents, number):
    bad = ("POST /receipt", says(201, request={"id": number, "status": "STORED"}))
    with pytest.raises(Unreachable):
        play(documents.carry_out("receipt", BODY), bad, bad, bad)


def test_a_document_that_is_not_taken(play, documents):
    bad = trouble(400, 8, errors=["receipt/items : Required"])
    with pytest.raises(Refused, match="receipt/items : Required") as caught:
        play(documents.carry_out("receipt", BODY), ("POST /receipt", bad))
    assert caught.value.code == 8
    with pytest.raises(Refused) as caught:
        play(documents.carry_out("receipt", BODY), ("POST /receipt", trouble(409, 11)))
    assert caught.value.why is Why.REPORT_MISSING
    with pytest.raises(NotReady):
        play(documents.carry_out("receipt", BODY), ("POST /receipt", trouble(403, 6)))


def test_the_confirmation_was_heard_and_its_answer_lost(print_it):
    done, _ = print_it(STORED, NO_ANSWER, WORKS, DONE)
    assert done.number == NUMBER


def test_the_confirmation_was_lost(print_it):
    done, made = print_it(STORED, NO_ANSWER, STILL_STORED, CONFIRMED, DONE)
    assert done.number == NUMBER
    assert [request.method for request in made.asked].count("PUT") == 2


def test_a_second_confirmation_that_the_first_one_overtook(print_it):
    busy = ("PUT /receipt/N", trouble(403, 6))
    token = ("GET /token", says(200, token="new"))
    done, _ = print_it(STORED, NO_ANSWER, STILL_STORED, busy, token, WORKS, DONE)
    assert done.number == NUMBER


def test_confirmations_that_never_arrive(print_it):
    again = (NO_ANSWER, STILL_STORED) * 3
    with pytest.raises(NotDone):
        print_it(STORED, *again, DROPPED)
    with pytest.raises(InDoubt):
        print_it(STORED, *again, ("DELETE /receipt/N", trouble(400, 9)))
    with pytest.raises(InDoubt):
        print_it(STORED, *again, ("DELETE /receipt/N", SILENT))


def test_a_confirmation_that_is_refused(print_it):
    with pytest.raises(NotDone, match="gone"):
        print_it(STORED, ("PUT /receipt/N", trouble(404, 1)))
    with pytest.raises(Refused):
        print_it(STORED, ("PUT /receipt/N", trouble(409, 11)))
    with pytest.raises(NotReady):
        print_it(STORED, ("PUT /receipt/N", trouble(403, 6)))


def test_the_printer_cannot_carry_it_out(print_it):
    error = {"code": 20, "description": "Błędna wartość"}
    with pytest.raises(Refused) as caught:
        print_it(STORED, CONFIRMED, ("GET /receipt/N", shows("ERROR", error=error)))
    assert (caught.value.code, caught.value.why) == (20, Why.TOTALS)
    with pytest.raises(Refused) as caught:
        print_it(STORED, CONFIRMED, ("GET /receipt/N", shows("ERROR", error="?")))
    assert caught.value.code == 0


@pytest.mark.parametrize("answer", [shows("UNKNOWN"), trouble(404, 1)])
def test_what_is_gone_is_in_doubt(print_it, answer):
    with pytest.raises(Gone):
        print_it(STORED, CONFIRMED, ("GET /receipt/N", answer))


@pytest.mark.parametrize("answer", [SILENT, trouble(500, 13), says(200), shows("NEW WORD")])
def test_silence_and_nonsense_end_in_doubt(print_it, answer):
    looks = 2 if answer is SILENT else 5
    with pytest.raises(InDoubt, match="silent"):
        print_it(STORED, CONFIRMED, *[("GET /receipt/N", answer)] * looks)


def test_work_without_end(print_it):
    with pytest.raises(InDoubt, match="get done"):
        print_it(STORED, CONFIRMED, *[WORKS] * 4)


def test_waiting_for_paper_is_told(print_it, told):
    waits = ("GET /receipt/N", shows("PENDING", device=NO_PAPER))
    print_it(STORED, CONFIRMED, *[waits] * 5, DONE)
    assert [status.mechanism for status in told] == [Mechanism.NO_PAPER] * 5
    with pytest.raises(InDoubt, match="nobody came"):
        print_it(STORED, CONFIRMED, *[waits] * 6)


# What was begun before


def test_the_end_of_an_older_document(play, documents):
    def ended(*script):
        return play(documents.await_end("receipt", NUMBER), *script)[0]

    assert ended(WORKS, DONE)
    assert not ended(("GET /receipt/N", shows("ERROR", error={"code": 1})))
    assert not ended(("GET /receipt/N", trouble(404, 1)))
    assert not ended(("GET /receipt/N", shows("UNKNOWN")))
    assert not ended(STILL_STORED, DROPPED)
    assert not ended(STILL_STORED, ("DELETE /receipt/N", trouble(404, 1)))
    late = ("DELETE /receipt/N", trouble(400, 9))
    assert ended(STILL_STORED, late, WORKS, DONE), "confirmed in the meantime"


def test_an_older_document_that_does_not_end_stays_in_doubt(play, documents):
    late = ("DELETE /receipt/N", trouble(400, 9))
    for script in (
        [WORKS] * 4,
        [("GET /receipt/N", SILENT)] * 2,
        [STILL_STORED, ("DELETE /receipt/N", SILENT)],
        [STILL_STORED, late] * 3,
    ):
        with pytest.raises(InDoubt):
            play(documents.await_end("receipt", NUMBER), *script)


def test_the_queue(play, documents):
    assert play(documents.queued(), ("GET /queue", says(200, requests_in_queue=3)))[0] == 3
    play(documents.clear(), CLEARED)
    for dialogue, line in (
        (documents.queued(), "GET /queue"),
        (documents.clear(), "DELETE /queue"),
    ):
        with pytest.raises(Unreachable):
            play(dialogue, (line, SILENT))
    with pytest.raises(Refused):
        play(documents.clear(), ("DELETE /queue", trouble(500, 13)))


def test_a_look_at_the_device(play, documents):
    stored = ("POST /status", says(201, request={"id": NUMBER, "status": "STORED"}))
    dropped = ("DELETE /status/N", says(200))
    shown = ("GET /status/N", shows("STORED", device=NO_PAPER))
    status, made = play(documents.peek(), stored, shown, dropped)
    assert status.mechanism is Mechanism.NO_PAPER
    assert "PUT" not in {request.method for request in made.asked}
    with pytest.raises(Unreachable):
        play(documents.peek(), stored, ("GET /status/N", SILENT), dropped)
