"""The ESC/POS receipt printer for the registry: options, start, words. No protocol."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from hw_emulator.escpos.code_pages import EPSON, FAMILIES
from hw_emulator.escpos.device import COLUMNS, EscPosPrinter
from hw_emulator.escpos.intake import BUFFER_BYTES, Flow
from hw_emulator.escpos.sensors import Sensors
from hw_emulator.guard import guard
from hw_emulator.later import Later
from hw_emulator.model import Model
from hw_emulator.place import LOCALHOST, Lines, Place
from hw_emulator.running import Running
from hw_emulator.words import Detail, Word

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from hw_emulator.words import Request


@dataclass(slots=True)
class RunningEscPos(Running):
    """A receipt printer that is being served."""

    device: EscPosPrinter = field(kw_only=True)

    def power_off(self) -> None:
        """Pull the plug: what was not printed yet is gone."""
        self.device.cut_power()
        # Not super(): a dataclass with slots is another class than the one written here.
        Running.power_off(self)


def start_escpos(
    *,
    pty: Path | bool = False,
    tcp: int | None = None,
    baud: int = 0,
    host: str = LOCALHOST,
    paper: Path | None = None,
    control: Path | None = None,
    columns: int = COLUMNS,
    troubles: Sequence[str] = (),
    **more: Any,  # noqa: ANN401 - fields of EscPosPrinter
) -> RunningEscPos:
    """Start a receipt printer in this process; without lines it is on any TCP port.

    ``troubles`` are specs such as ``paper-out:700``, ``more`` are fields of ``EscPosPrinter``.
    Raises OSError, ValueError.
    """
    place = Place(lines=Lines(pty, tcp, None, baud, host), paper=paper, control=control)
    return start(place, columns=columns, troubles=troubles, **more)


def start(
    place: Place,
    *,
    columns: int = COLUMNS,
    troubles: Sequence[str] = (),
    **more: Any,  # noqa: ANN401 - as above
) -> RunningEscPos:
    """As ``start_escpos``, at a place."""
    faults, later = place.make_faults(), Later()
    printer = EscPosPrinter(place.open_paper(columns), columns, **more)
    for spec in troubles:
        printer.add_trouble(spec)
    lines = place.lines.open(guard(printer.connect, faults, later))
    running = RunningEscPos(
        printer, lines, printer.paper, own_faults=faults, later=later, device=printer
    )
    running.serve(place, words(running))
    return running


def words(running: RunningEscPos) -> list[Word]:
    """What can be done to a receipt printer."""
    device = running.device
    set_sensors = device.set_sensors
    sensors = tuple(one.name for one in fields(Sensors))

    def drawer() -> Request:
        return {"pulses": [asdict(pulse) for pulse in device.press.pulses]}

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
        Word(
            "sensor",
            "set one of the sensors",
            lambda name, on: set_sensors(**{name: on}),
            (Detail("name", str, "which", one_of=sensors), Detail("on", bool, "on or off")),
        ),
        Word(
            "trouble",
            "let something go wrong at a byte or an answer",
            device.add_trouble,
            (Detail("spec", str, "KIND:AT[:VALUE], as paper-out:700"),),
        ),
        Word("drawer", "tell how the drawer was kicked", drawer),
    ]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Options of its own."""
    add = parser.add_argument
    add("--columns", type=int, default=COLUMNS, help="characters in a line")
    add("--trouble", action="append", default=[], metavar="KIND:AT[:VALUE]", help="at a byte")
    add("--code-pages", choices=sorted(FAMILIES), default=EPSON, help="whose numbers ESC t takes")
    add("--flow", choices=list(Flow), type=Flow, default=Flow.HOLD, help="what a full buffer does")
    add("--buffer", type=int, default=BUFFER_BYTES, help="bytes of the receive buffer")
    add("--lines-per-s", type=float, default=0.0, help="speed of printing (0: at once)")


def _start(arguments: argparse.Namespace, place: Place) -> RunningEscPos:
    return start(
        place,
        columns=arguments.columns,
        troubles=arguments.trouble,
        family=arguments.code_pages,
        flow=arguments.flow,
        buffer_bytes=arguments.buffer,
        lines_per_s=arguments.lines_per_s,
    )


MODEL = Model(
    name="escpos",
    about="ESC/POS receipt printer",
    start=_start,
    add_options=add_options,
    examples=(
        "escpos --tcp 127.0.0.1:9100 --paper slips.txt --png slips",
        "escpos --pty ./printer --fault lose:*:3",
        "escpos --pty ./printer --baud 19200 --lines-per-s 20 --trouble paper-out:700",
    ),
)
