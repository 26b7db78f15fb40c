from __future__ import annotations

import json
import socket

import pytest

from hw_emulator.control import Control
from hw_emulator.host import start_escpos
from hw_emulator.words import Word, dictionary


class Hand:
    def __init__(self, path) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(5)
        self.socket.connect(str(path))
        self.file = self.socket.makefile("rw")

    def do(self, word: str, **details):
        self.file.write(json.dumps({"do": word, **details}) + "\n")
        self.file.flush()
        return json.loads(self.file.readline())


@pytest.fixture
def hand(tmp_path):
    hands = []

    def make():
        hands.append(Hand(tmp_path / "control"))
        return hands[-1]

    yield make
    for one in hands:
        one.file.close()
        one.socket.close()


def test_everything_a_hand_can_do_to_a_fiscal_printer(serve, connect, hand, tmp_path):
    printer = serve(control=tmp_path / "control")
    client, one = connect(printer.tcp), hand()
    for word, details, asked, value in [
        ("paper", {"out": True}, "pr", "5"),
        ("paper", {"out": False}, "pr", "0"),
        ("cover", {"open": True}, "pr", "3"),
        ("mechanism", {"state": "CUTTER"}, "pr", "8"),
        ("mechanism", {"state": "OK"}, "pr", "0"),
    ]:
        assert one.do(word, **details) == {"ok": True}
        assert client.ask("!sprn").get(asked) == value
    one.do("paper-low", low=True)
    one.do("hold", interface=2)
    state = client.ask("!sdev")
    assert (state.get("pe"), state.get("tl")) == ("T", "2")
    one.do("hold", interface=0)
    client.ask("opendrwr")
    one.do("drawer", open=False)
    assert client.ask("sdrwr").get("ds") == "1"
    before = client.ask("rtcget").get("da")
    one.do("clock", jump_s=86400)
    assert client.ask("rtcget").get("da") > before
    one.do("fault", spec="refuse:scnt:1:50")
    assert client.ask("scnt").error == 50
    one.do("midnight")
    assert client.ask("scnt").get("rd") == "1"
    client.send("dailyrep")
    while client.ask("!sdev").get("ds") != "2":
        pass
    one.do("key", key="cancel")
    assert client.receive().error == 30
    memory = one.do("memory")
    assert memory["ok"]
    assert memory["reports"][0]["number"] == 1
    assert memory["books"]["header_no"] == 1
    assert "RAPORT FISKALNY DOBOWY" in one.do("printed")["text"]


@pytest.mark.parametrize(
    "word", [{"do": "dance"}, {"do": "fault", "spec": "x"}, {"do": "paper"}, {}, 5]
)
def test_what_makes_no_sense_is_answered(serve, hand, tmp_path, word):
    serve(control=tmp_path / "control")
    one = hand()
    one.file.write(json.dumps(word) + "\nnot json\n")
    one.file.flush()
    for _ in range(2):
        answer = json.loads(one.file.readline())
        assert answer["ok"] is False
        assert answer["error"]


def test_several_hands_and_an_old_socket(serve, hand, tmp_path):
    (tmp_path / "control").touch()
    printer = serve(control=tmp_path / "control")
    first, second = hand(), hand()
    assert second.do("paper", out=True) == first.do("paper", out=False) == {"ok": True}
    printer.stop()
    assert not (tmp_path / "control").exists()


def test_a_receipt_printer_has_sensors_too(hand, tmp_path):
    printer = start_escpos(control=tmp_path / "control")
    one = hand()
    one.do("paper", out=True)
    one.do("paper-low", low=True)
    one.do("cover", open=True)
    device = printer.device
    assert (device.paper_out, device.paper_low, device.cover_open) == (True, True, True)
    assert one.do("printed") == {"ok": True, "text": ""}
    assert one.do("key")["ok"] is False
    printer.stop()


@pytest.fixture
def on_tcp():
    controls = []

    def make(*words):
        controls.append(Control(("127.0.0.1", 0), dictionary(words)))
        controls[-1].start()
        host, port = controls[-1].address.split(":")
        return socket.create_connection((host, int(port)), 5)

    yield make
    for control in controls:
        control.stop()


def test_the_same_words_on_loopback_tcp(on_tcp):
    with on_tcp(Word("tell", "", lambda: {"told": "zażółć"})) as end, end.makefile("rwb") as file:
        file.write(b'{"do": "tell"}\n')
        file.flush()
        assert json.loads(file.readline()) == {"ok": True, "told": "zażółć"}


def test_a_page_in_a_browser_cannot_say_words(on_tcp):
    told = []
    with on_tcp(Word("tell", "", lambda: told.append(1))) as end:
        end.sendall(b'POST / HTTP/1.1\r\nHost: x\r\n\r\n{"do": "tell"}\n')
        assert end.recv(100) == b""
    assert told == []


def test_only_this_machine_may_say_words():
    with pytest.raises(OSError, match="no password"):
        Control(("0.0.0.0", 0), dictionary([]))  # noqa: S104 - it is refused


def test_deep_json_is_an_error_and_no_end(on_tcp):
    with on_tcp() as end, end.makefile("rwb") as file:
        file.write(b"[" * 100_000 + b"\n")
        file.flush()
        assert json.loads(file.readline())["ok"] is False
