"""Updates that are killed at random moments of their whole life, as OSTree tries its own.

Always the old or the new version, never half of one; back within three starts; never on an open
day. What a power cut loses besides is in ``test_update_states``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.crash.update_life import MISTAKES

SEED = os.environ.get("SEED", "1")


def lives(rounds: int, *mistake: str) -> subprocess.CompletedProcess[str]:
    """In memory: what a killed process has written is there all the same, and sooner."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
    program = [sys.executable, "-B", "-m", "tests.crash.update_life"]
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        return subprocess.run(
            [*program, str(Path(folder) / "device"), str(rounds), SEED, *mistake],
            check=False,
            capture_output=True,
            text=True,
        )


def test_two_hundred_lives() -> None:
    done = lives(200)
    assert done.returncode == 0, done.stderr
    confirmed, barred = map(int, done.stdout.split())
    assert confirmed > 4
    assert barred > 0


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_thousands_of_lives() -> None:
    done = lives(int(os.environ.get("ROUNDS", "5000")))
    assert done.returncode == 0, done.stderr
    print(done.stdout)  # noqa: T201 - how far it came


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_checker_bites(mistake: str) -> None:
    done = lives(200, mistake)
    assert "SEED=" in done.stderr, done.stdout + done.stderr
