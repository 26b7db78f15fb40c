"""The printer at work, heard by Python's own HTTP client: waiting, faults, power cuts."""

from __future__ import annotations

import contextlib
import http.client
import threading

import pytest

from hw_emulator.novitus.device import Mechanism

STATUS = {"status": {"type": "fiscal_memory"}}


def test_a_receipt_over_http(serve_novitus, call, receipt_of):
    printer = serve_novitus()
    client = call(printer)
    done = client.carry_out("receipt", receipt_of())
    assert (done["status"], done["jpkid"]) == ("DONE", 1)
    assert printer.memory().receipts[0].total_gr == 100
    found = client.carry_out("status", STATUS)["response"]["status"]["fiscal_memory"]
    assert found["unique_number"] == "ZBN2101000001"


def test_a_refused_receipt(serve_novitus, call, receipt_of):
    printer = serve_novitus()
    done = call(printer).carry_out("receipt", receipt_of({"ptu": "G"}))
    assert (done["status"], done["error"]["code"]) == ("ERROR", 18)
    assert len(printer.memory().cancelled) == 1


def test_paper_is_waited_for(serve_novitus, call, receipt_of):
    printer = serve_novitus()
    client = call(printer)
    printer.set_mechanism(Mechanism.NO_PAPER)
    path = client.store("receipt", receipt_of())
    client.ask("PUT", path)
    _, answer = client.ask("GET", f"{path}?timeout=50")
    assert answer["device"]["error"]["code"] == 1037
    assert answer["request"]["status"] in {"QUEUED", "PENDING"}
    assert client.ask("DELETE", path)[0] == 400
    assert printer.memory().receipts == ()
    threading.Timer(0.05, printer.set_mechanism).start()
    assert client.end_of(path)["status"] == "DONE"


def test_what_needs_no_paper_does_not_wait(serve_novitus, call):
    printer = serve_novitus()
    printer.set_mechanism(Mechanism.COVER)
    assert call(printer).carry_out("status", STATUS)["status"] == "DONE"


def test_documents_outlive_one_report(serve_novitus, call, clock):
    client = call(serve_novitus())
    path = client.store("status", STATUS)
    client.ask("PUT", path)
    client.end_of(path)
    report = {"daily_report": {"date": clock.at.strftime("%d/%m/%Y")}}
    assert client.carry_out("daily_report", report)["status"] == "DONE"
    assert client.ask("GET", path)[0] == 200
    client.carry_out("daily_report", report)
    assert client.ask("GET", path)[0] == 404


def test_a_report_of_its_own_accord(serve_novitus):
    printer = serve_novitus(reports_max=1)
    printer.station.midnight()
    assert len(printer.memory().reports) == 1
    printer.station.midnight()
    assert len(printer.memory().reports) == 1, "the memory is full"


def test_noise_is_answered_and_then_the_line_is_dead(serve_novitus, call):
    printer = serve_novitus()
    client = call(printer)
    client.http.sock.sendall(b"\x00\xff\r\n\r\n")
    assert client.http.sock.recv(4096).startswith(b"HTTP/1.1 400 ")
    assert call(printer).ask("GET", "/queue")[0] == 200


# Faults


@pytest.mark.parametrize("kind", ["drop", "lose", "cut:status-put:1:9"])
def test_an_answer_that_does_not_come(serve_novitus, call, kind):
    printer = serve_novitus()
    client = call(printer)
    path = client.store("status", STATUS)
    printer.faults.add(kind if ":" in kind else f"{kind}:status-put:1")
    client.http.timeout = 0.2
    client.http.close()
    with pytest.raises((TimeoutError, http.client.HTTPException)):
        client.ask("PUT", path)
    again = call(printer)
    _, answer = again.ask("GET", f"{path}?timeout=2000")
    assert answer["request"]["status"] == ("STORED" if kind == "drop" else "DONE")


def test_garbled_noisy_and_doubled_answers(serve_novitus, call):
    printer = serve_novitus()
    for kind in ("garble", "noise", "double"):
        printer.faults.add(f"{kind}:root-get:1")
        client = call(printer)
        client.http.putrequest("GET", "/api/v1")
        client.http.endheaders()
        data = client.http.sock.recv(4096)
        good = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        assert data != good
        assert (good in data) is (kind != "garble")


def test_late_and_shifted_answers(serve_novitus, call):
    printer = serve_novitus()
    client = call(printer)
    printer.faults.add("late:root-get:1:0.05")
    assert client.ask("GET", "") == (200, {})
    printer.faults.add("shift:root-get:1")
    client.http.sock.sendall(b"GET /api/v1 HTTP/1.1\r\n\r\n" * 2)
    data = b""
    while data.count(b"HTTP/1.1 200") < 2:
        data += client.http.sock.recv(4096)


def test_refusals_by_fault(serve_novitus, call, receipt_of):
    printer = serve_novitus(faults=["refuse:receipt-post:1:507", "refuse:receipt:1:1006"])
    client = call(printer)
    assert client.ask("POST", "/receipt", receipt_of())[0] == 507
    done = client.carry_out("receipt", receipt_of())
    assert done["error"]["code"] == 1006
    assert printer.memory().cancelled == (), "refused, not begun"


@pytest.mark.parametrize("fault", ["no-paper:receipt:1", "cover:receipt:1"])
def test_a_mechanism_that_fails_just_then(serve_novitus, call, receipt_of, fault):
    printer = serve_novitus(faults=[fault])
    client = call(printer)
    path = client.store("receipt", receipt_of())
    client.ask("PUT", path)
    while client.ask("GET", f"{path}?timeout=20")[1]["device"]["status"] == "OK":
        pass
    assert printer.memory().receipts == ()
    printer.set_mechanism()
    assert client.end_of(path)["status"] == "DONE"
    assert len(printer.memory().receipts) == 1


def test_a_slow_printer(serve_novitus, call, receipt_of):
    printer = serve_novitus(faults=["slow:receipt:1:0.1"])
    assert call(printer).carry_out("receipt", receipt_of())["status"] == "DONE"


def test_paper_that_ends_with_a_request(serve_novitus, call):
    printer = serve_novitus(faults=["no-paper-after:root-get:1"])
    call(printer).ask("GET", "")
    assert printer.device.mechanism is Mechanism.NO_PAPER


# Power cuts


def confirm_and_die(printer, client, path) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        client.ask("PUT", path)
    assert printer.died.wait(10)


@pytest.mark.parametrize(
    ("fault", "status", "receipts"),
    [
        ("die-before:receipt-put:1", "STORED", 0),
        ("die-after:receipt-put:1", None, 1),
        ("die-before:receipt:1", "DONE", 1),
        ("die-after:receipt:1", "UNKNOWN", 1),
    ],
)
def test_where_the_power_goes(serve_novitus, call, receipt_of, tmp_path, fault, status, receipts):
    printer = serve_novitus(tmp_path / "m", faults=[fault])
    client = call(printer)
    path = client.store("receipt", receipt_of())
    confirm_and_die(printer, client, path)
    again = serve_novitus(tmp_path / "m")
    ended = call(again).end_of(path)["status"]
    if status:
        assert ended == status
    assert len(again.memory().receipts) == receipts
    assert again.memory().cancelled == ()


def test_what_waited_for_paper_is_printed_after_the_power_cut(
    serve_novitus, call, receipt_of, tmp_path
):
    printer = serve_novitus(tmp_path / "m")
    printer.set_mechanism(Mechanism.NO_PAPER)
    client = call(printer)
    path = client.store("receipt", receipt_of())
    client.ask("PUT", path)
    printer.kill()
    assert printer.memory().receipts == ()
    again = serve_novitus(tmp_path / "m")
    assert call(again).end_of(path)["status"] == "DONE"
    assert len(again.memory().receipts) == 1


def test_what_was_printed_when_the_paper_ended_is_unknown(
    serve_novitus, call, receipt_of, tmp_path
):
    printer = serve_novitus(tmp_path / "m", faults=["no-paper-after:receipt:1"])
    client = call(printer)
    path = client.store("receipt", receipt_of())
    client.ask("PUT", path)
    while not printer.memory().receipts:
        client.ask("GET", f"{path}?timeout=20")
    printer.kill()
    again = serve_novitus(tmp_path / "m")
    assert call(again).end_of(path)["status"] == "UNKNOWN"
    assert len(again.memory().receipts) == 1
