from __future__ import annotations

import pytest

from hw_emulator.options import parser, place_of
from hw_emulator.posnet.memory import MemoryBusy
from hw_emulator.posnet.model import MODEL


def start(line: str):
    arguments = parser().parse_args(["posnet", *line.split()])
    return MODEL.start(arguments, place_of(arguments, lambda: None))


def test_options_reach_the_device(tmp_path):
    running = start(f"--memory {tmp_path / 'm'} --non-fiscal --ram-reset --reports-max 9 --strict")
    books = running.device.books
    assert (books.is_fiscal, books.ram_resets, running.device.reports_max) == (False, 1, 9)
    with pytest.raises(MemoryBusy):
        start(f"--memory {tmp_path / 'm'}")
    assert MemoryBusy in MODEL.unusable
    running.stop()
