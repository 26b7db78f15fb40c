"""The words that look, at a real till with a fake printer."""

from __future__ import annotations

from terminal.console.looking import news
from terminal.errors import Blocked, Code
from terminal.events import SellingBlocked
from terminal.sync.wire import Scope
from tests.terminal.console.conftest import lines_of


def test_status_tells_how_the_till_is(one, technician):
    one.pay("1")
    reply = technician.say("status")
    assert reply.is_well
    assert reply.data["is_running"]
    assert reply.data["is_logged_in"]
    assert reply.data["day"] == "OPEN"
    assert not reply.data["is_receipt_open"]
    assert reply.data["unsent"] > 0


def test_status_says_why_selling_is_stopped(one, technician):
    one.till.engine.tell(SellingBlocked(Blocked(Code.RAM_RESET)))
    reply = technician.say("status")
    assert (reply.is_well, reply.data["blocked"]) == (False, "E-54")
    assert any("E-54 The printer lost its working memory" in line for line in reply.lines)


def test_printer_and_clock_ask_the_printer(technician):
    assert technician.say("printer").data["unique_no"] == "ABC 2101000001"
    assert set(technician.say("clock").data) == {"printer", "till"}


def test_frames_are_the_tape_without_tax_numbers(one, technician):
    tapes = one.till.console._bench.live.tapes
    tape = tapes.tape("printer", "posnet", "/dev/null")
    for number in range(30):
        tape.record(b"\x02trnipset\tni5261040828\t#%04d\x03" % number, is_ours=True)
    assert len(technician.say("frames").lines) == 20
    reply = technician.say("frames 3")
    assert len(reply.lines) == len(reply.data) == 3
    assert "trnipset" in reply.lines[0]
    assert "5261040828" not in str(technician.say("frames 1000"))


def test_log_ends_with_the_newest_and_can_be_followed(one, technician):
    technician.say("version")
    rows = technician.say("log 2").data
    assert [row["name"] for row in rows] == ["console_login", "console_line"]
    assert technician.say("log follow").code == ""
    place = rows[-1]["epoch"], rows[-1]["seq"]
    told = news(one.till.console._bench, place)
    assert [row["detail"]["line"] for row in told.data] == ["log 2", "log follow"]
    assert news(one.till.console._bench, (9, 9)).lines == ()


def test_what_waits_for_the_office_and_what_it_rejected(one, technician):
    one.pay("1")
    unsent = technician.say("unsent").data
    assert unsent["receipt"] == 1
    assert technician.say("rejected").data == []
    one.sql("INSERT INTO verdict VALUES (1, 1, 0, 'wrong total')")
    (row,) = technician.say("rejected").data
    assert (row["place"], row["reason"]) == ("1/1", "wrong total")


def test_data_sets_and_exchanges_are_listed(technician):
    assert {row["name"] for row in technician.say("sets").data} >= {"products", "settings"}
    assert technician.say("history 1").data[0]["error"].startswith("E-50")


def test_databases_are_read_from_end_to_end(one, technician):
    reply = technician.say("db check")
    assert reply.is_well
    assert [row["name"] for row in reply.data["checks"]][:2] == ["journal", "catalogue"]
    path = one.folder / "catalogue.db"
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    reply = technician.say("db check")
    assert (reply.is_well, reply.data["state"]) == (False, "bad")
    assert any(line.startswith("BAD") and "catalogue" in line for line in reply.lines)


def test_the_doctor_looks_at_everything_but_the_printer_that_the_till_has(technician):
    reply = technician.say("doctor")
    found = {row["name"]: row for row in reply.data["checks"]}
    assert {"program", "disk", "journal", "printer", "office", "unsent"} <= set(found)
    assert "the till has it" in found["printer"]["text"]
    assert reply.data["is_running"]


def test_copies_of_the_journal_are_made_and_listed(technician):
    before = len(technician.say("backups").data)
    made = technician.say("backup").data
    listed = technician.say("backups").data
    assert len(listed) == before + 1
    assert made["path"] in {row["path"] for row in listed}


def test_devices_network_and_identity(technician):
    assert technician.say("devices").data[0]["name"] == "printer"
    reply = technician.say("network")
    assert (reply.is_well, reply.data["is_online"]) == (False, False)
    assert technician.say("enrol").data["terminal"] == "T1"
    assert technician.say("version").data["epoch"] == 1


def test_looking_changes_nothing_but_the_record_of_it(one, console, papers):
    console.login(papers, Scope.LOOK)
    before = len(one.documents())
    for line in ("status", "sets", "unsent", "rejected", "history", "db check"):
        console.say(line)
    assert len(one.documents()) - before == 6
    assert [outcome for _, _, outcome in lines_of(one)] == ["done"] * 6
