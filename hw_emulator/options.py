"""Command line of the emulator: what every device takes, and what each adds. Starts nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hw_emulator.common_words import emulator_version
from hw_emulator.fault_files import Script, read_script
from hw_emulator.fault_kinds import listed
from hw_emulator.faults import read_chaos
from hw_emulator.host import LOCALHOST, MODELS, Lines, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hw_emulator.fault_kinds import Kind
    from hw_emulator.model import Model

OK, USAGE, DEAD = 0, 2, 70

_PROGRAM = "python -m hw_emulator"
_AFTER = f"""
The first line on standard output says where the device is reached:
  ready pty=PATH tcp=HOST:PORT rfc2217=HOST:PORT control-tcp=HOST:PORT

exit codes: {OK} told to stop, {DEAD} died by a fault,
            {USAGE} usage, or a file or port that cannot be used
"""
_SPEC = "KIND:COMMAND:N[:VALUE], or @FILE (see --list-faults)"


def parser() -> argparse.ArgumentParser:
    """The whole command line: one subcommand for each device of the registry."""
    whole = argparse.ArgumentParser(
        prog=_PROGRAM,
        description=_description(MODELS.values()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"hw_emulator {emulator_version()}")
    devices = whole.add_subparsers(dest="device", required=True, metavar="DEVICE")
    for model in MODELS.values():
        part = devices.add_parser(
            model.name,
            help=model.about,
            description=_description([model]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        _add_lines(part)
        _add_faults(part, model)
        _add_hands(part)
        model.add_options(part)
    return whole


def place_of(arguments: argparse.Namespace, die: Callable[[], None]) -> Place:
    """Where the device of a command line stands; raises OSError, ValueError."""
    script = _script(arguments.fault)
    chance = [value for value in (arguments.seed, script.seed) if value is not None]
    losses = [value for value in (arguments.loss, script.loss) if value is not None]
    return Place(
        lines=_lines(arguments),
        paper=arguments.paper,
        png=arguments.png,
        html=arguments.html,
        control=arguments.control,
        control_tcp=arguments.control_tcp,
        faults=tuple(script.specs),
        seed=chance[0] if chance else 0,
        loss=losses[0] if losses else 0.0,
        chaos=script.chaos | read_chaos(arguments.chaos, MODELS[arguments.device].kinds),
        die=die,
    )


def _lines(arguments: argparse.Namespace) -> Lines:
    host, tcp = arguments.tcp or (LOCALHOST, None)
    second_host, second = arguments.tcp2 or ("", None)
    remote_host, remote = arguments.rfc2217 or (LOCALHOST, None)
    return Lines(
        arguments.pty or False,
        tcp,
        second,
        arguments.baud,
        host,
        remote,
        remote_host,
        second_host,
        arguments.pace_negotiated,
    )


def _script(specs: Iterable[str]) -> Script:
    whole = Script()
    for spec in specs:
        if not spec.startswith("@"):
            whole.specs.append(spec)
            continue
        told = read_script(Path(spec[1:]))
        whole.specs += told.specs
        whole.seed = told.seed if told.seed is not None else whole.seed
        whole.loss = told.loss if told.loss is not None else whole.loss
        whole.chaos |= told.chaos
    return whole


def _description(models: Iterable[Model]) -> str:
    examples = [f"  {_PROGRAM} {example}" for model in models for example in model.examples]
    return "\n".join(["examples:", *examples, _AFTER])


def _add_lines(part: argparse.ArgumentParser) -> None:
    group = part.add_argument_group("lines", "without any, a free TCP port of this machine")
    add = group.add_argument
    add("--pty", type=Path, nargs="?", const=True, help="serve a PTY; PATH becomes a symlink to it")
    add("--tcp", type=address, metavar="HOST:PORT", help="serve TCP; port 0 is any free one")
    add("--tcp2", type=address, metavar="HOST:PORT", help="the second interface (PC2)")
    add("--rfc2217", type=address, metavar="HOST:PORT", help="a serial port with modem lines")
    add("--baud", type=int, default=0, help="speed of each line both ways (0: no limit)")
    add("--pace-negotiated", action="store_true", help="the RFC 2217 client sets the speed")


def _add_faults(part: argparse.ArgumentParser, model: Model) -> None:
    group = part.add_argument_group("faults")
    add = group.add_argument
    add("--fault", action="append", default=[], metavar="SPEC", help=_SPEC)
    add("--seed", type=int, help="seed of all chance (0)")
    add("--loss", type=float, metavar="SHARE", help="share of commands lost, cut or garbled")
    add("--chaos", default="", metavar="KIND=SHARE,...", help="share for each kind; any=SHARE")
    add("--list-faults", action=_ListFaults, kinds=model.kinds)


def _add_hands(part: argparse.ArgumentParser) -> None:
    group = part.add_argument_group("paper and control")
    add = group.add_argument
    add("--paper", type=Path, metavar="FILE", help="append what is printed, as text")
    add("--png", type=Path, metavar="DIR", help="a picture of each printout")
    add("--html", type=Path, metavar="FILE", help="a page that shows the printouts; DIR: one each")
    add("--control", type=Path, metavar="SOCKET", help="Unix socket for JSON-line controls")
    add("--control-tcp", type=address, metavar="HOST:PORT", help="the same on TCP, loopback only")
    add("--verbose", action="store_true", help="tell more on standard error")


class _ListFaults(argparse.Action):
    def __init__(
        self, option_strings: list[str], dest: str, *, kinds: frozenset[Kind], **_: object
    ) -> None:
        text = "list all kinds and exit"
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=text)
        self._kinds = kinds

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(f"KIND:COMMAND:N[:VALUE]\n\n{listed(self._kinds)}\n")
        parser.exit(OK)


def address(text: str) -> tuple[str, int]:
    """HOST:PORT; without a host it is this machine."""
    host, _, port = text.rpartition(":")
    try:
        return host or LOCALHOST, int(port)
    except ValueError:
        msg = f"{text!r} is not HOST:PORT"
        raise argparse.ArgumentTypeError(msg) from None
