"""A driver on an emulated printer, for the tests that let the two talk."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from drivers.errors import Refused
from drivers.link import open_link
from drivers.posnet.printer import PosnetPrinter
from drivers.posnet.watch import Timings

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 10, 9, 11, 48)
TIMINGS = Timings(reply_s=2, report_s=5, first_poll_s=0.2, poll_s=0.1)
_UNKNOWN_COMMAND = 1


def reach(emulator, **options) -> PosnetPrinter:
    printer = PosnetPrinter(
        lambda: open_link(emulator.url), **{"timings": TIMINGS, "first_token": 1000} | options
    )
    printer.connect()
    return printer


@contextmanager
def where_known() -> Iterator[None]:
    """Skip what this emulator does not know yet; every other refusal is a failure."""
    try:
        yield
    except Refused as refused:
        if refused.code != _UNKNOWN_COMMAND:
            raise
        pytest.skip(f"the emulator does not know {refused.command}")
