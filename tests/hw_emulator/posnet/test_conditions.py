from __future__ import annotations

import re
from pathlib import Path

import pytest

from hw_emulator.posnet.conditions import DOCUMENT_BLOCKS, SALE_BLOCKS, Condition
from hw_emulator.posnet.profile import Profile

# By hand, from the protocol's table of errors.
CODES = {
    "authorisation-over": 484,
    "subscription-over": 488,
    "keys-not-delivered": 3733,
    "certificates-needed": 3735,
    "shared-key-missing": 3929,
    "clock-broken": 460,
    "clock-before-memory": 1045,
    "sale-memory-full": 387,
    "memory-full": 388,
    "ram-resets-used-up": 1017,
    "reports-used-up": 1018,
    "protected-memory-full": 1039,
    "protected-memory-low": 2900,
}


def test_every_condition_has_its_number():
    assert {str(condition): int(SALE_BLOCKS[condition]) for condition in Condition} == CODES


def test_the_handbook_tells_each_of_them_in_order():
    handbook = (Path(__file__).parents[3] / "docs" / "emulator.md").read_text(encoding="utf-8")
    table = handbook.partition("### What may happen")[2]
    told = re.findall(r"\| `([a-z-]+)` \| (\d+) \|", table)
    assert told == [(word, str(code)) for word, code in CODES.items()]


@pytest.mark.parametrize("word", CODES)
@pytest.mark.parametrize("opening", ["trinit", "trfvinit", "trpackinit"])
def test_no_sale_while_it_holds(bench, word, opening):
    bench.device.conditions.add(Condition(word))
    assert bench.error(opening) == CODES[word]
    assert bench.ask("scomm")["ts"] == "0"
    bench.run("scnt", "rtcget")
    bench.device.conditions.clear()
    bench.run(opening)


def test_the_first_one_is_told(bench):
    bench.device.conditions |= {Condition.SHARED_KEY_MISSING, Condition.AUTHORISATION_OVER}
    assert bench.error("trinit") == 484


@pytest.mark.parametrize("condition", DOCUMENT_BLOCKS)
@pytest.mark.parametrize(
    "text", ["cash|kw100|wp1", "stocash|kw1", "vatset|va22|da2026-03-02", "login|naAnna|dr1"]
)
def test_no_room_for_any_document(bench, condition, text):
    before = bench.ask("scnt"), bench.ask("vatget"), bench.ask("scashstate")
    bench.device.conditions.add(condition)
    assert bench.error(text) == DOCUMENT_BLOCKS[condition]
    assert before == (bench.ask("scnt"), bench.ask("vatget"), bench.ask("scashstate"))
    assert bench.device.books.cashier == "KIEROWNIK"


def test_an_open_receipt_may_end_although_the_world_has_changed(bench):
    bench.run("trinit", "trline|naKawa|vt0|pr100")
    bench.device.conditions.add(Condition.AUTHORISATION_OVER)
    bench.run("trend")


def test_protected_memory_fills_up_by_itself(make_bench):
    bench = make_bench(profile=Profile(documents_max=2))
    bench.sell()
    bench.run("stocash|kw1")
    assert bench.error("trinit") == 1039
    assert bench.error("stocash|kw1") == 2900
    bench.report()


def test_the_clock_may_not_be_before_the_last_report(bench):
    bench.report()
    bench.device.jump(-60)
    assert bench.error("trinit") == 1045
    bench.device.jump(60)
    bench.run("trinit")
