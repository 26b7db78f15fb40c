from __future__ import annotations

import pytest

from hw_emulator.options import parser, place_of
from hw_emulator.posnet.memory import MemoryBusy
from hw_emulator.posnet.model import MODEL
from hw_emulator.posnet.profile import WIDE, Profile


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


def test_another_kind_of_printer_that_does_not_sell():
    running = start("--profile old --condition subscription-over --condition clock-broken")
    device = running.device
    assert device.profile.is_old
    assert device.conditions == {"subscription-over", "clock-broken"}
    running.stop()


def test_wide_paper_is_wide_in_pictures_too(serve, connect):
    printer = serve(profile=Profile(width=WIDE))
    client = connect(printer.tcp)
    for text in ("trinit|bm1", "trline|naKawa|vt0|pr100", "trend"):
        assert client.ask(text).error is None
    assert printer.paper.columns == 56
    printer.stop()
