from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from backoffice.moments import now
from backoffice.releases.commands import release
from backoffice.releases.repository import Repository
from terminal.sync import wire
from tests.backoffice.releases.hand_made import Till, make_bundle

TARGET = wire.target_of("stable", "1.0.0", wire.platform_here())


@pytest.fixture
def ask(tmp_path):
    def run(*arguments, typed=""):
        return CliRunner().invoke(release, [str(it) for it in arguments], input=typed)

    return run


@pytest.fixture
def keys(ask, tmp_path):
    """Options that name private keys."""
    ask("keys", tmp_path / "keys")

    def options(*names):
        return [part for name in names for part in ("--key", tmp_path / "keys" / f"{name}.pem")]

    return options


@pytest.fixture
def repo(ask, keys, tmp_path):
    signing = keys("root-1", "root-2", "targets-1", "releases-1", "releases-2")
    folder = tmp_path / "repo"
    result = ask(
        "init", folder, "--public", tmp_path / "keys", *signing,
        "--online-keys", tmp_path / "keys",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return folder


def test_a_whole_life(ask, keys, repo, tmp_path):
    """Keys, repository, release, a till; another root, and the same till."""
    online = ("--online-keys", tmp_path / "keys")
    bundle = make_bundle(tmp_path / "made")
    said = ask("publish", repo, bundle, *keys("releases-1", "releases-3"), *online)
    assert (said.exit_code, said.stdout.splitlines()[0]) == (0, TARGET)
    till = Till(tmp_path / "till", Repository(repo))
    assert till.fetch(TARGET, now())

    ask("keys", tmp_path / "keys", "root-new")
    half = tmp_path / "keys" / "root-new.pub.json"
    said = ask(
        "rotate", repo, "root", "--add", half, "--remove", "root-1",
        *keys("root-2", "root-3", "root-new"), *online,
    )  # fmt: skip
    assert said.stdout.splitlines()[-1] == "in force: 2.root.json"
    assert till.fetch(TARGET, now())
    told = ask("status", repo).stdout
    assert "root: 2 of root-2, root-3, root-new" in told
    assert TARGET in told
    said = ask("publish", repo, "--withdraw", TARGET, *keys("releases-1", "releases-2"), *online)
    assert said.exit_code == 0
    assert till.fetch(TARGET, now()) is None


def test_a_ceremony_goes_from_machine_to_machine(ask, keys, repo, tmp_path):
    bundle = make_bundle(tmp_path / "made")
    said = ask("publish", repo, bundle, *keys("releases-1"))
    assert said.exit_code == 3
    assert "releases.json: 1 more of releases-2, releases-3" in said.stderr
    assert "staged releases.json: 1 signatures are missing" in ask("status", repo).stdout
    carried = shutil.copy(repo / "staged" / "releases.json", tmp_path / "releases.json")
    said = ask("sign", carried, *keys("releases-3"))
    assert said.exit_code == 0
    assert TARGET in said.stdout
    shutil.copy(carried, repo / "staged" / "releases.json")
    said = ask("publish", repo)
    assert said.exit_code == 3
    assert "--online-keys" in said.stderr
    assert ask("publish", repo, "--online-keys", tmp_path / "keys").exit_code == 0
    assert Till(tmp_path / "till", Repository(repo)).fetch(TARGET, datetime.now(UTC))


def test_a_locked_key_is_asked_for_its_passphrase(ask, keys, repo, tmp_path):
    made = ask("keys", tmp_path / "own", "releases-9", "--passphrase", typed="Sekret\nSekret\n")
    assert made.exit_code == 0
    path = tmp_path / "own" / "releases-9.pem"
    ask("rotate", repo, "releases", "--add", tmp_path / "own" / "releases-9.pub.json",
        *keys("targets-1"), "--online-keys", tmp_path / "keys")  # fmt: skip
    bundle = make_bundle(tmp_path / "made")
    said = ask("publish", repo, bundle, *keys("releases-1"), "--key", path, typed="no\n")
    assert (said.exit_code, "wrong passphrase" in said.stderr) == (1, True)
    said = ask("publish", repo, *keys("releases-1"), "--key", path,
               "--online-keys", tmp_path / "keys", typed="Sekret\n")  # fmt: skip
    assert said.exit_code == 0
    assert "Sekret" not in said.output


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["publish", "none"], "begin with `release init`"),
        (["status", "none"], ""),
        (["rotate", "none", "root"], "begin with `release init`"),
        (["init", "none", "--public", "none"], "root: 3 keys are needed, found 0"),
        (["publish", "none", "none.tar"], "none.tar: not a bundle"),
        (["build", "--source", "none", "--requirements", "none"], "cannot be read"),
        (["sign", "none.json", "--key", "none.pem"], "no such key file"),
    ],
)
def test_mistakes_are_sentences(ask, tmp_path, monkeypatch, asked, said):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    result = ask(*asked)
    assert result.exit_code == (1 if said else 0)
    assert said in result.stderr
    assert "Traceback" not in result.output
