"""An office for all stands, tills that are enrolled there, and short waits."""

from __future__ import annotations

import itertools
import logging
import shutil

import pytest

from backoffice.running import start_office
from terminal import boot
from terminal.day import recovery
from terminal.people import pins
from terminal.sale import fiscalise, meeting
from terminal.sync import enrolment
from tests.crash.power import CATALOGUE, WAIT_S, Stand, till_config


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    running = start_office(f"sqlite:///{folder / 'office.db'}")
    running_db = folder / "office.db"
    yield running, running_db
    running.stop()


@pytest.fixture(scope="session")
def catalogue(office, tmp_path_factory):
    """A catalogue as the office fills it."""
    running, _ = office
    folder = tmp_path_factory.mktemp("catalogue")
    enrol(running, folder, "first")
    till = boot.build(till_config(folder))
    for entry in ("configuration", "users", "products"):
        till.post.pull(entry).result(WAIT_S)
    till.ticker.start()
    till.stop()
    return folder / CATALOGUE


def enrol(running, folder, terminal):
    folder.mkdir(exist_ok=True)
    identity = enrolment.enrol(running.url, running.enrol_code(terminal), "test")
    enrolment.save(identity, folder / boot.IDENTITY_FILE)


_numbers = itertools.count(1)


@pytest.fixture
def make_stand(office, catalogue, tmp_path):
    """Builds stands, each with a terminal of its own; everything is cleared away at the end."""
    running, office_db = office
    made = []

    def make(kind: type[Stand] = Stand):
        number = next(_numbers)
        origin = tmp_path / f"origin-{number}"
        enrol(running, origin, f"T{number}")
        shutil.copyfile(catalogue, origin / CATALOGUE)
        folder = tmp_path / f"stand-{number}"
        folder.mkdir()
        stand = kind(folder, origin, office_db)
        made.append(stand)
        return stand

    yield make
    for stand in made:
        if stand.folder.exists():
            stand.clear()


@pytest.fixture(autouse=True)
def quick(monkeypatch, caplog):
    """Waits of people and lines, shortened; a PIN is not what is tested here."""
    monkeypatch.setattr(fiscalise, "_RETRY_FIRST_S", 0.01)
    monkeypatch.setattr(fiscalise, "_RETRY_MAX_S", 0.05)
    monkeypatch.setattr(recovery, "RETRY_S", 0.02)
    monkeypatch.setattr(meeting, "_MEET_EVERY_S", 0.0)
    monkeypatch.setattr(fiscalise, "_LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(pins, "verify", lambda pin, pin_hash: True)
    # A till that lost its power complains loudly on every thread; later tests want to hear it.
    caplog.set_level(logging.CRITICAL, logger="terminal.engine")
    caplog.set_level(logging.WARNING, logger="httpx2")
