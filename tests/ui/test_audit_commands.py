"""``verify`` and ``export``: what they say, and their exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from terminal import boot
from terminal.sync import enrolment
from tests.terminal.audit.journals import DEVICE, exported, fill, journal
from ui.audit_commands import export, verify

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    folder = tmp_path / "till"
    with journal(folder_of(folder)) as made:
        fill(made, 12)
    who = enrolment.Identity("T1", "lipa", DEVICE._seed, 1, "http://127.0.0.1:1")
    enrolment.save(who, folder / boot.IDENTITY_FILE)
    file = tmp_path / "till.toml"
    file.write_text(f'[store]\ndir = "{folder}"\n[printer]\nurl = "tcp://127.0.0.1:1"\n')
    return file


def folder_of(folder: Path) -> Path:
    folder.mkdir()
    return folder


def call(command, *words):
    done = CliRunner().invoke(command, [str(word) for word in words])
    return done.exit_code, done.output


def test_an_exported_journal_verifies(toml, tmp_path):
    file = tmp_path / "out.jsonl"
    code, told = call(export, "--config", toml, file)
    assert (code, f"documents written to {file}, 0 of them withheld" in told) == (0, True)
    assert "control number of the last one: " in told
    code, told = call(verify, file, "--device-key", DEVICE.public())
    assert (code, told.splitlines()[-1]) == (0, "everything is as it was written")
    assert call(verify, file, "--office-key", "ab" * 32)[0] == 1
    assert call(verify, toml.parent / "till" / boot.JOURNAL_FILE)[0] == 0


def test_days_may_be_cut_out(toml, tmp_path):
    file = tmp_path / "out.jsonl"
    assert (
        call(export, "--config", toml, "--from", "2026-11-21", "--to", "2026-11-21", file)[0] == 0
    )
    assert call(verify, file)[0] == 0
    assert call(export, "--config", toml, "--from", "yesterday", file)[0] == 2


def test_what_goes_wrong_is_one_sentence(toml, tmp_path):
    code, told = call(export, "--config", toml, tmp_path / "nowhere" / "out.jsonl")
    assert (code, "E-60" in told) == (1, True)
    (tmp_path / "till" / boot.IDENTITY_FILE).unlink()
    code, told = call(export, "--config", toml, tmp_path / "out.jsonl")
    assert (code, "not enrolled" in told) == (2, True)


def test_a_changed_file_is_told_as_json_too(tmp_path):
    file = exported(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"Mleko", b"Chleb"))
    code, told = call(verify, file, "--json")
    assert (code, '"place": "document 1/1"' in told) == (1, True)
    assert call(verify, tmp_path / "nothing")[0] == 2
