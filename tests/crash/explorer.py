"""What could a power cut leave of a folder? Rebuilds such states by the thousand for a checker.

Until an fsync is over, a disk may have kept any part of what was done: a later write and not an
earlier one, some of the 512-byte sectors of a write, a name and not what it stands for. Two disks:

- ``PESSIMISTIC``: a name is kept by the fsync of its folder and by nothing else, as POSIX has it;
- ``ORDERED``: names are kept in their order, and any fsync keeps those before it, as ext4 does.

    recording = record([sys.executable, "program.py", str(folder)], folder)
    assert explore(recording, check, tmp_path / "state", states=400) == []

``check(folder, said)`` gets each state, and the lines that the program had said by then (its
promises); it gives "" or what is wrong, or raises. It may change the folder.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.crash.recording import Names, Op, Recording, Resize, Said, Sync, Write, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Check = Callable[[Path, list[str]], str | None]

__all__ = ["Disk", "Finding", "explore", "needs_strace", "rebuild", "record"]

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

_SECTOR = 512
_NEVER = 1 << 60


class Disk(Enum):
    """How a disk keeps names."""

    PESSIMISTIC = "pessimistic"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class Finding:
    """A state that the checker did not like; ``rebuild`` makes it again by seed and number."""

    number: int
    cut_after: str
    wrong: str


@dataclass(frozen=True, slots=True)
class _Cut:
    """The power is cut before operation ``at``; the disk keeps about ``share`` of what it may."""

    at: int
    share: float
    tears: bool


def explore(
    recording: Recording,
    check: Check,
    place: Path,
    *,
    states: int,
    seed: int = 1,
    disk: Disk = Disk.PESSIMISTIC,
    after: str = "",
) -> list[Finding]:
    """Check ``states`` states, each rebuilt as the folder ``place``.

    ``after`` cuts the power only once the program has said a line that begins with this word.
    """
    print(f"crash states: seed {seed}, {states} states, {disk.value} disk")  # noqa: T201 - to repeat
    explorer = _Explorer(recording, disk, after)
    findings = []
    for number in range(states):
        cut = explorer.rebuild(number, seed, place)
        said = "".join(op.text for op in recording.ops[: cut.at] if isinstance(op, Said))
        try:
            wrong = check(place, said.splitlines())
        except Exception as error:  # noqa: BLE001 - a checker that cannot go on has found something
            wrong = f"{type(error).__name__}: {error}"
        if wrong:
            last = repr(recording.ops[cut.at - 1])[:200] if cut.at else "nothing"
            findings.append(Finding(number, f"{cut.at}: {last}", wrong))
    shutil.rmtree(place, ignore_errors=True)
    return findings


def rebuild(
    recording: Recording,
    number: int,
    place: Path,
    *,
    seed: int = 1,
    disk: Disk = Disk.PESSIMISTIC,
    after: str = "",
) -> None:
    """Make state ``number`` of ``explore`` once more, to look at it."""
    _Explorer(recording, disk, after).rebuild(number, seed, place)


class _Explorer:
    def __init__(self, recording: Recording, disk: Disk, after: str) -> None:
        self._ops = recording.ops
        self._before = recording.before
        self._is_ordered = disk is Disk.ORDERED
        self._kept_from = self._find_kept()
        self._first = self._heard(after) if after else 0

    def rebuild(self, number: int, seed: int, place: Path) -> _Cut:
        dice = Random(f"{seed}/{number}")
        at = dice.randint(self._first, len(self._ops))
        cut = _Cut(at, dice.choice((0.0, 1.0, dice.random())), dice.random() < 0.5)
        tree = self._before.copy()
        for op in self._survivors(cut, dice):
            tree.play(op)
        shutil.rmtree(place, ignore_errors=True)
        tree.build(place)
        return cut

    def _heard(self, after: str) -> int:
        said = ""
        for index, op in enumerate(self._ops, start=1):
            said += op.text if isinstance(op, Said) else ""
            if any(line.split()[:1] == [after] for line in said.splitlines()):
                return index
        msg = f"the program never said {after!r}"
        raise AssertionError(msg)

    def _find_kept(self) -> list[int]:
        """For each operation the fsync from which on it is safe."""
        kept = [_NEVER] * len(self._ops)
        waiting: list[int] = []
        for index, op in enumerate(self._ops):
            if isinstance(op, Sync):
                safe = {n for n in waiting if n < op.covers and self._keeps(op, self._ops[n])}
                waiting = [n for n in waiting if n not in safe]
                for n in safe:
                    kept[n] = index
            elif not isinstance(op, Said):
                waiting.append(index)
        return kept

    def _keeps(self, sync: Sync, op: Op) -> bool:
        if sync.number is None:
            return True
        if isinstance(op, Names):
            return self._is_ordered or op.folder == sync.number
        return isinstance(op, Write | Resize) and op.file == sync.number

    def _survivors(self, cut: _Cut, dice: Random) -> list[Op]:
        done = range(cut.at)
        names = [index for index in done if isinstance(self._ops[index], Names)]
        safe = [n for n, index in enumerate(names, 1) if self._kept_from[index] < cut.at]
        in_order = set(names[: dice.randint(safe[-1] if safe else 0, len(names))])
        kept: list[Op] = []
        for index in done:
            op = self._ops[index]
            if self._kept_from[index] < cut.at:
                kept.append(op)
            elif self._is_ordered and isinstance(op, Names):
                kept += [op] if index in in_order else []
            elif dice.random() < cut.share:
                kept += _torn(op, dice) if cut.tears and isinstance(op, Write) else [op]
        return kept


def _torn(op: Write, dice: Random) -> list[Op]:
    """Some sectors of a write; a short one is there or not."""
    cuts = range(op.offset - op.offset % _SECTOR + _SECTOR, op.offset + len(op.data), _SECTOR)
    starts, ends = [op.offset, *cuts], [*cuts, op.offset + len(op.data)]
    pieces = [
        Write(op.file, start, op.data[start - op.offset : end - op.offset])
        for start, end in zip(starts, ends, strict=True)
    ]
    return [piece for piece in pieces if len(pieces) == 1 or dice.random() < 0.5]
