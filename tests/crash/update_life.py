"""A device that sells, closes its day and is updated, again and again, and is killed at any moment.

    python -m tests.crash.update_life FOLDER ROUNDS SEED [MISTAKE]

Each round is a process that lives until ``kill -9``; then the device is looked at. The program, the
printer and the bundle are tiny; slots, pointer, gate and journal are the real ones. Every fourth
version never comes up.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from types import SimpleNamespace

from drivers.fiscal import NO_TOTALS, Counters
from terminal.errors import Blocked
from terminal.store import outbox, settings
from terminal.store.db import close_writer, open_reader, open_writer, write
from terminal.update import gate, launcher, record, slots
from terminal.update.launcher import Boot, begin, keep, version_of
from terminal.update.slots import Slots
from terminal.update.states import Command
from tests.terminal.update.device import TRADE, prepared

ZERO = Counters("XYZ 1", 1, 1, 0, 0, 1, NO_TOTALS, 0, 0)
SOLD = replace(ZERO, receipts=1, totals_gr=(100, 0, 0, 0, 0, 0, 0))
# How many updates a life lasts at most, were it not for the machine being slow just then.
UPDATES_A_LIFE = 2
ROUNDS_MAX = 10


def number(slot: str) -> int:
    return int(version_of(slot).split(".")[1])


def comes_up(slot: str) -> bool:
    return number(slot) % 4 != 3


class Device:
    """``folder`` holds the installation, the journal, and what was started, line by line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slots = Slots(folder / "prefix")
        self.journal = folder / "journal.db"
        self.starts = folder / "starts"

    def make(self) -> None:
        self.slots.prefix.mkdir(parents=True)
        slot = self.slots.install(prepared(self.folder / "bundles", "0.1.0", 1), TRADE)
        keep(self.slots.prefix, Boot(slot, slot, floor=1))
        db = open_writer(self.journal, "journal")
        with write(db):
            outbox.begin(db, 1)
            settings.expect_counters(db, ZERO)
        close_writer(db)

    def live(self, starts_max: int = sys.maxsize) -> None:
        """Start, sell, close, install the next version, until something ends it."""
        db = open_writer(self.journal, "journal", check_later=True)
        context = SimpleNamespace(
            journal=db, terminal="T1", shop="lipa", stamp=lambda: "2026-11-26T10:00:00.000+01:00"
        )
        for _ in range(starts_max):
            boot = begin(self.slots.prefix)
            with self.starts.open("a") as starts:
                starts.write(f"{boot.active}\n")
            if comes_up(boot.active):
                self._run(boot, db, context)

    def _run(self, boot: Boot, db: object, context: object) -> None:
        if boot.is_trial:
            gate.let(db, Command.CONFIRM, is_trial=True)
            self.slots.confirm()
            self.slots.prune()
        record.tell(context, self.slots.boot(), number(boot.active))
        gate.let(db, Command.SELL, is_trial=self.slots.boot().is_trial)
        with write(db):
            settings.expect_counters(db, SOLD)
        with contextlib.suppress(Blocked):
            self._install(boot, db)
            return  # on an open day: whoever looks will find it
        with write(db):
            settings.expect_counters(db, ZERO)
        self._install(boot, db)

    def _install(self, boot: Boot, db: object) -> None:
        gate.let(db, Command.INSTALL, is_trial=False)
        bad = [int(version.split(".")[1]) for version in self.slots.boot().bad]
        following = max([number(boot.active), *bad]) + 1
        bundle = prepared(self.folder / "bundles", f"0.{following}.0", following)
        slot = self.slots.install(bundle, TRADE)
        gate.let(db, Command.ARM, is_trial=False)
        record.begin(db, slot, boot.active)
        self.slots.arm(slot)
        bundle.bundle.unlink()

    def look(self) -> str:
        """What is wrong; empty when all is well."""
        boot = launcher.read(self.slots.prefix)
        if boot is None:
            return "nothing can be started"
        if found := self.slots.differences(boot.active):
            return f"{boot.active} is not whole: {found[:3]}"
        if not comes_up(boot.good):
            return f"{boot.good} was confirmed"
        with contextlib.closing(open_reader(self.journal)) as db:
            sold = any(settings.expected_counters(db).totals_gr)
        if sold and boot.is_trial:
            return "a new version is armed while the day is open"
        started = self.starts.read_text().split() if self.starts.exists() else []
        for slot in {*started}:
            if not comes_up(slot) and started.count(slot) > launcher.TRIES:
                return f"{slot} was started {started.count(slot)} times"
        return ""


def mistake(name: str) -> None:
    """Build one in."""
    if name == "a start is not counted":
        launcher.next_start = lambda boot: boot
    elif name == "nobody asks whether the day is closed":
        gate.let = lambda *_, **__: None
    elif name == "a slot has its name before it is whole":
        real = Slots._make

        def make(self: Slots, bundle: object, trade: object, part: Path, final: Path) -> None:
            was = self.boot()
            keep(self.prefix, replace(was, active=final.name, tries=3))
            part.mkdir(parents=True)
            part.rename(final)
            (final / launcher.SEAL).write_text('{"counter": 9, "files": {"x": ""}}')
            time.sleep(0.005)
            slots.sealing.remove(final)
            real(self, bundle, trade, part, final)
            keep(self.prefix, was)

        Slots._make = make
    else:
        raise AssertionError(name)


MISTAKES = (
    "a start is not counted",
    "nobody asks whether the day is closed",
    "a slot has its name before it is whole",
)


def born(device: Device, starts_max: int = sys.maxsize) -> int:
    child = os.fork()
    if child == 0:
        try:
            device.live(starts_max)
        except BaseException as error:  # noqa: BLE001 - the parent is to hear of it
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(1)
    return child


def one_life(device: Device, seconds: float) -> None:
    child = born(device)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        sys.exit("a life ended by itself")


def seconds_of_an_update(device: Device) -> float:
    began = time.monotonic()
    os.waitpid(born(device, 2), 0)
    return (time.monotonic() - began) / 2


def main(folder: Path, rounds: int, seed: int, wrong: list[str]) -> None:
    device, dice = Device(folder), Random(seed)
    device.make()
    longest_s = UPDATES_A_LIFE * seconds_of_an_update(device)
    for one in wrong:
        mistake(one)
    for count in range(rounds * ROUNDS_MAX):
        one_life(device, dice.uniform(0, longest_s))
        if problem := device.look():
            sys.exit(f"SEED={seed}, round {count}: {problem}")
        # On a slow machine a little longer: it must have come somewhere.
        boot = device.slots.boot()
        if count >= rounds - 1 and number(boot.good) > 4 and boot.bad:
            break
    print(number(boot.good), len(boot.bad))  # noqa: T201 - its result


if __name__ == "__main__":
    where, length, first, *built_in = sys.argv[1:]
    main(Path(where), int(length), int(first), built_in)
