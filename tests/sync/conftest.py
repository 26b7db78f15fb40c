from __future__ import annotations

import itertools
import logging

import pytest

from terminal import post
from terminal.sync import postman
from tests.sync.ordeal import Ordeal, SqliteDisk

_numbers = itertools.count(1)


@pytest.fixture
def make_ordeal(tmp_path, monkeypatch):
    """Builds ordeals, each in a folder of its own; everything is cleared away at the end."""
    monkeypatch.setattr(post, "_ENTRIES", ())  # goods are not what is tested here
    made = []

    def make(seed, *, tills=3, disk=None, **options):
        folder = tmp_path / f"ordeal-{next(_numbers)}"
        folder.mkdir()
        made.append(Ordeal(folder, disk or SqliteDisk(folder), seed, tills=tills, **options))
        return made[-1]

    yield make
    for ordeal in made:
        ordeal.stop()


@pytest.fixture(autouse=True)
def quick(monkeypatch, caplog):
    """Waits of the postman, shortened."""
    monkeypatch.setattr(postman, "_BACKOFF_FIRST_S", 0.02)
    monkeypatch.setattr(postman, "_BACKOFF_MAX_S", 0.2)
    monkeypatch.setattr(postman, "_REFUSED_RETRY_S", 0.2)
    monkeypatch.setattr(postman, "_HEARTBEAT_S", 0.3)
    caplog.set_level(logging.ERROR, logger="terminal")
    caplog.set_level(logging.WARNING, logger="httpx2")
