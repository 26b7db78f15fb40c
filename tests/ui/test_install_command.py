from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from terminal.device import installation
from ui import install_command
from ui.install_command import install

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "launcher.py").touch()
    monkeypatch.setattr(installation, "_LAUNCHER", tmp_path / "launcher.py")


def call(root: Path, *words: str):
    return CliRunner().invoke(install, ["--root", str(root), "--user", "nosuchuser", *words])


def test_it_says_what_it_did_and_what_is_left(tmp_path: Path) -> None:
    done = call(tmp_path / "root", "--kiosk", "--serial", "ttyS0")
    assert done.exit_code == 0, done.output
    assert f"made      {tmp_path}/root/opt/kasoterminal/launcher.py" in done.stdout
    assert "useradd --system" in done.stdout
    assert "systemctl enable --now kasoterminal.service" in done.stdout
    assert "serial-getty@ttyS0.service" in done.stdout
    assert "mask ctrl-alt-del.target" in done.stdout
    again = call(tmp_path / "root", "--kiosk", "--serial", "ttyS0")
    assert "made" not in again.stdout
    assert "changed" not in again.stdout


def test_a_bundle_becomes_the_first_slot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bundle.tar").write_bytes(b"rubbish")
    done = call(tmp_path / "root", "--bundle", str(tmp_path / "bundle.tar"))
    assert done.exit_code == 1
    assert "bundle.tar: there is no ustar header" in done.stderr
    monkeypatch.setattr(
        install_command, "install_first", lambda *about: about[3]("build") or "1.0.0-abc"
    )
    done = call(tmp_path / "root", "--bundle", str(tmp_path / "bundle.tar"))
    assert done.exit_code == 0
    assert f"made      {tmp_path}/root/opt/kasoterminal/slots/1.0.0-abc" in done.stdout


def test_a_dry_run_touches_nothing(tmp_path: Path) -> None:
    done = call(tmp_path / "root", "--dry-run")
    assert done.exit_code == 0
    assert f"made      {tmp_path}/root/etc/kasoterminal/till.toml" in done.stdout
    assert not (tmp_path / "root").exists()
    assert "mask" not in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("--prefix", "opt/kaso"),
        ("--prefix", "/opt/my till"),
        ("--prefix", "/opt/%i"),
        ("--serial", "../tty"),
        ("--user", "a;b"),
    ],
)
def test_names_that_would_break_a_unit_are_refused(tmp_path: Path, words: tuple[str, str]) -> None:
    done = call(tmp_path / "root", *words)
    assert done.exit_code == 2
    assert not (tmp_path / "root").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "opt").write_text("", encoding="utf-8")
    done = call(tmp_path / "root")
    assert done.exit_code == 1
    assert "this needs root" in done.stderr
