from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from hw_emulator.posnet.outside import Outside, Server
from hw_emulator.posnet.outside_words import outside_words
from hw_emulator.words import carry_out, dictionary


@pytest.fixture
def say(bench):
    words = dictionary(outside_words(lambda: bench.device))

    def carry(do, **details):
        return carry_out(words, {"do": do, **details})

    return carry


def test_the_page_tells_all_that_is_outside():
    page = (Path(__file__).parents[3] / "docs" / "emulator-services.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)`", page))
    assert {field.name for field in fields(Outside)} <= told


def test_servers(bench, say):
    outside = bench.device.outside
    assert say("repository", server="FAILS") == {"ok": True}
    say("firmware", server="OK", offer="2.01", broken=True)
    say("edocuments", server="UNREACHABLE")
    say("edocuments", server="OK", address="https://a.pl")
    assert outside.repository is Server.FAILS
    assert (outside.firmware, outside.firmware_offer) == (Server.OK, "2.01")
    assert outside.firmware_broken
    assert outside.edocument_server("https://a.pl") is Server.OK
    assert outside.edocument_server("https://b.pl") is Server.UNREACHABLE
    assert "OK | FAILS | UNREACHABLE" in say("repository", server="ill")["error"]


def test_things(bench, say):
    outside = bench.device.outside
    say("jumper", set=True)
    say("display", connected=True)
    say("wifi", networks="SKLEP,KAWA")
    assert outside.jumper
    assert outside.external_display
    assert outside.wifi_networks == {"SKLEP", "KAWA"}
    say("wifi", networks="")
    assert not outside.wifi_networks


def test_days(bench, say):
    bench.run("trinit", "prncancel")
    say("subscription", until="2026-03-01")
    assert bench.error("trinit") == 488
    say("subscription", until="2027-03-01")
    say("certificates", until="2026-03-01")
    assert bench.device.outside.certificates_until == date(2026, 3, 1)
    assert bench.error("trinit") == 3735
    assert "isoformat" in say("certificates", until="soon")["error"]


def test_an_event_is_in_the_memory_with_the_next_command(bench, say):
    before = len(bench.memory.records)
    say("event", kind="POWER_FAILURE")
    say("event", kind="INSPECTION", details="si=SERWIS 7")
    say("event", kind="FIRMWARE_FAILED", details="ec=12")
    say("event", kind="SERVICE_MODE", details="en=T")
    say("event", kind="CLOCK", details="nt=2026-03-02T10:00:00+01:00")
    assert len(bench.memory.records) == before
    assert bench.ask("fmrecpowerfail")["no"] == "1"
    assert bench.ask("fmrecservice")["si"] == "SERWIS 7"
    assert bench.ask("fmrecfirmwareupdatefail")["ec"] == "12"
    assert bench.ask("fmrecservicemode")["en"] == "T"
    assert bench.ask("fmrecdatetime")["nt"] == "2026-03-02;10:00"


@pytest.mark.parametrize(
    ("kind", "details", "says"),
    [
        ("INSPECTION", "xx=1", "INSPECTION has no detail 'xx'; it has si"),
        ("POWER_FAILURE", "si=1", "it has none"),
        ("FIRMWARE_FAILED", "ec=twelve", "invalid literal"),
        ("CLOCK", "nt=noon", "isoformat"),
        ("REPORT", "", "should be"),
    ],
)
def test_events_that_make_no_sense(bench, say, kind, details, says):
    assert says in say("event", kind=kind, details=details)["error"]
    assert not bench.device.outside.errands


def test_back_to_posnet(bench, say):
    bench.run("protoswitch")
    assert bench.error("sdev") == 499
    say("posnet")
    assert bench.error("sdev") is None
