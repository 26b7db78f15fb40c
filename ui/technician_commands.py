"""``kasoterminal technician``: a technician's key, and the answer to a console's challenge.

It runs on the technician's own machine and needs neither till nor office.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from terminal.context import ZONE
from ui.commands import fail

_FAILED = 1


def _usual() -> Path:
    root = os.environ.get("XDG_CONFIG_HOME")
    return (Path(root) if root else Path.home() / ".config") / "kasoterminal" / "technician.key"


_key = click.option(
    "--key",
    "key_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File with your private key; default: kasoterminal/technician.key in the XDG folder.",
)


@click.group()
def technician() -> None:
    """For technicians, on their own machine: make a key, answer a till's challenge.

    \b
    kasoterminal technician keys                       prints what the office certifies
    kasoterminal technician sign --certificate FILE    answers the challenge you paste
    """  # noqa: D301 - \b is click's mark for text that is not wrapped


@technician.command("keys")
@_key
def make_keys(key_path: Path | None) -> None:
    """Make your key, once, and print its public half for the office."""
    from terminal.console.keys import Unusable, make_key  # noqa: PLC0415 - slow to import

    try:
        click.echo(make_key(key_path or _usual()))
    except (Unusable, OSError) as error:
        fail(str(error), _FAILED)


@technician.command()
@_key
@click.option(
    "--certificate",
    "certificate_path",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="What the office gave you for today.",
)
@click.argument("challenge", nargs=-1)
def sign(key_path: Path | None, certificate_path: Path, challenge: tuple[str, ...]) -> None:
    """Answer CHALLENGE, or the one that is pasted; shows first what it is for."""
    from terminal.console import keys  # noqa: PLC0415 - slow to import

    text = "\n".join(challenge) or sys.stdin.readline()
    try:
        asked = keys.challenge_of(text)
        key = keys.load_key(key_path or _usual())
        certified, certificate = keys.load_certificate(certificate_path)
        answer = keys.answer(asked, key, certified)
    except (keys.Unusable, OSError) as error:
        fail(str(error), _FAILED)
    scopes = ", ".join(sorted(asked.scopes))
    until = datetime.fromtimestamp(certificate.expires, ZONE)
    click.echo(f"{asked.terminal}: {scopes}; certificate until {until:%Y-%m-%d %H:%M}", err=True)
    for line in answer:
        click.echo(line)
    sys.stdout.flush()
