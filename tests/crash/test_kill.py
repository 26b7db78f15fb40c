"""A till in a process of its own is killed: at random moments, and at its n-th system call.

``SEED=n`` repeats a run, ``ROUNDS=n`` sets the number of kills of the long one.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hw_emulator.posnet.memory import read_memory
from terminal import boot
from tests.crash.books import check
from tests.crash.power import CATALOGUE, JOURNAL, MEMORY
from tests.crash.stands import enrol

ROOT = Path(__file__).parents[2]
TILL = Path(__file__).with_name("till_process.py")
SEED = int(os.environ.get("SEED", "1"))
SALES_MAX = 40
RUN_MAX_S = 60
KILLED = -9
# Each of the calls by which a till leaves a mark: on its disk, and at its printer.
CALLS = {"pwrite64": 90, "fdatasync": 40, "sendto": 60, "ftruncate": 3}


def environment():
    return {**os.environ, "PYTHONPATH": str(ROOT)}


class Counter:
    """A till's folder and an emulated printer, both outside of this process."""

    def __init__(self, folder, office, catalogue, number):
        self.folder = folder
        enrol(office, folder, f"K{number}")
        identity = folder / boot.IDENTITY_FILE
        # The office is away: the till must not care.
        text = identity.read_text(encoding="utf-8").replace(office.url, "http://127.0.0.1:9")
        identity.write_text(text, encoding="utf-8")
        shutil.copyfile(catalogue, folder / CATALOGUE)
        self.printer = subprocess.Popen(
            [
                *(sys.executable, "-m", "hw_emulator", "posnet"),
                *("--tcp", "127.0.0.1:0", "--memory", str(folder / MEMORY)),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment(),
        )
        ready = self.printer.stdout.readline()
        self.url = f"tcp://{ready.strip().rpartition('tcp=')[2]}"

    def command(self, *words):
        return [sys.executable, str(TILL), str(self.folder), self.url, *map(str, words)]

    def run_once(self, seed, sales, *prefix):
        """Exit status and standard error of one till."""
        ended = subprocess.run(
            [*prefix, *self.command("once", seed, sales)],
            check=False,
            capture_output=True,
            text=True,
            timeout=RUN_MAX_S,
            env=environment(),
        )
        return ended.returncode, ended.stderr

    def run_closing(self, seed, *prefix):
        """The same of one that sells twice and closes its day."""
        ended = subprocess.run(
            [*prefix, *self.command("close", seed)],
            check=False,
            capture_output=True,
            text=True,
            timeout=RUN_MAX_S,
            env=environment(),
        )
        return ended.returncode, ended.stderr

    def wrong(self, *, is_settled):
        journal, acks = self.folder / JOURNAL, self.folder / "acks"
        if not journal.exists() or not journal.stat().st_size:
            return []
        told = acks.read_text(encoding="ascii").splitlines() if acks.exists() else []
        pairs = [(line.split()[0], int(line.split()[1])) for line in told]
        return check(journal, self.folder / MEMORY, is_settled=is_settled, acks=pairs)

    def receipts(self):
        """What is in the fiscal memory."""
        memory = self.folder / MEMORY
        return read_memory(memory).receipts if memory.exists() else ()

    def settle(self):
        """One more till, which nobody kills."""
        assert self.run_once(0, 1) == (0, "")
        assert self.wrong(is_settled=True) == []

    def stop(self):
        self.printer.terminate()
        self.printer.wait(RUN_MAX_S)
        self.printer.stdout.close()


@pytest.fixture
def one(office, catalogue, tmp_path):
    counter = Counter(tmp_path / "till", office[0], catalogue, tmp_path.name)
    yield counter
    counter.stop()


def kill_again_and_again(counter, kills):
    """At least so often, and until as many receipts are printed: lives grow on a slow machine."""
    dice = random.Random(SEED)
    tills = subprocess.Popen(
        counter.command("many"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    try:
        number = 0
        while number < kills or len(counter.receipts()) <= kills:
            assert number < 10 * kills, "nothing is sold"
            life_s = dice.uniform(0.02, 0.5) * (1 + number // kills)
            number += 1
            tills.stdin.write(f"{number} {SALES_MAX} {life_s}\n")
            tills.stdin.flush()
            assert tills.stdout.readline() == "dead\n"
            assert counter.wrong(is_settled=False) == [], f"seed {SEED}, kill {number}"
    finally:
        tills.stdin.close()
        tills.wait(RUN_MAX_S)
        tills.stdout.close()
    counter.settle()


def test_killed_at_random_moments(one):
    print(f"seed {SEED}")  # noqa: T201 - to repeat it
    kill_again_and_again(one, 30)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_killed_at_the_nth_system_call(one):
    dice = random.Random(SEED)
    killed = 0
    for call, calls_max in CALLS.items():
        for _ in range(3):
            killed += kill_at_call(one, call, dice.randint(1, calls_max))
    assert killed > 8
    one.settle()


def kill_at_call(counter, call, nth):
    inject = f"inject={call}:signal=SIGKILL:when={nth}"
    traced = ("strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", inject)
    status, said = counter.run_once(nth, SALES_MAX, *traced)
    assert status in {0, KILLED, 128 - KILLED}, said
    assert counter.wrong(is_settled=False) == [], (call, nth)
    return status != 0


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_killed_thousands_of_times(one):
    print(f"seed {SEED}")  # noqa: T201 - to repeat it
    kill_again_and_again(one, int(os.environ.get("ROUNDS", "2000")))


@pytest.mark.torture
@pytest.mark.timeout(7200)
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("call", CALLS)
def test_killed_at_every_system_call(one, call):
    for nth in range(1, CALLS[call] + 1):
        kill_at_call(one, call, nth)
    one.settle()
