from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from terminal.device import first_slot, installation
from terminal.update.slots import slot_of
from tests.terminal.update.device import NEW, OLD, build, prepared
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


def test_what_is_no_bundle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bundle.tar").write_bytes(b"rubbish")
    done = call(tmp_path / "root", "--bundle", str(tmp_path / "bundle.tar"))
    assert done.exit_code == 1
    assert "bundle.tar: there is no ustar header" in done.stderr


def test_a_bundle_becomes_the_first_slot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_slot.building, "build", build)
    monkeypatch.setattr(first_slot.building, "run", lambda _: "")
    older, newer = (prepared(tmp_path, version, 1) for version in (OLD, NEW))
    assert "install --bundle FILE" in call(tmp_path / "root").stdout
    said = call(tmp_path / "root", "--bundle", str(older.bundle), "--dry-run").stdout
    assert f"version {OLD}, SHA-256 {older.sha256}" in said
    slots = tmp_path / "root/opt/kasoterminal/slots"
    assert not list(slots.iterdir())
    done = call(tmp_path / "root", "--bundle", str(older.bundle))
    assert done.exit_code == 0
    assert f"made      {slots / slot_of(older)}" in done.stdout
    assert "--bundle FILE" not in done.stdout
    again = call(tmp_path / "root", "--bundle", str(older.bundle))
    assert f"as it was {slots / slot_of(older)}" in again.stdout
    other = call(tmp_path / "root", "--bundle", str(newer.bundle))
    assert other.exit_code == 1
    assert f"version {OLD} is installed; another one comes by the day close" in other.stderr


def test_whose_releases_are_taken_lies_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "1.root.json").write_bytes(b"{}")
    assert "--trust FILE" in call(tmp_path / "root").stdout
    done = call(tmp_path / "root", "--trust", str(tmp_path / "1.root.json"))
    assert "--trust FILE" not in done.stdout
    assert (tmp_path / "root/etc/kasoterminal/root.json").read_bytes() == b"{}"


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
