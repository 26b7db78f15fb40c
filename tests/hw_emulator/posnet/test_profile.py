from __future__ import annotations

import queue
import re
import time
from dataclasses import fields
from pathlib import Path

import pytest

from drivers.posnet.frame import Frame, encode
from hw_emulator.paper import Paper
from hw_emulator.posnet.device import Device
from hw_emulator.posnet.dialect import PosnetDialect
from hw_emulator.posnet.memory import FiscalMemory
from hw_emulator.posnet.profile import PROFILES, Generation, Profile
from hw_emulator.station import Station
from tests.hw_emulator.conftest import Clock


@pytest.mark.parametrize("name", PROFILES)
def test_each_profile_says_who_it_is(make_bench, name):
    profile = PROFILES[name]
    bench = make_bench(profile=profile)
    assert bench.ask("sid") == {"nm": profile.model, "vr": profile.version}
    assert bench.ask("getrealid")["nm"] == profile.model
    bench.sell()
    bench.report()


def test_the_handbook_tells_each_choice():
    handbook = (Path(__file__).parents[3] / "docs" / "emulator.md").read_text(encoding="utf-8")
    table = handbook.partition("### Profiles")[2].partition("### What may happen")[0]
    assert {field.name for field in fields(Profile)} <= set(re.findall(r"`(\w+)`", table))


def test_the_versions_of_the_family():
    versions = {name: profile.version for name, profile in PROFILES.items() if name != "old"}
    assert versions == {
        "xl2": "30.01",
        "hd": "31.01",
        "temo": "32.01",
        "trio": "33.01",
        "pospay": "34.01",
        "vero": "35.01",
        "hx": "38.01",
        "evo": "39.01",
        "fawag": "52.01",
    }


def test_the_old_generation_has_limits_of_its_own():
    old, online = Profile(Generation.OLD), Profile()
    assert (old.is_old, online.is_old) == (True, False)
    assert (old.block_lines_max, online.block_lines_max) == (100, 500)
    assert (old.header_max, online.header_max) == (500, 600)
    assert (old.cancelled_code, online.cancelled_code) == (10, 30)


@pytest.fixture
def old(make_bench):
    return make_bench(profile=PROFILES["old"])


def test_old_answers_are_shorter(old):
    assert " ".join(old.ask("rtcget")) == "da"
    assert " ".join(old.ask("sfsk")).split()[-2:] == ["rw", "nu"]
    assert " ".join(old.ask("stot")).split()[-1] == "vg"
    assert " ".join(old.ask("getrealid")) == "nm vr nu"


def test_old_texts_are_shorter(old):
    old.run("trinit", f"trline|na{'x' * 40}|vt0|pr1|op{'y' * 35}")
    assert old.error(f"trline|na{'x' * 41}|vt0|pr1") == 10
    assert old.error(f"trline|naKawa|vt0|pr1|op{'y' * 36}") == 10
    old.run("prncancel")
    assert old.error(f"hdrset|tx{'x' * 501}|pr1") == 2095


def test_old_block_receipts_are_shorter(old):
    old.run("trinit|bm1", *["trline|naKawa|vt0|pr1"] * 100)
    assert old.error("trline|naKawa|vt0|pr1") == 2052
    old.run("trend", "trinit", *["trline|naKawa|vt0|pr1"] * 101, "trend|to101")


def test_an_old_transfer_is_the_account_of_a_client(old):
    old.run("trinit", "trline|naKawa|vt0|pr100", "trpayment|ty8|wa100", "trend")
    assert "KONTO KLIENTA" in old.printed


def test_old_commands_and_those_it_does_not_know(old, bench):
    old.run("cashrep")
    assert "STAN KASY" in old.printed
    assert bench.error("cashrep") == 1
    for text in ("trfvbuyer|naX|ni1|sc0", "trfvnumber|nb1|sc0", "eventsrepbynumbers|fn1|tn1|ty0"):
        assert old.error(text) == 1
    assert old.error("eparagonstatusget") == old.error("repositoryeventhubstate") == 1


def test_no_old_monthly_report_of_a_month_that_is_not_over(old):
    old.sell()
    old.report()
    assert old.error("monthlyrep|da2026-03-01") == 2044
    old.clock.at = old.clock.at.replace(month=4)
    old.run("monthlyrep|da2026-03-01")


@pytest.mark.parametrize(("name", "code"), [("old", 10), ("xl2", 30)])
def test_giving_up_at_the_keyboard_has_the_number_of_the_generation(name, code):
    device = Device(FiscalMemory(), Paper(), Clock(), profile=PROFILES[name])
    station = Station(PosnetDialect(lambda _ram_reset: device))
    answers: queue.Queue[bytes] = queue.Queue()
    feed = station.connect(answers.put, 1)
    station.start()
    try:
        feed(encode(Frame("dailyrep")))
        while answers.empty():
            station.press("cancel")
            time.sleep(0.01)
        assert b"?%d\t" % code in answers.get()
    finally:
        station.stop()
