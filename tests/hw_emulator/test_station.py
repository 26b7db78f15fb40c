"""Blocking, immediate commands and faults, with a thread and a real connection."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import pytest

from drivers.posnet.frame import encode
from hw_emulator.posnet.device import Mechanism, Wait
from tests.hw_emulator.conftest import DEADLINE_S, read_command

LINE = "trline|naKawa|vt0|pr100"
SALE = ("trinit|bm1", LINE, "trend|to100")


def until(condition) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        threading.Event().wait(0.002)


@pytest.fixture
def printer(serve):
    return serve()


@pytest.fixture
def client(printer, connect):
    return connect(printer.tcp)


def counted(printer) -> tuple[int, int]:
    return printer.device.books.day.receipts, printer.device.books.day.cancelled


@pytest.mark.parametrize("mechanism", [Mechanism.NO_PAPER, Mechanism.COVER, Mechanism.OVERHEATED])
def test_no_answer_until_the_mechanism_is_well_and_immediate_ones_meanwhile(
    printer, client, mechanism
):
    client.ask("trinit|bm1")
    client.ask(LINE)
    printer.set_mechanism(mechanism)
    client.send("trend")
    client.send("scnt")
    until(lambda: printer.device.waiting is Wait.MECHANISM)
    assert client.ask("!sprn").get("pr") == str(int(mechanism))
    busy = client.ask("!sdev")
    assert (busy.get("ds"), busy.get("qe"), busy.get("tl")) == ("3", "N", "1")
    assert client.is_silent()
    assert counted(printer) == (0, 0)
    printer.set_mechanism()
    assert client.receive().mnemonic == "trend"
    assert client.receive().get("bn") == "1"
    until(lambda: client.ask("!sdev").get("qe") == "T")
    assert printer.station.is_idle


def test_paper_may_end_before_a_line_of_a_receipt(printer, client):
    printer.faults.add("no-paper:trline:2")
    client.ask("trinit")
    client.ask(LINE)
    client.send(LINE)
    until(lambda: printer.device.waiting)
    assert printer.device.last.totals_gr[0] == 100
    printer.set_mechanism()
    client.receive()
    assert printer.device.last.totals_gr[0] == 200


def test_paper_may_end_between_the_fiscal_part_and_the_answer(printer, client):
    printer.faults.add("no-paper-after:trend:1")
    for text in SALE[:2]:
        client.ask(text)
    client.send("trend")
    until(lambda: printer.device.waiting)
    assert counted(printer) == (1, 0)
    assert client.is_silent()
    printer.set_mechanism()
    assert client.receive().mnemonic == "trend"


def test_a_report_waits_for_a_key(printer, client):
    client.send("dailyrep")
    until(lambda: printer.device.waiting is Wait.KEY)
    assert client.ask("!sdev").get("ds") == "2"
    assert printer.device.books.reports == []
    printer.station.press()
    assert client.receive().error is None
    client.send("vatset|va23")
    until(lambda: printer.device.waiting is Wait.KEY)
    printer.station.press("cancel")
    assert client.receive().error == 30
    assert printer.device.books.vat_changes == 0


def test_any_command_may_wait_for_a_key_that_somebody_presses_sooner_or_later(printer, client):
    printer.faults.add("key:dailyrep:1")
    printer.faults.add("key:dailyrep:2:0.05")
    today = printer.device.moment()[:10]
    client.send(f"dailyrep|da{today}")
    until(lambda: printer.device.waiting is Wait.KEY)
    printer.station.press("cancel")
    assert client.receive().error == 30
    client.send(f"dailyrep|da{today}")
    assert client.receive().error is None
    assert len(printer.device.books.reports) == 1


def test_an_answer_may_be_lost_but_the_receipt_is_not(printer, client):
    printer.faults.add("lose:trend:1")
    client.ask("trinit|bm1|@0001")
    client.ask(LINE + "|@0002")
    client.send("trend|@0003")
    assert client.is_silent()
    assert counted(printer) == (1, 0)
    assert client.ask("rpt|@0003").mnemonic == "trend"


def test_a_command_may_be_lost(printer, client):
    printer.faults.add("drop:trend:1")
    for text in SALE[:2]:
        client.ask(text)
    client.send("trend|@0003")
    assert client.is_silent()
    assert counted(printer) == (0, 0)
    assert client.ask("rpt|@0003").error == 13
    assert client.ask("trend").error is None


def test_a_refusal_may_be_ordered(printer, client):
    printer.faults.add("refuse:trinit:1:484")
    assert client.ask("trinit").error == 484
    assert client.ask("scomm").get("ts") == "0"
    assert client.ask("trinit").error is None


def test_an_answer_may_come_twice(printer, client):
    printer.faults.add("double:scnt:1")
    assert client.ask("scnt") == client.receive()


def test_an_answer_may_come_with_the_next_one(printer, client):
    printer.faults.add("shift:scnt:1")
    client.send("scnt")
    assert client.is_silent()
    assert client.ask("sid").mnemonic == "scnt"
    assert client.receive().mnemonic == "sid"


def test_an_answer_may_come_late_and_out_of_step(printer, client):
    printer.faults.add("late:scnt:1:0.2")
    client.send("scnt")
    assert client.ask("sid").mnemonic == "sid"
    assert client.receive().mnemonic == "scnt"


def test_a_slow_command_holds_up_those_behind_it(printer, client):
    printer.faults.add("slow:scnt:1:0.2")
    client.send("scnt")
    client.send("sid")
    assert client.ask("!sprn").mnemonic == "sprn"
    assert [client.receive().mnemonic for _ in range(2)] == ["scnt", "sid"]


def test_an_answer_may_be_cut_or_garbled(printer, client):
    printer.faults.add("cut:scnt:1:10")
    client.send("scnt")
    assert client.is_silent()
    assert client.ask("sid").mnemonic == "sid"


@pytest.mark.parametrize(("spec", "sold"), [("die-before:trend:1", 0), ("die-after:trend:1", 1)])
def test_a_printer_may_die(serve, connect, tmp_path, spec, sold):
    memory = tmp_path / "fiscal.mem"
    printer = serve(memory, faults=[spec])
    client = connect(printer.tcp)
    for text in SALE[:2]:
        client.ask(text)
    client.send("trend")
    with pytest.raises((EOFError, ConnectionError)):
        client.receive()
    assert printer.died.wait(DEADLINE_S)
    again = serve(memory)
    assert counted(again) == (sold, 1 - sold)


def test_dying_of_an_immediate_command(printer, client):
    printer.faults.add("die-after:sprn:1")
    client.send("!sprn")
    assert printer.died.wait(DEADLINE_S)


def test_frames_may_come_all_at_once(printer, client):
    client.socket.sendall(b"".join(encode(read_command(text)) for text in [*SALE, "scnt"] * 20))
    answers = [client.receive() for _ in range(80)]
    assert [answer.mnemonic for answer in answers] == ["trinit", "trline", "trend", "scnt"] * 20
    assert answers[-1].get("bn") == "20"


def test_frames_may_come_byte_by_byte(printer, client):
    for byte in encode(read_command("scnt")):
        client.socket.sendall(bytes([byte]))
    assert client.receive().mnemonic == "scnt"


def test_each_answer_is_written_at_once(printer):
    written = []
    feed = printer.station.connect(written.append, 1)
    feed(b"".join(encode(read_command(text)) for text in ("scnt", "sid", "stot")))
    until(lambda: len(written) == 3)
    assert all(data.startswith(b"\x02") and data.endswith(b"\x03") for data in written)


def test_a_full_queue_says_so(printer, client):
    client.send("dailyrep")
    until(lambda: printer.device.waiting)
    client.socket.sendall(encode(read_command("sid|@0001")) * 300)
    answer = client.receive()
    assert (answer.mnemonic, answer.error, answer.token) == ("ERR", 14, "0001")


def test_a_receipt_lives_in_the_printer_and_not_in_the_connection(printer, connect):
    for text in SALE:
        client = connect(printer.tcp)
        assert client.ask(text).error is None
        client.close()
    assert counted(printer) == (1, 0)


def test_cancelling_over_a_second_connection(printer, connect):
    first, second = connect(printer.tcp), connect(printer.tcp)
    first.ask("trinit|bm1")
    assert second.ask("prncancel").error is None
    assert first.ask(LINE).error == 2005
    assert counted(printer) == (0, 1)


def test_the_second_interface_is_kept_out(serve, connect):
    printer = serve(tcp=0, tcp_second=0)
    first, second = connect(printer.tcp), connect(printer.tcp_second)
    first.ask("trinit")
    assert second.ask("trinit").error == 41
    assert second.ask("!sdev").get("tl") == "1"
    assert second.ask("hardprncancel").error is None
    assert second.ask("trinit").error is None
    assert first.ask(LINE).error == 41


def test_strict_printers_want_the_checksum_as_they_write_it(serve, connect):
    client = connect(serve(strict=True).tcp)
    client.socket.sendall(encode(read_command("trend|to0")).replace(b"#013B", b"#13b"))
    assert client.receive().error == 15
    assert client.ask("scnt").error is None


def test_a_report_of_its_own_at_midnight(printer, client):
    for text in SALE:
        client.ask(text)
    printer.station.midnight()
    assert client.ask("scnt").get("rd") == "1"
    client.ask("trinit")
    printer.station.midnight()
    assert client.ask("scnt").get("rd") == "1"


def test_a_lossy_printer_never_loses_count(serve):
    printer = serve(seed=11, loss=0.3)
    feed = printer.station.connect(lambda _data: None, 1)
    feed(b"".join(encode(read_command(text)) for text in ("prncancel", *SALE) * 40))
    until(lambda: printer.station.is_idle)
    view, day = printer.memory(), printer.device.books.day
    assert 5 < day.receipts == len(view.receipts) < 40
    assert day.totals_gr[0] == sum(receipt.total_gr for receipt in view.receipts)


def test_bytes_that_may_wait_have_an_end_too(serve, connect):
    printer = serve(buffer_max=2000)
    client = connect(printer.tcp)
    client.send("dailyrep")
    until(lambda: printer.device.waiting)
    long = "formline|s1" + "x" * 900
    for _ in range(3):
        client.send(long)
    answer = client.receive()
    assert (answer.mnemonic, answer.error) == ("ERR", 11)
    assert client.ask("!sdev").get("ds") == "2"
    printer.station.press()
    assert client.receive().mnemonic == "dailyrep"


def test_a_queue_of_another_length(serve, connect):
    printer = serve(queue_max=3)
    client = connect(printer.tcp)
    client.send("dailyrep")
    until(lambda: printer.device.waiting)
    for number in range(5):
        client.send(f"sid|@{number:04d}")
    assert [client.receive().token for _ in range(2)] == ["0003", "0004"]
    printer.station.press()
    assert [client.receive().mnemonic for _ in range(4)] == ["dailyrep", "sid", "sid", "sid"]


def test_a_frame_beyond_the_limit_is_answered_once_and_harms_nothing(printer, client):
    client.socket.sendall(b"\x02trline\tna" + b"x" * 20_000 + b"\t#0000\x03")
    answer = client.receive()
    assert (answer.mnemonic, answer.error) == ("ERR", 11)
    assert client.ask("scnt").error is None
    assert client.is_silent()


def test_a_frame_of_eight_kilobytes_passes(printer, client):
    client.send("trline|na" + "x" * 8150)
    assert client.receive().mnemonic in {"trline", "ERR"}
    assert client.ask("scnt").error is None


def test_a_half_closed_connection_still_gets_its_answers(printer, client):
    printer.faults.add("slow:sid:1:0.1")
    client.send("sid")
    client.send("scnt")
    client.socket.shutdown(socket.SHUT_WR)
    assert [client.receive().mnemonic for _ in range(2)] == ["sid", "scnt"]
    with pytest.raises(EOFError):
        client.receive()


def test_a_client_that_never_reads_holds_up_nobody(printer, connect):
    deaf, other = connect(printer.tcp), connect(printer.tcp)
    deaf.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    frames = encode(read_command("stot")) * 100
    deaf.socket.settimeout(0.5)
    with contextlib.suppress(OSError):
        for _ in range(200):
            deaf.socket.sendall(frames)
    other.socket.settimeout(DEADLINE_S * 4)
    # While the flood is worked off the queue may be full, which is an answer, too.
    for _ in range(2000):
        if other.ask("scnt").error is None:
            return
    pytest.fail("the queue stayed full")


def test_without_power_nothing_that_was_queued_is_left(printer, client, connect):
    for text in SALE[:2]:
        client.ask(text)
    printer.set_mechanism(Mechanism.NO_PAPER)
    client.send("trend")
    client.send("scnt")
    until(lambda: printer.device.waiting and printer.station.waiting[0] == 1)
    printer.power_off()
    assert printer.station.waiting == (0, 0)
    printer.set_mechanism()
    printer.power_on()
    until(lambda: printer.station.is_on)
    assert counted(printer) == (0, 1)
    assert connect(printer.tcp).ask("scnt").get("bn") == "0"


def test_what_comes_while_it_is_off_is_not_carried_out_later(printer):
    printer.power_off()
    answers = []
    feed = printer.station.connect(answers.append, 1)
    feed(encode(read_command("trinit|bm1")) + encode(read_command("!sdev")))
    printer.power_on()
    until(lambda: printer.station.is_on)
    feed(encode(read_command("scomm")))
    until(lambda: answers)
    assert b"ts0" in answers[0]


def test_switching_off_twice_and_on_twice(printer, connect):
    printer.power_off()
    printer.power_off()
    printer.power_on()
    until(lambda: printer.station.is_on)
    assert connect(printer.tcp).ask("sid").error is None
    printer.power_on()
    assert connect(printer.tcp).ask("sid").error is None


def test_a_command_that_comes_twice_sells_twice(printer, client):
    printer.faults.add("repeat-command:trline:1")
    client.ask("trinit|bm1")
    client.send(LINE)
    assert [client.receive().error for _ in range(2)] == [None, None]
    assert printer.device.last.totals_gr[0] == 200


@pytest.mark.parametrize("byte", [0, 1, 10, 30])
def test_a_command_of_which_only_a_part_arrives_does_nothing(printer, client, byte):
    client.ask("trinit|bm1")
    printer.faults.add(f"cut-request:trline:1:{byte}")
    client.send(LINE)
    assert client.is_silent()
    assert client.ask("scnt").error is None
    assert printer.device.last.totals_gr[0] == 0
    assert client.ask(LINE).error is None


@pytest.mark.parametrize("is_whole", [False, True])
def test_the_plug_is_pulled_in_a_command_or_right_after_it(printer, client, connect, is_whole):
    client.ask("trinit|bm1")
    size = len(encode(read_command(LINE)))
    printer.faults.add(f"unplug-request:trline:1:{size if is_whole else size - 1}")
    client.send(LINE)
    with pytest.raises((EOFError, ConnectionError)):
        client.receive()
    until(lambda: printer.device.last.totals_gr[0] == (100 if is_whole else 0))
    assert connect(printer.tcp).ask("trend").error == (None if is_whole else 1992)


def test_the_plug_is_pulled_in_an_answer(printer, client, connect):
    printer.faults.add("unplug:scnt:1:7")
    client.send("scnt")
    assert client.socket.recv(100) == b"\x02scnt\tr"
    assert client.socket.recv(100) == b""
    assert connect(printer.tcp).ask("scnt").error is None


TREND = encode(read_command("trend|to100"))


@pytest.mark.parametrize("kind", ["cut-request", "dead-request", "unplug-request"])
def test_at_every_byte_of_a_command_it_is_sold_once_or_not_at_all(serve, kind):
    for byte in range(len(TREND) + 1):
        printer = serve(faults=[f"{kind}:trend:1:{byte}"])
        feed = printer.station.connect(lambda _data: None, 1)
        feed(b"".join(encode(read_command(text)) for text in SALE[:2]) + TREND)
        until(lambda printer=printer: printer.station.is_idle)
        assert counted(printer)[0] == int(byte == len(TREND))
        # Whoever comes next finds a printer that understands.
        answers = []
        other = printer.station.connect(answers.append, 1)
        other(encode(read_command("prncancel")) + encode(read_command("scnt")))
        until(lambda answers=answers: len(answers) == 2)
        assert counted(printer) == ((1, 0) if byte == len(TREND) else (0, 1))
        printer.stop()


@pytest.mark.parametrize("kind", ["cut", "dead", "unplug"])
def test_at_every_byte_of_an_answer_it_is_sold_once(serve, kind):
    answer = encode(read_command("trend"))
    for byte in range(len(answer) + 1):
        printer = serve(faults=[f"{kind}:trend:1:{byte}"])
        answers = []
        feed = printer.station.connect(answers.append, 1)
        feed(b"".join(encode(read_command(text)) for text in SALE))
        until(lambda printer=printer: printer.station.is_idle)
        assert counted(printer) == (1, 0)
        assert b"".join(answers[2:]) == answer[:byte]
        printer.stop()


def test_a_bit_of_a_command_is_wrong_and_the_printer_says_so(printer, client):
    printer.faults.add("garble-request:scnt:1:2.0")
    client.send("scnt")
    assert client.receive().error == 5
