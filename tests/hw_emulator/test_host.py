from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import serial

from drivers.posnet.frame import Scanner, encode
from hw_emulator.host import Lines, start_escpos
from hw_emulator.posnet.memory import FiscalMemory, MemoryBusy
from tests.hw_emulator.conftest import read_command

ROOT = Path(__file__).parents[2]


def test_pyserial_opens_what_the_url_says(serve):
    for printer in (serve(pty=True), serve()):
        with serial.serial_for_url(printer.url, timeout=5) as port:
            port.write(encode(read_command("sid")))
            (answer,) = Scanner().feed(port.read_until(b"\x03"))
            assert answer.get("vr") == "30.01"


def test_one_printer_on_several_lines(serve, connect):
    printer = serve(pty=True, tcp=0)
    client = connect(printer.tcp)
    client.ask("trinit|bm1")
    with serial.serial_for_url(printer.pty, timeout=5) as port:
        port.write(encode(read_command("scomm")))
        (answer,) = Scanner().feed(port.read_until(b"\x03"))
    assert answer.get("ts") == "17"


def test_starting_is_quick(serve):
    # Work, not time: others may be using the machine.
    started = time.process_time()
    serve()
    assert time.process_time() - started < 0.5


def test_stopping_gives_everything_back(serve, tmp_path):
    memory, link = tmp_path / "m", tmp_path / "printer"
    printer = serve(memory, pty=link, tcp=0)
    assert link.is_symlink()
    with pytest.raises(MemoryBusy):
        serve(memory)
    printer.stop()
    printer.stop()
    assert printer.died.is_set()
    assert not link.is_symlink()
    FiscalMemory(memory).close()


def test_a_kill_leaves_the_receipt_open_for_the_next_start(serve, connect, tmp_path):
    printer = serve(tmp_path / "m")
    client = connect(printer.tcp)
    client.ask("trinit")
    printer.kill()
    assert serve(tmp_path / "m").device.books.day.cancelled == 1


def test_a_port_that_is_taken(serve):
    printer = serve()
    with pytest.raises(OSError, match=r"."):
        serve(tcp=int(printer.tcp.split(":")[1]))


def test_a_wrong_fault_starts_nothing(serve, tmp_path):
    with pytest.raises(ValueError, match="no kind 'nonsense'"):
        serve(tmp_path / "m", faults=["nonsense:trend:1"])
    assert not (tmp_path / "m").exists()


def test_lines_that_fail_close_those_that_did_not(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(FileExistsError):
        Lines(tcp=0, pty=tmp_path / "taken").open(lambda send, _interface: send)


def test_a_receipt_printer_is_served_the_same_way():
    printer = start_escpos(tcp=0, pty=True)
    with serial.serial_for_url(printer.url, timeout=5) as port:
        port.write("Łódź\n".encode("cp437", "replace") + b"\x10\x04\x01")
        assert port.read(1) == b"\x16"
    assert printer.paper.text == "?ód?\n"
    printer.stop()


def run(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "hw_emulator", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=20
    )


@pytest.mark.parametrize("kind", ["posnet", "escpos"])
def test_the_command_line_serves_until_it_is_told_to_stop(tmp_path, kind):
    link = tmp_path / "printer"
    command = [sys.executable, "-m", "hw_emulator", kind, "--pty", link, "--tcp", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        ready = process.stdout.readline().split()
        assert ready[:2] == ["ready", f"pty={link}"]
        assert ready[2].startswith("tcp=127.0.0.1:")
        with serial.Serial(str(link), timeout=5) as port:
            port.write(encode(read_command("sid")) + b"\x10\x04\x01")
            assert port.read(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert not link.is_symlink()


def test_help_begins_with_examples():
    text = run("--help").stdout
    assert text.index("python -m hw_emulator posnet --pty") < text.index("options:")
    assert "exit codes" in text


@pytest.mark.parametrize(
    "arguments", [(), ("toaster",), ("posnet", "--fault", "eat:trend"), ("posnet", "--tcp", "x")]
)
def test_wrong_usage_is_exit_code_two(arguments):
    answer = run(*arguments)
    assert answer.returncode == 2
    assert answer.stderr
    assert "Traceback" not in answer.stderr
