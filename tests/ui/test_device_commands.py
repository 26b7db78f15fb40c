from __future__ import annotations

import json
import logging
import tarfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from terminal.device import doctor
from terminal.device.check import fine, warning
from terminal.i18n import use_language
from terminal.store.backup import verify
from tests.terminal.desk import Desk
from ui.device_commands import backup, examine, restore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    yield
    use_language("en")
    logging.getLogger().handlers[:] = [
        one for one in logging.getLogger().handlers if not isinstance(one, logging.NullHandler)
    ]


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    file = tmp_path / "till.toml"
    file.write_text(
        f'[store]\ndir = "{tmp_path / "till"}"\n[printer]\nurl = "{tmp_path / "none"}"\n'
        '[screen]\nlanguage = "en"\n',
        encoding="utf-8",
    )
    return file


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path / "till").start()
    yield one
    one.stop()


def call(command, *words: object):
    return CliRunner().invoke(command, [str(word) for word in words])


def test_the_doctor_says_what_to_do_and_how_bad_it_is(toml: Path) -> None:
    done = call(examine, "--config", toml)
    assert done.exit_code == 2
    assert "BAD  enrolment" in done.stdout
    assert "-> ask the office for a code" in done.stdout


@pytest.mark.parametrize(
    ("found", "code"), [([fine("disk", "all")], 0), ([warning("disk", "little", "free some")], 1)]
)
def test_the_exit_code_is_that_of_the_worst(
    toml: Path, monkeypatch: pytest.MonkeyPatch, found: list, code: int
) -> None:
    monkeypatch.setattr(doctor, "examine", lambda _scene: iter(found))
    assert call(examine, "--config", toml).exit_code == code


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("pl", "poproś centralę o kod"),
        ("fr", "demandez un code au bureau"),
        ("es", "pida un código a la central"),
        ("en", "ask the office for a code"),
    ],
)
def test_it_speaks_four_languages(toml: Path, language: str, said: str) -> None:
    assert said in call(examine, "--config", toml, "--language", language).stdout


def test_programs_get_json_and_the_bundle_goes_aside(toml: Path, tmp_path: Path) -> None:
    done = call(examine, "--config", toml, "--json", "--bundle", tmp_path / "b.tar.gz")
    assert json.loads(done.stdout)["state"] == "bad"
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        assert "kasoterminal/checks.json" in tar.getnames()
    done = call(examine, "--config", toml, "--json", "--bundle", tmp_path / "no" / "b.tar.gz")
    assert done.exit_code == 2
    assert "b.tar.gz" in done.stderr


def test_a_wrong_configuration_is_a_finding_too(toml: Path) -> None:
    toml.write_text("[printer]\nurll = 1\n", encoding="utf-8")
    done = call(examine, "--config", toml, "--language", "en")
    assert done.exit_code == 2
    assert "BAD  configuration" in done.stdout


def test_a_running_till_is_copied_and_the_copy_tried_out(
    toml: Path, tmp_path: Path, desk: Desk
) -> None:
    desk.pay("1")
    done = call(backup, "--config", toml)
    assert done.exit_code == 0, done.output
    (copy,) = (tmp_path / "till" / "backups").iterdir()
    assert done.stdout == f"{copy}\n"
    assert copy.name in call(backup, "--config", toml, "--list").stdout
    done = call(restore, "--config", toml, "--check", copy)
    assert done.exit_code == 0, done.output
    assert f"{verify(copy)} documents" in done.stdout
    (tmp_path / "stick").mkdir()
    done = call(backup, "--config", toml, "--to", tmp_path / "stick")
    assert verify(next((tmp_path / "stick").glob("journal-*.db"))) > 0


def test_a_copy_that_cannot_be_used_says_why(toml: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_bytes(b"rubbish" * 1000)
    done = call(restore, "--config", toml, "--check", tmp_path / "copy.db")
    assert done.exit_code == 1
    assert "E-191" in done.stderr


def test_a_journal_is_never_put_back_from_a_copy(toml: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").touch()
    done = call(restore, "--config", toml, tmp_path / "copy.db")
    assert done.exit_code == 2
    assert "docs/restore.md" in done.stderr


def test_without_a_journal_there_is_nothing_to_copy(toml: Path, tmp_path: Path) -> None:
    (tmp_path / "till").mkdir()
    done = call(backup, "--config", toml)
    assert done.exit_code == 1
    assert "E-60" in done.stderr
