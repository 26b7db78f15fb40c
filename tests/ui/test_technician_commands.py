"""``kasoterminal technician``, from a key to an answer that a till takes."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from backoffice import technicians
from terminal.console.admission import admit
from terminal.console.challenge import Challenge
from terminal.console.letters import read, written
from terminal.sync.wire import Scope
from ui.technician_commands import technician

NOW = 1_800_000_000
ASKED = Challenge("T1", 3, b"nonce-01", frozenset({Scope.LOOK}))


def run(*words, **options):
    return CliRunner().invoke(technician, list(map(str, words)), **options)


@pytest.fixture
def folder(tmp_path):
    """A technician with a key and today's certificate; gives the folder and the authority."""
    authority = technicians.make_authority(tmp_path / "authority.key")
    public = run("keys", "--key", tmp_path / "own.key").output.strip()
    line = technicians.certify(
        tmp_path / "authority.key", "J. Kowal", public, [Scope.LOOK], ["T1"], NOW, 8
    )
    (tmp_path / "today").write_text(line)
    return tmp_path, authority


def test_the_challenge_is_answered(folder):
    path, authority = folder
    asked = written(ASKED.packed())[0]
    options = ("--key", path / "own.key", "--certificate", path / "today")
    for done in (run("sign", *options, asked), run("sign", *options, input=asked + "\n")):
        assert done.exit_code == 0
        assert done.stderr.startswith("T1: look; certificate until 2027-01-15")
        grant = admit(ASKED, read(done.stdout), authority, NOW)
        assert grant.name == "J. Kowal"


def test_the_key_lies_in_the_xdg_folder_unless_told(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    first = run("keys").output
    assert (tmp_path / "kasoterminal" / "technician.key").stat().st_mode & 0o777 == 0o600
    assert run("keys").output == first


def test_what_cannot_be_signed_is_told(folder):
    path, _ = folder
    options = ("--key", path / "own.key", "--certificate", path / "today")
    asked = written(ASKED.packed())[0]
    wrong = run("sign", *options, asked[:-1] + ("0" if asked[-1] != "0" else "1"))
    assert wrong.exit_code == 1
    assert "mistyped in line 1" in wrong.output
    missing = run("sign", "--key", path / "no.key", "--certificate", path / "today", asked)
    assert missing.exit_code == 1
    assert "no.key" in missing.output
    assert run("sign", asked).exit_code == 2
