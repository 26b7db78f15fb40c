"""``kasoterminal office technician``: who certifies technicians, and the certificates of a day."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from backoffice.asking import CODES, FAILURE, answering
from backoffice.errors import BadSetting
from terminal.sync.wire import Scope
from terminal.sync.wire.technician import HOURS_MAX

if TYPE_CHECKING:
    from backoffice.client import OfficeClient

_KEY = click.Path(path_type=Path, dir_okay=False)
_authority = click.option(
    "--authority",
    "path",
    required=True,
    type=_KEY,
    metavar="FILE",
    help="The authority's private key; keep it off the server.",
)


@click.group(epilog=CODES)
def technician() -> None:
    """Who may open the consoles of the tills.

    \b
    Examples:
      kasoterminal office … technician authority --authority technicians.key
      kasoterminal office … technician certify --authority technicians.key \\
          --name "J. Kowal" --scopes look,print --terminals KASA1,KASA2 PUBLIC-KEY
    """  # noqa: D301 (\b is click's mark for text that must not be wrapped)


@technician.command(epilog=CODES)
@_authority
@click.pass_obj
def authority(client: OfficeClient, path: Path) -> None:
    """Have the tills of the shop trust the key in FILE; it is made when there is none."""
    from backoffice.technicians import make_authority  # noqa: PLC0415 (slow import)

    try:
        public = make_authority(path)
    except (BadSetting, OSError) as error:
        _fail(str(error))
    with answering():
        client.change("settings", "settings", {"technicians_key": public}, replace=False)
    click.echo(f"{public}: the tills trust it after their next synchronisation")


@technician.command(epilog=CODES)
@_authority
@click.option("--name", required=True, help="Of the technician, as documents will tell it.")
@click.option("--scopes", required=True, help=f"Some of {','.join(Scope)}.")
@click.option("--terminals", required=True, help="Names of terminals, with commas between.")
@click.option("--hours", type=click.IntRange(1, HOURS_MAX), default=HOURS_MAX, show_default=True)
@click.argument("public_key")
@click.pass_obj
def certify(
    client: OfficeClient,
    path: Path,
    name: str,
    scopes: str,
    terminals: str,
    hours: int,
    public_key: str,
) -> None:
    """Print a certificate for the technician who holds PUBLIC_KEY."""
    from backoffice import technicians  # noqa: PLC0415 (slow import)

    wanted = dict.fromkeys(part.strip() for part in scopes.split(","))
    if unknown := [part for part in wanted if part not in set(Scope)]:
        raise click.BadParameter(message=f"no scope: {unknown[0]}", param_hint="--scopes")
    places = list(dict.fromkeys(part.strip() for part in terminals.split(",")))
    with answering():
        known = {it["id"] for it in client.terminals()}
    if strange := [place for place in places if place not in known]:
        raise click.BadParameter(message=f"no terminal: {strange[0]}", param_hint="--terminals")
    granted = [Scope(part) for part in wanted]
    try:
        now = int(time.time())
        click.echo(technicians.certify(path, name, public_key, granted, places, now, hours))
    except (BadSetting, OSError) as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(FAILURE)
