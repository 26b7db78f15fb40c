"""What faults of the device do to a command's turn, seen by a client on a real line."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from hw_emulator.posnet.device import Mechanism
from tests.hw_emulator.conftest import DEADLINE_S
from tests.hw_emulator.test_station import LINE, SALE, counted, until


@pytest.fixture
def printer(serve, clock):
    return serve(now=clock)


@pytest.fixture
def client(printer, connect):
    return connect(printer.tcp)


TROUBLE = [
    ("no-paper", Mechanism.NO_PAPER),
    ("cover", Mechanism.COVER),
    ("hot", Mechanism.OVERHEATED),
    ("power-dip", Mechanism.POWER_DIP),
    ("cutter", Mechanism.CUTTER),
]


@pytest.mark.parametrize(("kind", "mechanism"), TROUBLE)
def test_trouble_before_a_command_and_in_the_middle_of_it(printer, client, kind, mechanism):
    for suffix, sold in (("", 0), ("-after", 1)):
        before = counted(printer)[0]
        printer.faults.add(f"{kind}{suffix}:trend:1")
        for text in SALE[:2]:
            client.ask(text)
        client.send("trend")
        until(lambda: printer.device.waiting)
        assert client.ask("!sprn").get("pr") == str(int(mechanism))
        assert counted(printer)[0] - before == sold
        printer.set_mechanism()
        assert client.receive().error is None


def test_trouble_at_the_third_line_that_is_put_right_by_itself(printer, client):
    printer.faults.add("no-paper:trline:3:0.05")
    client.ask("trinit")
    for _ in range(3):
        assert client.ask(LINE).error is None
    assert printer.device.last.totals_gr[0] == 300
    assert printer.device.mechanism is Mechanism.OK


def test_other_trouble_meanwhile_is_not_put_right_with_it(printer, client):
    printer.faults.add("no-paper:trinit:1:0.05")
    client.send("trinit")
    until(lambda: printer.device.waiting)
    printer.set_mechanism(Mechanism.COVER)
    assert client.is_silent(0.3)
    printer.set_mechanism()
    assert client.receive().error is None


def test_errors_of_the_command_and_of_the_frame(printer, client):
    printer.faults.add("refuse:trinit:1:484")
    printer.faults.add("frame-error:trinit:2:6")
    refused, wrong = client.ask("trinit|@0001"), client.ask("trinit|@0002")
    assert (refused.mnemonic, refused.error, refused.token) == ("trinit", 484, "0001")
    assert (wrong.mnemonic, wrong.error, wrong.token) == ("ERR", 6, "0002")
    assert client.ask("scomm").get("ts") == "0"


def test_the_clock_jumps_before_a_command(printer, client):
    printer.faults.add("clock:rtcget:2:86400")
    first, second = client.ask("rtcget").get("da"), client.ask("rtcget").get("da")
    assert (first[:10], second[:10]) == ("2026-03-02", "2026-03-03")


def test_a_clock_that_cannot_jump_so_far_stops_nobody(printer, client):
    printer.faults.add("clock:rtcget:1:999999999")
    printer.faults.add("clock:rtcget:2:-999999999")
    for _ in range(3):
        assert client.ask("rtcget").get("da")[:4].isdecimal()


def test_a_report_of_its_own_before_a_receipt_and_none_within(printer, client):
    for text in SALE:
        client.ask(text)
    printer.faults.add("own-report:trinit:1")
    printer.faults.add("own-report:trline:1")
    printer.faults.add("own-report:sdev:1")
    for text in SALE:
        assert client.ask(text).error is None
    assert (client.ask("scnt").get("rd"), client.ask("scnt").get("bn")) == ("1", "1")
    client.ask("!sdev")
    until(lambda: len(printer.device.books.reports) == 2)


def test_another_interface_holds_the_transaction_for_a_while(printer, client):
    printer.faults.add("hold:trinit:1:0.05")
    assert client.ask("trinit").error == 41
    until(lambda: client.ask("!sdev").get("tl") == "0")
    assert client.ask("trinit").error is None


def again(connect, printer):
    """Connect to a printer that may still be away."""
    until_s = time.monotonic() + DEADLINE_S
    while True:
        try:
            return connect(printer.tcp)
        except ConnectionRefusedError:
            assert time.monotonic() < until_s


@pytest.mark.parametrize(
    ("kind", "sold", "cancelled", "resets"),
    [
        ("reboot", 0, 1, 0),
        ("reboot-after", 1, 0, 0),
        ("ram-reset", 0, None, 1),
        ("ram-reset-after", None, None, 1),
    ],
)
def test_a_reboot_hangs_up_and_comes_back(printer, client, connect, kind, sold, cancelled, resets):
    printer.faults.add(f"{kind}:trend:1:0.05")
    for text in SALE[:2]:
        client.ask(text)
    client.send("trend")
    with pytest.raises((EOFError, ConnectionError)):
        client.receive()
    client = again(connect, printer)
    counts = client.ask("scnt")
    assert client.ask("scomm").get("ts") == "0"
    assert printer.device.books.ram_resets == resets
    for field, expected in (("bn", sold), ("bc", cancelled)):
        assert expected is None or counts.get(field) == str(expected)
    for text in SALE:
        assert client.ask(text).error is None


def test_a_printer_that_keeps_its_receipt_over_a_reboot(serve, connect):
    printer = serve(keeps_receipt=True, faults=["reboot:trend:1:0.05"])
    client = connect(printer.tcp)
    for text in SALE[:2]:
        client.ask(text)
    client.send("trend")
    with pytest.raises((EOFError, ConnectionError)):
        client.receive()
    client = again(connect, printer)
    assert client.ask("scomm").get("ts") == "17"
    assert client.ask("trend").error is None
    assert counted(printer) == (1, 0)


def test_a_reboot_by_an_immediate_command(printer, client, connect):
    printer.faults.add("reboot:sdev:1:0.05")
    client.ask("trinit")
    client.send("!sdev")
    with pytest.raises((EOFError, ConnectionError)):
        client.receive()
    assert again(connect, printer).ask("scnt").get("bc") == "1"


def test_a_slow_device_can_be_stopped(printer, client):
    printer.faults.add("slow:sid:1:600")
    client.send("sid")
    until(lambda: not printer.station.is_idle)
    started = time.monotonic()
    printer.stop()
    assert time.monotonic() - started < DEADLINE_S
    assert not printer.station._thread.is_alive()


def test_its_own_report_at_midnight(serve, connect, clock):
    printer = serve(now=clock, own_report=clock.at.time().replace(hour=0))
    client = connect(printer.tcp)
    for text in (*SALE, *SALE[:2]):
        client.ask(text)
    clock.at += timedelta(hours=20)
    assert client.ask("scnt").get("rd") == "0"
    client.ask("trend")
    until(lambda: len(printer.device.books.reports) == 1)
    assert client.ask("scnt").get("bn") == "0"
