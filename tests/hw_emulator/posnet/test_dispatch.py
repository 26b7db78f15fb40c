"""Which refusal comes first, and which commands wait (§1, §4, §6, §8)."""

from __future__ import annotations

import pytest

from hw_emulator.posnet.mechanism import Mechanism, Wait
from hw_emulator.posnet.profile import Profile
from tests.hw_emulator.conftest import read_command

LINE = "trline|naKawa|vt0|pr100"


def test_the_frame_comes_before_the_state(bench):
    assert bench.error("trline|naKawa|vt0|prX") == 3
    assert bench.error("trline|naKawa|vt0") == 2
    assert bench.error(LINE) == 2005


def test_the_interface_comes_before_the_state(bench):
    bench.run("trinit")
    assert bench.error("trinit", interface=2) == 41
    assert bench.error("trinit") == 2038


def test_read_only_comes_before_the_state(bench):
    bench.run("endrepro|da2026-03-02")
    assert bench.error(LINE) == 2036


@pytest.mark.parametrize(
    ("opening", "steps"),
    [
        ("trinit", (LINE, "trend")),
        ("trfvinit", ("prncancel",)),
        ("trpackinit", ("trpack|pr100", "trend|fe0", "trftrend")),
        ("formstart|fn200", ("formend|fn200",)),
    ],
)
def test_a_document_belongs_to_its_interface_until_it_ends(bench, opening, steps):
    assert bench.error(opening, interface=2) is None
    for text in steps:
        assert bench.ask("sdev")["tl"] == "2"
        for other in ("trinit", LINE, "trend", "dailyrep|da2026-03-02", "prncancel", "login|naX"):
            assert bench.error(other, interface=1) == 41
        for asking in ("scnt", "strns", "sdev", "rtcget", "opendrwr"):
            assert bench.error(asking, interface=1) is None
        assert bench.error(text, interface=2) is None
    assert bench.ask("sdev")["tl"] == "0"
    bench.run("trinit")


def test_the_printer_itself_may_hold_the_transaction(bench):
    bench.device.held_by = 3
    assert bench.ask("sdev")["tl"] == "3"
    assert bench.error("trinit") == bench.error("trinit", interface=2) == 41
    bench.run("hardprncancel", "trinit")


def test_an_interface_that_may_only_ask(make_bench):
    bench = make_bench(profile=Profile(second_only_reads=True))
    for text in ("trinit", "prncancel", "dailyrep|da2026-03-02", LINE, "hardprncancel"):
        assert bench.error(text, interface=2) == 40
    for text in ("scnt", "stot", "sdev", "rtcget", "sid"):
        assert bench.error(text, interface=2) is None
    bench.run("trinit", LINE, "trend")


@pytest.mark.parametrize(
    ("text", "field", "code"),
    [
        ("trinit|bm0|zz1", "zz", 6),
        ("trinit|bm0|bm1", "bm", 6),
        ("trinit|@12", "", 4),
        ("trinit|@12345", "", 4),
    ],
)
def test_a_strict_printer_says_what_a_tolerant_one_overlooks(make_bench, bench, text, field, code):
    answer = make_bench(profile=Profile(is_strict=True)).raw(text)
    assert (answer.mnemonic, answer.error, answer.get("fd")) == ("ERR", code, field)
    tolerant = bench.raw(text)
    assert (tolerant.error is None) is (text != "trinit|@12345")


def test_of_repeated_parameters_the_first_one_counts(bench):
    bench.run("trinit|bm1|bm0")
    assert bench.ask("strns")["ts"] == "17"


def waits(bench, text: str, interface: int = 1):
    return bench.device.waits_for(read_command(text), interface)


def test_nothing_waits_that_would_be_refused(bench):
    bench.device.mechanism = Mechanism.NO_PAPER
    bench.run("trinit|bm1", LINE)
    assert waits(bench, "trend") is Wait.MECHANISM
    assert waits(bench, "trend", interface=2) is None
    assert waits(bench, "dailyrep") is None
    assert waits(bench, "trend|toX") is None


def test_invoices_and_packaging_wait_for_paper_at_their_end(bench):
    bench.device.mechanism = Mechanism.COVER
    for opening, line in (("trfvinit", LINE), ("trpackinit", "trpack|pr1")):
        assert waits(bench, opening) is None
        bench.run(opening)
        assert waits(bench, line) is None
        assert waits(bench, "trend") is Wait.MECHANISM
        bench.device.mechanism = Mechanism.OK
        bench.run("prncancel")
        bench.device.mechanism = Mechanism.COVER
