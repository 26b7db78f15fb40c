"""Command line of the emulator: one device, served until it is told to stop."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from hw_emulator.escpos.device import COLUMNS
from hw_emulator.host import LOCALHOST, Running, start_escpos, start_posnet
from hw_emulator.posnet.device import REPORTS_MAX
from hw_emulator.posnet.memory import MemoryBusy, MemoryDamaged

if TYPE_CHECKING:
    from collections.abc import Sequence

OK, USAGE, DEAD = 0, 2, 70

EXAMPLES = """\
examples:
  python -m hw_emulator posnet --pty ./printer
  python -m hw_emulator posnet --tcp 127.0.0.1:6666 --memory fiscal.mem --paper paper.txt
  python -m hw_emulator posnet --pty ./printer --baud 9600 --fault lose:trend:1
  python -m hw_emulator posnet --tcp 127.0.0.1:0 --seed 7 --loss 0.15
  python -m hw_emulator escpos --tcp 127.0.0.1:9100 --paper slips.txt

The first line on standard output says where the device is reached:
  ready pty=PATH tcp=HOST:PORT

exit codes: 0 told to stop, 2 usage or a file or port that cannot be used, 70 died by a fault
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Serve one device until SIGTERM or SIGINT; gives the exit code."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if arguments.verbose else logging.INFO,
        format="%(asctime)s %(name)s %(message)s",
    )
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        running = _start(arguments)
    except (OSError, ValueError, MemoryBusy, MemoryDamaged) as error:
        sys.stderr.write(f"hw_emulator: {type(error).__name__}: {error}\n")
        return USAGE
    places = [
        f"{name}={place}"
        for name, place in (
            ("pty", running.pty),
            ("tcp", running.tcp),
            ("tcp2", running.tcp_second),
        )
        if place
    ]
    sys.stdout.write(" ".join(["ready", *places]) + "\n")
    sys.stdout.flush()
    stop.wait()
    running.stop()
    return OK


def _start(arguments: argparse.Namespace) -> Running:
    host, tcp = arguments.tcp or (LOCALHOST, None)
    if arguments.device == "escpos":
        return start_escpos(
            pty=arguments.pty or False,
            tcp=tcp,
            host=host,
            baud=arguments.baud,
            paper=arguments.paper,
            control=arguments.control,
            columns=arguments.columns,
        )
    _, second = arguments.tcp2 or (LOCALHOST, None)
    return start_posnet(
        arguments.memory,
        pty=arguments.pty or False,
        tcp=tcp,
        tcp_second=second,
        host=host,
        baud=arguments.baud,
        paper=arguments.paper,
        control=arguments.control,
        faults=arguments.fault,
        seed=arguments.seed,
        loss=arguments.loss,
        is_fiscal=not arguments.non_fiscal,
        ram_reset=arguments.ram_reset,
        reports_max=arguments.reports_max,
        strict=arguments.strict,
        die=_die,
    )


def _die() -> NoReturn:
    # A power cut asks nobody: no flush, no clean-up, no exit handlers.
    os._exit(DEAD)


def _address(text: str) -> tuple[str, int]:
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


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m hw_emulator", description=EXAMPLES, formatter_class=raw
    )
    parser.add_argument("--version", action="version", version=f"hw_emulator {_version()}")
    devices = parser.add_subparsers(dest="device", required=True)
    posnet = devices.add_parser(
        "posnet", help="fiscal printer", description=EXAMPLES, formatter_class=raw
    )
    _add_lines(posnet)
    _add_posnet(posnet)
    escpos = devices.add_parser(
        "escpos", help="ESC/POS receipt printer", description=EXAMPLES, formatter_class=raw
    )
    _add_lines(escpos)
    escpos.add_argument("--columns", type=int, default=COLUMNS, help="characters in a line")
    return parser


def _add_lines(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--pty", type=Path, nargs="?", const=True, help="serve a PTY; PATH becomes a symlink to it")
    add("--tcp", type=_address, metavar="HOST:PORT", help="serve TCP; port 0 is any free one")
    add("--baud", type=int, default=0, help="speed of the PTY in both directions (0: no limit)")
    add("--control", type=Path, metavar="SOCKET", help="Unix socket for JSON-line controls")
    add("--paper", type=Path, metavar="FILE", help="append what is printed, as text")
    add("--verbose", action="store_true", help="tell more on standard error")


def _add_posnet(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--tcp2", type=_address, metavar="HOST:PORT", help="the second interface (PC2)")
    add("--memory", type=Path, metavar="FILE", help="fiscal memory; kept from start to start")
    add("--ram-reset", action="store_true", help="start as after a loss of RAM")
    add("--non-fiscal", action="store_true", help="a new memory is not fiscalised")
    add("--reports-max", type=int, default=REPORTS_MAX, help="daily reports the memory can hold")
    add("--strict", action="store_true", help="accept upper-case four-digit checksums only")
    add("--fault", action="append", default=[], metavar="SPEC", help="KIND:COMMAND:N[:VALUE]")
    add("--seed", type=int, default=0, help="seed of all chance")
    add("--loss", type=float, default=0.0, help="share of commands that go wrong, 0 to 1")


if __name__ == "__main__":
    sys.exit(main())
