"""The ESC/POS receipt printer for the registry: options, start, words. No protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hw_emulator.escpos.device import COLUMNS, EscPosPrinter
from hw_emulator.guard import guard
from hw_emulator.later import Later
from hw_emulator.model import Model
from hw_emulator.place import LOCALHOST, Lines, Place
from hw_emulator.running import Running
from hw_emulator.words import Detail, Word

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


@dataclass(slots=True)
class RunningEscPos(Running):
    """A receipt printer that is being served."""

    device: EscPosPrinter = field(kw_only=True)


def start_escpos(
    *,
    pty: Path | bool = False,
    tcp: int | None = None,
    baud: int = 0,
    host: str = LOCALHOST,
    paper: Path | None = None,
    control: Path | None = None,
    columns: int = COLUMNS,
) -> RunningEscPos:
    """Start a receipt printer in this process; without lines it is on any TCP port.

    Raises OSError.
    """
    place = Place(lines=Lines(pty, tcp, None, baud, host), paper=paper, control=control)
    return start(place, columns=columns)


def start(place: Place, *, columns: int = COLUMNS) -> RunningEscPos:
    """As ``start_escpos``, at a place."""
    faults, later = place.make_faults(), Later()
    printer = EscPosPrinter(place.open_paper(columns), columns)
    lines = place.lines.open(guard(printer.connect, faults, later))
    running = RunningEscPos(
        printer, lines, printer.paper, own_faults=faults, later=later, device=printer
    )
    running.serve(place, words(running))
    return running


def words(running: RunningEscPos) -> list[Word]:
    """What can be done to a receipt printer."""
    set_sensors = running.device.set_sensors
    return [
        Word(
            "paper",
            "take the paper out or put it back",
            lambda out: set_sensors(paper_out=out),
            (Detail("out", bool, "whether it is out"),),
        ),
        Word(
            "paper-low",
            "let the paper come near its end",
            lambda low: set_sensors(paper_low=low),
            (Detail("low", bool, "whether it is low"),),
        ),
        Word(
            "cover",
            "open or close the cover",
            lambda open: set_sensors(cover_open=open),  # noqa: A006
            (Detail("open", bool, "whether it is open"),),
        ),
    ]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Options of its own."""
    parser.add_argument("--columns", type=int, default=COLUMNS, help="characters in a line")


MODEL = Model(
    name="escpos",
    about="ESC/POS receipt printer",
    start=lambda arguments, place: start(place, columns=arguments.columns),
    add_options=add_options,
    examples=(
        "escpos --tcp 127.0.0.1:9100 --paper slips.txt --png slips",
        "escpos --pty ./printer --fault lose:*:3",
    ),
)
