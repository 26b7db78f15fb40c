"""``kasoterminal install``: lays a till out on its machine and says what is left to do."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import click

from terminal.device.first_slot import OtherVersion, described, install_first
from terminal.device.installation import CONFIG_FOLDER, STORE_FOLDER, pieces
from terminal.device.laying import Deed, lay
from terminal.update.building import StepFailed
from terminal.update.bundle import BadBundle
from terminal.update.launcher import read
from terminal.update.slots import slot_of
from ui.commands import fail

_USAGE = 2
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_KIOSK = (
    "systemctl mask ctrl-alt-del.target getty@tty1.service",
    "update-grub; setupcon; sysctl --system; systemctl restart systemd-logind systemd-journald",
)


@click.command()
@click.option(
    "--prefix",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("/opt/kasoterminal"),
    show_default=True,
    help="Folder of the program.",
)
@click.option("--user", default="kasoterminal", show_default=True, help="Who the till runs as.")
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("/"),
    help="Lay all of it out below this folder: for building an image.",
)
@click.option(
    "--bundle", type=_FILE, help="The program, as released: kasoterminal-VERSION-PLATFORM.tar."
)
@click.option("--trust", type=_FILE, help="root.json: whose later releases are taken.")
@click.option("--serial", default="", metavar="PORT", help="The technician's line, such as ttyS0.")
@click.option("--kiosk", "is_kiosk", is_flag=True, help="Make the machine a till and nothing else.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only say what would be done.")
def install(
    prefix: Path,
    user: str,
    root: Path,
    bundle: Path | None,
    trust: Path | None,
    serial: str,
    *,
    is_kiosk: bool,
    is_dry: bool,
) -> None:
    """Lay out program, configuration, data and units; done again, it changes what is not right.

    \b
    kasoterminal install --bundle kasoterminal-1.2.0-….tar --trust root.json --kiosk
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    if not prefix.is_absolute() or any(sign in str(prefix) for sign in " %$\\\"'"):
        fail(f"--prefix {prefix}: an absolute path without spaces and signs is wanted", _USAGE)
    if not user.isidentifier() or "/" in serial:
        fail("--user and --serial are plain names, such as kasoterminal and ttyS0", _USAGE)
    _make_user(user, is_dry=is_dry or root != Path("/"))
    trusted = trust.read_bytes() if trust else b""
    for piece in pieces(prefix, user, root=root, serial=serial, trusted=trusted, is_kiosk=is_kiosk):
        try:
            deed = lay(piece, user, is_dry=is_dry)
        except OSError as error:
            fail(f"{piece.path}: {error.strerror}; this needs root", 1)
        if deed is not Deed.AS_IT_WAS or is_dry:
            click.echo(f"{deed:<9} {piece.path}")
    place = root / prefix.relative_to("/")
    if bundle is not None:
        _put_program(place, prefix, bundle, user, is_dry=is_dry)
    missing = []
    if bundle is None and read(place) is None:
        missing.append("kasoterminal install --bundle FILE: there is no program yet")
    if not trust and not (root / CONFIG_FOLDER / "root.json").exists():
        missing.append("kasoterminal install --trust FILE: without it no later version is taken")
    _say_what_is_left(missing, serial, is_kiosk=is_kiosk)


def _put_program(place: Path, prefix: Path, bundle: Path, user: str, *, is_dry: bool) -> None:
    """Where another version is already, updates lead on."""
    try:
        first = described(bundle)
        click.echo(f"version {first.version}, SHA-256 {first.sha256}")
        if is_dry:
            return
        is_made = install_first(
            place, prefix, first, user, lambda step: click.echo(f"{step:<9} {bundle}")
        )
    except OtherVersion as error:
        fail(f"{place}: version {error} is installed; another one comes by the day close", 1)
    except (BadBundle, StepFailed, OSError) as error:
        fail(f"{bundle}: {error}", 1)
    click.echo(f"{Deed.MADE if is_made else Deed.AS_IT_WAS:<9} {place / 'slots' / slot_of(first)}")


def _make_user(user: str, *, is_dry: bool) -> None:
    """A user of the system with no way to log in."""
    try:
        pwd.getpwnam(user)
    except KeyError:
        command = [
            *("useradd", "--system", "--user-group", "--shell", "/usr/sbin/nologin"),
            *("--home-dir", f"/{STORE_FOLDER}", "--no-create-home", user),
        ]
        click.echo(" ".join(command))
        if not is_dry and os.geteuid() == 0 and shutil.which(command[0]):
            done = subprocess.run(command, check=False)  # noqa: S603 - our own words
            if done.returncode:
                fail(f"the user {user} could not be made", 1)


def _say_what_is_left(missing: list[str], serial: str, *, is_kiosk: bool) -> None:
    left = [
        *missing,
        "edit /etc/kasoterminal/till.toml",
        "kasoterminal enrol CODE",
        "systemctl daemon-reload",
        *(_KIOSK if is_kiosk else ()),
        *((f"systemctl enable --now serial-getty@{serial}.service",) if serial else ()),
        "systemctl enable --now kasoterminal.service",
        "kasoterminal doctor",
    ]
    click.echo("\nLeft to do (docs/install.md, also how to remove it again):")
    for number, step in enumerate(left, start=1):
        click.echo(f"  {number}. {step}")
