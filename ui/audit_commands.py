"""Commands for whoever audits a till: check a journal, write it into a file. No screens here."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from terminal.audit import verify as verifier
from terminal.audit.device_key import DeviceKey
from terminal.audit.export import export as write_export
from terminal.boot import JOURNAL_FILE, load_identity
from terminal.config import ConfigError
from terminal.context import local_now
from terminal.errors import TillError
from terminal.store.db import open_reader
from ui.commands import config_option, fail, load_config

if TYPE_CHECKING:
    from datetime import datetime

_USAGE = 2
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    epilog="Exit codes: 0 as it was written, 1 it is not, 2 unreadable, 3 not all was checked."
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--device-key", metavar="HEX", help="The till's key, as you know it.")
@click.option("--office-key", metavar="HEX", help="The office's key, as you know it.")
def verify(file: Path, device_key: str | None, office_key: str | None, *, as_json: bool) -> None:
    """Check a journal, or an exported one: chain, gaps, totals, signed days.

    \b
    kasoterminal verify /var/lib/kasoterminal/journal.db
    kasoterminal verify kasa1.jsonl --json

    The file terminal/audit/verify.py does the same alone: python3 verify.py FILE
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    words = [str(file), *(["--json"] if as_json else [])]
    words += [f"--device-key={device_key}"] if device_key else []
    words += [f"--office-key={office_key}"] if office_key else []
    sys.exit(verifier.main(words))


@click.command(epilog="Exit codes: 0 written, 1 the disk did not take it, 2 usage.")
@config_option
@click.option("--from", "first", type=_DAY, help="First day, 2026-11-01; default: the beginning.")
@click.option("--to", "last", type=_DAY, help="Last day; default: the end.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(
    config_path: Path | None, first: datetime | None, last: datetime | None, file: Path
) -> None:
    """Write this till's journal into FILE: signed, without personal data; a till may run.

    \b
    kasoterminal export --from 2026-11-01 --to 2026-11-30 kasa1-2026-11.jsonl
    kasoterminal verify kasa1-2026-11.jsonl
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    config = load_config(config_path)
    try:
        key = DeviceKey(load_identity(config).key)
        with closing(open_reader(config.folder / JOURNAL_FILE)) as journal:
            done = write_export(
                *(journal, key, file, local_now().isoformat(timespec="seconds")),
                first_day=f"{first:%Y-%m-%d}" if first else "",
                last_day=f"{last:%Y-%m-%d}" if last else "",
            )
    except ConfigError as error:
        fail(str(error), _USAGE)
    except TillError as error:
        fail(str(error), 1)
    click.echo(f"{done.documents} documents written to {file}, {done.withheld} of them withheld")
    click.echo(f"control number of the last one: {done.hash[:8]}")
