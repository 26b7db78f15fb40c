"""What the tests of this folder share."""

from __future__ import annotations

import itertools

import pytest

from tests.crash.power import Stand
from tests.crash.stands import quick
from tests.fiscal.rig import fill

__all__ = ["quick"]

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def origin(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("origin") / "till")


@pytest.fixture
def stand(origin, tmp_path):
    folder = tmp_path / f"stand-{next(_numbers)}"
    folder.mkdir()
    one = Stand(folder, origin)
    yield one
    if one.folder.exists():
        one.clear()
