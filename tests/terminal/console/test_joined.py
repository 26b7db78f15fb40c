from __future__ import annotations

from pathlib import Path

from terminal.errors import Code, SyncError
from terminal.update.prepared import Prepared
from terminal.update.search import Found
from tests.terminal.console.test_doing import answering

PREPARED = Prepared("9.9.9", 9, "0.1.0", Path("/nowhere"), "0" * 64, "kasoterminal/stable/x.tar")


def test_what_is_not_installed_says_so(technician):
    reply = technician.say("reboot")
    assert reply.code == "E-184"
    assert "reboot" in reply.sentence


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
