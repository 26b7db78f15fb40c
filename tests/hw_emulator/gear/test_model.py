from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import serial

from hw_emulator.gear.display import CustomerDisplay
from hw_emulator.gear.model import MODELS, start_gear, words
from hw_emulator.gear.scale import Scale
from hw_emulator.gear.scanner import BarcodeScanner
from hw_emulator.host import MODELS as REGISTRY
from hw_emulator.options import parser, place_of
from hw_emulator.words import carry_out, dictionary

ROOT = Path(__file__).parents[3]


@pytest.fixture
def serve():
    started = []

    def start(device, **options):
        started.append(start_gear(device, **options))
        return started[-1]

    yield start
    for running in started:
        running.stop()


def hand(running):
    known = dictionary(words(running.device))
    return lambda word, **details: carry_out(known, {"do": word, **details})


def test_they_are_in_the_registry():
    assert {model.name for model in MODELS} == {"scanner", "scale", "display"}
    assert all(REGISTRY[model.name] is model for model in MODELS)


def test_a_scanner_scans_what_a_hand_says(serve):
    running = serve(BarcodeScanner(), pty=True)
    do = hand(running)
    with serial.serial_for_url(running.url, timeout=5) as port:
        assert do("scan", code="590", aim="E0") == {"ok": True}
        assert port.read(7) == b"]E0590\r"
        assert do("scan", code="591") == {"ok": True}
        assert port.read(4) == b"591\r"
        do("send", text="001b")
        assert port.read(2) == b"\x00\x1b"
    assert not do("send", text="zz")["ok"]


def test_its_line_may_be_as_bad_as_any(serve):
    running = serve(BarcodeScanner(), pty=True)
    do = hand(running)
    for spec in ("lose:*:1", "cut:*:2:2"):
        running.faults.add(spec)
    with serial.serial_for_url(running.url, timeout=5) as port:
        for code in ("590", "591", "592"):
            assert do("scan", code=code)["ok"]
        assert port.read(6) == b"59592\r"


def test_goods_are_put_on_a_scale(serve):
    running = serve(Scale("toledo"))
    do = hand(running)
    assert do("load_milli", value=750) == {"ok": True}
    with serial.serial_for_url(running.url, timeout=5) as port:
        port.write(b"W")
        assert port.read(8) == b"\x0200.750\r"
    assert do("is_silent", value=True) == {"ok": True}
    assert running.device.is_silent
    assert do("delay_s", value=0.5)["ok"]
    assert running.device.delay_s == 0.5
    assert "a whole number" in do("load_milli", value=0.5)["error"]
    assert "no word 'colour'" in do("colour", value=1)["error"]


def test_a_display_is_read_by_a_hand(serve):
    running = serve(CustomerDisplay(), pty=True)
    with serial.serial_for_url(running.url, timeout=5) as port:
        port.write(b"\x1bQAMleko\r\x1bQB3,49\r")
        end_s = time.monotonic() + 5
        while "3,49" not in running.device.lines[1] and time.monotonic() < end_s:
            time.sleep(0.005)
    answer = hand(running)("lines")
    assert [line.rstrip() for line in answer["lines"]] == ["Mleko", "3,49"]
    assert answer["rubbish"] == 0


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["scanner", "--prefix", "~", "--end", "lf"], {"prefix": "~", "end": "lf"}),
        (["scanner", "--slice-bytes", "3"], {"slice_bytes": 3, "noise_bytes": 0}),
        (["scale", "--protocol", "elzab"], {"protocol": "elzab"}),
        (["display", "--code-page", "cp1250"], {"code_page": "cp1250", "protocol": "cd5220"}),
    ],
)
def test_options_reach_the_device(line, expected):
    arguments = parser().parse_args(line)
    running = REGISTRY[line[0]].start(arguments, place_of(arguments, lambda: None))
    assert {name: getattr(running.device, name) for name in expected} == expected
    running.stop()


def test_from_the_command_line(tmp_path):
    pty = tmp_path / "device"
    command = [sys.executable, "-m", "hw_emulator", "scale", "--pty", str(pty)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == f"ready pty={pty}\n"
        serial.serial_for_url(str(pty)).close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
