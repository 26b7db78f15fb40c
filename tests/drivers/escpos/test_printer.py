from __future__ import annotations

import pytest

from drivers.errors import InDoubt, NotReady, Unreachable
from drivers.escpos import printer as under_test
from drivers.escpos.printer import EscposPrinter
from drivers.escpos.render import KICK, render
from drivers.link import LinkLost
from drivers.paper import PaperState, PaperStatus, Slip

SLIP = Slip("Raport", tuple(f"linia {number}" for number in range(120)))
FINE = {1: 0x12, 2: 0x12, 4: 0x12}
NO_PAPER = {1: 0x1A, 2: 0x32, 4: 0x72}
COVER = {1: 0x1A, 2: 0x16, 4: 0x12}


class Device:
    """A receipt printer and the line to it; what happens after the slip is told beforehand."""

    def __init__(self) -> None:
        self.sensors: dict[int, int] | None = FINE
        self.later: dict[int, int] | None = FINE
        self.printed = b""
        self.chunks: list[int] = []
        self.waiting = b""
        self.break_at = -1
        self.may_have_sent = False
        self.is_broken = False
        self.opened = 0
        self.closed = 0
        self.now_s = 0.0

    def open_link(self) -> Device:
        self.opened += 1
        self.is_broken = False
        return self

    def monotonic(self) -> float:
        return self.now_s

    def write(self, data: bytes) -> None:
        if self.is_broken:
            self.fail(may_have_sent=False)
        if data[:2] == b"\x10\x04":
            sensors = self.later if self.printed else self.sensors
            self.waiting += bytes([sensors[data[2]]]) if sensors else b""
            return
        if self.break_at == len(self.chunks):
            self.is_broken = True
            self.fail(may_have_sent=self.may_have_sent)
        self.chunks.append(len(data))
        self.printed += data

    def read(self, timeout_s: float) -> bytes:
        if self.is_broken:
            self.fail(may_have_sent=True)
        data, self.waiting = self.waiting, b""
        self.now_s += 0 if data else timeout_s
        return data

    def fail(self, *, may_have_sent: bool) -> None:
        reason = "gone"
        raise LinkLost(reason, may_have_sent=may_have_sent)

    def drain(self) -> None:
        if self.is_broken:
            self.fail(may_have_sent=True)
        self.waiting = b""

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def device(monkeypatch) -> Device:
    made = Device()
    monkeypatch.setattr(under_test, "time", made)
    return made


def test_status(device):
    printer = EscposPrinter(device.open_link)
    assert printer.status() == PaperStatus(True, PaperState.OK, False)
    device.sensors = NO_PAPER
    assert printer.status() == PaperStatus(False, PaperState.OUT, False)
    assert device.opened == 1
    printer.close()
    printer.close()
    assert device.closed == 1


def test_a_dead_printer_is_unknown_and_costs_one_wait(device):
    device.sensors = None
    status = EscposPrinter(device.open_link, answer_s=0.5).status()
    assert status == PaperStatus(None, PaperState.UNKNOWN, None)
    assert device.now_s == pytest.approx(0.5)


def test_stale_bytes_are_no_answer(device):
    printer = EscposPrinter(device.open_link)
    printer.status()
    device.waiting = b"\x72\x72\x72"
    assert printer.status().paper is PaperState.OK


def test_a_slip_goes_out_whole_in_small_chunks(device):
    EscposPrinter(device.open_link).print_slip(SLIP)
    assert device.printed == render(SLIP)
    assert len(device.chunks) > 2
    assert max(device.chunks) <= 512


@pytest.mark.parametrize(
    ("sensors", "reason"),
    [(NO_PAPER, "paper"), (COVER, "cover"), ({1: 0x1A, 2: 0x12, 4: 0x12}, "offline")],
)
def test_not_ready_before_anything_is_sent(device, sensors, reason):
    device.sensors = sensors
    with pytest.raises(NotReady) as caught:
        EscposPrinter(device.open_link).print_slip(SLIP)
    assert caught.value.reason == reason
    assert device.printed == b""


def test_low_paper_still_prints(device):
    device.sensors = device.later = {1: 0x12, 2: 0x12, 4: 0x1E}
    EscposPrinter(device.open_link).print_slip(SLIP)
    assert device.printed


def test_a_printer_that_cannot_be_asked_still_prints(device):
    device.sensors = device.later = None
    EscposPrinter(device.open_link).print_slip(SLIP)
    assert device.printed == render(SLIP)


@pytest.mark.parametrize("later", [NO_PAPER, COVER, None])
def test_what_stops_the_printer_afterwards_leaves_doubt(device, later):
    device.later = later
    with pytest.raises(InDoubt):
        EscposPrinter(device.open_link).print_slip(SLIP)


@pytest.mark.parametrize(
    ("break_at", "may_have_sent", "expected"),
    [(0, False, Unreachable), (0, True, InDoubt), (1, False, InDoubt), (2, True, InDoubt)],
)
def test_the_line_breaks_within_the_slip(device, break_at, may_have_sent, expected):
    device.break_at, device.may_have_sent = break_at, may_have_sent
    printer = EscposPrinter(device.open_link)
    with pytest.raises(expected):
        printer.print_slip(SLIP)
    assert device.closed == 1
    device.break_at, device.printed = -1, b""
    printer.print_slip(SLIP)
    assert device.printed == render(SLIP)
    assert device.opened == 2


def test_a_line_that_broke_unnoticed_is_opened_anew(device):
    printer = EscposPrinter(device.open_link)
    printer.status()
    device.is_broken = True
    assert printer.status().is_online
    assert device.opened == 2


def test_the_line_breaks_while_the_sensors_are_asked(device, monkeypatch):
    printer = EscposPrinter(device.open_link)
    printer.status()
    monkeypatch.setattr(device, "drain", lambda: None)
    device.is_broken = True
    with pytest.raises(Unreachable):
        printer.status()


def test_the_line_breaks_after_the_slip(device, monkeypatch):
    printer = EscposPrinter(device.open_link)
    asked = device.write

    def write(data: bytes) -> None:
        asked(data)
        device.is_broken = data.endswith(b"\x1dV\x00")

    monkeypatch.setattr(device, "write", write)
    with pytest.raises(InDoubt):
        printer.print_slip(SLIP)


def test_drawer(device):
    EscposPrinter(device.open_link).open_drawer()
    assert device.printed == KICK


def test_no_printer_at_all():
    def open_link() -> Device:
        reason = "no port"
        raise Unreachable(reason)

    with pytest.raises(Unreachable):
        EscposPrinter(open_link).print_slip(SLIP)
