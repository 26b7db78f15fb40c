"""``run`` and ``enrol``: what goes wrong is one sentence on stderr and an exit code."""

from __future__ import annotations

import logging
import os
import pty
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from backoffice.running import start_office
from terminal import boot
from terminal.i18n import use_language
from terminal.sync import enrolment
from terminal.sync.http import Office
from terminal.sync.wire import Heartbeat
from tests.shop import WAIT_S
from tests.terminal.desk import NO_OFFICE, Desk
from ui.commands import log_to_file
from ui.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """The commands take the log of the whole process; it is given back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    use_language("en")


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    file = tmp_path / "till.toml"
    write(file)
    return file


def write(file: Path, office: str = "") -> None:
    text = f'[store]\ndir = "{file.parent / "till"}"\n[printer]\nurl = "{file.parent / "none"}"\n'
    file.write_text(text + (f'[office]\nurl = "{office}"\n' if office else ""))


def call(*words: object):
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def refused(code: int, *words: object) -> str:
    done = call(*words)
    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr.startswith("kasoterminal: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


# --- run -----------------------------------------------------------------------------------------


def test_a_broken_file_is_told_with_its_line(toml: Path) -> None:
    toml.write_text('[printer]\nurl = "x"\nspeed = 3\n')
    told = refused(2, "run", "--config", toml)
    assert f"{toml}, line 3: " in told
    assert "unknown field `speed`" in told


def test_the_file_that_is_named_goes_before_the_variable(
    toml: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "other.toml"
    broken.write_text("[printer]\n")
    monkeypatch.setenv("KASO_CONFIG", str(broken))
    assert str(broken) in refused(2, "run")
    assert "not enrolled" in refused(2, "run", "--config", toml)


def test_no_file_at_all_is_named(tmp_path: Path) -> None:
    assert "No such file" in refused(2, "run", "--config", tmp_path / "none.toml")


def test_a_device_that_was_never_enrolled_learns_the_way_out(toml: Path) -> None:
    told = refused(2, "run", "--config", toml)
    assert "kasoterminal office enrol TERMINAL" in told
    assert "kasoterminal enrol CODE" in told


def test_a_folder_that_cannot_be_used_is_named(toml: Path) -> None:
    (toml.parent / "till").write_text("a file, not a folder")
    assert str(toml.parent / "till") in refused(2, "run", "--config", toml)


def test_a_damaged_journal_is_named_and_kept(toml: Path) -> None:
    Desk(toml.parent / "till").start().stop()
    journal = toml.parent / "till" / "journal.db"
    journal.write_bytes(b"rubbish" * 1000)
    told = refused(1, "run", "--config", toml)
    assert "E-40" in told
    assert str(journal) in told
    assert journal.read_bytes() == b"rubbish" * 1000


def test_a_second_till_on_the_same_folder_is_refused(toml: Path) -> None:
    first = Desk(toml.parent / "till").start()
    try:
        assert "E-185" in refused(1, "run", "--config", toml)
    finally:
        first.stop()


def test_a_till_on_a_real_screen_ends_when_it_is_told_to(toml: Path) -> None:
    Desk(toml.parent / "till").start().stop()
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", "run", "--config", str(toml)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "25"},
    )
    os.close(slave)
    try:
        shown = _read_until(master, "Identyfikator", "Identifier")
        assert "Traceback" not in shown
        process.send_signal(signal.SIGTERM)
        _drain(master)
        assert process.wait(WAIT_S) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(master)
    assert (toml.parent / "till" / "till.log").exists()
    # It let go of its folder, and folded its log away.
    assert not (toml.parent / "till" / "journal.db-wal").exists()
    Desk(toml.parent / "till").start().stop()


def _read_until(master: int, *words: str) -> str:
    shown = ""
    deadline = time.monotonic() + WAIT_S
    while not any(word in shown for word in words):
        assert time.monotonic() < deadline, shown
        if select.select([master], [], [], 0.1)[0]:
            shown += os.read(master, 65536).decode("utf-8", "replace")
    return shown


def _drain(master: int) -> None:
    """Read what is still shown; a full line would hold the program up."""
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        try:
            if select.select([master], [], [], 0.1)[0] and not os.read(master, 65536):
                return
        except OSError:
            return


# --- enrol ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory):
    running = start_office(f"sqlite:///{tmp_path_factory.mktemp('office') / 'office.db'}")
    yield running
    running.stop()


def test_a_device_becomes_a_terminal_of_its_shop(toml: Path, office) -> None:
    write(toml, office.url)
    done = call("enrol", "--config", toml, office.enrol_code("T7"))
    assert (done.exit_code, done.stdout) == (0, "enrolled as T7 of lipa\n")
    file = toml.parent / "till" / boot.IDENTITY_FILE
    identity = enrolment.load(file)
    assert (identity.terminal, identity.shop, identity.office_url) == ("T7", "lipa", office.url)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_wrong_code_is_refused(toml: Path, office) -> None:
    write(toml, office.url)
    assert "E-51" in refused(4, "enrol", "--config", toml, "WRONG-CODE")
    assert not (toml.parent / "till" / boot.IDENTITY_FILE).exists()


def test_a_code_is_good_once(toml: Path, office) -> None:
    write(toml, office.url)
    code = office.enrol_code("T8")
    assert call("enrol", "--config", toml, code).exit_code == 0
    kept = (toml.parent / "till" / boot.IDENTITY_FILE).read_bytes()
    refused(4, "enrol", "--config", toml, code)
    assert (toml.parent / "till" / boot.IDENTITY_FILE).read_bytes() == kept


def test_an_absent_office(toml: Path) -> None:
    write(toml, NO_OFFICE)
    assert "E-50" in refused(3, "enrol", "--config", toml, "K7QX-93RT")


def test_an_office_that_nobody_named(toml: Path) -> None:
    assert "[office] url is missing" in refused(2, "enrol", "--config", toml, "K7QX-93RT")


def test_a_disk_that_does_not_take_the_identity(toml: Path, office) -> None:
    write(toml, office.url)
    (toml.parent / "till").write_text("a file, not a folder")
    assert "E-60" in refused(1, "enrol", "--config", toml, office.enrol_code("T9"))


def test_what_came_back_is_told_and_what_did_not(toml: Path, office) -> None:
    write(toml, office.url)
    identity = enrolment.enrol(office.url, office.enrol_code("T8"), "test")
    one = Office(office.url, "T8", identity.key)
    one.heartbeat(Heartbeat("1", 3, "2026-11-26T07:12:00.000+01:00", "OPEN", "ready", "Anna"))
    one.close()
    done = call("enrol", "--config", toml, office.enrol_code("T8"))
    first, second, third = done.stdout.splitlines()
    assert (first, second) == ("enrolled as T8 of lipa", "restored 0 documents")
    assert third.startswith("the device before last answered at 2")
    assert "and had 3 documents unsent since 2026-11-26 07:12: " in third


def test_a_device_before_that_had_sent_everything(toml: Path, office) -> None:
    write(toml, office.url)
    identity = enrolment.enrol(office.url, office.enrol_code("T7"), "test")
    one = Office(office.url, "T7", identity.key)
    one.heartbeat(Heartbeat("1", 0, "", "OPEN", "ready", "Anna"))
    one.close()
    done = call("enrol", "--config", toml, office.enrol_code("T7"))
    assert done.stdout.splitlines()[-1].endswith(" and had sent everything")


def test_without_a_code_and_nothing_begun(toml: Path, office) -> None:
    write(toml, office.url)
    assert "Ask the office for a CODE" in refused(2, "enrol", "--config", toml)


# --- the log -------------------------------------------------------------------------------------


def test_the_log_is_a_file_of_limited_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ui.commands._LOG_BYTES", 2000)
    log_to_file(tmp_path / "new")
    for number in range(300):
        logging.getLogger("till").warning("line %d of many, many lines", number)
    files = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert files == ["till.log", *(f"till.log.{number}" for number in range(1, 6))]
    assert all(path.stat().st_size <= 2000 for path in (tmp_path / "new").iterdir())
    # A line on stderr would tear the screen.
    assert capsys.readouterr() == ("", "")


def test_the_log_says_as_much_as_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASO_LOG", "ERROR")
    log_to_file(tmp_path)
    logging.getLogger("till").warning("quiet")
    logging.getLogger("till").error("loud")
    text = (tmp_path / "till.log").read_text()
    assert "loud" in text
    assert "quiet" not in text
