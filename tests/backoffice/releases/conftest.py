from __future__ import annotations

import shutil

import pytest

from backoffice.releases import files
from tests.backoffice.releases.hand_made import Publisher, Till, make_bundle


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A repository with one release, and a bundle of the next."""
    folder = tmp_path_factory.mktemp("made")
    publisher = Publisher(folder).begin()
    publisher.publish(make_bundle(folder / "one", "1.0.0", 1))
    make_bundle(folder / "two", "1.1.0", 2)
    return folder


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch):
    """Whether it was asked to write is tried where that matters; here it only takes time."""
    monkeypatch.setattr(files.os, "fsync", lambda _number: None)


@pytest.fixture
def publisher(made, tmp_path):
    """One of its own, with version 1.0.0 in force."""
    shutil.copytree(made, tmp_path / "own")
    return Publisher(tmp_path / "own")


@pytest.fixture
def next_bundle(made):
    """Version 1.1.0, not yet published."""
    return next((made / "two" / "out").iterdir())


@pytest.fixture
def till(publisher, tmp_path):
    return Till(tmp_path / "till", publisher.repository)
