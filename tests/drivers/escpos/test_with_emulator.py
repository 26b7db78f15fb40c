"""The driver against the emulator, over a pseudo-terminal and over TCP."""

from __future__ import annotations

import time

import pytest

from drivers.errors import NotReady
from drivers.escpos.printer import EscposPrinter
from drivers.link import open_link
from drivers.paper import PaperState, PaperStatus, Slip
from hw_emulator.host import start_escpos

SLIP = Slip("Kwit", ("Zażółć gęślą jaźń", "1\u202f234,50 zł"), qr="https://example.com/1")


@pytest.fixture(params=["pty", "tcp"])
def running(request):
    emulator = start_escpos(**({"pty": True} if request.param == "pty" else {"tcp": 0}))
    yield emulator
    emulator.stop()


def wait_for(text: str, paper) -> bool:
    until_s = time.monotonic() + 5
    while text not in paper.text and time.monotonic() < until_s:
        time.sleep(0.01)
    return text in paper.text


def test_status_and_slip(running):
    printer = EscposPrinter(lambda: open_link(running.url))
    assert printer.status() == PaperStatus(True, PaperState.OK, False)
    printer.print_slip(SLIP)
    printer.open_drawer()
    assert wait_for("Zażółć gęślą jaźń", running.paper)
    assert wait_for("1 234,50 zł", running.paper)
    printer.close()


def test_no_paper(running):
    printer = EscposPrinter(lambda: open_link(running.url))
    running.device.set_sensors(paper_out=True)
    assert printer.status().paper is PaperState.OUT
    with pytest.raises(NotReady, match="paper"):
        printer.print_slip(SLIP)
    printer.close()
