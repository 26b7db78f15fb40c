from __future__ import annotations

import stat
import subprocess
import sys

import pytest
from click.testing import CliRunner

from backoffice.commands import backoffice
from backoffice.running import start_office


@pytest.fixture
def run(filled):
    def run(*words):
        return CliRunner().invoke(backoffice, ["--db", f"sqlite:///{filled}", *map(str, words)])

    return run


def test_a_copy_is_made_and_put_back(run, filled, tmp_path):
    target = tmp_path / "copy.db"
    made = run("backup", target)
    assert made.exit_code == 0, made.output
    assert f"{target}: whole, 3 documents, the last of 2026-03-01T12:00:03.000Z" in made.output
    again = run("backup", target)
    assert again.exit_code == 2
    assert "--force" in again.output
    assert run("backup", target, "--force").exit_code == 0
    before = filled.read_bytes()
    assert run("restore", target, "--check").output == made.output
    assert filled.read_bytes() == before
    done = run("restore", target)
    assert done.exit_code == 0, done.output
    assert "restored: whole, 3 documents" in done.output
    assert "what was there is kept:" in done.output


def test_an_office_that_runs_is_copied_and_not_replaced(run, filled, tmp_path):
    office = start_office(f"sqlite:///{filled}", sample=False)
    try:
        assert run("backup", tmp_path / "copy.db").exit_code == 0
        refused = run("restore", tmp_path / "copy.db")
        assert refused.exit_code == 1
        assert "nothing was changed: the office runs: stop it first" in refused.output
    finally:
        office.stop()
    assert run("restore", tmp_path / "copy.db").exit_code == 0


def test_the_key_that_seals_goes_to_a_file_of_its_own(run, filled, tmp_path):
    key = filled.with_suffix(".seal-key")
    start_office(f"sqlite:///{filled}", sample=False).stop()
    made = run("backup", tmp_path / "copy.db", "--seal-key-to", tmp_path / "apart.key")
    assert made.exit_code == 0, made.output
    assert (tmp_path / "apart.key").read_text() == key.read_text()
    assert stat.S_IMODE((tmp_path / "apart.key").stat().st_mode) == 0o600
    assert key.read_text().strip() not in made.output
    assert bytes.fromhex(key.read_text()) not in (tmp_path / "copy.db").read_bytes()
    (tmp_path / "other").write_text("other\n")
    (tmp_path / "other").chmod(0o600)
    refused = run("backup", tmp_path / "copy.db", "--force", "--seal-key-to", tmp_path / "other")
    assert refused.exit_code == 1
    assert "holds something else" in refused.output


def test_what_cannot_be_done_is_said(run, filled, tmp_path):
    (tmp_path / "text").write_text("hello")
    refused = run("restore", tmp_path / "text")
    assert refused.exit_code == 1
    assert "is no copy of an office" in refused.output
    assert run("restore", tmp_path / "absent").exit_code == 2
    refused = run("backup", tmp_path / "no" / "such" / "folder")
    assert refused.exit_code == 1
    assert "was not written" in refused.output
    filled.unlink()
    refused = run("backup", tmp_path / "copy.db")
    assert refused.exit_code == 1
    assert not filled.exists()


def test_help_imports_no_database():
    check = (
        "import sys; from backoffice.copies.commands import backup, restore;"
        "assert not {'sqlalchemy', 'alembic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", check], check=True)
