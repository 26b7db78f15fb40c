from __future__ import annotations

import pytest

from tests.hw_emulator.tape.reel import Session


@pytest.fixture
def session():
    """Makes tapes of emulated printers."""
    made = []

    def make(memory=None, **options) -> Session:
        made.append(Session(memory, **options))
        return made[-1]

    yield make
    for one in made:
        one.stop()
