"""``kasoterminal tape replay`` and ``faults``: a fault of a shop, at a desk. No till, no driver."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import click

from drivers.tape_file import NotATape, read
from hw_emulator.posnet.memory import MemoryBusy, MemoryDamaged
from hw_emulator.tape.comparison import show
from hw_emulator.tape.dialogue import outcomes, read_recording
from hw_emulator.tape.mishaps import find_mishaps
from hw_emulator.tape.replay import Manner, whole_commands
from hw_emulator.tape.replay import replay as play
from hw_emulator.tape.replay_bytes import emulates, replay_bytes

if TYPE_CHECKING:
    from drivers.tape_file import Header, Passage
    from hw_emulator.tape.dialogue import Outcome
    from hw_emulator.tape.mishaps import Mishap
    from hw_emulator.tape.replay import Difference, Result
    from hw_emulator.tape.transcript import Command

SAME, DIFFERS, USAGE = 0, 1, 2
_POSNET = "posnet"
_ZONE = ZoneInfo("Europe/Warsaw")
_BYTES_MAX = 400
_MARK = 0x20, 0x7F

_file = click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))


@click.command(epilog="Exit codes: 0 the same answers, 1 a difference, 2 wrong usage or no tape.")
@_file
@click.option("--inject", "injects", is_flag=True, help="Let what went wrong go wrong again.")
@click.option(
    "--memory",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="An emulator's fiscal memory to begin with; a copy is used.",
)
@click.option(
    "--paper",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Append what the emulator prints to this file.",
)
@click.option("--pace", type=click.Choice(["fast", "recorded"]), default="fast", show_default=True)
@click.option("--strict", "is_strict", is_flag=True, help="Nothing may differ, no time either.")
def replay(
    *,
    file: Path,
    injects: bool,
    memory: Path | None,
    paper: Path | None,
    pace: str,
    is_strict: bool,
) -> None:
    """Play our side of a tape to the emulator.

    Tells where it first answers otherwise.

    \b
    kasoterminal tape replay 20261123T091244120-printer-InDoubt.jsonl
    kasoterminal tape replay FILE --inject --memory fiscal.mem --paper paper.txt
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    header, passages = _read(file)
    sleep = time.sleep if pace == "recorded" else None
    manner = Manner(memory, paper, is_strict, injects, sleep)
    try:
        if header.protocol == _POSNET:
            is_same = _tell(play(read_recording(passages), manner), injects=injects)
        else:
            is_same = _replay_bytes(header, passages, manner)
    except (OSError, ValueError, LookupError, MemoryBusy, MemoryDamaged) as error:
        _fail(f"{type(error).__name__}: {error}")
    sys.exit(SAME if is_same else DIFFERS)


@click.command(epilog="Exit codes: 0 done, 2 wrong usage or no tape.")
@_file
@click.option("--at-once", is_flag=True, help="Let each strike the first command of its name.")
def faults(*, file: Path, at_once: bool) -> None:
    """Print what went wrong on a tape as fault specs.

    \b
    kasoterminal tape faults FILE
    python -m hw_emulator posnet --pty ./printer --fault lose:trend:1
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    header, passages = _read(file)
    if header.protocol != _POSNET:
        _fail(f"{file}: only a fiscal printer's tape has faults; this is {header.protocol!r}")
    recording = read_recording(passages)
    found = outcomes(recording.events)
    commands = whole_commands(recording, found)
    left_out = len(recording.commands) - len(commands)
    if left_out:
        click.echo(f"# counted after {left_out} commands of a receipt whose beginning is not here")
    for mishap in find_mishaps(recording, found, commands):
        click.echo(_line(mishap, at_once=at_once))


def _line(mishap: Mishap, *, at_once: bool) -> str:
    spec = mishap.spec_of(1) if at_once else mishap.spec
    return f"{spec or '#':<24} # {_clock(mishap.command)} {mishap.command.name}: {mishap.what}"


def _read(path: Path) -> tuple[Header, tuple[Passage, ...]]:
    try:
        with path.open("rb") as file:
            header, passages = read(file)
    except (OSError, NotATape) as error:
        _fail(f"{path}: {error}")
    about = [header.device or "?", header.protocol or "?", header.saved, header.why]
    click.echo(f"# {path.name}: {', '.join(_plain(text) for text in about if text)}")
    return header, passages


def _tell(result: Result, *, injects: bool) -> bool:
    """Say what came of it; gives whether the answers were the same."""
    if not result.played:
        _fail("nothing on this tape can be played: it has no whole receipt and no question")
    if result.left_out:
        click.echo(f"{result.left_out} commands left out: they belong to a receipt begun before")
    if result.unknown:
        click.echo(f"not compared, the emulator does not know: {', '.join(sorted(result.unknown))}")
    if not result.differences:
        click.echo(f"{result.played} commands, the same answers")
        return True
    _tell_difference(result.differences[0])
    more = len(result.differences) - 1
    click.echo(f"{result.played} commands, {more} more differences after this one")
    if not injects:
        click.echo("With --inject the emulator is given what went wrong on the tape.")
    return False


def _tell_difference(difference: Difference) -> None:
    command = difference.command
    click.echo(f"first difference: command {command.no} of the tape, {_clock(command)}")
    click.echo(f"  sent      {_plain(show(command.frame))}")
    click.echo(f"  recorded  {_heard(difference.recorded, command)}")
    click.echo(f"  emulator  {_plain(show(difference.played.answer))}")
    click.echo(f"  because   {_plain(difference.reason)}")


def _heard(outcome: Outcome, command: Command) -> str:
    text = _plain(show(outcome.answer))
    return text if outcome.answer is None else f"{text} (after {outcome.at_s - command.at_s:.3f} s)"


def _replay_bytes(header: Header, passages: tuple[Passage, ...], manner: Manner) -> bool:
    if not emulates(header.protocol):
        _fail(f"nothing to play: there is no talking to {header.device} ({header.protocol!r})")
    result = replay_bytes(header, passages, manner.paper, injects=manner.injects)
    if result.shown:
        click.echo(result.shown)
    if not result.differences:
        click.echo(f"{result.turns} turns, the same answers")
        return True
    turn, heard = result.differences[0]
    at = datetime.fromtimestamp(turn.wall_s, _ZONE)
    click.echo(f"first difference: turn {turn.no}, {at:%H:%M:%S}")
    click.echo(f"  sent      {_bytes(turn.said)}")
    click.echo(f"  recorded  {_bytes(turn.heard)}")
    click.echo(f"  emulator  {_bytes(heard)}")
    click.echo(f"{result.turns} turns, {len(result.differences) - 1} more differences")
    return False


def _clock(command: Command) -> str:
    return f"{datetime.fromtimestamp(command.wall_s, _ZONE):%H:%M:%S.%f}"[:12]


def _bytes(data: bytes) -> str:
    shown = "".join(
        chr(byte) if _MARK[0] <= byte < _MARK[1] else f"<{byte:02x}>" for byte in data[:_BYTES_MAX]
    )
    return (shown or "nothing") + ("…" if len(data) > _BYTES_MAX else "")


def _plain(text: str) -> str:
    """Without anything that could command the technician's screen."""
    return "".join(mark if mark.isprintable() else "·" for mark in text)


def _fail(message: str) -> NoReturn:
    click.echo(f"kasoterminal: {_plain(message)}", err=True)
    sys.exit(USAGE)
