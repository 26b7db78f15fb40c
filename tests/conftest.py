from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import Absent, Cluster

# A check must say the same of the same code each time; `make explore` looks for new examples.
# No deadlines: how long an example takes depends on who else works on the machine.
settings.register_profile("check", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("check")


def pytest_configure(config: pytest.Config) -> None:
    """Sentences that were translated since the installation are compiled, before workers start."""
    root = Path(__file__).parent.parent
    if hasattr(config, "workerinput") or not any(map(_is_stale, root.glob("*/locale/*/*/*.po"))):
        return
    spec = importlib.util.spec_from_file_location("locales", root / "deploy" / "build_locales.py")
    locales = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(locales)
    locales.compile_locales(root)


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as cores: tests of lines and processes wait about as much as compute."""
    cores = len(os.sched_getaffinity(0))
    return cores + cores // 2


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL server of this test run; skips with the reason where there is none."""
    try:
        started = Cluster()
    except Absent as reason:
        pytest.skip(str(reason))
    yield started
    started.stop()
