from __future__ import annotations

from pathlib import Path
from threading import Event
from types import SimpleNamespace

from terminal.console import machine
from terminal.errors import Blocked, Code, SyncError
from terminal.update.launcher import AGAIN
from terminal.update.prepared import Prepared
from terminal.update.search import Found
from terminal.update.slots import Standing
from tests.terminal.console.test_doing import answering

PREPARED = Prepared("9.9.9", 9, "0.1.0", Path("/nowhere"), "0" * 64, "kasoterminal/stable/x.tar")


def test_a_till_that_no_launcher_started_has_no_slots_and_no_way_back(technician, monkeypatch):
    monkeypatch.delenv("KASO_PREFIX", raising=False)
    assert technician.say("slots").code == "E-184"
    assert technician.say("rollback").code == "E-179"


def test_slots_are_listed(technician, monkeypatch):
    standing = [
        Standing("1.0.0-1", "1.0.0", 1, "CONFIRMED"),
        Standing("1.1.0-2", "1.1.0", 2, "BAD"),
    ]
    monkeypatch.setenv("KASO_PREFIX", "/opt/kasoterminal")
    monkeypatch.setenv("KASO_SLOT", "1.0.0-1")
    slots = SimpleNamespace(standing=lambda: standing)
    monkeypatch.setattr(machine, "Slots", lambda _prefix: slots)
    reply = technician.say("slots")
    assert [row["version"] for row in reply.data] == ["1.0.0", "1.1.0"]
    assert reply.lines[1].split() == ["1.1.0-2", "1.1.0", "2", "BAD"]


def test_the_way_back_is_the_updates_to_decide(one, technician, monkeypatch):
    monkeypatch.setattr(one.till.updates, "go_back", answering("1.0.0"))
    assert technician.say("rollback").data["version"] == "1.0.0"
    refusal = Blocked(Code.UPDATE_NOT_NOW, reason="something was sold")
    monkeypatch.setattr(one.till.updates, "go_back", answering(refusal))
    assert technician.say("rollback").code == "E-172"


def test_the_program_ends_for_a_new_start_after_its_answer(one, technician, monkeypatch):
    monkeypatch.setattr(machine, "_SOON_S", 0.01)
    left = Event()
    monkeypatch.setattr(one.till.updates, "leave", left.set)
    assert technician.say("restart").is_well
    assert left.wait(20)
    assert one.till.updates.exit_code == AGAIN


def test_the_machine_is_started_anew_by_one_fixed_command(technician, monkeypatch):
    assert not technician.say("reboot").is_well
    monkeypatch.setattr(machine, "REBOOT", ("/bin/true",))
    assert technician.say("reboot").is_well
    monkeypatch.setattr(machine, "REBOOT", ("/nowhere/systemctl",))
    assert not technician.say("reboot").is_well


def test_the_office_is_asked_for_a_version(one, technician, monkeypatch):
    monkeypatch.setattr(one.till.finder, "look", answering(Found("9.9.9", 5000, 1000)))
    data = technician.say("update find").data
    assert (data["version"], data["size"], data["received"]) == ("9.9.9", 5000, 1000)
    monkeypatch.setattr(one.till.finder, "look", answering(Found()))
    assert technician.say("update find").lines == ["The program is up to date."]


def test_a_version_is_fetched_and_waits_for_the_daily_report(one, technician, monkeypatch):
    monkeypatch.setattr(one.till.finder, "fetch", answering(PREPARED))
    assert technician.say("update fetch").data == {"prepared": "9.9.9"}
    monkeypatch.setattr(one.till.finder, "fetch", answering(None))
    assert technician.say("update fetch").data["version"] == ""


def test_how_updates_stand(one, technician, monkeypatch):
    reply = technician.say("update status")
    assert reply.is_well
    assert (reply.data["is_on"], reply.data["phase"]) == (False, "IDLE")
    refusal = SyncError(Code.UPDATES_OFF, reason="no root")
    monkeypatch.setattr(one.till.finder._search, "trouble", refusal)
    monkeypatch.setattr(one.till.finder._search, "prepared", PREPARED)
    reply = technician.say("update status")
    assert (reply.is_well, reply.data["trouble"]) == (False, "E-160")
    assert reply.data["prepared"] == "9.9.9"
