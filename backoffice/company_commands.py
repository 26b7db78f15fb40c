"""The command that adds companies to a server and lists them. It opens the database itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backoffice.place import IN_WORDS, usual_url

if TYPE_CHECKING:
    from backoffice.office import Office

FAILURE = 1


@click.group()
@click.option(
    "--db", "db_url", default="", show_default=IN_WORDS, metavar="URL", envvar="KASO_OFFICE_DB"
)
@click.pass_context
def companies(context: click.Context, db_url: str) -> None:
    """Companies that share one back office; none sees another's data.

    \b
    Examples:
      kasoterminal companies --db postgresql+psycopg://kaso@/office list
      kasoterminal companies add oak "Dąb sp. z o.o." --admin-token-file oak.admin-token
    """  # noqa: D301 (\b is click's mark for text that must not be wrapped)
    context.obj = db_url or usual_url()


@companies.command()
@click.argument("company")
@click.argument("name", default="")
@click.option(
    "--admin-token-file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where the token of the company's administrator lies; made when absent.",
)
@click.pass_obj
def add(db_url: str, company: str, name: str, admin_token_file: Path) -> None:
    """Add COMPANY, or give it the administrator's token in FILE."""
    from backoffice import companies as known  # noqa: PLC0415 (slow to import)
    from backoffice.admin_token import kept_token  # noqa: PLC0415 (same)
    from backoffice.errors import OfficeError  # noqa: PLC0415
    from backoffice.store.engine import writing  # noqa: PLC0415

    office = _open(db_url)
    try:
        with writing(office.of(company).engine) as database:
            known.add(database, company, name, office.clock())
            known.appoint(database, kept_token(admin_token_file))
    except (OfficeError, OSError) as error:
        click.echo(f"{company} was not added: {error}", err=True)
        sys.exit(FAILURE)
    finally:
        office.engine.dispose()
    click.echo(f"{company}: administrator's token in {admin_token_file}")


@companies.command("list")
@click.pass_obj
def list_companies(db_url: str) -> None:
    """List the companies, a line each."""
    from backoffice import companies as known  # noqa: PLC0415 (slow to import)
    from backoffice.store.engine import reading  # noqa: PLC0415 (same)

    office = _open(db_url)
    with reading(office.engine) as database:
        for each in known.all_companies(database):
            click.echo(f"{each.id}\t{each.name}\t{each.created_at}")
    office.engine.dispose()


def _open(db_url: str) -> Office:
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 (slow to import)

    from backoffice.errors import OfficeError  # noqa: PLC0415
    from backoffice.running import open_office  # noqa: PLC0415 (same)

    try:
        return open_office(db_url)
    except (OfficeError, OSError, SQLAlchemyError) as error:
        click.echo(f"cannot open {db_url}: {error}", err=True)
        sys.exit(FAILURE)
