"""Where everything of a till lies on its machine, by the rules of Linux (FHS). Writes nothing.

PREFIX                    launcher.py, boot.json, slots/: the program, in two versions
/etc/kasoterminal         till.toml, root.json: what a technician writes
/var/lib/kasoterminal     journal, catalogue, identity, copies, log: what the till writes
/usr/local/bin            kasoterminal: any command of the version that runs
/etc/polkit-1/rules.d     with a technician's line: the till's user may start the machine anew
/etc/systemd/system       the unit; with --kiosk what makes the machine a till and nothing else
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from terminal.device.laying import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIG_FOLDER = "etc/kasoterminal"
STORE_FOLDER = "var/lib/kasoterminal"
ROOTS_FOLDER = "usr/local/lib/kasoterminal"
UNITS_FOLDER = "etc/systemd/system"
RULES_FOLDER = "etc/polkit-1/rules.d"
# In a checkout they are the folder deploy, in a wheel they lie beside this module.
_SHIPPED = (Path(__file__).parent / "shipped", Path(__file__).parents[2] / "deploy")
_LAUNCHER = Path(__file__).parents[1] / "update" / "launcher.py"
_KIOSK = {
    "kiosk/logind.conf": "etc/systemd/logind.conf.d/kasoterminal.conf",
    "kiosk/journald.conf": "etc/systemd/journald.conf.d/kasoterminal.conf",
    "kiosk/system.conf": "etc/systemd/system.conf.d/kasoterminal.conf",
    "kiosk/sysctl.conf": "etc/sysctl.d/90-kasoterminal.conf",
    "kiosk/grub": "etc/default/grub.d/kasoterminal.cfg",
    "kiosk/console-setup": "etc/default/console-setup",
}
_TILL_TOML = """\
# What this till is connected to; docs/install.md explains each key.
[printer]
url = "/dev/serial/by-id/usb-POSNET"
baud = 115200
protocol = "posnet"

[office]
url = ""

[store]
dir = "/var/lib/kasoterminal"
"""
_COMMAND = """\
#!/bin/sh
# Never as root: the program is a file of the till's user.
if [ "$(id -u)" = 0 ]; then
    exec runuser -u {user} -- /usr/bin/python3 -I {prefix}/launcher.py "$@"
fi
exec /usr/bin/python3 -I {prefix}/launcher.py "$@"
"""


def pieces(
    prefix: Path,
    user: str,
    *,
    root: Path,
    serial: str = "",
    trusted: bytes = b"",
    is_kiosk: bool = False,
) -> Iterator[Piece]:
    """Everything, each folder before what lies in it; ``root`` is that of the machine, or image.

    ``serial`` is the port of the technician's line, such as ttyS0; ``trusted`` the root file of the
    releases, when somebody brought it.
    """
    place = root / prefix.relative_to("/")
    yield Piece(place, 0o755, of_user=True)
    yield Piece(place / "slots", 0o755, of_user=True)
    yield Piece(root / CONFIG_FOLDER, 0o755)
    yield Piece(root / STORE_FOLDER, 0o700, of_user=True)
    for folder in (UNITS_FOLDER, "usr/local/bin"):
        yield Piece(root / folder, 0o755, is_yours=True)
    yield Piece(place / "launcher.py", 0o644, _LAUNCHER.read_bytes())
    # Root runs it, so it does not lie where the till's user may write.
    yield Piece(root / ROOTS_FOLDER, 0o755)
    lock = _shipped("kiosk/console_lock.py")
    yield Piece(root / ROOTS_FOLDER / "console_lock.py", 0o644, lock)
    toml = root / CONFIG_FOLDER / "till.toml"
    yield Piece(toml, 0o644, _TILL_TOML.encode(), is_yours=True)
    if trusted:
        yield Piece(root / CONFIG_FOLDER / "root.json", 0o644, trusted)
    command = _COMMAND.format(prefix=prefix, user=user)
    yield Piece(root / "usr/local/bin/kasoterminal", 0o755, command.encode())
    unit = _filled("systemd/kasoterminal.service", prefix, user)
    yield Piece(root / UNITS_FOLDER / "kasoterminal.service", 0o644, unit)
    if serial:
        yield from _technicians_line(root, serial, prefix, user)
    if is_kiosk:
        for name, target in _KIOSK.items():
            yield Piece((root / target).parent, 0o755, is_yours=True)
            yield Piece(root / target, 0o644, _shipped(name))


def _technicians_line(root: Path, serial: str, prefix: Path, user: str) -> Iterator[Piece]:
    """The console on a serial port, and leave for its word that starts the machine anew."""
    drop_in, rules = root / UNITS_FOLDER / f"serial-getty@{serial}.service.d", root / RULES_FOLDER
    yield Piece(drop_in, 0o755)
    line = _filled("systemd/serial-getty.conf", prefix, user)
    yield Piece(drop_in / "kasoterminal.conf", 0o644, line)
    yield Piece(rules, 0o755, is_yours=True)
    rule = _filled("systemd/polkit.rules", prefix, user)
    yield Piece(rules / "49-kasoterminal.rules", 0o644, rule)


def _filled(name: str, prefix: Path, user: str) -> bytes:
    text = _shipped(name).decode()
    return text.replace("@PREFIX@", str(prefix)).replace("@USER@", user).encode()


def _shipped(name: str) -> bytes:
    place = next(folder for folder in _SHIPPED if folder.is_dir())
    return (place / name).read_bytes()
