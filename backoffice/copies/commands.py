"""Commands that copy an office's database and put a copy back. They open it themselves."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL

    from backoffice.copies.held import Held
    from backoffice.place import Place

FAILURE = 1
_CODES = "Exit codes: 0 done, 1 failure, 2 usage."


@click.command(epilog=_CODES)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace FILE.")
@click.option(
    "--seal-key-to",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="KEYFILE",
    help="Copy the office's seal key as well, which is no part of FILE: keep it apart.",
)
@click.pass_obj
def backup(place: Place, file: Path, *, force: bool, seal_key_to: Path | None) -> None:
    """Copy the database to FILE while the office runs, and read the copy from end to end.

    A database on a PostgreSQL server is copied by pg_dump.
    """
    with _answering(f"{file} was not written"):
        from backoffice import private_file  # noqa: PLC0415 (slow to import)
        from backoffice.copies import making  # noqa: PLC0415 (same)

        if file.exists() and not force:
            raise click.BadParameter(message=f"{file} exists: --force", param_hint="FILE")
        url = _url(place)
        held = making.make(url, file)
        click.echo(f"{file}: {_told(held)}")
        if seal_key_to:
            key = place.seal_key or Path(str(url.database)).with_suffix(".seal-key")
            private_file.copy(key, seal_key_to)
            click.echo(f"{seal_key_to}: the seal key")


@click.command(epilog=_CODES)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--check", is_flag=True, help="Only read the copy, and say what it holds.")
@click.pass_obj
def restore(place: Place, file: Path, *, check: bool) -> None:
    """Put a copy in the place of the database; the office must stand still.

    The database that was there is kept beside it. One on a PostgreSQL server must be new and empty.
    Tills send again by themselves what the copy does not know yet.
    """
    with _answering("nothing was changed"):
        from backoffice.copies import making, restoring  # noqa: PLC0415 (slow to import)
        from backoffice.moments import now  # noqa: PLC0415 (same)

        if check:
            click.echo(f"{file}: {_told(making.read(file))}")
            return
        done = restoring.restore(file, _url(place), now())
    click.echo(f"restored: {_told(done.held)}")
    if done.kept:
        click.echo(f"what was there is kept: {done.kept}")
    click.echo("everybody signs in again; tills that were enrolled later need a new code")


@contextmanager
def _answering(failed: str) -> Iterator[None]:
    """What goes wrong ends the program with a sentence."""
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 (slow to import)

    from backoffice.errors import OfficeError  # noqa: PLC0415 (same)

    try:
        yield
    except (OfficeError, OSError, SQLAlchemyError) as error:
        click.echo(f"{failed}: {error}", err=True)
        sys.exit(FAILURE)


def _url(place: Place) -> URL:
    from sqlalchemy.engine import make_url  # noqa: PLC0415 (slow to import)

    return make_url(place.url)


def _told(held: Held | None) -> str:
    if held is None:
        return "whole"
    last = f", the last of {held.last_at}" if held.last_at else ""
    rows = f"{held.rows} rows of data, schema {held.schema}"
    return f"whole, {held.documents} documents{last}, {rows}"
