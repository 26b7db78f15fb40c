"""The driver against the emulator, over a pseudo-terminal and over TCP."""

from __future__ import annotations

import threading
import time

import pytest
from PIL import Image

from drivers.errors import NotReady
from drivers.escpos.printer import EscposPrinter
from drivers.escpos.render import render
from drivers.escpos.setup import Ask, Setup, fit
from drivers.link import LinkLost, open_link
from drivers.paper import (
    LOGO,
    Align,
    Fault,
    Halted,
    Kind,
    PaperState,
    PaperStatus,
    Row,
    Slip,
)
from hw_emulator.escpos.intake import Flow
from hw_emulator.host import start_escpos
from tests.hw_emulator.escpos.bench import scan

SLIP = Slip(
    "Kwit",
    (
        Row("Zażółć gęślą jaźń", "1\u202f234,50 zł"),
        Row("https://example.com/ż", kind=Kind.QR, align=Align.CENTRE),
    ),
)
LONG = Slip("Długi", tuple(Row(f"wiersz {number}", f"{number},00") for number in range(60)))
WAIT_S = 10.0


@pytest.fixture(params=["pty", "tcp"])
def running(request):
    emulator = start_escpos(**({"pty": True} if request.param == "pty" else {"tcp": 0}))
    yield emulator
    emulator.stop()


@pytest.fixture
def serve():
    started = []

    def start(**options):
        started.append(start_escpos(**({"pty": True} | options)))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture
def picture(tmp_path):
    """A logo that is full of real-time commands."""
    file = tmp_path / "logo.png"
    rows = (bytes.fromhex("100401 100402 1005 02 101408 010314010602 08") * 9)[:72] * 180
    inverse = bytes(byte ^ 0xFF for byte in rows)
    Image.frombytes("1", (576, 180), inverse).save(file)
    return str(file)


def printer(emulator, setup=None, link="", **options):
    fitting = fit(setup or Setup(profile="TM-T20II"))
    quick = {"answer_s": 0.5, "busy_s": 2.0} | options
    return EscposPrinter(lambda: open_link(link or emulator.url), fitting, **quick)


def wait_for(condition) -> bool:
    until_s = time.monotonic() + WAIT_S
    while not condition() and time.monotonic() < until_s:
        time.sleep(0.01)
    return bool(condition())


def test_status_and_slip(running):
    one = printer(running)
    assert one.status() == PaperStatus(True, PaperState.OK, False, False, Fault.NONE)
    one.print_slip(SLIP)
    # It returns when the printer has printed.
    assert "Zażółć gęślą jaźń" in running.paper.text
    assert "1 234,50 zł" in running.paper.text
    one.open_drawer()
    assert wait_for(lambda: running.device.drawer_pulses == 1)
    assert one.status().drawer_open is True
    one.close()


def test_what_comes_out_can_be_read_by_a_scanner(running):
    one = printer(running)
    one.print_slip(SLIP)
    one.close()
    assert scan(running.paper) == [("QRCode", "https://example.com/ż")]


@pytest.mark.parametrize("profile", ["POS-5890", "TM-T88IV"])
def test_a_code_drawn_by_us_or_by_the_printer(serve, profile):
    clone = profile == "POS-5890"
    emulator = serve(columns=32 if clone else 42, family="zjiang" if clone else "epson")
    one = printer(emulator, Setup(profile=profile))
    one.print_slip(SLIP)
    one.close()
    assert scan(emulator.paper) == [("QRCode", "https://example.com/ż")]


@pytest.mark.parametrize(
    ("sensors", "reason"),
    [
        ({"paper_out": True}, "paper"),
        ({"cover_open": True}, "cover"),
        ({"cutter_failed": True}, "cutter"),
        ({"overheated": True}, "overheated"),
        ({"broken": True}, "broken"),
        ({"feeding": True}, "offline"),
    ],
)
def test_what_keeps_it_from_printing(running, sensors, reason):
    one = printer(running)
    running.device.set_sensors(**sensors)
    assert one.status().obstacle == reason
    with pytest.raises(NotReady, match=reason):
        one.print_slip(SLIP)
    assert running.paper.text == ""
    one.close()


def test_paper_ends_within_a_long_slip(running):
    one = printer(running)
    running.device.add_trouble("paper-out:700")
    with pytest.raises(Halted, match="paper") as caught:
        one.print_slip(LONG)
    assert 0 < caught.value.sent < caught.value.size
    running.device.set_sensors(paper_out=False)
    # Half a slip was inside: the next one is clean and whole all the same.
    one.print_slip(SLIP)
    text = running.paper.text
    assert "wiersz 59" not in text
    assert text.rindex("Kwit") > text.rindex("wiersz")
    assert "1 234,50 zł" in text
    one.close()


def test_paper_ends_at_the_end_of_a_slip_and_is_changed(running):
    told = []
    one = printer(running, on_wait=told.append)
    size = len(render(SLIP, fit(Setup(profile="TM-T20II"))))
    running.device.add_trouble(f"paper-out:{size - 40}")
    changed = threading.Event()

    def change_paper():
        assert wait_for(lambda: told)
        changed.set()
        running.device.set_sensors(paper_out=False)

    threading.Thread(target=change_paper, daemon=True).start()
    one.print_slip(SLIP)
    assert changed.is_set()
    assert told[0].paper is PaperState.OUT
    assert running.device.cuts == 1
    one.close()


def test_the_printer_loses_its_power_with_the_end_of_a_slip(running):
    """On line again, with new paper, but what it had not printed is gone: nobody believes it."""
    told = []
    one = printer(running, on_wait=told.append)
    one.print_slip(SLIP)
    running.device.add_trouble("paper-out:40")

    def change_paper():
        assert wait_for(lambda: told)
        running.device.cut_power()
        running.device.set_sensors(paper_out=False)

    threading.Thread(target=change_paper, daemon=True).start()
    with pytest.raises(Halted, match="silent"):
        one.print_slip(SLIP)
    one.close()


def test_a_dead_printer_is_silent(running):
    one = printer(running)
    one.status()
    running.device.cut_power(dead_s=60.0)
    assert one.status().paper is PaperState.UNKNOWN
    one.close()


class Breaking:
    """A line that breaks after ``left`` bytes."""

    def __init__(self, link, left):
        self._link = link
        self._left = left
        self.read, self.drain, self.close = link.read, link.drain, link.close

    def write(self, data):
        self._link.write(data[: self._left])
        self._left -= len(data)
        if self._left < 0:
            reason = "pulled out"
            raise LinkLost(reason, may_have_sent=True)


@pytest.mark.parametrize("can_clear", [True, False])
@pytest.mark.parametrize("at", [200, 700, 1500, 2300, 5000])
def test_an_image_half_sent_does_not_eat_the_next_slip(serve, picture, can_clear, at):
    """What a printer still waits for is cleared, or given to it where it cannot clear."""
    emulator = serve(can_clear=can_clear)
    one = printer(emulator, Setup(profile="TM-T20II", logo=picture))
    one._link_factory = lambda: Breaking(open_link(emulator.url), at)
    with pytest.raises(Halted, match="line"):
        one.print_slip(Slip("Logo", (LOGO,)))
    one._link_factory = lambda: open_link(emulator.url)
    one.print_slip(SLIP)
    assert "Zażółć gęślą jaźń" in emulator.paper.text
    assert emulator.device.cuts == 1
    one.close()


def test_a_logo_full_of_commands_is_only_a_logo(serve, picture):
    emulator = serve()
    one = printer(emulator, Setup(profile="TM-T20II", logo=picture))
    one.print_slip(Slip("Logo", (LOGO,)))
    assert emulator.paper.text.count("[image 576x28]") == 6
    assert emulator.device.cuts == 1
    assert emulator.device.drawer_pulses == 0
    assert one.status() == PaperStatus(True, PaperState.OK, False, False, Fault.NONE)
    one.close()


def test_reports_come_unasked_and_are_no_answers(running):
    one = printer(running, Setup(profile="TM-T20II", status=Ask.REPORT))
    one.status()
    for low in (True, False, True):
        running.device.set_sensors(paper_low=low)
    assert one.status().paper is PaperState.LOW
    one.print_slip(SLIP)
    running.device.set_sensors(cover_open=True)
    assert one.status().cover_open
    one.close()


@pytest.mark.parametrize(
    "trouble", ["silent:0", "stale:0:727272", "late:0:0.9", "stale:1:10000c0f"]
)
def test_troubles_of_the_answers_never_make_a_status_up(serve, trouble):
    emulator = serve()
    emulator.device.set_sensors(paper_low=True)
    one = printer(emulator)
    emulator.device.add_trouble(trouble)
    states = {one.status().paper for _ in range(3)}
    assert states <= {PaperState.LOW, PaperState.UNKNOWN, PaperState.OUT}
    if trouble.startswith("silent"):
        assert states == {PaperState.UNKNOWN}
    one.close()


@pytest.mark.parametrize("flow", [Flow.HOLD, Flow.XONXOFF])
def test_a_slow_printer_with_a_small_buffer_loses_nothing(serve, flow, picture):
    emulator = serve(flow=flow, buffer_bytes=600, lines_per_s=300.0)
    link = f"serial://{emulator.pty}?flow={'xonxoff' if flow is Flow.XONXOFF else 'none'}"
    setup = Setup(profile="TM-T20II", logo=picture)
    one = printer(emulator, setup, link, busy_s=WAIT_S)
    one.print_slip(Slip("Logo", (LOGO, *LONG.rows)))
    assert emulator.device.lost == 0
    assert emulator.paper.text.count("wiersz") == 60
    assert emulator.paper.text.count("[image") == 7
    one.close()


def test_a_printer_that_was_switched_off_and_on_is_printed_on_again(serve):
    first = serve(tcp=0, pty=False)
    port = int(first.tcp.rpartition(":")[2])
    one = printer(first, link=f"tcp://{first.tcp}")
    one.print_slip(SLIP)
    first.stop()
    second = serve(tcp=port, pty=False)
    one.print_slip(SLIP)
    assert "Zażółć" in second.paper.text
    one.close()
