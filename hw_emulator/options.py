"""Command line of the emulator: what every device takes, and what each adds. Starts nothing."""

from __future__ import annotations

import argparse
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from hw_emulator.host import LOCALHOST, MODELS, Lines, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hw_emulator.model import Model

OK, USAGE, DEAD = 0, 2, 70

_PROGRAM = "python -m hw_emulator"
_AFTER = f"""
The first line on standard output says where the device is reached:
  ready pty=PATH tcp=HOST:PORT

exit codes: {OK} told to stop, {DEAD} died by a fault,
            {USAGE} usage, or a file or port that cannot be used
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line: one subcommand for each device of the registry."""
    whole = argparse.ArgumentParser(
        prog=_PROGRAM,
        description=_description(MODELS.values()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"hw_emulator {_version()}")
    devices = whole.add_subparsers(dest="device", required=True, metavar="DEVICE")
    for model in MODELS.values():
        part = devices.add_parser(
            model.name,
            help=model.about,
            description=_description([model]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        _add_lines(part)
        _add_faults(part)
        _add_hands(part)
        model.add_options(part)
    return whole


def place_of(arguments: argparse.Namespace, die: Callable[[], None]) -> Place:
    """Where the device of a command line stands."""
    host, tcp = arguments.tcp or (LOCALHOST, None)
    _, second = arguments.tcp2 or (LOCALHOST, None)
    return Place(
        lines=Lines(arguments.pty or False, tcp, second, arguments.baud, host),
        paper=arguments.paper,
        control=arguments.control,
        control_tcp=arguments.control_tcp,
        faults=tuple(arguments.fault),
        seed=arguments.seed,
        loss=arguments.loss,
        die=die,
    )


def _description(models: Iterable[Model]) -> str:
    examples = [f"  {_PROGRAM} {example}" for model in models for example in model.examples]
    return "\n".join(["examples:", *examples, _AFTER])


def _add_lines(part: argparse.ArgumentParser) -> None:
    add = part.add_argument
    add("--pty", type=Path, nargs="?", const=True, help="serve a PTY; PATH becomes a symlink to it")
    add("--tcp", type=address, metavar="HOST:PORT", help="serve TCP; port 0 is any free one")
    add("--tcp2", type=address, metavar="HOST:PORT", help="the second interface (PC2)")
    add("--baud", type=int, default=0, help="speed of the PTY in both directions (0: no limit)")


def _add_faults(part: argparse.ArgumentParser) -> None:
    add = part.add_argument
    add("--fault", action="append", default=[], metavar="SPEC", help="KIND:COMMAND:N[:VALUE]")
    add("--seed", type=int, default=0, help="seed of all chance")
    add("--loss", type=float, default=0.0, help="share of commands that go wrong, 0 to 1")


def _add_hands(part: argparse.ArgumentParser) -> None:
    add = part.add_argument
    add("--control", type=Path, metavar="SOCKET", help="Unix socket for JSON-line controls")
    add("--control-tcp", type=address, metavar="HOST:PORT", help="the same on TCP, loopback only")
    add("--paper", type=Path, metavar="FILE", help="append what is printed, as text")
    add("--verbose", action="store_true", help="tell more on standard error")


def address(text: str) -> tuple[str, int]:
    """HOST:PORT; without a host it is this machine."""
    host, _, port = text.rpartition(":")
    try:
        return host or LOCALHOST, int(port)
    except ValueError:
        msg = f"{text!r} is not HOST:PORT"
        raise argparse.ArgumentTypeError(msg) from None


def _version() -> str:
    try:
        return version("kasoterminal")
    except PackageNotFoundError:
        return "unpacked"
