from __future__ import annotations

import pytest

from tests.postgres import Absent, Cluster


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL server of this test run; skips with the reason where there is none."""
    try:
        started = Cluster()
    except Absent as reason:
        pytest.skip(str(reason))
    yield started
    started.stop()
