from __future__ import annotations

import pytest

from hw_emulator.posnet import edocument_buffer
from hw_emulator.posnet.memory import FiscalMemory
from hw_emulator.posnet.outside import Server


@pytest.fixture
def shop(bench):
    bench.run("eparagonstatusset|st1", "eparagondefaultset|ada.pl")
    return bench


def sell(bench, *, block: int = 1) -> dict[str, str]:
    """A receipt for a customer; what became of it."""
    handle = bench.ask("eparagonidznext|idKID1")["ha"]
    bench.run(f"trinit|bm{block}", "trline|naKawa|vt0|pr100", "trend")
    return bench.ask(f"eparagonbufferget|hd{handle}")


def state(bench, handle: str) -> str:
    return bench.ask(f"eparagonbufferget|hd{handle}")["st"]


def test_a_block_receipt_that_was_sent_needs_no_paper(shop):
    found = sell(shop)
    assert (found["st"], found["pr"], found["hc"], found["uc"]) == ("1", "N", "200", "OK")
    assert found["rd"] == found["sd"] == "2026-03-02T10:00:00+01:00"
    assert shop.printed == ""
    assert shop.memory.view().receipts[0].total_gr == 100
    # It is in protected memory all the same, under the number the record tells.
    assert found["di"] == shop.ask("eclastdocnoget|ty0")["di"]
    shop.run("eclastprintouts|no1")
    assert "PARAGON FISKALNY" in shop.printed


def test_it_is_printed_when_it_could_not_be_sent(shop):
    shop.device.outside.edocuments[""] = Server.UNREACHABLE
    found = sell(shop)
    assert (found["st"], found["pr"], found["hc"], found["cc"]) == ("2", "T", "0", "7")
    assert "PARAGON FISKALNY" in shop.printed


def test_a_receipt_line_by_line_is_always_printed(shop):
    found = sell(shop, block=0)
    assert (found["st"], found["pr"]) == ("1", "T")
    assert "PARAGON FISKALNY" in shop.printed


def test_lines_after_a_receipt_without_paper_need_none_either(shop):
    shop.run("eparagonidznext|idKID1", "trinit|bm1", "trline|naKawa|vt0|pr100", "trend|fe0")
    shop.run("trftrln|id0|naPunkty 5", "trftrend")
    assert shop.printed == ""
    shop.sell()
    assert "PARAGON FISKALNY" in shop.printed


def test_it_is_tried_again_after_the_schedule(shop):
    shop.run("eparagonscheduleset|sa10|sb20|op600|tl5000")
    shop.device.outside.edocuments[""] = Server.FAILS
    handle = sell(shop)["hd"]
    tries = []
    for second in range(1, 1300):
        shop.device.jump(1)
        before = shop.ask(f"eparagonbufferget|hd{handle}")["sd"]
        if not tries or before != tries[-1][1]:
            tries.append((second, before))
    assert [second for second, _ in tries] == [1, 10, 30, 630, 1230]
    shop.device.outside.edocuments[""] = Server.OK
    shop.device.jump(600)
    assert state(shop, handle) == "1"


def test_it_is_given_up_when_it_is_too_old(shop):
    shop.run("eparagonscheduleset|sa10|op600|tl100")
    shop.device.outside.edocuments[""] = Server.FAILS
    handle = sell(shop)["hd"]
    shop.device.jump(99)
    assert state(shop, handle) == "2"
    shop.device.jump(1)
    assert state(shop, handle) == "3"
    shop.device.outside.edocuments[""] = Server.OK
    shop.device.jump(10_000)
    assert state(shop, handle) == "3"


def test_a_cancelled_receipt_leaves_the_customer_for_the_next(shop):
    handle = shop.ask("eparagonidznext|idKID1")["ha"]
    shop.run("trinit|bm1", "prncancel")
    assert state(shop, handle) == "4"
    shop.sell()
    assert state(shop, handle) == "1"


def fill(bench, monkeypatch, *servers: Server) -> list[str]:
    monkeypatch.setattr(edocument_buffer, "BUFFER_MAX", len(servers))
    handles = []
    for server in servers:
        bench.device.outside.edocuments[""] = server
        handles.append(sell(bench)["hd"])
    return handles


def test_what_is_done_makes_room_but_the_last_ten(shop, monkeypatch):
    handles = fill(shop, monkeypatch, *[Server.OK] * 11)
    shop.run("eparagonidznext|idKID2")
    assert shop.error(f"eparagonbufferget|hd{handles[0]}") == 903
    assert state(shop, handles[1]) == "1"
    shop.run("trinit|bm1", "eparagonidzcancel")


def test_a_full_buffer_takes_nothing_more(shop, monkeypatch):
    fill(shop, monkeypatch, *[Server.OK] * 10, Server.FAILS)
    assert shop.error("eparagonidznext|idKID2") == 4250
    assert shop.error("eparagonidzprev|idKID2") == 4257
    shop.run("eparagonbufferoverrideset|ov1")
    shop.run("eparagonidznext|idKID2")


def test_the_buffer_outlives_power_and_ram(tmp_path, make_bench, clock):
    path = tmp_path / "fiscal.jsonl"
    bench = make_bench(memory=FiscalMemory(path), now=clock)
    bench.run("eparagonstatusset|st1", "eparagondefaultset|ada.pl")
    bench.device.outside.edocuments[""] = Server.UNREACHABLE
    waiting = sell(bench)["hd"]
    reserved = bench.ask("eparagonidznext|idKID2")["ha"]
    bench.memory.close()
    again = make_bench(memory=FiscalMemory(path), now=clock, ram_reset=True)
    assert (state(again, waiting), state(again, reserved)) == ("2", "4")
    again.device.jump(20)
    assert state(again, waiting) == "1"
    again.sell()
    assert state(again, reserved) == "1"
    again.memory.close()
