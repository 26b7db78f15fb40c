"""Commands of the terminal: run it, and enrol it. No screens here."""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from terminal import config as configuration
from terminal import enrolling
from terminal.boot import build, start
from terminal.config import ConfigError
from terminal.context import ZONE
from terminal.device.duty import Duty
from terminal.errors import Code, TillError
from terminal.i18n import use_language
from terminal.update.installation import installation
from ui.line import line

if TYPE_CHECKING:
    from terminal.config import Config
    from terminal.sync.enrolment import LastWords
    from terminal.sync.restore import Restored

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
        running = build(config, installation=installation(os.environ, config_path))
    except OSError as error:
        fail(f"{config.folder}: cannot be used ({error})", _USAGE)
    except ConfigError as error:
        fail(str(error), _USAGE)
    except TillError as error:
        fail(str(error), 1)
    from ui.showing import show  # noqa: PLC0415 - the screen is not needed to say what is wrong

    start(running)
    duty = Duty(running.context, running.till)
    duty.start()
    screen = line(config.screen, os.environ, _device())
    try:
        show(config, running, screen, allow_quit=allow_quit, lives=duty.screen_lives)
    finally:
        duty.stop()
        running.stop()
    sys.exit(running.till.updates.exit_code)


@click.command()
@config_option
@click.argument("code", required=False, default="")
def enrol(config_path: Path | None, code: str) -> None:
    """Make this device a terminal of a shop, with a one-time CODE from the office.

    A device that replaces another gets the history of its terminal back. When that was cut off, the
    command goes on without a code.

    \b
    kasoterminal enrol --config till.toml K7QX-93RT
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    config = load_config(config_path)
    use_language(config.screen.language)
    try:
        enrolled = enrolling.enrol(config, code)
    except ConfigError as error:
        fail(str(error), _USAGE)
    except TillError as error:
        fail(str(error), _EXITS.get(error.code, 1))
    identity = enrolled.identity
    click.echo(f"enrolled as {identity.terminal} of {identity.shop}")
    if enrolled.restored is not None:
        click.echo(_told(enrolled.restored, identity.last_words))


def _told(restored: Restored, last_words: LastWords | None) -> str:
    """What came back, and what did not."""
    told = [f"restored {restored.documents} documents"]
    if restored.documents:
        told.append(f"the last of {_minute(restored.until)}")
    if last_words is None:
        return ", ".join(told)
    said = f"the device before last answered at {_minute(last_words.seen_at)}"
    if not last_words.unsent:
        return f"{', '.join(told)}\n{said} and had sent everything"
    since = _minute(last_words.oldest_unsent_at)
    lost = f"and had {last_words.unsent} documents unsent since {since}"
    return f"{', '.join(told)}\n{said} {lost}: what did not come after that is lost"


def _minute(stamp: str) -> str:
    """A time of a document or of the office, as a clock in the shop shows it."""
    return datetime.fromisoformat(stamp).astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def _device() -> str:
    """The terminal this program runs on; empty when it runs on none."""
    return os.ttyname(0) if os.isatty(0) else ""


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
