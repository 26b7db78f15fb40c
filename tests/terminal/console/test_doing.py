"""The words that change something, at a real till."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Timer

from drivers.scan import read_scan
from terminal.console import doing
from terminal.errors import Code, Rejected, SyncError
from terminal.events import Pulled, Scanned
from terminal.gear import showing
from terminal.gear.showing import Choice, Screen
from tests.shop import wait_until


def answering(result):
    """A verb of the till that gives this, or raises it, in a Future."""

    def verb(*_args, **_kwargs):
        future = Future()
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)
        return future

    return verb


def test_a_form_is_printed_in_the_technicians_name(one, technician):
    assert technician.say("test printer").is_well
    assert len(one.printer.forms_printed) == 1


def test_a_technician_needs_nobody_logged_in(one, technician):
    one.do(one.till.lock)
    assert technician.say("test printer").code == ""
    assert technician.say("clock set").code == ""
    assert [body["operator"] for body in one.named("printer_clock_set")] == ["J. Kowal"]


def test_what_is_open_in_the_printer_is_cancelled(one, technician):
    assert technician.say("printer cancel").data["was_open"] is False
    assert one.named("cancelled_by_hand")[0]["operator"] == "J. Kowal"


def test_the_drawer_is_opened_and_the_office_hears_of_it(one, technician):
    technician.say("test drawer")
    (event,) = one.named("drawer_opened")
    assert (event["operator"], event["detail"]["reason"]) == ("J. Kowal", "technician")


def test_the_scale_is_asked(one, technician):
    assert technician.say("test scale").code == "E-93"
    one.till.gear.scale = _Scale()
    reply = technician.say("test scale")
    assert reply.data == {"qty_milli": 1250}
    assert reply.lines[0].endswith("1.250")


class _Panel:
    def close(self):
        pass


class _Scale:
    def weigh(self):
        return answering(1250)()

    def stop(self):
        pass


def test_the_display_shows_a_test(one, technician):
    assert technician.say("test display").code == "E-184"
    screen = Screen(_Panel(), Choice("Welcome", "en"), lambda _event: None)
    one.till.gear.display = screen
    assert technician.say("test display").is_well
    assert screen._wanted == showing.Showing("amount", "TEST", "123,45")


def test_a_scan_is_waited_for_with_nobody_logged_in(one, technician, monkeypatch):
    assert not technician.say("test scanner").is_well
    one.do(one.till.lock)
    monkeypatch.setattr(doing, "_SCAN_S", 0.01)
    assert technician.say("test scanner").lines == ["Nothing was scanned"]
    monkeypatch.setattr(doing, "_SCAN_S", 20.0)
    scan = read_scan("5901234123457")
    scanner = Timer(0.2, one.till.engine.tell, [Scanned(scan)])
    scanner.start()
    assert technician.say("test scanner").data == {"code": scan.code}
    scanner.join()


def test_data_is_fetched_and_sent_in_the_technicians_name(one, technician):
    since = one.heard.mark()
    reply = technician.say("push")
    assert reply.code == "E-50"
    assert technician.say("pull products").code == "E-50"
    wait_until(lambda: len(one.heard.events) > since, "told")
    exchange = technician.say("history 1").data[0]
    assert (exchange["entry"], exchange["operator"]) == ("products", "J. Kowal")


def test_what_came_is_counted(one, technician, monkeypatch):
    came = [Pulled("products", 3, 1, 0, (("p9", "No such unit"),))]
    monkeypatch.setattr(one.till, "pull", answering(came))
    monkeypatch.setattr(one.till, "push", answering(2))
    reply = technician.say("pull products ever")
    assert reply.lines == ["products         +3 ~1 -0 !1", "! p9: No such unit"]
    reply = technician.say("sync")
    assert reply.lines[0] == "2 documents sent"
    assert reply.data["pull"][0]["added"] == 3
    assert technician.say("rejected retry").data == []


def test_a_refusal_of_the_office_is_told(one, technician, monkeypatch):
    refusal = SyncError(Code.OFFICE_REFUSED, detail="no such terminal")
    monkeypatch.setattr(one.till, "push", answering(refusal))
    assert technician.say("push").sentence == "Back office refused: no such terminal"
    monkeypatch.setattr(one.till, "push", answering(Rejected(Code.SYNC_RUNNING)))
    assert technician.say("push").code == "E-38"


def test_tapes_are_saved(one, technician):
    tapes = one.till.console._bench.live.tapes
    tapes.tape("printer", "posnet", "/dev/null").record(b"\x02sid\x03", is_ours=True)
    assert technician.say("tape save").is_well
    wait_until(lambda: list((one.folder / "tapes").glob("*-asked.jsonl")), "saved")
