from __future__ import annotations

import pytest

from hw_emulator.posnet.display import shown
from hw_emulator.posnet.profile import PROFILES


def test_lines_one_by_one_and_all_at_once(bench):
    bench.run("dsptxtline|id0|no1|lnDrugi", "dsptxtline|id0|no0|lnPierwszy")
    bench.run("dsptxtline|id0|no7|lnIgnored")
    assert bench.device.display == ["Pierwszy", "Drugi"]
    bench.run("dsptxt|id0|stA\nB\nC\nD\nE")
    assert bench.device.display == ["A", "B", "C", "D"]
    bench.run("dsptxt|id0|st")
    assert bench.device.display == []


def test_alignment(bench):
    bench.run("dsptxtline|id0|no0|lnab|th1", "dsptxtline|id0|no1|lnab|th2")
    assert bench.device.display == ["         ab", "ab".rjust(20)]


def test_what_comes_during_a_transaction_waits(bench):
    bench.run("dsptxt|id0|stWitamy", "trinit", "dsptxtline|id0|no1|lnDziękujemy")
    assert bench.device.display == ["Witamy"]
    bench.run("dsptxtline|id0|no0|lnJutro", "trline|naKawa|vt0|pr100", "trend")
    bench.run("scomm")
    assert bench.device.display == ["Jutro", "Dziękujemy"]


def test_what_the_customer_sees(bench):
    bench.run("dsptxt|id0|stWitamy")
    assert shown(bench.device) == ["Witamy"]
    bench.run("dspcmd|id0|st2")
    assert shown(bench.device) == ["2026-03-02 10:00"]
    bench.run("dspcmd|id0|st9")
    assert shown(bench.device) == ["2026-03-02 10:00"]
    bench.run("dspcmd|id0|st0")
    assert shown(bench.device) == []
    bench.run("dspcmd|id0|st1")
    assert shown(bench.device) == ["Witamy"]


@pytest.mark.parametrize("text", ["dsptxt|id1|stA", "dsptxtline|id1|no0|lnA", "dspcmd|id1|st0"])
def test_there_is_one_display(bench, text):
    assert bench.error(text) == 739


def test_a_separate_display(bench):
    assert bench.ask("sdspexternal|id1") == {"id": "1", "ex": "N"}
    bench.device.outside.external_display = True
    assert bench.ask("sdspexternal|id1")["ex"] == "T"
    assert bench.error("sdspexternal|id0") == 739


def test_the_keyboard_is_blocked_until_the_power_goes(make_bench, read):
    bench = make_bench(profile=PROFILES["pospay"])
    assert bench.device.execute_now(read("!kbdblockset|bl1")).error is None
    assert bench.ask("kbdblockget") == {"bl": "T"}
    bench.device.restart()
    assert bench.ask("kbdblockget") == {"bl": "N"}
