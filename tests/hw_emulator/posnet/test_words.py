from __future__ import annotations

import json
import time

import pytest

from hw_emulator.posnet.device import Mechanism
from hw_emulator.posnet.words import words
from hw_emulator.words import carry_out, dictionary
from tests.hw_emulator.conftest import DEADLINE_S

SALE = ("trinit|bm1", "trline|naKawa|vt0|pr100", "trend")


@pytest.fixture
def printer(serve, clock):
    return serve(now=clock)


@pytest.fixture
def do(printer):
    known = dictionary(words(printer))

    def carry(word: str, **details):
        answer = carry_out(known, {"do": word, **details})
        assert answer.pop("ok"), answer
        json.dumps(answer)
        return answer

    return carry


def test_a_hand_on_the_sensors(printer, do):
    do("paper", out=True)
    assert printer.device.mechanism is Mechanism.NO_PAPER
    do("mechanism", state="OVERHEATED")
    assert printer.device.mechanism is Mechanism.OVERHEATED
    do("cover", open=False)
    assert printer.device.mechanism is Mechanism.OK
    do("drawer", open=True)
    do("paper-low", low=True)
    assert printer.device.drawer_open
    assert printer.device.paper_low


def test_unknown_states_are_answered_with_the_known_ones(printer):
    answer = carry_out(dictionary(words(printer)), {"do": "mechanism", "state": "FINE"})
    assert "NO_PAPER" in answer["error"]


def test_the_clock_is_told_jumps_and_is_set(do):
    assert do("clock") == {"clock": "2026-03-02T10:00:00+01:00"}
    assert do("clock", jump_s=-3600)["clock"].startswith("2026-03-02T09:00:00")
    assert do("clock", to="2026-07-01T23:59:58")["clock"] == "2026-07-01T23:59:58+02:00"


def test_what_is_no_time_is_said(printer):
    answer = carry_out(dictionary(words(printer)), {"do": "clock", "to": "soon"})
    assert "soon" in answer["error"]


def test_counters_and_records_tell_what_was_sold(printer, do, connect):
    client = connect(printer.tcp)
    for text in SALE:
        client.ask(text)
    counters = do("counters")["counters"]
    assert (counters["receipt_no"], counters["reports"]) == (1, 0)
    assert counters["day"]["totals_gr"][0] == 100
    records = do("records")["records"]
    assert [record["n"] for record in records] == list(range(1, len(records) + 1))
    assert do("records", since=len(records))["records"] == []
    assert do("records", since=len(records) - 1)["records"] == records[-1:]
    assert do("memory")["receipts"][0]["total_gr"] == 100


def test_what_the_world_did_to_it_outlives_a_restart(printer, do, connect):
    do("jumper", set=True)
    assert do("condition", name="keys-not-delivered") == {"conditions": ["keys-not-delivered"]}
    printer.restart(0.0)
    until_s = time.monotonic() + DEADLINE_S
    while not printer.station.is_on:
        assert time.monotonic() < until_s
    client = connect(printer.tcp)
    assert printer.device.outside.jumper
    assert client.ask("trinit").error == 3733
    assert do("condition")["conditions"] == ["keys-not-delivered"]
    do("condition", name="keys-not-delivered", on=False)
    assert client.ask("trinit").error is None


def test_the_state_and_the_queue(printer, do, connect):
    client = connect(printer.tcp)
    for text in SALE[:2]:
        client.ask(text)
    do("cover", open=True)
    client.send("trend")
    client.send("scnt")
    until_s = time.monotonic() + DEADLINE_S
    while do("state")["waits_for"] != "MECHANISM":
        assert time.monotonic() < until_s
    state = do("state")
    assert (state["state"], state["mechanism"], state["held_by"]) == ("LINES", "COVER", 1)
    while do("queue")["commands"] != 1:
        assert time.monotonic() < until_s
    told = do("queue", queue_max=1)
    assert (told["is_idle"], told["queue_max"], told["buffer_max"]) == (False, 1, 65536)
    assert told["bytes"] > 0
    client.send("sid")
    assert client.receive().error == 14
    do("hold", interface=2)
    do("cover", open=False)
    assert client.receive().mnemonic == "trend"
    do("midnight")
    assert len(printer.device.books.reports) == 1
