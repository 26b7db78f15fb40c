from __future__ import annotations

import base64
import time

import pytest

from drivers.posnet.frame import Frame
from hw_emulator.common_words import common_words
from hw_emulator.words import carry_out, dictionary
from tests.hw_emulator.conftest import DEADLINE_S

SALE = ("trinit|bm1", "trline|naKawa|vt0|pr100", "trend")


class Hand:
    def __init__(self, running) -> None:
        self.words = dictionary(common_words(running))

    def do(self, word: str, **details):
        answer = carry_out(self.words, {"do": word, **details})
        assert answer.pop("ok"), answer
        return answer

    def fail(self, word: str, **details) -> str:
        answer = carry_out(self.words, {"do": word, **details})
        assert answer["ok"] is False
        return answer["error"]


@pytest.fixture
def printer(serve):
    return serve()


@pytest.fixture
def hand(printer):
    return Hand(printer)


@pytest.fixture
def client(printer, connect):
    return connect(printer.tcp)


def sell(client) -> None:
    for text in SALE:
        assert client.ask(text).error is None


def test_printouts_as_text_picture_and_page(hand, client, tmp_path):
    for _ in range(3):
        sell(client)
    listed = hand.do("printouts")["printouts"]
    assert [each["number"] for each in listed] == [1, 2, 3]
    assert listed[0]["title"] == "PARAGON FISKALNY"
    assert "Kawa" in hand.do("printout", number=1)["text"]
    assert hand.do("printout")["number"] == 3
    assert hand.do("printed")["text"].count("Kawa") == 3
    png = base64.b64decode(hand.do("png", number=2)["png"])
    assert png.startswith(b"\x89PNG")
    path = tmp_path / "one.png"
    assert hand.do("png", number=2, file=str(path)) == {"number": 2, "file": str(path)}
    assert path.read_bytes() == png
    assert "Kawa" in hand.do("html", number=2)["html"]
    hand.do("html", file=str(tmp_path / "one.html"))
    assert (tmp_path / "one.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "kept are 1 to 3" in hand.fail("printout", number=9)
    assert "nowhere" in hand.fail("png", file=str(tmp_path / "nowhere" / "x.png"))


def test_faults_are_set_told_and_called_off(hand, client):
    hand.do("fault", spec="refuse:scnt:2:50")
    hand.do("chance", seed=7, loss=0.0, chaos="double=1")
    told = hand.do("faults")
    assert told["rules"] == [
        {"kind": "refuse", "command": "scnt", "n": 2, "value": 50.0, "seconds": 0.0}
    ]
    assert (told["seed"], told["chaos"]) == (7, {"double": 1.0})
    assert client.ask("scnt") == client.receive()
    assert client.ask("scnt").error == client.receive().error == 50
    strikes = hand.do("strikes")
    assert (strikes["seed"], strikes["count"]) == (7, 3)
    assert [each["spec"] for each in strikes["strikes"]] == [
        "double:scnt:1",
        "refuse:scnt:2:50",
        "double:scnt:2",
    ]
    assert [each["by"] for each in strikes["strikes"]] == ["dice", "rule", "dice"]
    assert len(hand.do("strikes", since=2)["strikes"]) == 1
    hand.do("no-faults")
    assert hand.do("faults")["rules"] == []
    assert client.ask("sid").mnemonic == "sid"
    assert client.is_silent()
    assert hand.do("kinds")["kinds"]["late"]["value"] == "SECONDS"
    assert "no kind 'eat'" in hand.fail("fault", spec="eat:trend:1")
    assert "is not KIND=SHARE" in hand.fail("chance", chaos="eat=1")


def test_the_speed_of_the_lines(hand, printer, client):
    client.ask("sid")
    hand.do("baud", baud=1200)
    started = time.monotonic()
    assert client.ask("stot").error is None
    assert time.monotonic() - started > 1.0
    hand.do("baud", baud=0)
    assert hand.do("places") == {"places": {"tcp": printer.tcp}}
    assert hand.do("version")["version"]


def test_modem_lines(serve):
    assert "not served over RFC 2217" in Hand(serve()).fail("modem")
    printer = serve(rfc2217=0)
    told = Hand(printer).do("modem", cts=False, ri=True)["modem"]
    assert (told["cts"], told["ri"], told["dsr"]) == (False, True, True)
    assert printer.remote.modem.cts is False


def dial_again(connect, address):
    """A printer that boots is not there yet."""
    until_s = time.monotonic() + DEADLINE_S
    while True:
        try:
            return connect(address)
        except ConnectionRefusedError:
            assert time.monotonic() < until_s


def test_power_off_and_on(hand, printer, client, connect):
    for text in SALE[:2]:
        client.ask(text)
    address = printer.tcp
    hand.do("power", on=False)
    with pytest.raises((EOFError, ConnectionError)):
        client.ask("scnt")
    with pytest.raises(ConnectionRefusedError):
        connect(address)
    hand.do("power", on=True)
    found = dial_again(connect, address).ask("scnt")
    assert isinstance(found, Frame)
    assert (found.get("bn"), found.get("bc")) == ("0", "1")


def test_a_restart_that_loses_the_ram(hand, printer, connect):
    hand.do("restart", seconds=0.05, ram_reset=True)
    client = dial_again(connect, printer.tcp)
    until_s = time.monotonic() + DEADLINE_S
    while client.ask("sfsk").get("cl") != "1":
        assert time.monotonic() < until_s
