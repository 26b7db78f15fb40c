"""The Novitus fiscal printer for the registry: options, start, words. No protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hw_emulator.model import Model
from hw_emulator.novitus.device import REPORTS_MAX, UNIQUE_NO, Device, Mechanism, warsaw_now
from hw_emulator.novitus.jobs import Job, Jobs
from hw_emulator.novitus.layout import WIDTH
from hw_emulator.novitus.station import FAULTS, Station
from hw_emulator.novitus.words import words
from hw_emulator.place import LOCALHOST, Lines, Place
from hw_emulator.posnet.memory import FiscalMemory, MemoryBusy, MemoryDamaged, MemoryView
from hw_emulator.running import Running

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from hw_emulator.faults import Faults


@dataclass(slots=True)
class RunningNovitus(Running):
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

    @property
    def http(self) -> str:
        """Where it is reached, as the till's configuration has it."""
        return f"http://{self.tcp}"

    def memory(self) -> MemoryView:
        """What is in its fiscal memory."""
        return self.device.view()

    def jobs(self) -> list[Job]:
        """The documents it knows, oldest first."""
        return self.station.jobs.all

    def set_mechanism(self, mechanism: Mechanism = Mechanism.OK) -> None:
        """Paper out, cover open, or, by default, all well again."""
        self.station.set_mechanism(mechanism)

    def kill(self) -> None:
        """Pull the plug: no answer, no clean-up of an open receipt."""
        self.stop()


def start_novitus(
    memory: Path | None = None,
    *,
    tcp: int | None = None,
    host: str = LOCALHOST,
    paper: Path | None = None,
    control: Path | None = None,
    faults: Sequence[str] = (),
    seed: int = 0,
    loss: float = 0.0,
    is_fiscal: bool = True,
    ram_reset: bool = False,
    reports_max: int = REPORTS_MAX,
    unique_no: str = UNIQUE_NO,
    counts_cancelled: bool = True,
    now: Callable[[], datetime] = warsaw_now,
    die: Callable[[], None] | None = None,
) -> RunningNovitus:
    """Start a fiscal printer in this process, on any TCP port unless ``tcp`` names one.

    ``memory`` is its fiscal memory file (None: forgotten at the end); its queue is kept beside it.
    ``faults`` are specs such as ``lose:receipt-put:1``, ``die`` what a deadly fault does (default:
    it is switched off at once). Raises OSError, ValueError, MemoryBusy, MemoryDamaged.
    """
    place = Place(
        lines=Lines(tcp=tcp, host=host),
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
        unique_no=unique_no,
        counts_cancelled=counts_cancelled,
        now=now,
    )


def start(
    place: Place,
    memory: Path | None,
    *,
    is_fiscal: bool = True,
    ram_reset: bool = False,
    reports_max: int = REPORTS_MAX,
    unique_no: str = UNIQUE_NO,
    counts_cancelled: bool = True,
    now: Callable[[], datetime] = warsaw_now,
) -> RunningNovitus:
    """As ``start_novitus``, at a place."""
    faults = place.make_faults(FAULTS)
    fiscal = FiscalMemory(memory)
    try:
        device = Device(
            fiscal,
            place.open_paper(WIDTH),
            now,
            is_fiscal=is_fiscal,
            reports_max=reports_max,
            unique_no=unique_no,
            counts_cancelled=counts_cancelled,
            ram_reset=ram_reset,
        )
        jobs = Jobs(memory.with_suffix(".queue") if memory else None)
        station = Station(device, jobs, faults)
        lines = place.lines.open(station.connect)
    except BaseException:
        fiscal.close()
        raise
    running = RunningNovitus(station, lines, device.paper, fiscal.close, station=station)
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
    add("--skip-cancelled", action="store_true", help="cancelled receipts take no number")


def _start(arguments: argparse.Namespace, place: Place) -> RunningNovitus:
    return start(
        place,
        arguments.memory,
        is_fiscal=not arguments.non_fiscal,
        ram_reset=arguments.ram_reset,
        reports_max=arguments.reports_max,
        counts_cancelled=not arguments.skip_cancelled,
    )


MODEL = Model(
    name="novitus",
    about="Novitus fiscal printer (NoviAPI)",
    start=_start,
    add_options=add_options,
    examples=(
        "novitus --tcp 127.0.0.1:8888 --memory fiscal.mem --paper paper.txt",
        "novitus --tcp 127.0.0.1:0 --fault lose:receipt-put:1",
    ),
    kinds=FAULTS,
    unusable=(MemoryBusy, MemoryDamaged),
)
