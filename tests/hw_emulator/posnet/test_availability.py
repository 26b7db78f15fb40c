from __future__ import annotations

import pytest

from hw_emulator.posnet.availability import READ_ONLY, is_available
from hw_emulator.posnet.ports import speak_posnet
from hw_emulator.posnet.registry import COMMANDS

# A sample by hand from the protocol's column RO: both answers for each kind of command.
YES = ("rtcset", "progid", "monthlyrep", "endrepro", "prncancel", "hardprncancel", "scomm", "beep")
NO = ("trinit", "trline", "trend", "dailyrep", "cash", "login", "hdrset", "vatset", "shiftrep")
NO += ("formstart", "dbchkplu", "trfvinit", "trpackinit", "stocash", "discounttypeset", "ftrcfg")


def test_what_a_read_only_printer_still_does():
    assert set(YES) <= READ_ONLY
    assert not set(NO) & READ_ONLY


def test_every_question_may_be_asked_of_a_read_only_printer():
    asked = {name for name in COMMANDS if name.endswith("get") or name in {"scnt", "stot", "sfsk"}}
    # The technician's questions are the exception.
    technicians = {"servicedataget", "servicemandataget", "taxofficedataget"}
    assert asked - READ_ONLY == technicians | {"authstateget", "nextmaintenanceget"}


@pytest.mark.parametrize(
    ("name", "old"),
    [("trinit", True), ("trfvinit", True), ("trfvfreedata", True), ("trfvbuyer", False)],
)
def test_generations(name, old):
    assert is_available(name, is_old=False)
    assert is_available(name, is_old=True) is old


@pytest.fixture
def closed(bench):
    bench.sell()
    bench.report()
    bench.run("endrepro|da2026-03-02")
    return bench


def test_the_closing_report_makes_the_printer_read_only(closed):
    assert closed.ask("scomm")["td"] == "T"
    assert "RAPORT FISKALNY ROZLICZENIOWY" in closed.printed
    for text in ("trinit", "dailyrep|da2026-03-02", "cash|kw1|wp1", "login|naAnna"):
        assert closed.error(text) == 2036
    closed.run("scnt", "monthlyrep|da2026-03-01", "prncancel", "progid|nmX|vr1|nuY")
    closed.run("endrepro|da2026-03-02")


def test_every_command_obeys_the_column(closed):
    for name, found in COMMANDS.items():
        if not closed.device.model.knows(name):
            continue
        answer = closed.raw(name)
        speak_posnet(closed.device, 1)
        if not any(param.is_mandatory for param in found.params):
            assert (answer.error == 2036) is not found.is_read_only, name
