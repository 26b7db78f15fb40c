"""What can be done to a fiscal printer by hand: sensors, keys, clock, memory. No I/O."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from hw_emulator.posnet.device import Mechanism
from hw_emulator.posnet.outside_words import outside_words
from hw_emulator.words import Detail, Word

if TYPE_CHECKING:
    from hw_emulator.posnet.model import RunningPosnet

_STATES = tuple(state.name for state in Mechanism)


def words(running: RunningPosnet) -> list[Word]:
    """All words of its own."""
    around = outside_words(lambda: running.device)
    return [*_mechanism(running), *_case(running), *_course(running), *around]


def _mechanism(running: RunningPosnet) -> list[Word]:
    station = running.station

    def paper(*, out: bool) -> None:
        station.set_mechanism(Mechanism.NO_PAPER if out else Mechanism.OK)

    def cover(*, open: bool) -> None:  # noqa: A002 - the word in JSON
        station.set_mechanism(Mechanism.COVER if open else Mechanism.OK)

    def mechanism(state: str) -> None:
        station.set_mechanism(Mechanism[state])

    out = Detail("out", bool, "whether it is out")
    is_open = Detail("open", bool, "whether it is open")
    state = Detail("state", str, "what it is in", one_of=_STATES)
    return [
        Word("paper", "take the paper out or put it back", paper, (out,)),
        Word("cover", "open or close the cover", cover, (is_open,)),
        Word("mechanism", "set the state of the printing mechanism", mechanism, (state,)),
    ]


def _case(running: RunningPosnet) -> list[Word]:
    def paper_low(*, low: bool) -> None:
        running.device.paper_low = low

    def drawer(*, open: bool) -> None:  # noqa: A002 - the word in JSON
        running.device.drawer_open = open

    low = Detail("low", bool, "whether it is low")
    is_open = Detail("open", bool, "whether it is open")
    key = Detail("key", str, "which one", "ok", ("ok", "cancel"))
    return [
        Word("paper-low", "let the paper come near its end", paper_low, (low,)),
        Word("drawer", "open or close the drawer", drawer, (is_open,)),
        Word("key", "press a key on the printer", running.station.press, (key,)),
    ]


def _course(running: RunningPosnet) -> list[Word]:
    def jump(jump_s: int) -> None:
        running.device.jump(jump_s)

    def hold(interface: int) -> None:
        running.device.held_by = interface

    midnight = running.station.midnight
    spec = Detail("spec", str, "KIND:COMMAND:N[:VALUE]")
    jump_s = Detail("jump_s", int, "seconds, may be negative")
    interface = Detail("interface", int, "1 or 2; 0 is nobody")
    return [
        Word("fault", "let something go wrong", running.faults.add, (spec,)),
        Word("clock", "let the clock jump", jump, (jump_s,)),
        Word("hold", "let an interface hold the transaction", hold, (interface,)),
        Word("midnight", "let it make a daily report of its own accord", midnight),
        Word("memory", "give the fiscal memory", lambda: asdict(running.memory())),
    ]
