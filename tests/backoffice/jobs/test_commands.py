from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from backoffice.office_commands import office
from tests.backoffice.jobs import counting_command

WAIT_S = 60


@pytest.fixture
def start(db_url):
    started = []

    def begin(*arguments, **more):
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", counting_command.__name__, *arguments],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                env={**os.environ, "KASO_OFFICE_DB": db_url}, **more,
            )
        )  # fmt: skip
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def test_it_does_jobs_until_it_is_told_to_stop(start, counted, ask_for, ended):
    one = ask_for()
    process = start()
    word, name = process.stdout.readline().split()
    assert (word, ended(one).state) == ("ready", "done")
    assert ended(one).worker == name
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=WAIT_S) == ("", "")
    assert process.returncode == 0


def test_it_ends_by_itself_when_it_shall(start, counted, ask_for, ended):
    one = ask_for()
    process = start("--until-idle")
    assert process.wait(WAIT_S) == 0
    assert ended(one).state == "done"


def test_it_ends_with_what_began_it(start):
    process = start("--with-parent", stdin=subprocess.PIPE)
    assert process.stdout.readline().startswith("ready")
    process.stdin.close()
    assert process.wait(WAIT_S) == 0


def test_it_says_what_keeps_it_from_starting(start, tmp_path):
    process = start("--db", f"sqlite:///{tmp_path}/missing/office.db")
    out, told = process.communicate(timeout=WAIT_S)
    assert (process.returncode, out) == (1, "")
    assert told.startswith("the worker did not start: ")
    assert "Traceback" not in told


def test_it_needs_no_token_and_the_others_do():
    runner = CliRunner()
    helped = runner.invoke(office, ["work", "--help"])
    assert helped.exit_code == 0
    assert "Do the jobs of an office" in helped.output
    refused = runner.invoke(office, ["get", "products"], env={"KASO_OFFICE_TOKEN_FILE": ""})
    assert refused.exit_code == 2
    assert "--token-file" in refused.output
