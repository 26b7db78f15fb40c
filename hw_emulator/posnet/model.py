"""The POSNET fiscal printer for the registry: options, start, words. No protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hw_emulator.faults import Faults, read_rule
from hw_emulator.model import Model
from hw_emulator.paper import Paper
from hw_emulator.place import LOCALHOST, Lines, Place
from hw_emulator.posnet.device import REPORTS_MAX, Device, Mechanism, warsaw_now
from hw_emulator.posnet.memory import FiscalMemory, MemoryBusy, MemoryDamaged, MemoryView
from hw_emulator.posnet.words import words
from hw_emulator.running import Running
from hw_emulator.station import Station

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import datetime


@dataclass(slots=True)
class RunningPosnet(Running):
    """A fiscal printer that is being served."""

    station: Station = field(kw_only=True)

    @property
    def device(self) -> Device:
        """The device itself."""
        return self.station.device

    @property
    def faults(self) -> Faults:
        """Its faults; ``add`` takes specs."""
        return self.station.faults

    def memory(self) -> MemoryView:
        """What is in its fiscal memory."""
        return self.device.view()

    def set_mechanism(self, mechanism: Mechanism = Mechanism.OK) -> None:
        """Paper out, cover open, ... or, by default, all well again."""
        self.station.set_mechanism(mechanism)

    def kill(self) -> None:
        """Pull the plug: no answer, no clean-up of an open receipt."""
        self.stop()


def start_posnet(
    memory: Path | None = None,
    *,
    pty: Path | bool = False,
    tcp: int | None = None,
    tcp_second: int | None = None,
    baud: int = 0,
    host: str = LOCALHOST,
    paper: Path | None = None,
    control: Path | None = None,
    faults: Sequence[str] = (),
    seed: int = 0,
    loss: float = 0.0,
    is_fiscal: bool = True,
    ram_reset: bool = False,
    reports_max: int = REPORTS_MAX,
    strict: bool = False,
    now: Callable[[], datetime] = warsaw_now,
    die: Callable[[], None] | None = None,
) -> RunningPosnet:
    """Start a fiscal printer in this process; without lines it is on any TCP port.

    ``memory`` is its fiscal memory file (None: forgotten at the end), ``faults`` are specs such as
    ``lose:trend:1``, ``die`` what a deadly fault does (default: it is switched off at once).
    Raises OSError, ValueError, MemoryBusy, MemoryDamaged.
    """
    place = Place(
        lines=Lines(pty, tcp, tcp_second, baud, host),
        paper=paper,
        control=control,
        faults=tuple(faults),
        seed=seed,
        loss=loss,
        die=die,
    )
    return start(
        place,
        memory,
        is_fiscal=is_fiscal,
        ram_reset=ram_reset,
        reports_max=reports_max,
        strict=strict,
        now=now,
    )


def start(
    place: Place,
    memory: Path | None,
    *,
    is_fiscal: bool = True,
    ram_reset: bool = False,
    reports_max: int = REPORTS_MAX,
    strict: bool = False,
    now: Callable[[], datetime] = warsaw_now,
) -> RunningPosnet:
    """As ``start_posnet``, at a place."""
    rules = [read_rule(spec) for spec in place.faults]
    fiscal = FiscalMemory(memory)
    try:
        device = Device(
            fiscal, Paper(place.paper), now, is_fiscal, reports_max, ram_reset=ram_reset
        )
        station = Station(device, Faults(rules, place.seed, place.loss), strict=strict)
        lines = place.lines.open(station.connect)
    except BaseException:
        fiscal.close()
        raise
    running = RunningPosnet(station, lines, device.paper, fiscal.close, station=station)
    station.die = place.die or running.switch_off
    running.serve(place, words(running))
    return running


def add_options(parser: argparse.ArgumentParser) -> None:
    """Options of its own."""
    add = parser.add_argument
    add("--memory", type=Path, metavar="FILE", help="fiscal memory; kept from start to start")
    add("--ram-reset", action="store_true", help="start as after a loss of RAM")
    add("--non-fiscal", action="store_true", help="a new memory is not fiscalised")
    add("--reports-max", type=int, default=REPORTS_MAX, help="daily reports the memory can hold")
    add("--strict", action="store_true", help="accept upper-case four-digit checksums only")


def _start(arguments: argparse.Namespace, place: Place) -> RunningPosnet:
    return start(
        place,
        arguments.memory,
        is_fiscal=not arguments.non_fiscal,
        ram_reset=arguments.ram_reset,
        reports_max=arguments.reports_max,
        strict=arguments.strict,
    )


MODEL = Model(
    name="posnet",
    about="POSNET fiscal printer",
    start=_start,
    add_options=add_options,
    examples=(
        "posnet --pty ./printer",
        "posnet --tcp 127.0.0.1:6666 --memory fiscal.mem --paper paper.txt",
        "posnet --pty ./printer --baud 9600 --fault lose:trend:1",
        "posnet --tcp 127.0.0.1:0 --seed 7 --loss 0.15",
    ),
    unusable=(MemoryBusy, MemoryDamaged),
)
