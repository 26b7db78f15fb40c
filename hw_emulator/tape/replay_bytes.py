"""A tape of any other device against its emulator, byte for byte. Knows no frames.

The bytes of ours up to the device's next word are one turn. These emulators answer at once, so
nothing is waited for. A scale is given the weight that it told of: the goods are not on the tape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.tape_file import Kind
from hw_emulator.escpos.device import EscPosPrinter
from hw_emulator.gear.display import PROTOCOLS as DISPLAYS
from hw_emulator.gear.display import CustomerDisplay
from hw_emulator.gear.scale import PROTOCOLS as SCALES
from hw_emulator.gear.scale import Scale
from hw_emulator.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from drivers.tape_file import Header, Passage
    from hw_emulator.lines import Worker

_WEIGHT = re.compile(rb"(-?)\s*(\d{1,3})\.?(\d{3})(?!\d)")


@dataclass(frozen=True, slots=True)
class Turn:
    """What we said and what we heard then; ``no`` counts from one."""

    no: int
    wall_s: float
    said: bytes
    heard: bytes


@dataclass(slots=True)
class Comparison:
    """``shown`` is what the emulator shows or has printed in the end."""

    turns: int = 0
    differences: list[tuple[Turn, bytes]] = field(default_factory=list)
    shown: str = ""


def emulates(protocol: str) -> bool:
    """Whether there is an emulator of ``protocol`` that can be talked to."""
    return protocol in {"escpos", *DISPLAYS, *SCALES}


def read_turns(passages: Iterable[Passage]) -> Iterator[Turn]:
    """Cut a tape into turns; what the device said unasked before the first is left out."""
    no, wall_s, said, heard = 0, 0.0, b"", b""
    for passage in passages:
        if passage.kind is Kind.OUT and heard:
            if said:
                no += 1
                yield Turn(no, wall_s, said, heard)
            said, heard = b"", b""
        if passage.kind is Kind.OUT:
            wall_s = wall_s if said else passage.wall_s
            said += passage.data
        elif passage.kind is Kind.IN:
            heard += passage.data
    if said:
        yield Turn(no + 1, wall_s, said, heard)


def replay_bytes(
    header: Header, passages: Iterable[Passage], paper: Path | None = None, *, injects: bool = False
) -> Comparison:
    """Play a tape; with ``injects`` a silence on it is not compared. Raises OSError, ValueError."""
    roll = Paper(paper)
    device = _device(header, roll)
    heard = bytearray()
    feed = device.connect(heard.extend, 1)
    result = Comparison()
    try:
        for turn in read_turns(passages):
            result.turns += 1
            if isinstance(device, Scale):
                _load(device, turn.heard)
            heard.clear()
            feed(turn.said)
            if bytes(heard) != turn.heard and (turn.heard or not injects):
                result.differences.append((turn, bytes(heard)))
    finally:
        roll.close()
    result.shown = "\n".join(device.lines) if isinstance(device, CustomerDisplay) else roll.text
    return result


def _device(header: Header, paper: Paper) -> Worker:
    protocol = header.protocol
    if protocol in SCALES:
        return Scale(protocol)
    if protocol in DISPLAYS:
        return CustomerDisplay(protocol, str(header.settings.get("code_page") or "cp852"))
    return EscPosPrinter(paper)


def _load(scale: Scale, told: bytes) -> None:
    weight = _WEIGHT.search(told)
    if weight:
        milli = int(weight[2] + weight[3])
        scale.hand(load_milli=-milli if weight[1] else milli)
