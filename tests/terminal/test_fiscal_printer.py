"""The configuration chooses the fiscal printer; test_boot has both protocols in a till."""

from __future__ import annotations

import pytest

from drivers.fiscal import Attention, Mechanism, Status
from terminal import config, fiscal_printer
from terminal.config import ConfigError
from terminal.engine import Engine
from terminal.events import PrinterChanged
from terminal.sale.waiting import BUSY


def test_an_address_that_a_novitus_printer_cannot_have_is_said_before_it_is_built() -> None:
    wanted = config.Printer("https://printer:8888", protocol="novitus")
    with pytest.raises(ConfigError, match=r"\[printer\] url"):
        fiscal_printer.fiscal_printer(config.Config(wanted))


def test_a_printer_that_is_ready_and_does_not_go_on_is_busy_elsewhere() -> None:
    engine = Engine("test")
    heard: list[object] = []
    engine.listen(heard.append)
    fiscal_printer.waiting(engine)(Status(Mechanism.OK, Attention.READY))
    engine.stop()
    assert heard == [PrinterChanged(is_online=True, waits_for=BUSY)]
