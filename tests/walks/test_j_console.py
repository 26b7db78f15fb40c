"""Walk (e) on the serial line: office, till and technician real, the line as slow as 9600 baud."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from backoffice.commands import office
from tests.shop import counter
from tests.ui.console.pty_line import PtyConsole
from ui.technician_commands import technician

PER_S = 960
OUT, IN = r"T1\?", "T1>"


@pytest.fixture
def one(tmp_path):
    with counter(tmp_path) as counted:
        counted.start_till()
        counted.ready()
        yield counted


def run(command, *words):
    done = CliRunner().invoke(command, list(map(str, words)))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_technician_comes_to_a_till_that_sells(one, tmp_path):
    token = tmp_path / "token"
    token.write_text(one.office.admin_token)
    at_office = ("--url", one.office.url, "--token-file", token, "technician")
    authority = ("--authority", tmp_path / "authority.key")
    run(office, *at_office, "authority", *authority)
    public = run(technician, "keys", "--key", tmp_path / "own.key").strip()
    to_whom = ("--name", "J. Kowal", "--terminals", "T1", "--scopes", "look,print,network")
    today = run(office, *at_office, "certify", *authority, *to_whom, public)
    (tmp_path / "today").write_text(today)
    one.till.pull("configuration").result(20)
    config = tmp_path / "till.toml"
    config.write_text(
        f'[printer]\nurl = "{one.printer_url}"\n[store]\ndir = "{one.till_folder}"\n'
        '[screen]\nlanguage = "en"\n'
    )

    terminal = PtyConsole(config, terminal="vt220", per_s=PER_S)
    try:
        terminal.until(OUT)
        assert "E-47" in terminal.say("status", OUT)
        shown = terminal.say("login look print network", "1:")
        asked = next(row for row in shown.splitlines() if len(row) > 20 and row == row.upper())
        mine = ("--key", tmp_path / "own.key", "--certificate", tmp_path / "today")
        terminal.send(run(technician, "sign", *mine, asked).replace("\n", "\r"))
        assert "J. Kowal is logged in for: look, network, print" in terminal.until(IN)

        one.sell("1")
        said = terminal.say("8 4 3", IN)
        assert "products " in said
        assert "<02>scnt" in terminal.say("frames 12", IN)
        assert "Sent to the printer" in terminal.say("test printer", IN)
        one.do(one.till.sell, "1")
        assert "E-49" in terminal.say("test printer", IN)
        assert "E-183" in terminal.say("clock set", IN)
        assert "E-180" in terminal.say("ls -l /", IN)
        # The plain line: a command costs its own letters, the answer and a prompt.
        terminal.say("enrol", IN)
        assert len(terminal.came) < 250
        one.stop_till()
        assert "E-181" in terminal.say("status", IN)
        assert "The till runs" in terminal.say("status", IN)
        one.start_till()
        terminal.say("status", OUT)
        terminal.send("exit\r")
        assert terminal.ended() == 0
    finally:
        terminal.close()
    paper = one.paper
    assert "T1" in paper
    lines = one.journal("SELECT body FROM document WHERE body LIKE '%console_line%'")
    assert any('"line":"pull products"' in body for (body,) in lines)
