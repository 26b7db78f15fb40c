from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from backoffice.commands import office
from backoffice.running import start_office


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Asks an office of its own."""
    folder = tmp_path_factory.mktemp("own")
    running = start_office(f"sqlite:///{folder}/office.db")
    token_file = folder / "token"
    token_file.write_text(running.admin_token + "\n")

    def run(*arguments):
        where = ["--url", running.url, "--token-file", str(token_file)]
        return CliRunner().invoke(office, [*where, *arguments])

    yield run
    running.stop()


def test_enrol_prints_the_code_and_nothing_else(ask):
    result = ask("enrol", "KASA1", "--shop", "lipa")
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}\n", result.stdout)
    assert json.loads(ask("enrol", "KASA1", "--shop", "lipa", "--json").stdout)["shop"] == "lipa"
    listed = ask("terminals").stdout
    assert listed.startswith("KASA1\tlipa\tnever")
    assert json.loads(ask("terminals", "--json").stdout)[0]["id"] == "KASA1"


def test_a_terminal_is_put_into_a_group_and_shut_out(ask):
    ask("enrol", "KASA1", "--shop", "lipa")
    assert ask("set-terminal", "KASA1", "--group", "pilot").stdout == "KASA1: group 'pilot'\n"
    assert ask("set-terminal", "KASA1", "--block").exit_code == 0
    row = json.loads(ask("terminals", "--json").stdout)[0]
    assert (row["group"], row["is_blocked"]) == ("pilot", True)
    assert "group pilot" in ask("terminals").stdout
    assert ask("set-terminal", "KASA1", "--group", "", "--unblock").exit_code == 0
    row = json.loads(ask("terminals", "--json").stdout)[0]
    assert (row["group"], row["is_blocked"]) == ("", False)
    assert ask("set-terminal", "KASA1").exit_code == 2
    assert ask("set-terminal", "KASA9", "--group", "x").exit_code == 4
    assert ask("set-terminal", "KASA1", "--group", "no/such").exit_code == 4


def test_a_release_is_rolled_out_widened_paused_and_stopped(ask):
    assert ask("release", "percent", "50").exit_code == 4
    assert ask("release", "set", "0.2.0").stdout == "*\t0.2.0\t100%\tbefore none\n"
    said = ask("release", "set", "0.3.0", "--percent", "10", "--force").stdout
    assert said == "*\t0.3.0\t10%\tbefore 0.2.0\tis_forced\n"
    assert ask("release", "percent", "60").stdout.startswith("*\t0.3.0\t60%")
    assert ask("release", "pause").stdout.endswith("is_paused\tis_forced\n")
    assert "is_paused" not in ask("release", "resume").stdout
    ask("release", "set", "0.4.0", "--group", "pilot", "--may-go-back")
    rows = json.loads(ask("release", "list", "--json").stdout)
    assert [(it["group"], it["version"]) for it in rows] == [("", "0.3.0"), ("pilot", "0.4.0")]
    assert ask("release", "stop").stdout == "*\t0.2.0\t100%\tbefore none\n"
    assert len(ask("release", "list").stdout.splitlines()) == 2


@pytest.mark.parametrize("version", ["", "1", "latest", "1.0/../2.0"])
def test_what_is_no_version_is_refused(ask, version):
    assert ask("release", "set", version).exit_code == 4


def test_a_percentage_has_its_bounds(ask):
    assert ask("release", "set", "0.5.0", "--percent", "101").exit_code == 2
