"""What clients of other people really send, byte by byte (§16), to a tolerant and a strict printer.

Nothing here uses our own frames: a checksum, a frame and the reading of an answer are written once
more, each the way the client it stands for does it.
"""

from __future__ import annotations

import queue
import socket

import pytest

from drivers.posnet.frame import Scanner, encode
from hw_emulator.paper import Paper
from hw_emulator.posnet.device import Device
from hw_emulator.posnet.dialect import PosnetDialect
from hw_emulator.posnet.memory import FiscalMemory
from hw_emulator.posnet.profile import PROFILES, Profile
from hw_emulator.station import Station
from tests.hw_emulator.conftest import DEADLINE_S, Clock

RECEIPT = ("trinit", "trline|naKawa|vt0|pr100", "trend|to100")


def checksum(payload: bytes) -> int:
    value = 0
    for byte in payload:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
        value &= 0xFFFF
    return value


def frame(text: str, form: str = "{:04X}") -> bytes:
    payload = text.replace("|", "\t").encode("cp1250") + b"\t"
    return b"\x02" + payload + b"#" + form.format(checksum(payload)).encode() + b"\x03"


class Printer:
    """A device that takes bytes and gives bytes."""

    def __init__(self, profile: Profile | None = None, *, strict: bool = False) -> None:
        self.device = Device(FiscalMemory(), Paper(), Clock(), profile=profile or Profile())
        self.scanner = Scanner(strict=strict)

    def send(self, data: bytes) -> list[bytes]:
        return [encode(self.device.execute(found)) for found in self.scanner.feed(data)]

    def ask(self, text: str) -> bytes:
        (answer,) = self.send(frame(text))
        return answer

    def error(self, text: str) -> int:
        """Number of the refusal as jv reads it: digits behind the first question mark."""
        answer = self.ask(text)
        return int(answer.partition(b"?")[2].partition(b"\t")[0] or 0)


@pytest.fixture
def printer():
    return Printer()


@pytest.fixture
def strict():
    return Printer(Profile(is_strict=True), strict=True)


def test_the_checksum_of_this_file_is_the_published_one():
    assert checksum(b"123456789") == 0x31C3
    assert frame("trinit|bm0") == b"\x02trinit\tbm0\t#4825\x03"


# 1. nd, ph and jv write the checksum in lower case, nd and cs without leading zeros.
@pytest.mark.parametrize("form", ["{:04x}", "{:x}", "{:X}"])
@pytest.mark.parametrize("text", ["trend|to0", "trline|naŁosoś|vt2|pr245", "prncancel"])
def test_checksums(printer, strict, text, form):
    plain, odd = frame(text), frame(text, form)
    assert printer.send(odd) == Printer().send(plain)
    if odd != plain:
        assert strict.send(odd) == [frame("ERR|?15|cm" + text.split("|")[0])]
    assert strict.send(plain) == Printer().send(plain)


def test_a_wrong_checksum_is_never_carried_out(printer):
    (answer,) = printer.send(b"\x02trinit\tbm0\t#4826\x03")
    assert answer == frame("ERR|?5")
    assert b"ts0" in printer.ask("scomm")


# 2. nd sends a whole receipt without waiting; a read may hold several frames or half a one.
@pytest.mark.parametrize("size", [1, 2, 7, 4096])
def test_frames_in_one_read_or_in_many(printer, size):
    stream = b"".join(frame(text) for text in RECEIPT)
    answers = []
    for start in range(0, len(stream), size):
        answers += printer.send(stream[start : start + size])
    assert answers == [frame("trinit"), frame("trline"), frame("trend")]


def test_noise_between_frames_and_a_frame_begun_anew(printer):
    assert printer.send(b"\r\nxx\x02trin" + frame("prncancel") + b"\x00") == [frame("prncancel")]


# 3. mn connects anew for each command; cs cancels over a second connection while the first is open.
def test_a_receipt_outlives_connections(serve):
    running = serve()
    host, port = running.tcp.split(":")
    for text in RECEIPT:
        with socket.create_connection((host, int(port)), DEADLINE_S) as client:
            client.sendall(frame(text))
            assert client.recv(1024) == frame(text.split("|")[0])
    assert len(running.memory().receipts) == 1


def test_cancelling_over_a_second_connection(serve):
    running = serve()
    host, port = running.tcp.split(":")
    with (
        socket.create_connection((host, int(port)), DEADLINE_S) as one,
        socket.create_connection((host, int(port)), DEADLINE_S) as two,
    ):
        for client, text in ((one, "trinit"), (one, RECEIPT[1]), (two, "prncancel")):
            client.sendall(frame(text))
            assert client.recv(1024) == frame(text.split("|")[0])
        one.sendall(frame("trend"))
        assert b"?2005" in one.recv(1024)


# 4. jv, nd and js begin with a cancel and rely on its being accepted.
@pytest.mark.parametrize("name", ["prncancel", "trcancel"])
def test_cancelling_first(printer, strict, name):
    assert printer.ask(name) == strict.ask(name) == frame(name)
    assert b"bc0" in printer.ask("scnt")


# 5. Quantities as go, jv, cs and F write them, and what nd would send for a discount.
@pytest.mark.parametrize("quantity", ["2", "2.0", "2.000", "2,0", "2,00"])
def test_quantities(printer, strict, quantity):
    for one in (printer, strict):
        one.ask("trinit")
        assert one.error(f"trline|naKawa|vt0|pr100|il{quantity}|wa200") == 0


def test_a_word_instead_of_a_boolean(printer):
    printer.ask("trinit")
    assert printer.ask("trline|naKawa|vt0|pr100|rdtrue") == frame("ERR|?3|cmtrline|fdrd")


# 6. js sends a value with a free line of an invoice.
def test_parameters_it_does_not_know(printer, strict):
    for one in (printer, strict):
        one.ask("trfvinit")
    assert printer.error("trfvfreedata|txuwagi|wa100") == 0
    assert strict.ask("trfvfreedata|txuwagi|wa100") == frame("ERR|?6|cmtrfvfreedata|fdwa")


# 7. js and jv open an invoice in the way of the old generation.
OLD_INVOICE = "trfvinit|nb1|ni5222628262|naFirma|pd2026-04-01|ptprzelew"


def test_invoices_of_the_old_generation(printer, strict):
    old = Printer(PROFILES["old"])
    assert old.ask(OLD_INVOICE) == frame("trfvinit")
    assert old.error("trline|naKawa|vt0|pr100") == old.error("trend|to100") == 0
    assert printer.error(OLD_INVOICE) == 0
    assert printer.error("trline|naKawa|vt0|pr100") == 0
    assert printer.error("trend|to100") == 2533
    assert strict.ask(OLD_INVOICE) == frame("ERR|?6|cmtrfvinit|fdnb")


# 8. go ends with re0 and fe1, cs and js without the sum of payments.
@pytest.mark.parametrize("end", ["to100|re0|fe1", "to100", "to100|fp100|re0", ""])
def test_ways_to_end(printer, strict, end):
    for one in (printer, strict):
        for text in RECEIPT[:2]:
            one.ask(text)
        assert one.error(f"trend|{end}" if end else "trend") == 0


def test_cs_sends_an_empty_description(printer, strict):
    for one in (printer, strict):
        one.ask("trinit|bm1")
        assert one.error("trline|naKawa|vt0|pr100|il1|wa100|op") == 0


# 9. cs programs rates with parameters of its own and misspells a command.
def test_what_cs_gets_wrong(printer, strict):
    assert printer.error("vatset|id1|rt23|ac1") == 2030
    assert strict.ask("vatset|id1|rt23|ac1") == frame("ERR|?6|cmvatset|fdid")
    assert printer.ask("eparagonsheduleset|sa10") == frame("ERR|?1|cmeparagonsheduleset")
    wrong = Scanner().feed(frame("vatset|id1|rt23|ac1"))[0]
    assert printer.device.waits_for(wrong) is None


# 10. js takes every read for one answer, cs reads 1024 bytes once.
def test_an_answer_is_one_write():
    device = Device(FiscalMemory(), Paper(), Clock())
    station = Station(PosnetDialect(lambda _ram_reset: device))
    writes: queue.Queue[bytes] = queue.Queue()
    feed = station.connect(writes.put, 1)
    station.start()
    try:
        names = ("scomm", "stot", "sfsk", "scnt", "strns", "nosuch")
        for name in names:
            feed(frame(name))
        for _ in names:
            data = writes.get(timeout=DEADLINE_S)
            assert data.startswith(b"\x02")
            assert data.endswith(b"\x03")
            assert data.count(b"\x02") == data.count(b"\x03") == 1
            assert len(data) <= 1024
    finally:
        station.stop()


# 11. jv asks nine questions before it prints, stops at the first #, and takes any ? for an error;
# go and cs take any ERR for one.
ASKED = ("sid", "sdev", "sprn", "scomm", "vatget", "strns", "sfsk", "stot", "scnt")


@pytest.mark.parametrize("name", PROFILES)
def test_answers_are_clean(name):
    printer = Printer(PROFILES[name])
    for text in (*ASKED, "getrealid", "rtcget", "eclastdocnoget"):
        answer = printer.ask(text)
        assert answer.count(b"#") == 1
        assert b"?" not in answer
        assert b"ERR" not in answer
    assert b"hrT" in printer.ask("scomm")
    assert b"ts0" in printer.ask("scomm")


# 12. mn looks for a checksum behind ETX and shows the raw bytes.
def test_answers_end_with_etx(printer):
    for text in (*ASKED, "trinit", "nosuch", "trinit"):
        answer = printer.ask(text)
        assert (answer[0], answer[-1]) == (2, 3)
        payload, _, digits = answer[1:-1].rpartition(b"#")
        assert digits == b"%04X" % checksum(payload)


# 13. Commands that clients try and no printer has.
@pytest.mark.parametrize(
    "name",
    ["modinf", "prninit", "prnline", "prnend", "trstat", "trdiscountbill", "trdiscntbil", "ERR"],
)
def test_commands_there_are_not(printer, strict, name):
    for one in (printer, strict):
        assert one.ask(name) == frame(f"ERR|?1|cm{name}")
        assert one.ask(name + "|@0007") == frame(f"ERR|@0007|?1|cm{name}")


# Names are compared as the goods base does, in whatever case and with whatever ornament.
def test_names_as_clients_spell_them(printer):
    for text in RECEIPT[:1]:
        printer.ask(text)
    assert printer.error("trline|naCoca-Cola|vt1|pr100") == 0
    assert printer.error("trline|na<coca- - -cola>|vt0|pr100") == 2106


# Tokens: four digits are sent, one to four are accepted, and the answer repeats them as they came.
@pytest.mark.parametrize("token", ["8765", "6", "0042"])
def test_tokens(printer, token):
    assert printer.ask(f"trinit|@{token}|bm1") == frame(f"trinit|@{token}")
    assert printer.ask(f"trinit|@{token}") == frame(f"trinit|@{token}|?2038")
    assert printer.ask(f"rpt|@{token}") == frame(f"trinit|@{token}|?2038")
    assert printer.ask("rpt|@9999") == frame("ERR|@9999|?13|cmrpt")
