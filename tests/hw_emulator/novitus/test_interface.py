"""Requests one by one, without threads: a document is carried out when the test says so."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from drivers.novitus.frame import Request
from drivers.novitus.packet import Packet
from hw_emulator.novitus.device import Mechanism
from hw_emulator.novitus.interface import STORED_MAX, Interface, name, refused
from hw_emulator.novitus.jobs import Jobs, State
from hw_emulator.novitus.tokens import HOURLY_MAX, Tokens
from tests.hw_emulator.novitus.conftest import direct_io

STATUS = {"status": {"type": "device"}}
REPORT = {"daily_report": {"date": "02/03/2026"}}


class Talk:
    """Asks an interface, with the last token it gave."""

    def __init__(self, device, clock) -> None:
        self.interface = Interface(device, Jobs(), Tokens(clock))
        self.jobs = self.interface.jobs
        self.token = ""

    def ask(self, method: str, path: str, document: dict | bytes = b"", **options):
        body = json.dumps(document).encode() if isinstance(document, dict) else document
        request = Request(method, path, body, **({"token": self.token} | options))
        answer = self.interface.answer(request)
        found = json.loads(answer.body)
        self.token = found.get("token", self.token)
        return answer.status, found

    def trouble(self, *request, **options) -> tuple[int, int]:
        status, answer = self.ask(*request, **options)
        return status, answer["exception"]["code"]

    def store(self, kind: str, document: dict) -> str:
        status, answer = self.ask("POST", f"/{kind}", document)
        assert status == 201
        return answer["request"]["id"]


@pytest.fixture
def talk(novitus, clock):
    made = Talk(novitus.device, clock)
    assert made.ask("GET", "/token")[0] == 200
    return made


def test_the_root_needs_no_token(novitus, clock):
    made = Talk(novitus.device, clock)
    assert made.ask("GET", "") == (200, {})
    assert made.trouble("POST", "") == (404, 1)
    assert made.trouble("GET", "/queue") == (401, 4)


def test_tokens(talk, clock):
    first = talk.token
    clock.at += timedelta(minutes=21)
    assert talk.trouble("GET", "/queue") == (401, 4)
    status, answer = talk.ask("PATCH", "/token")
    assert (status, answer["expiration_date"]) == (200, "2026-03-02T09:41:00Z")
    assert talk.ask("GET", "/queue")[0] == 200
    assert talk.trouble("PATCH", "/token", token=first) == (401, 4)
    assert talk.trouble("PUT", "/token") == (404, 1)
    for _ in range(HOURLY_MAX - 1):
        assert talk.ask("GET", "/token", token="")[0] == 200
    status, answer = talk.ask("GET", "/token", token="")
    assert status == 429
    assert answer["exception"]["allowed_refresh_date"] == "2026-03-02T10:00:00Z"


def test_from_stored_to_done(talk):
    number = talk.store("status", STATUS)
    path = f"/status/{number}"
    assert talk.ask("GET", "/queue") == (200, {"requests_in_queue": 1})
    device = {"status": "OK"}
    assert talk.ask("GET", path) == (
        200,
        {"device": device, "request": {"id": number, "status": "STORED"}},
    )
    assert talk.ask("PUT", path) == (200, {"request": {"id": number, "status": "CONFIRMED"}})
    job = talk.jobs.next_queued
    assert job.number == number
    assert talk.interface.awaited(Request("GET", path, timeout_ms=10)) == job
    talk.jobs.change(job, state=State.DONE, response={"x": 1}, jpkid=7)
    _, answer = talk.ask("GET", path)
    expected = {"id": number, "status": "DONE", "jpkid": 7, "response": {"x": 1}}
    assert answer["request"] == expected
    assert talk.trouble("DELETE", path) == (400, 9)
    assert talk.ask("PUT", path)[0] == 200
    assert talk.jobs.next_queued is None, "confirmed twice, carried out once"
    assert talk.ask("GET", "/queue") == (200, {"requests_in_queue": 0})


def test_nothing_else_is_waited_for(talk):
    number = talk.store("status", STATUS)
    talk.ask("PUT", f"/status/{number}")
    for method, path, wait in (
        ("PUT", f"/status/{number}", 10),
        ("GET", f"/status/{number}", None),
        ("GET", f"/receipt/{number}", 10),
        ("GET", "/status", 10),
        ("GET", "/queue", 10),
    ):
        assert talk.interface.awaited(Request(method, path, timeout_ms=wait)) is None


def test_an_error_is_told(talk):
    number = talk.store("status", STATUS)
    talk.jobs.change(
        talk.jobs.find(number, "status"), state=State.ERROR, code=27, description="Total"
    )
    _, answer = talk.ask("GET", f"/status/{number}")
    assert answer["request"]["error"] == {"code": 27, "description": "Total"}


def test_one_confirmed_document_at_a_time(talk):
    first, second = talk.store("status", STATUS), talk.store("status", STATUS)
    talk.ask("PUT", f"/status/{first}")
    assert talk.trouble("PUT", f"/status/{second}") == (403, 6)
    assert talk.trouble("GET", f"/status/{second}") == (401, 4), "and the token is gone"


def test_what_cannot_be_stored(talk):
    assert talk.trouble("POST", "/status", b"{") == (400, 7)
    assert talk.trouble("POST", "/status", b"[]") == (400, 7)
    status, answer = talk.ask("POST", "/status", {"status": {}})
    assert (status, answer["exception"]["errors"]) == (400, ["status/type : Required"])
    assert talk.trouble("POST", "/invoice", {}) == (404, 1)
    assert talk.trouble("POST", "/token/x", {}) == (404, 1)


def test_it_stores_only_so_many(talk):
    for _ in range(STORED_MAX):
        talk.store("status", STATUS)
    assert talk.trouble("POST", "/status", STATUS) == (507, 14)
    talk.ask("DELETE", "/queue")
    talk.store("status", STATUS)


def test_a_report_needs_an_empty_queue_and_lets_nothing_past(talk):
    number = talk.store("status", STATUS)
    assert talk.trouble("POST", "/daily_report", REPORT) == (400, 10)
    assert talk.ask("DELETE", "/queue")[0] == 200
    assert talk.trouble("GET", f"/status/{number}") == (404, 1)
    report = talk.store("daily_report", REPORT)
    talk.ask("PUT", f"/daily_report/{report}")
    assert talk.trouble("POST", "/status", STATUS) == (409, 11)


def test_stored_documents_can_be_taken_back(talk):
    number = talk.store("direct_io", direct_io(Packet("$d", "1")))
    path = f"/direct_io/{number}"
    assert talk.ask("DELETE", path) == (200, {"request": {"id": number, "status": "DELETED"}})
    for method in ("GET", "PUT", "DELETE"):
        assert talk.trouble(method, path) == (404, 1)
    assert talk.trouble("PATCH", "/queue") == (404, 1)


def test_the_state_of_the_device_stands_in_every_document(talk, novitus):
    path = f"/status/{talk.store('status', STATUS)}"
    novitus.device.mechanism = Mechanism.COVER
    _, answer = talk.ask("GET", path)
    assert answer["device"]["error"]["code"] == 1017


def test_what_faults_call_a_request():
    assert name(Request("PUT", "/receipt/abc")) == "receipt-put"
    assert name(Request("GET", "")) == "root-get"


def test_answers_that_faults_ask_for():
    assert refused(507).status == 507
    assert json.loads(refused(507).body)["exception"]["code"] == 14
    assert json.loads(refused(500).body)["exception"]["code"] == 13
