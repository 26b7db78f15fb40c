from __future__ import annotations

import base64
from datetime import date, datetime

import pytest

from drivers.errors import InDoubt, Refused, Why
from drivers.fiscal import EXEMPT, INACTIVE, Header
from drivers.novitus import commands
from drivers.novitus.packet import Packet, encode


def carried(packet: Packet | bytes) -> dict:
    data = packet if isinstance(packet, bytes) else encode(packet)
    return {"packet": {"protocol": "NOVITUS", "value": base64.b64encode(data).decode()}}


def test_documents():
    assert commands.status("device") == {"status": {"type": "device"}}
    assert commands.daily_report(date(2026, 3, 2)) == {"daily_report": {"date": "02/03/2026"}}


def test_a_printout():
    lines = ("Zmiana\x1b[2J", "", "x" * 50, "<b>&amp;</b>")
    found = commands.printout(lines)["printout"]["lines"]
    texts = [line.get("textline", {}).get("text") for line in found]
    assert texts == ["Zmiana[2J", None, "x" * 42, "x" * 8, "<b>&amp;</b>"]
    assert found[0]["textline"]["center"] is True
    assert found[1] == {"special_line": {"type": "emptyline"}}
    assert commands.printout(())["printout"]["lines"][0]["textline"]["text"] == " "
    assert len(commands.printout(("x",) * 2000)["printout"]["lines"]) == 1000


def test_packets():
    assert commands.set_clock(datetime(2026, 3, 2, 9, 5, 7)) == Packet("$c", "26;03;02;09;05;07")
    rates = (2300, 800, 500, 0, EXEMPT, INACTIVE, INACTIVE)
    expected = "23.00/8.00/5.00/0.00/100.00/101.00/101.00/"
    assert commands.set_rates(rates) == Packet("$p", "7", expected)
    header = Header("Lipa & Syn", "Sklep", "Polna 1", "00-001", "Łódź")
    assert commands.set_header(header).texts == "Lipa & Syn\rSklep\rPolna 1\r00-001 Łódź\u02d9"
    assert commands.cash(12345) == Packet("#i", "0", "123.45/")
    assert commands.cash(-5) == Packet("#d", "0", "0.05/")


def test_an_end_of_packet_in_a_header_stays_inside():
    evil = Header("A\x1b\\\x1bP1$d", "B\u02d9C", "\r\n", "", "")
    packet = commands.set_header(evil)
    assert packet.texts == "A\\P1$d\rB C\u02d9"
    assert encode(packet).count(b"\x1b") == 2


def test_packets_as_documents():
    data = commands.direct_io(commands.DRAWER)["direct_io"]["nov_cmd"]["base64"]
    assert base64.b64decode(data) == b"\x1bP1$d8E\x1b\\"
    data = commands.direct_io(commands.REGISTER, is_checked=False)
    assert base64.b64decode(data["direct_io"]["nov_cmd"]["base64"]) == b"\x1bP23#s\x1b\\"


def test_answers():
    answer = Packet("#C", "1", "26;3;2;9;5;0")
    assert commands.answer_of(commands.CLOCK, carried(answer)) == answer
    assert commands.answer_of(commands.DRAWER, {}) is None
    assert commands.answer_of(commands.DRAWER, {"packet": {"value": ""}}) is None
    assert commands.answer_of(commands.DRAWER, {"packet": 5}) is None


@pytest.mark.parametrize("answer", [Packet("#Z", "32"), Packet("#E", "1", "32")])
def test_an_answer_may_be_a_refusal(answer):
    with pytest.raises(Refused) as caught:
        commands.answer_of(Packet("#d"), carried(answer))
    assert (caught.value.code, caught.value.why) == (32, Why.NO_CASH)


@pytest.mark.parametrize("answer", [Packet("#Z", "0"), Packet("#E", "1", "0"), Packet("#E", "1")])
def test_number_nought_is_no_refusal(answer):
    assert commands.answer_of(Packet("#d"), carried(answer)) == answer


@pytest.mark.parametrize("value", [b"", b"\x1bP", b"\x1bP#C\x1b\\\x1b\\", b"<packet/>"])
def test_what_is_no_packet(value):
    response = carried(value)
    if not value:
        response["packet"]["value"] = "~~~"
    with pytest.raises(InDoubt):
        commands.answer_of(commands.CLOCK, response)
