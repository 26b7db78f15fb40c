"""The command that runs an office. The commands that ask one are in ``office_commands``.

Nothing heavy is imported until an office starts, so that ``--help`` is quick.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from backoffice.copies.commands import backup, restore
from backoffice.office_commands import office
from backoffice.place import IN_WORDS, Place, make_room, usual_url
from backoffice.technician_commands import technician

if TYPE_CHECKING:
    from backoffice.copies.kept import Copies
    from backoffice.running import Releases, Running, Tls

__all__ = ["backoffice", "office"]

LISTEN = "127.0.0.1:8440"
PORT_MAX = 65_535
office.add_command(technician)
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
_LOOK_S = 0.5
_KEPT_DAYS = 14


@click.group(
    invoke_without_command=True,
    subcommand_metavar="[backup|restore ...]",
    epilog="Exit codes: 0 done, or stopped by SIGTERM or Ctrl-C; 1 failure, 2 usage.",
)
@click.option(
    "--db",
    "db_url",
    default="",
    show_default=IN_WORDS,
    metavar="URL",
    envvar="KASO_OFFICE_DB",
    help="sqlite:///PATH or postgresql+psycopg://USER@/NAME?host=…",
)
@click.option(
    "--listen",
    default=LISTEN,
    show_default=True,
    metavar="HOST:PORT",
    help="Port 0 takes a free one. Tills elsewhere need TLS: here, or by a proxy in front.",
)
@click.option("--tls-cert", type=_FILE, metavar="FILE", help="Certificate chain in PEM.")
@click.option("--tls-key", type=_FILE, metavar="FILE", help="Private key of it in PEM.")
@click.option("--sample", is_flag=True, help="Fill an empty database with a sample shop.")
@click.option(
    "--admin-token-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where the administrator's token lies; made when absent. Default: beside the database.",
)
@click.option("--releases", type=_FOLDER, metavar="DIR", help="Repository of `release init`.")
@click.option(
    "--release-keys",
    type=_FOLDER,
    metavar="DIR",
    help="The office's keys: snapshot, timestamp, assignments; of a copy only the last.",
)
@click.option(
    "--seal-key",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The office's own key, which seals the days of the tills; made when absent. Default:"
    " beside an SQLite database. Keep a copy of it apart from the database.",
)
@click.option(
    "--no-second-factor",
    is_flag=True,
    help="Let owners in with a password alone: for a trial on this machine only.",
)
@click.option(
    "--copies",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the daily copies lie. Default: beside an SQLite database.",
)
@click.option(
    "--erp",
    type=_FOLDER,
    metavar="DIR",
    envvar="KASO_ERP",
    help="Connectors to other programs of the company, NAME.toml each; try them with"
    " `office erp check DIR`.",
)
@click.option("--copy-days", default=_KEPT_DAYS, show_default=True, help="How long they stay.")
@click.pass_context
def backoffice(
    context: click.Context,
    *,
    db_url: str,
    listen: str,
    tls_cert: Path | None,
    tls_key: Path | None,
    sample: bool,
    admin_token_file: Path | None,
    releases: Path | None,
    release_keys: Path | None,
    seal_key: Path | None,
    no_second_factor: bool,
    copies: Path | None,
    erp: Path | None,
    copy_days: int,
) -> None:
    """Run the back office until it is told to stop.

    \b
    Examples:
      kasoterminal backoffice                     an office of your own; open the link that it says
      kasoterminal backoffice --db sqlite:////var/lib/kaso/office.db --listen 127.0.0.1:0
      kasoterminal backoffice backup office-copy.db

    Prints `ready http://HOST:PORT` once it answers.
    """  # noqa: D301 (\b is click's mark for text that must not be wrapped)
    url = db_url or usual_url()
    context.obj = Place(url, seal_key)
    if context.invoked_subcommand:
        return
    stopped = _told_to_stop()
    running = _started(
        url,
        listen,
        admin_token_file,
        sample=sample,
        tls=_pair(tls_cert, tls_key),
        releases=_shelf(releases, release_keys),
        seal_key=seal_key,
        asks_second_factor=not no_second_factor,
        copies=_copies(copies, copy_days),
        erp=erp,
    )
    _serve(running, stopped)


def _started(url: str, listen: str, token_file: Path | None, **more: Any) -> Running:  # noqa: ANN401
    """The office, running; what keeps it from that ends the program with a sentence."""
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 (slow to import)

    from backoffice.errors import OfficeError  # noqa: PLC0415 (same)
    from backoffice.running import start_office  # noqa: PLC0415 (same)

    host, port = _address(listen)
    try:
        make_room(url)
        token = _token(token_file, url)
        return start_office(url, host=host, port=port, admin_token=token, **more)
    except (OfficeError, OSError, SQLAlchemyError) as error:
        click.echo(f"the back office did not start: {error}", err=True)
        sys.exit(1)


def _told_to_stop() -> Event:
    """Set by SIGTERM or Ctrl-C."""
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def _serve(running: Running, stopped: Event) -> None:
    engine = running.office.engine
    click.echo(f"database: {engine.url.render_as_string()}", err=True)
    told = running.office.sealing.public or "none, say with --seal-key where it shall lie"
    click.echo(f"key that seals the days of tills: {told}", err=True)
    if link := running.owner_link():
        click.echo(
            "there is no owner yet. Open this in a browser, once and within a day:", err=True
        )
        click.echo(link, err=True)
    click.echo(f"ready {running.url}")
    sys.stdout.flush()
    while running.is_alive and not stopped.wait(_LOOK_S):
        pass
    running.stop()
    if not stopped.is_set():
        click.echo("the web server stopped by itself", err=True)
        sys.exit(1)


def _pair(certificate: Path | None, key: Path | None) -> Tls | None:
    from backoffice.running import Tls  # noqa: PLC0415 (slow to import)

    if bool(certificate) != bool(key):
        raise click.UsageError(message="--tls-cert and --tls-key belong together")
    return Tls(certificate, key) if certificate and key else None


def _token(file: Path | None, db_url: str) -> str:
    from backoffice.admin_token import kept_token, place_of  # noqa: PLC0415 (slow to import)

    place = file or place_of(db_url)
    token = kept_token(place)
    click.echo(f"administrator's token: {place}", err=True)
    return token


def _shelf(folder: Path | None, keys: Path | None) -> Releases | None:
    from backoffice.running import Releases  # noqa: PLC0415 (slow to import)

    if keys and not folder:
        raise click.UsageError(message="--release-keys belongs to --releases")
    return Releases(folder, keys) if folder else None


def _copies(folder: Path | None, days: int) -> Copies:
    from backoffice.copies.kept import Copies  # noqa: PLC0415 (slow to import)

    return Copies(folder=folder, days=days)


def _address(listen: str) -> tuple[str, int]:
    host, colon, port = listen.rpartition(":")
    if not colon or not host or not port.isdecimal() or int(port) > PORT_MAX:
        raise click.BadParameter(message="expected HOST:PORT", param_hint="--listen")
    return host.strip("[]"), int(port)


backoffice.add_command(backup)
backoffice.add_command(restore)
