"""What can be done to the printer by hand: paper, cover, clock, memory. No I/O."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from hw_emulator.novitus.device import Mechanism
from hw_emulator.words import Detail, Word

if TYPE_CHECKING:
    from hw_emulator.novitus.model import RunningNovitus


def words(running: RunningNovitus) -> list[Word]:
    """All words of its own."""
    return [*_mechanism(running), *_course(running)]


def _mechanism(running: RunningNovitus) -> list[Word]:
    station = running.station

    def paper(*, out: bool) -> None:
        station.set_mechanism(Mechanism.NO_PAPER if out else Mechanism.OK)

    def cover(*, open: bool) -> None:  # noqa: A002 - the word in JSON
        station.set_mechanism(Mechanism.COVER if open else Mechanism.OK)

    out = Detail("out", bool, "whether it is out")
    is_open = Detail("open", bool, "whether it is open")
    return [
        Word("paper", "take the paper out or put it back", paper, (out,)),
        Word("cover", "open or close the cover", cover, (is_open,)),
    ]


def _course(running: RunningNovitus) -> list[Word]:
    def jump(jump_s: int) -> None:
        running.device.jump(jump_s)

    def queue() -> dict[str, object]:
        return {"queue": [{"kind": job.kind, "status": job.state} for job in running.jobs()]}

    spec = Detail("spec", str, "KIND:REQUEST or DOCUMENT:N[:VALUE]")
    jump_s = Detail("jump_s", int, "seconds, may be negative")
    midnight = running.station.midnight
    return [
        Word("fault", "let something go wrong", running.faults.add, (spec,)),
        Word("clock", "let the clock jump", jump, (jump_s,)),
        Word("midnight", "let it make a daily report of its own accord", midnight),
        Word("queue", "list the documents it knows, oldest first", queue),
        Word("memory", "give the fiscal memory", lambda: asdict(running.memory())),
    ]
