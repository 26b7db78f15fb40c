"""A journal, a clock, a queue."""

from __future__ import annotations

import pytest

from terminal.paper import slips as slips_module
from terminal.paper.slips import Equipment, Slips
from tests.terminal.paper.desk_of_slips import (
    ANNA,
    Clock,
    FakePaper,
    Inline,
    make_context,
    open_journal,
)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def engine():
    return Inline()


@pytest.fixture
def paper():
    return FakePaper()


@pytest.fixture
def journal(tmp_path):
    with open_journal(tmp_path) as db:
        yield db


@pytest.fixture
def context(journal, engine, clock):
    return make_context(journal, engine, clock)


@pytest.fixture
def slips(context, paper, monkeypatch):
    """A queue whose printer's thread is the caller's."""
    monkeypatch.setattr(slips_module, "Engine", lambda *_: Inline())
    one = Slips(context, Equipment(paper, letters="ąć"))
    one.start(lambda: ANNA)
    return one
