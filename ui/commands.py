"""Commands of the terminal: run it, and enrol it. No screens here."""

from __future__ import annotations

import logging
import logging.handlers
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from terminal import config as configuration
from terminal.boot import IDENTITY_FILE, build, start
from terminal.config import ConfigError
from terminal.errors import Code, SyncError, TillError
from terminal.i18n import use_language
from terminal.sync import enrolment
from terminal.version import VERSION

if TYPE_CHECKING:
    from terminal.config import Config

_LOG_BYTES = 1_000_000
_LOG_FILES = 5
_USAGE = 2
_EXITS = {Code.NO_NETWORK: 3, Code.OFFICE_REFUSED: 4}

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    help="Configuration file; default: $KASO_CONFIG, /etc/kasoterminal/till.toml, XDG folder.",
)


@click.command()
@config_option
@click.option("--allow-quit", is_flag=True, help="Let the menu end the program (not in a shop).")
def run(config_path: Path | None, *, allow_quit: bool) -> None:
    """Run the cashier's terminal on this screen.

    \b
    kasoterminal run --config till.toml
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    config = load_config(config_path)
    use_language(config.screen.language)
    try:
        log_to_file(config.folder)
        running = build(config)
    except OSError as error:
        fail(f"{config.folder}: cannot be used ({error})", _USAGE)
    except ConfigError as error:
        fail(str(error), _USAGE)
    except TillError as error:
        fail(str(error), 1)
    from ui.app import KasoApp  # noqa: PLC0415 - the screen is not needed to say what is wrong

    start(running)
    app = KasoApp(
        running.till,
        allow_quit=allow_quit,
        keys=dict(config.keys),
        scan_prefix=config.scanner.keyboard_prefix,
        is_quiet=config.screen.quiet_sync,
    )
    signal.signal(signal.SIGTERM, lambda *_: app.leave())
    try:
        app.run(mouse=False)
    finally:
        running.stop()


@click.command()
@config_option
@click.argument("code")
def enrol(config_path: Path | None, code: str) -> None:
    """Make this device a terminal of a shop, with a one-time CODE from the office.

    \b
    kasoterminal enrol --config till.toml K7QX-93RT
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    config = load_config(config_path)
    if not config.office.url:
        fail("till.toml: [office] url is missing", _USAGE)
    ca = Path(config.office.ca) if config.office.ca else None
    try:
        identity = enrolment.enrol(config.office.url, code, VERSION, ca=ca)
        enrolment.save(identity, config.folder / IDENTITY_FILE)
    except SyncError as error:
        fail(str(error), _EXITS.get(error.code, 1))
    click.echo(f"enrolled as {identity.terminal} of {identity.shop}")


def load_config(path: Path | None) -> Config:
    """Read the configuration; a wrong one ends the program with its sentence."""
    try:
        return configuration.load(path or configuration.find())
    except ConfigError as error:
        fail(str(error), _USAGE)


def fail(message: str, code: int) -> NoReturn:
    """Say what is wrong and end the program."""
    click.echo(f"kasoterminal: {message}", err=True)
    sys.exit(code)


def log_to_file(folder: Path) -> None:
    """Log to a rotating file below ``folder``.

    A stray line on stderr would tear the screen.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "till.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=os.environ.get("KASO_LOG", "INFO"), handlers=[handler], force=True)
    # One line for each request would push out what a technician looks for.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
