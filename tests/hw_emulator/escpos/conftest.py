"""Receipt printers for tests."""

from __future__ import annotations

import pytest

from tests.hw_emulator.escpos.bench import Bench


@pytest.fixture
def printer():
    return Bench()


@pytest.fixture
def make_printer():
    return Bench
