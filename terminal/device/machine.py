"""Checks of the machine: program, clock, unit, slots, updates, console letters. Reads only."""

from __future__ import annotations

import locale
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.device.check import Check, bad, fine, warning
from terminal.errors import TillError
from terminal.i18n import translate as _
from terminal.sync.wire.releases import version_key
from terminal.update.launcher import read, version_of
from terminal.update.slots import Slots
from terminal.update.source import Source
from terminal.version import VERSION

if TYPE_CHECKING:
    from terminal.device.check import Scene

UNIT = "kasoterminal.service"
_PYTHON = (3, 11)
# Before it, two writers can damage a log; the till has one, and refuses a second.
_TWO_WRITERS = (3, 51, 3)
_ANSWER_S = 10.0
_CONSOLE_SETUP = Path("/etc/default/console-setup")


def program(_scene: Scene) -> list[Check]:
    """What runs here."""
    python = ".".join(map(str, sys.version_info[:3]))
    text = f"KasoTerminal {VERSION}, Python {python}, SQLite {sqlite3.sqlite_version}"
    if sys.version_info < _PYTHON:
        return [bad("program", text, _("Python 3.11 or newer is needed"))]
    if sqlite3.sqlite_version_info < _TWO_WRITERS:
        text += f" ({_('one writer at a time')})"
    return [fine("program", text)]


def clock(_scene: Scene) -> list[Check]:
    """Whether somebody keeps this machine's time right: the fiscal day follows it."""
    name = "time"
    told = _show("timedatectl", "show", "--property=NTPSynchronized", "--property=NTP")
    if told.get("NTPSynchronized") == "yes":
        return [fine(name, _("synchronised"))]
    if told.get("NTP") == "yes" or shutil.which("chronyd"):
        remedy = _("look after the network; the till sells on")
        return [warning(name, _("not synchronised yet"), remedy)]
    remedy = _("install chrony, or: timedatectl set-ntp true")
    return [warning(name, _("nobody keeps the time of this machine"), remedy)]


def unit(_scene: Scene) -> list[Check]:
    """The supervisor, and its watchdog."""
    name = "unit"
    wanted = ("LoadState", "ActiveState", "NRestarts", "WatchdogUSec")
    told = _show("systemctl", "show", UNIT, *(f"--property={one}" for one in wanted))
    if told.get("LoadState") != "loaded":
        remedy = _("kasoterminal install (docs/install.md)")
        return [warning(name, _("{unit} is not installed", unit=UNIT), remedy)]
    text = f"{told.get('ActiveState')}, {_('restarted')}: {told.get('NRestarts')}"
    if told.get("ActiveState") != "active":
        return [bad(name, text, f"journalctl -u {UNIT}")]
    if told.get("WatchdogUSec") in {None, "0", "infinity"}:
        text = _("the watchdog is off: a till that hangs stays so")
        return [warning(name, text, f"systemctl edit {UNIT}: WatchdogSec=60")]
    return [fine(name, text)]


def slots(_scene: Scene) -> list[Check]:
    """The installation and which version of it starts next."""
    name = "slots"
    prefix = os.environ.get("KASO_PREFIX", "")
    if not prefix:
        text = _("runs from a plain folder: updates are not installed by themselves")
        return [warning(name, text, "kasoterminal install --prefix /opt/kasoterminal")]
    slots = Slots(Path(prefix))
    boot = read(slots.prefix)
    if boot is None:
        text = _("there is no slot to start")
        return [bad(name, text, _("install the program again (docs/install.md)"))]
    others = [one for one in slots.sealed() if one != boot.active]
    text = " ".join((boot.active, f"({boot.tries})" if boot.is_trial else "", *others))
    if changed := slots.differences(boot.active):
        text = _("{slot} is not what was installed: {files}", slot=boot.active, files=changed[0])
        return [bad(name, text, _("install the program again (docs/install.md)"))]
    # What failed before the version that runs is over.
    runs = version_key(version_of(boot.active))
    if failed := [version for version in boot.bad if version_key(version) > runs]:
        text = _("given up here: {versions}", versions=", ".join(failed))
        return [warning(name, text, _("the office must offer another version"))]
    return [fine(name, text)]


def updates(scene: Scene) -> list[Check]:
    """Whether newer programs can be found: without trusted keys nothing is looked for."""
    name = "updates"
    if scene.config is None:
        return []
    source = Source.of(scene.config, scene.config.office.url)
    try:
        source.root()
    except TillError as error:
        remedy = _("put the office's root.json into /etc/kasoterminal (docs/updates.md)")
        return [warning(name, str(error), remedy)]
    return [fine(name, source.root_file)]


def letters(_scene: Scene) -> list[Check]:
    """Whether the console can show Polish letters."""
    name = "letters"
    encoding = locale.getpreferredencoding(do_setlocale=False)
    if encoding.upper() not in {"UTF-8", "UTF8"}:
        text = _("the locale is {encoding}", encoding=encoding)
        return [warning(name, text, "LANG=C.UTF-8")]
    try:
        setup = _CONSOLE_SETUP.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return [fine(name, encoding)]
    if "Lat2" not in setup and "Uni2" not in setup:
        remedy = f"CODESET=Lat2 ({_CONSOLE_SETUP}), setupcon"
        return [warning(name, _("the console's font may lack Polish letters"), remedy)]
    return [fine(name, f"{encoding}, {_CONSOLE_SETUP}")]


def _show(*command: str) -> dict[str, str]:
    """What a tool of the system says, as names and values; nothing where there is none."""
    if shutil.which(command[0]) is None:
        return {}
    try:
        said = subprocess.run(  # noqa: S603 - our own words
            command, capture_output=True, text=True, check=False, timeout=_ANSWER_S
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return {}
    return dict(line.split("=", 1) for line in said.splitlines() if "=" in line)
