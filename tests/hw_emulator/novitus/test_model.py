from __future__ import annotations

import pytest

from hw_emulator.novitus.model import MODEL
from hw_emulator.options import parser, place_of
from hw_emulator.posnet.memory import MemoryBusy


def start(line: str):
    arguments = parser().parse_args(["novitus", *line.split()])
    return MODEL.start(arguments, place_of(arguments, lambda: None))


def test_options_reach_the_device(tmp_path):
    memory = tmp_path / "m"
    running = start(f"--memory {memory} --non-fiscal --ram-reset --reports-max 9 --skip-cancelled")
    device = running.device
    assert (device.books.is_fiscal, device.books.ram_resets) == (False, 1)
    assert (device.reports_max, device.counts_cancelled) == (9, False)
    with pytest.raises(MemoryBusy):
        start(f"--memory {memory}")
    assert MemoryBusy in MODEL.unusable
    assert running.http == f"http://{running.tcp}"
    running.stop()
    start(f"--memory {memory}").stop()


def test_a_queue_that_cannot_be_read_gives_everything_back(tmp_path):
    queue = tmp_path / "m.queue"
    queue.write_text("[{}]")
    for _ in range(2):
        with pytest.raises(ValueError, match=r"m\.queue holds no queue"):
            start(f"--memory {tmp_path / 'm'}")


def test_it_has_the_faults_it_carries_out_and_no_others():
    with pytest.raises(ValueError, match="this device has no reboot; it has cover, cut, die-after"):
        start("--fault reboot:receipt:1")
    running = start("--fault lose:receipt-put:1 --seed 7 --chaos any=0.1")
    assert running.faults.seed == 7
    assert running.faults.allowed == MODEL.kinds
    running.stop()


def test_its_printouts_are_documents(tmp_path):
    running = start(f"--png {tmp_path / 'pictures'}")
    running.station.midnight()
    running.station.midnight()
    found = running.paper.printouts()
    assert len(found) == 2
    assert running.paper.columns == 42
    running.stop()
    assert len(list((tmp_path / "pictures").iterdir())) == 2
