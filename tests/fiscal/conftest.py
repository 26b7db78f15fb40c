"""What the tests of this folder share."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.crash.power import Stand
from tests.crash.stands import quick
from tests.fiscal.rig import MEMORY_DISK, fill

__all__ = ["quick"]


@pytest.fixture(scope="session")
def origin(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("origin") / "till")


@pytest.fixture
def stand(origin):
    one = Stand(Path(tempfile.mkdtemp(prefix="stand-", dir=MEMORY_DISK)), origin)
    yield one
    if one.folder.exists():
        one.clear()
