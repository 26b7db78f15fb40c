from __future__ import annotations

import ast
import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from terminal import config
from terminal.device import installation
from terminal.device.installation import pieces
from terminal.device.laying import Deed, lay

PREFIX = Path("/opt/kasoterminal")
LAUNCHER = "print('launcher')\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    launcher = tmp_path / "launcher.py"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    monkeypatch.setattr(installation, "_LAUNCHER", launcher)
    place = tmp_path / "root"
    deeds = [lay(one, "nobody", is_dry=False) for one in everything(place)]
    assert Deed.CHANGED not in deeds
    return place


def everything(root: Path):
    return list(pieces(PREFIX, "kaso", root=root, serial="ttyS0", is_kiosk=True))


def read(path: Path) -> configparser.ConfigParser:
    """A unit: sections of ``Name=value``; names may come again."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, allow_no_value=True)
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    return parser


def test_doing_it_again_changes_nothing(root: Path) -> None:
    assert {lay(one, "nobody", is_dry=False) for one in everything(root)} == {Deed.AS_IT_WAS}


def test_everything_lies_where_linux_has_it(root: Path) -> None:
    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert files >= {
        "opt/kasoterminal/launcher.py",
        "etc/kasoterminal/till.toml",
        "etc/systemd/system/kasoterminal.service",
        "etc/systemd/system/serial-getty@ttyS0.service.d/kasoterminal.conf",
        "etc/systemd/logind.conf.d/kasoterminal.conf",
        "etc/polkit-1/rules.d/49-kasoterminal.rules",
        "usr/local/bin/kasoterminal",
        "usr/local/lib/kasoterminal/console_lock.py",
    }
    assert (root / "opt/kasoterminal/slots").is_dir()
    assert (root / "var/lib/kasoterminal").stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("root")
def test_what_root_runs_lies_where_only_root_may_write() -> None:
    places = {one.path: one for one in everything(Path("/"))}
    unit = places[Path("/etc/systemd/system/kasoterminal.service")].content.decode()
    for line in unit.splitlines():
        if line.startswith("ExecStartPre=+"):
            (script,) = re.findall(r"/\S+\.py", line)
            assert not places[Path(script)].of_user
            assert not any(places[up].of_user for up in Path(script).parents if up in places)


def test_the_first_configuration_can_be_read(root: Path) -> None:
    found = config.load(root / "etc/kasoterminal/till.toml")
    assert found.store.dir == "/var/lib/kasoterminal"


def test_the_command_is_never_run_as_root(root: Path) -> None:
    command = (root / "usr/local/bin/kasoterminal").read_text(encoding="utf-8")
    assert "runuser -u kaso --" in command
    sh = shutil.which("sh")
    assert (
        subprocess.run([sh, "-n", root / "usr/local/bin/kasoterminal"], check=False).returncode == 0
    )


def test_the_unit_is_watched_and_may_little(root: Path) -> None:
    unit = read(root / "etc/systemd/system/kasoterminal.service")
    service = unit["Service"]
    assert (service["Type"], service["NotifyAccess"]) == ("notify", "all")
    assert int(service["WatchdogSec"]) >= 30
    assert (service["Restart"], service["User"]) == ("always", "kaso")
    assert int(unit["Unit"]["StartLimitBurst"]) > 3, "the launcher counts three bad starts"
    assert service["ProtectSystem"] == "strict"
    assert {"/var/lib/kasoterminal", str(PREFIX)} <= set(service["ReadWritePaths"].split())
    assert service["CapabilityBoundingSet"] == ""
    assert service["NoNewPrivileges"] == "yes"
    assert service["TTYPath"] == "/dev/tty1"


def test_a_serial_line_says_what_it_is(root: Path) -> None:
    drop_in = root / "etc/systemd/system/serial-getty@ttyS0.service.d/kasoterminal.conf"
    told = drop_in.read_text(encoding="utf-8")
    assert re.search(r"^Environment=.*\bTERM=vt100 COLORTERM=(\s|$)", told, re.MULTILINE)
    assert told.count("ExecStart=") == 2, "the first one takes the login prompt away"
    assert "launcher.py console" in told


def test_no_place_holder_is_left(root: Path) -> None:
    for path in root.rglob("*"):
        if path.is_file():
            assert not re.search(r"@[A-Z]+@", path.read_text(encoding="utf-8")), path


def test_the_console_is_locked_by_a_program_that_needs_nothing() -> None:
    source = installation._shipped("kiosk/console_lock.py").decode()
    names = {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert names == {"fcntl", "os", "sys"}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
@pytest.mark.parametrize(
    "name",
    ["kasoterminal.service", "kasoterminal-office.service", "kasoterminal-office-worker.service"],
)
def test_systemd_takes_the_units(root: Path, tmp_path: Path, name: str) -> None:
    unit = tmp_path / name
    text = installation._filled(f"systemd/{name}", PREFIX, "root").decode()
    # Whether the programs are on this machine is not what is asked.
    unit.write_text(re.sub(r"^(Exec\w+=[+-]*)\S+", r"\1/bin/true", text, flags=re.MULTILINE))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )
    assert (done.returncode, done.stderr) == (0, "")
