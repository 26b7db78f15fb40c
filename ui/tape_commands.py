"""``kasoterminal tape list``, ``show`` and ``save``: what the till's devices said. No screens here.

``replay`` and ``faults`` are the emulator's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from terminal.gear.saved_tapes import NotATape, NoTill, ask_for_tapes, read_tape, saved_tapes
from ui.commands import config_option, fail, load_config

if TYPE_CHECKING:
    from terminal.gear.saved_tapes import Recorded

_USAGE, _ABSENT = 2, 3
_WAIT_S = 20.0


@click.command(name="list")
@config_option
def list_tapes(config_path: Path | None) -> None:
    """List the tapes this till has saved, the newest first.

    \b
    kasoterminal tape list --config till.toml
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    for saved in saved_tapes(load_config(config_path).folder):
        click.echo(f"{saved.path}  {saved.bytes} bytes  {saved.about}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--mask", "masks", is_flag=True, help="Hide buyers' tax numbers (NIP).")
@click.option("--json", "as_file", is_flag=True, help="As a tape file again, to be sent on.")
def show(file: Path, *, masks: bool, as_file: bool) -> None:
    """Show a tape: each time, direction and byte.

    \b
    kasoterminal tape show FILE
    kasoterminal tape show FILE --mask --json > to-send.jsonl
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    recorded = _read(file)
    if masks:
        recorded = recorded.masked()
    if as_file:
        for line in recorded.file_lines():
            click.echo(line, nl=False)
        return
    for line in recorded.lines():
        click.echo(line)


@click.command()
@config_option
@click.option("--wait", "wait_s", type=float, default=_WAIT_S, show_default=True, metavar="SECONDS")
def save(config_path: Path | None, wait_s: float) -> None:
    """Let the running till save its tapes now.

    \b
    kasoterminal tape save --config till.toml
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    folder = load_config(config_path).folder
    try:
        paths = ask_for_tapes(folder, wait_s)
    except NoTill as error:
        fail(str(error), _ABSENT)
    except OSError as error:
        fail(f"{folder}: cannot be used ({error})", _USAGE)
    for path in paths:
        click.echo(path)


def _read(path: Path) -> Recorded:
    try:
        return read_tape(path)
    except (OSError, NotATape) as error:
        fail(f"{path}: {error}", _USAGE)
