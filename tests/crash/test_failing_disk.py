"""D-5: the n-th touch of the disk fails; the till stops, and nobody is told a sale that is not.

``SEED=n`` repeats a run, ``ROUNDS=n`` sets the number of failures of the long one.
"""

from __future__ import annotations

import os
import random
import shutil

import pytest

from tests.crash.test_kill import SALES_MAX, SEED, Counter, one

__all__ = ["one"]

# Of each call the number of those among which one fails.
TOUCHES = {"pwrite64": 120, "fdatasync": 60}
ERRORS = ("EIO", "ENOSPC")

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


def fail_at(counter: Counter, call: str, error: str, nth: int, *, ever: bool) -> bool:
    """Let the ``nth`` call fail, or (``ever``) all from there on; gives whether a sale failed."""
    inject = f"inject={call}:error={error}:when={nth}{'+' if ever else ''}"
    traced = ("strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", inject)
    status, said = counter.run_once(nth, SALES_MAX, *traced)
    place = f"seed {SEED}: {call} {nth} {error}"
    assert counter.wrong(is_settled=False) == [], place
    assert status in {0, 1}, said
    return status != 0


def fail(counter: Counter, rounds: int) -> int:
    dice = random.Random(SEED)
    failed = 0
    for number in range(rounds):
        call = list(TOUCHES)[number % 2]
        nth = dice.randint(1, TOUCHES[call])
        failed += fail_at(counter, call, dice.choice(ERRORS), nth, ever=dice.random() < 0.3)
    return failed


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch):
    """A till that writes nothing more is waited for in vain."""
    monkeypatch.setenv("WAIT_S", "3")


@pytest.mark.timeout(300)
def test_a_disk_that_fails_once_or_ever(one, monkeypatch):
    assert fail(one, len(TOUCHES)) > 0
    monkeypatch.delenv("WAIT_S")
    one.settle()


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_a_disk_that_fails_again_and_again(one, monkeypatch):
    print(f"seed {SEED}")  # noqa: T201 - to repeat it
    fail(one, int(os.environ.get("ROUNDS", "300")))
    monkeypatch.delenv("WAIT_S")
    one.settle()
