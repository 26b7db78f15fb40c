"""Receipt printers for tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.hw_emulator.escpos.bench import Bench

# How long an example takes depends on who else works on this machine.
settings.register_profile("escpos", deadline=None)
settings.load_profile("escpos")


@pytest.fixture
def printer():
    return Bench()


@pytest.fixture
def make_printer():
    return Bench
