"""What the printer keeps through a power cut, and what waits for its mechanism."""

from __future__ import annotations

from datetime import timedelta

import pytest

from drivers.novitus.packet import Packet
from hw_emulator.novitus.device import Mechanism
from hw_emulator.posnet.memory import FiscalMemory
from tests.hw_emulator.novitus.conftest import direct_io


def test_it_is_the_same_printer_after_a_power_cut(make_novitus, tmp_path):
    memory = FiscalMemory(tmp_path / "m")
    bench = make_novitus(memory=memory, unique_no="ZBN9")
    bench.sell()
    memory.close()
    again = make_novitus(memory=FiscalMemory(tmp_path / "m"), unique_no="other")
    assert again.device.books.unique_no == "ZBN9"
    assert len(again.device.view().receipts) == 1
    again.memory.close()


def test_a_receipt_that_was_begun_is_cancelled_after_a_power_cut(make_novitus, novitus):
    novitus.memory.append("open", {"at": novitus.device.moment(), "document": 16})
    again = make_novitus(memory=novitus.memory)
    (cancelled,) = again.device.view().cancelled
    assert cancelled.by == "power"
    assert again.device.books.header_no == 1
    assert "ANULOWANY" in again.printed


def test_the_clock_may_jump(novitus, clock):
    novitus.device.jump(-90)
    assert novitus.device.clock() == clock.at - timedelta(seconds=90)


def test_what_it_shows(novitus):
    assert novitus.device.shown() == {"status": "OK"}
    novitus.device.mechanism = Mechanism.NO_PAPER
    assert novitus.device.shown() == {
        "status": "ERROR",
        "error": {"code": 1037, "description": "Brak papieru"},
    }


@pytest.mark.parametrize(
    ("kind", "document", "expected"),
    [
        ("receipt", {}, True),
        ("nf_printout", {}, True),
        ("daily_report", {}, True),
        ("status", {}, False),
        ("direct_io", direct_io(Packet("#s", "23")), False),
        ("direct_io", direct_io(Packet("#i", "0", "1.00/")), True),
    ],
)
def test_what_needs_paper(novitus, kind, document, expected):
    assert novitus.device.needs_paper(kind, document) is expected


def test_documents_are_numbered_whatever_they_are(novitus, receipt_of):
    assert novitus.execute("receipt", receipt_of())[1] == 1
    novitus.packet("#i", "0", "1.00/")
    assert novitus.execute("receipt", receipt_of())[1] == 3
    assert "nr wydr. 3" in novitus.printed
