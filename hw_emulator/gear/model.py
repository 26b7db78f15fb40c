"""Scanner, scale and customer display for the registry: options, start, words. No protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from hw_emulator.gear import display, scale, scanner
from hw_emulator.gear.display import CustomerDisplay
from hw_emulator.gear.scale import Scale
from hw_emulator.gear.scanner import BarcodeScanner
from hw_emulator.guard import guard
from hw_emulator.later import Later
from hw_emulator.model import Model
from hw_emulator.paper import Paper
from hw_emulator.place import LOCALHOST, Lines, Place
from hw_emulator.running import Running
from hw_emulator.words import Detail, Word

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from hw_emulator.words import Request

Gear = TypeVar("Gear", bound=BarcodeScanner | Scale | CustomerDisplay)


@dataclass(slots=True)
class RunningGear(Running, Generic[Gear]):
    """A small device that is being served; ``device`` is the device itself."""

    device: Gear = field(kw_only=True)


def start_gear(
    device: Gear,
    *,
    pty: Path | bool = False,
    tcp: int | None = None,
    baud: int = 0,
    host: str = LOCALHOST,
    control: Path | None = None,
) -> RunningGear[Gear]:
    """Serve ``device`` in this process; without lines it is on any TCP port. Raises OSError."""
    return start(device, Place(lines=Lines(pty, tcp, None, baud, host), control=control))


def start(device: Gear, place: Place) -> RunningGear[Gear]:
    """As ``start_gear``, at a place."""
    faults, later = place.make_faults(), Later()
    lines = place.lines.open(guard(device.connect, faults, later))
    running = RunningGear(device, lines, Paper(), own_faults=faults, later=later, device=device)
    running.serve(place, words(device))
    return running


def words(device: BarcodeScanner | Scale | CustomerDisplay) -> list[Word]:
    """What can be done to the device."""
    match device:
        case BarcodeScanner():
            return _scanner_words(device)
        case Scale():
            return [
                _setting(device, setting, about, kind) for setting, about, kind in scale.SETTINGS
            ]
        case CustomerDisplay():
            shown = "give both lines, and how much of what came was no command"
            return [Word("lines", shown, lambda: _shown(device))]


def _shown(device: CustomerDisplay) -> Request:
    return {"lines": list(device.lines), "rubbish": device.rubbish}


def _scanner_words(device: BarcodeScanner) -> list[Word]:
    def send(text: str) -> None:
        device.send(bytes.fromhex(text))

    def scan(code: str, aim: str) -> None:
        device.scan(code, aim)

    code = Detail("code", str, "what to read")
    aim = Detail("aim", str, "its AIM identifier, such as E0", "")
    text = Detail("text", str, "bytes in hex digits")
    return [
        Word("scan", "read a code", scan, (code, aim)),
        Word("send", "send any bytes at all", send, (text,)),
    ]


def _setting(device: Scale, name: str, about: str, kind: type) -> Word:
    def change(value: float) -> None:
        device.hand(**{name: value})

    return Word(name, about, change, (Detail("value", kind, "the new one"),))


def _add_scanner(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--prefix", default="", help="what it sends before each code")
    parser.add_argument("--suffix", default="", help="what it sends after each code")
    parser.add_argument("--end", default="cr", choices=scanner.ENDS, help="what ends a code")
    parser.add_argument("--slice-bytes", type=int, default=0, help="send codes in such slices")
    parser.add_argument("--noise-bytes", type=int, default=0, help="crackle before each code")


def _scanner(arguments: argparse.Namespace) -> BarcodeScanner:
    return BarcodeScanner(
        arguments.prefix,
        arguments.suffix,
        arguments.end,
        slice_bytes=arguments.slice_bytes,
        noise_bytes=arguments.noise_bytes,
    )


def _add_scale(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--protocol", default="cas", choices=scale.PROTOCOLS)


def _add_display(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--protocol", default="cd5220", choices=display.PROTOCOLS)
    parser.add_argument("--code-page", default="cp852", help="page it is set up for")


def _starts(
    make: Callable[[argparse.Namespace], Gear],
) -> Callable[[argparse.Namespace, Place], Running]:
    return lambda arguments, place: start(make(arguments), place)


MODELS = (
    Model(
        name="scanner",
        about="bar code scanner; reads what a control says",
        start=_starts(_scanner),
        add_options=_add_scanner,
        examples=("scanner --pty ./scanner --control ./scanner.hand",),
    ),
    Model(
        name="scale",
        about="shop scale; a control puts goods on it",
        start=_starts(lambda arguments: Scale(arguments.protocol)),
        add_options=_add_scale,
        examples=("scale --pty ./scale --protocol toledo --control ./scale.hand",),
    ),
    Model(
        name="display",
        about="customer display of two lines",
        start=_starts(lambda a: CustomerDisplay(a.protocol, a.code_page)),
        add_options=_add_display,
        examples=("display --pty ./display --protocol epson --control ./display.hand",),
    ),
)
