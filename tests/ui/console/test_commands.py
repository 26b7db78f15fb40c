"""``kasoterminal console`` as a program: on a PTY, for a script, with and without a till."""

from __future__ import annotations

import json
import signal

import pytest
from click.testing import CliRunner

from backoffice import technicians
from terminal.console import keys
from terminal.sync.wire import Scope, Settings
from tests.shop import wait_until
from tests.terminal.console.conftest import NOW
from tests.terminal.desk import desk
from tests.ui.console.pty_line import PtyConsole
from ui.console.commands import console

OUT, IN = r"T1\?", "T1>"


@pytest.fixture
def one(tmp_path):
    """A running till, its configuration, and a technician's papers beside it."""
    authority = technicians.make_authority(tmp_path / "authority.key")
    settings = Settings("settings", "identifier", technicians_key=authority)
    with desk(tmp_path / "till", settings=[settings]) as started:
        (tmp_path / "till.toml").write_text(
            f'[printer]\nurl = "/dev/null"\n[store]\ndir = "{tmp_path}/till"\n'
            '[screen]\nlanguage = "en"\n'
        )
        yield started.start(login="")


@pytest.fixture
def line(one):
    consoles = []

    def opened(*options, **how):
        consoles.append(PtyConsole(one.folder.parent / "till.toml", *options, **how))
        consoles[-1].until(OUT)
        return consoles[-1]

    yield opened
    for each in consoles:
        each.close()


def log_in(terminal, folder, *scopes):
    """By a technician's own program, pasted line by line."""
    shown = terminal.say(f"login {' '.join(scopes)}", "1:")
    public = keys.make_key(folder / "own.key")
    cert = technicians.certify(
        folder / "authority.key", "J. Kowal", public, list(Scope), ["T1"], NOW, 12
    )
    (folder / "today").write_text(cert)
    asked = keys.challenge_of(
        next(row for row in shown.splitlines() if len(row) > 20 and row == row.upper())
    )
    certified, _ = keys.load_certificate(folder / "today")
    answer = keys.answer(asked, keys.load_key(folder / "own.key"), certified)
    terminal.send("\r".join(answer) + "\r")
    return terminal.until(IN)


def once(one, words):
    config = one.folder.parent / "till.toml"
    return CliRunner().invoke(console, ["--config", str(config), "--once", words])


def test_a_script_asks_without_a_login(one):
    done = once(one, "status --json")
    assert done.exit_code == 0
    assert json.loads(done.output)["terminal"] == "T1"
    assert once(one, "7 1").output.startswith("Fiscal printer")
    assert once(one, "test printer").exit_code == 4
    assert once(one, "bogus").exit_code == 2
    assert once(one, "84").exit_code == 2
    one.stop()
    done = once(one, "status")
    assert (done.exit_code, "The till runs" in done.output) == (1, True)
    assert once(one, "printer").exit_code == 3
    assert once(one, "db check").exit_code == 0


def test_keys_that_end_or_stop_programs_do_neither(one, line):
    terminal = line("--plain")
    log_in(terminal, one.folder.parent, "look")
    for key in ("\x1a", "\x1c", "\x03"):
        terminal.send(key)
        terminal.send("\r")
        terminal.until(IN)
    assert terminal.child.isalive()
    terminal.say("version", r"SQLite\s+\S+\s+T1>")
    terminal.say("logout", OUT)
    terminal.send("exit\r")
    assert terminal.ended() == 0


def test_a_hung_up_line_ends_the_session(one, line):
    terminal = line()
    log_in(terminal, one.folder.parent, "look")
    assert one.till.console.names() == ["J. Kowal"]
    terminal.child.kill(signal.SIGHUP)
    wait_until(lambda: one.till.console.names() == [], "the session has ended")


@pytest.mark.parametrize("options", [("--plain",), ()])
def test_hostile_input_is_harmless(one, line, options):
    terminal = line(*options)
    log_in(terminal, one.folder.parent, "look")
    before = len(one.documents())
    for text in (
        "\x1b[200~reboot; ls\x1b[201~",
        "!ls",
        "\x1b!ls",
        "$(reboot)",
        "x" * 3000,
        "\x02\x05\x06\x1b]0;title\x07",
        "\udcff",
    ):
        terminal.send(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") + "\r")
        terminal.until(IN)
    assert "KasoTerminal" in terminal.say("version", IN)
    names = [body["name"] for body in one.documents("event")[before:]]
    assert set(names) <= {"console_unknown", "console_line"}
    assert one.printer.forms_printed == []


def test_lines_are_edited_completed_and_called_back_where_the_terminal_can(one, line):
    terminal = line()
    log_in(terminal, one.folder.parent, "look")
    assert "Enrolled for the time" in terminal.say("vers\t", IN)
    assert "Enrolled for the time" in terminal.say("\x1b[A", IN)
    # No colours, and no question to a terminal that cannot answer.
    terminal.send("version\r")
    terminal.until(IN)
    assert "\x1b[6n" not in terminal.came
    assert "38;2" not in terminal.came
    assert "38;5" not in terminal.came


def test_a_till_that_ends_leaves_the_words_that_read(one, line):
    terminal = line("--plain")
    log_in(terminal, one.folder.parent, "look", "print")
    assert "Sent to the printer" in terminal.say("test printer", IN)
    one.stop()
    assert "E-181" in terminal.say("status", IN)
    assert "The till runs" in terminal.say("status", IN)
    assert "E-181" in terminal.say("test printer", IN)
    one.start(login="")
    assert "log in" in terminal.say("version", OUT)


def test_a_device_that_is_no_terminal_yet_can_be_made_one(tmp_path):
    (tmp_path / "till.toml").write_text(
        f'[printer]\nurl = "/dev/null"\n[store]\ndir = "{tmp_path}/till"\n'
        '[office]\nurl = "http://127.0.0.1:9"\n[screen]\nlanguage = "en"\n'
    )
    terminal = PtyConsole(tmp_path / "till.toml", "--plain")
    terminal.until(r"till\?")
    assert "E-181" in terminal.say("login", r"till\?")
    assert "E-50" in terminal.say("enrol K7QX-93RT", r"till\?")
    terminal.close()


def test_the_language_is_that_of_the_environment_or_as_told(one, line):
    config = str(one.folder.parent / "till.toml")
    asked = ["--config", config, "--once", "status"]
    assert "Sklep" in CliRunner().invoke(console, asked, env={"LANG": "pl_PL"}).output
    told = CliRunner().invoke(console, [*asked, "--language", "en"], env={"LANG": "pl_PL"})
    assert "Fiscal printer answers" in told.output
