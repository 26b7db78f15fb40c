from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys

import httpx2
import pytest
from click.testing import CliRunner

from backoffice import links
from backoffice.commands import backoffice, office
from backoffice.errors import NotFound
from backoffice.rights import Role
from backoffice.running import open_office
from backoffice.store.engine import reading
from tests.backoffice.web.signed import new_account

WAIT_S = 20
START = "from backoffice.commands import backoffice; backoffice()"


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, "-c", START, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_it_says_where_it_answers_and_stops_clean(tmp_path):
    place = f"sqlite:///{tmp_path}/office.db"
    process = start("--db", place, "--listen", "127.0.0.1:0", "--sample")
    try:
        ready = process.stdout.readline().split()
        assert ready[0] == "ready"
        assert httpx2.get(f"{ready[1]}/v1/nothing").status_code == 404
        token_file = tmp_path / "office.admin-token"
        assert stat.S_IMODE(token_file.stat().st_mode) == 0o600
        token = token_file.read_text().strip()
        headers = {"Authorization": f"Bearer {token}"}
        answer = httpx2.get(f"{ready[1]}/v1/admin/units", headers=headers)
        assert len(answer.json()["rows"]) == 4
        process.send_signal(signal.SIGTERM)
        rest, told = process.communicate(timeout=WAIT_S)
        assert process.returncode == 0
        assert rest == ""
        assert str(token_file) in told
        assert token not in told
    finally:
        process.kill()
        process.communicate()


def test_the_token_may_lie_elsewhere_and_stays(tmp_path):
    token_file = tmp_path / "t"
    where = ["--db", f"sqlite:///{tmp_path}/office.db", "--listen", "127.0.0.1:0"]
    tokens = []
    for _ in range(2):
        process = start(*where, "--admin-token-file", str(token_file))
        try:
            url = process.stdout.readline().split()[1]
            tokens.append(token_file.read_text().strip())
            headers = {"Authorization": f"Bearer {tokens[-1]}"}
            assert httpx2.get(f"{url}/v1/admin/terminals", headers=headers).status_code == 200
            process.send_signal(signal.SIGINT)
            assert process.wait(WAIT_S) == 0
        finally:
            process.kill()
            process.communicate()
    assert tokens[0] == tokens[1]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--listen", "nowhere"], 2),
        (["--listen", "127.0.0.1:99999"], 2),
        (["--db", "sqlite://"], 1),
        (["--db", "nonsense"], 1),
        (["--db", "sqlite:////no/such/folder/office.db"], 1),
    ],
)
def test_what_cannot_start_says_so(arguments, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(backoffice, arguments)
    assert result.exit_code == code
    assert "Traceback" not in result.output
    assert "did not start" in result.output or code == 2


@pytest.mark.parametrize("command", [backoffice, office])
def test_help_begins_with_examples_and_ends_with_exit_codes(command):
    text = CliRunner().invoke(command, ["--help"]).output
    assert text.index("Examples:") < text.index("Options:") < text.index("Exit codes:")


def test_help_imports_no_server():
    check = (
        "import sys; from backoffice.commands import backoffice;"
        "assert not {'uvicorn', 'litestar', 'sqlalchemy', 'alembic', 'httpx2'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", check], check=True, env={**os.environ})


def test_keys_of_releases_belong_to_releases(tmp_path):
    asked = ["--db", f"sqlite:///{tmp_path}/office.db", "--release-keys", str(tmp_path)]
    result = CliRunner().invoke(backoffice, asked)
    assert result.exit_code == 2
    assert "--release-keys belongs to --releases" in result.stderr


def link_told(url, folder, *more):
    """What a start says until it is ready."""
    where = ["--db", url, "--listen", "127.0.0.1:0", "--admin-token-file", str(folder / "t")]
    process = start(*where, *more)
    try:
        ready = process.stdout.readline().split()[1]
        process.send_signal(signal.SIGTERM)
        _rest, told = process.communicate(timeout=WAIT_S)
    finally:
        process.kill()
        process.communicate()
    return [line for line in told.splitlines() if line.startswith(f"{ready}/link/")]


def test_a_link_is_said_until_there_is_an_owner(tmp_path):
    url = f"sqlite:///{tmp_path}/office.db"
    first, second = link_told(url, tmp_path), link_told(url, tmp_path)
    assert len(first) == len(second) == 1
    token, newer = (told[0].rpartition("/")[2] for told in (first, second))
    office = open_office(url)
    moment = office.clock()
    with pytest.raises(NotFound), reading(office.everyone) as database:
        links.find(database, token, moment)
    with reading(office.everyone) as database:
        assert links.find(database, newer, moment).purpose == "owner"
    new_account(office, Role.OWNER)
    office.engine.dispose()
    assert link_told(url, tmp_path) == []


def test_an_office_of_ones_own_lies_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    process = start("--listen", "127.0.0.1:0")
    try:
        assert process.stdout.readline().startswith("ready")
        process.send_signal(signal.SIGTERM)
        _rest, told = process.communicate(timeout=WAIT_S)
    finally:
        process.kill()
        process.communicate()
    assert f"database: sqlite:///{tmp_path}/data/kasoterminal/office.db" in told
    assert not list((tmp_path / "here").iterdir())
