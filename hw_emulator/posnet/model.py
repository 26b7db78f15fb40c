"""The POSNET fiscal printer for the registry: options, start, words. No protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from hw_emulator.fault_kinds import KINDS
from hw_emulator.model import Model
from hw_emulator.own_report import OwnReport, read_time
from hw_emulator.place import LOCALHOST, Lines, Place
from hw_emulator.posnet.conditions import Condition
from hw_emulator.posnet.device import REPORTS_MAX, Device, Mechanism, warsaw_now
from hw_emulator.posnet.dialect import Command, PosnetDialect
from hw_emulator.posnet.memory import FiscalMemory, MemoryBusy, MemoryDamaged, MemoryView
from hw_emulator.posnet.profile import PROFILES, Profile
from hw_emulator.posnet.words import words
from hw_emulator.running import RunningStation
from hw_emulator.station import BUFFER_MAX, QUEUE_MAX, Station

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime, time

    from hw_emulator.fault_kinds import Kind


class Options(TypedDict, total=False):
    """Options of ``start`` that need not be told."""

    is_fiscal: bool
    ram_reset: bool
    keeps_receipt: bool
    reports_max: int
    own_report: time | None
    strict: bool
    queue_max: int
    buffer_max: int
    profile: Profile
    conditions: Iterable[Condition]
    now: Callable[[], datetime]


@dataclass(slots=True)
class RunningPosnet(RunningStation[Command]):
    """A fiscal printer that is being served."""

    dialect: PosnetDialect = field(kw_only=True)

    @property
    def device(self) -> Device:
        """The device itself; another one after each power-on."""
        return self.dialect.device

    def memory(self) -> MemoryView:
        """What is in its fiscal memory."""
        return self.device.view()

    def set_mechanism(self, mechanism: Mechanism = Mechanism.OK) -> None:
        """Paper out, cover open, ... or, by default, all well again."""
        self.station.set_mechanism(mechanism)


def start_posnet(
    memory: Path | None = None,
    *,
    pty: Path | bool = False,
    tcp: int | None = None,
    tcp_second: int | None = None,
    rfc2217: int | None = None,
    baud: int = 0,
    host: str = LOCALHOST,
    paper: Path | None = None,
    png: Path | None = None,
    html: Path | None = None,
    control: Path | None = None,
    control_tcp: tuple[str, int] | None = None,
    faults: Sequence[str] = (),
    seed: int = 0,
    loss: float = 0.0,
    chaos: Mapping[Kind, float] | None = None,
    die: Callable[[], None] | None = None,
    **options: Unpack[Options],
) -> RunningPosnet:
    """Start a fiscal printer in this process; without lines it is on any TCP port.

    ``memory`` is its fiscal memory file (None: forgotten at the end), ``faults`` are specs such as
    ``lose:trend:1``, ``die`` what a deadly fault does (default: it is switched off at once);
    ``options`` are those of ``start``. Raises OSError, ValueError, MemoryBusy, MemoryDamaged.
    """
    place = Place(
        lines=Lines(pty, tcp, tcp_second, baud, host, rfc2217),
        paper=paper,
        png=png,
        html=html,
        control=control,
        control_tcp=control_tcp,
        faults=tuple(faults),
        seed=seed,
        loss=loss,
        chaos=dict(chaos or {}),
        die=die,
    )
    return start(place, memory, **options)


def start(
    place: Place,
    memory: Path | None,
    *,
    is_fiscal: bool = True,
    ram_reset: bool = False,
    keeps_receipt: bool = False,
    reports_max: int = REPORTS_MAX,
    own_report: time | None = None,
    strict: bool = False,
    queue_max: int = QUEUE_MAX,
    buffer_max: int = BUFFER_MAX,
    profile: Profile = PROFILES["xl2"],
    conditions: Iterable[Condition] = (),
    now: Callable[[], datetime] = warsaw_now,
) -> RunningPosnet:
    """As ``start_posnet``, at a place.

    ``keeps_receipt``: a power cut leaves an open receipt open. ``own_report`` is when the printer
    makes a daily report by itself. ``queue_max`` commands of ``buffer_max`` bytes may wait.
    ``profile`` is what kind of printer it is, ``conditions`` keep it from selling.
    """
    faults = place.make_faults(frozenset(KINDS))
    fiscal = FiscalMemory(memory)
    try:
        paper = place.open_paper(profile.width)
        parts = (fiscal, paper, now, is_fiscal, reports_max, profile, set(conditions))
        dialect = PosnetDialect(
            lambda is_reset: Device(*parts, ram_reset=is_reset),
            strict=strict,
            keeps_receipt=keeps_receipt,
            ram_reset=ram_reset,
        )
        own = OwnReport(own_report, dialect.clock) if own_report else None
        station = Station(dialect, faults, own, queue_max, buffer_max)
        lines = place.lines.open(station.connect)
    except BaseException:
        fiscal.close()
        raise
    running = RunningPosnet(
        station, lines, paper, fiscal.close, own_faults=faults, station=station, dialect=dialect
    )
    running.serve(place, words(running))
    return running


def add_options(parser: argparse.ArgumentParser) -> None:
    """Options of its own."""
    add = parser.add_argument
    add("--memory", type=Path, metavar="FILE", help="fiscal memory; kept from start to start")
    add("--ram-reset", action="store_true", help="start as after a loss of RAM")
    add("--keeps-receipt", action="store_true", help="a power cut leaves an open receipt open")
    add("--non-fiscal", action="store_true", help="a new memory is not fiscalised")
    add("--reports-max", type=int, default=REPORTS_MAX, help="daily reports the memory can hold")
    add(
        "--own-report",
        type=read_time,
        nargs="?",
        const=read_time("00:00"),
        metavar="HH:MM",
        help="make a daily report by itself at that time of its clock (midnight)",
    )
    add("--profile", default="xl2", choices=PROFILES, help="what kind of printer it is")
    holding = "what keeps it from selling; may be repeated"
    add("--condition", action="append", default=[], choices=[*Condition], help=holding)
    add("--strict", action="store_true", help="accept frames as the specification has them only")
    add("--queue-max", type=int, default=QUEUE_MAX, help="commands that may wait (error 14)")
    add("--buffer-max", type=int, default=BUFFER_MAX, help="bytes that may wait (error 11)")


def _start(arguments: argparse.Namespace, place: Place) -> RunningPosnet:
    return start(
        place,
        arguments.memory,
        is_fiscal=not arguments.non_fiscal,
        ram_reset=arguments.ram_reset,
        keeps_receipt=arguments.keeps_receipt,
        reports_max=arguments.reports_max,
        own_report=arguments.own_report,
        strict=arguments.strict,
        queue_max=arguments.queue_max,
        buffer_max=arguments.buffer_max,
        profile=PROFILES[arguments.profile],
        conditions=map(Condition, arguments.condition),
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
        "posnet --rfc2217 127.0.0.1:4000 --pace-negotiated --control control.sock",
        "posnet --tcp 127.0.0.1:0 --seed 7 --loss 0.15 --chaos late=0.02,no-paper=0.01",
        "posnet --tcp 127.0.0.1:6666 --own-report --png printouts --html printouts.html",
        "posnet --list-faults",
    ),
    kinds=frozenset(KINDS),
    unusable=(MemoryBusy, MemoryDamaged),
)
