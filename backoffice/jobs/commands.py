"""The command that does the jobs of an office. What a worker is, is in ``worker``."""

from __future__ import annotations

import os
import signal
import sys
import threading
from importlib.metadata import version
from pathlib import Path

import click

from backoffice.place import IN_WORDS, usual_url

IDLE_S = 60.0
# Longer than a step is waited for: who is alone does not stay for ever.
_ALONE_S = 30.0


@click.command(epilog="Exit codes: 0 stopped by SIGTERM, Ctrl-C or idleness; 1 failure, 2 usage.")
@click.option(
    "--db",
    "db_url",
    default="",
    show_default=IN_WORDS,
    metavar="URL",
    envvar="KASO_OFFICE_DB",
    help="The office's database: sqlite:///PATH or postgresql+psycopg://USER@/NAME?host=…",
)
@click.option(
    "--seal-key",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="As the office itself was told.",
)
@click.option(
    "--erp",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    envvar="KASO_ERP",
    help="Connectors to other programs, NAME.toml each: as the office itself was told.",
)
@click.option("--until-idle", is_flag=True, help="End when there was nothing to do for a minute.")
@click.option("--with-parent", is_flag=True, hidden=True, help="End when standard input does.")
def work(
    *,
    db_url: str,
    seal_key: Path | None,
    erp: Path | None,
    until_idle: bool,
    with_parent: bool,
) -> None:
    """Do the jobs of an office: exports and imports, those of its schedules too.

    \b
    Examples:
      kasoterminal office work --db sqlite:////var/lib/kaso/office.db
      kasoterminal office work --db 'postgresql+psycopg://kaso@/kaso?host=/run/postgresql'

    Any number of them may run, on any machines. Prints `ready NAME`. On SIGTERM it ends after the
    steps that it is at; whatever ends it otherwise, another worker goes on within a minute.
    """  # noqa: D301 (\b is click's mark for text that must not be wrapped)
    # Late: DBOS and the database take longer to import than --help takes to print.
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from backoffice.errors import OfficeError  # noqa: PLC0415
    from backoffice.exchange.works import works  # noqa: PLC0415
    from backoffice.jobs.opening import opened  # noqa: PLC0415
    from backoffice.jobs.worker import Worker  # noqa: PLC0415

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    if with_parent:
        threading.Thread(target=_end_with_parent, args=(stopped,), daemon=True).start()
    idle_s = IDLE_S if until_idle else None
    try:
        with opened(db_url or usual_url(), seal_key, erp) as office:
            worker = Worker(office, works(), version("kasoterminal"), idle_s=idle_s)
            click.echo(f"ready {worker.name}")
            sys.stdout.flush()
            worker.run(stopped)
    except (OfficeError, OSError, SQLAlchemyError) as error:
        click.echo(f"the worker did not start: {error}", err=True)
        sys.exit(1)


def _end_with_parent(stopped: threading.Event) -> None:
    """Nothing is ever written there: it ends when the parent does, however that ended."""
    sys.stdin.buffer.read()
    stopped.set()
    threading.Event().wait(_ALONE_S)
    os._exit(1)
