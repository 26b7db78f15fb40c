"""A till on a terminal of its own under a supervisor: its keys lead nowhere else."""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path

import pexpect

from terminal.device.space import BALLAST_FILE
from tests.shop import WAIT_S, wait_until
from tests.terminal.desk import Desk

# Ctrl-C, Ctrl-Z, Ctrl-\, Ctrl-S, Ctrl-Q, Ctrl-D, and what a terminal answers to questions.
LEAVING = "\x03\x1a\x1c\x13\x11\x04\x1b[?62;c\x1b[200~rm -rf\x1b[201~"


def test_no_key_ends_stops_or_leaves_it_and_the_supervisor_hears_that_it_lives(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "till"
    Desk(folder).start().stop()
    toml = tmp_path / "till.toml"
    toml.write_text(
        f'[printer]\nurl = "{tmp_path / "none"}"\n[store]\ndir = "{folder}"\n', encoding="utf-8"
    )
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
        supervisor.bind(str(tmp_path / "notify"))
        supervisor.settimeout(WAIT_S)
        told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "8000000"}
        screen = {"TERM": "linux", "COLUMNS": "80", "LINES": "25"}
        child = pexpect.spawn(
            sys.executable,
            ["-m", "ui", "run", "--config", str(toml)],
            env=os.environ | told | screen,
            dimensions=(25, 80),
            timeout=WAIT_S,
            encoding="utf-8",
        )
        try:
            child.expect("Identyfikator")
            heard(supervisor, b"READY=1")
            for _ in range(3):
                child.send(LEAVING)
            child.send("4711")
            child.expect("4711")
            heard(supervisor, b"WATCHDOG=1")
            assert child.isalive()
            assert (folder / BALLAST_FILE).exists()
            assert state(child.pid) not in {"T", "Z"}
            child.kill(signal.SIGTERM)
            child.expect(pexpect.EOF)
            heard(supervisor, b"STOPPING=1")
        finally:
            child.close(force=True)
    assert child.exitstatus == 0
    wait_until(lambda: not (folder / "journal.db-wal").exists())


def heard(supervisor: socket.socket, line: bytes) -> None:
    while supervisor.recv(200) != line:
        pass


def state(process: int) -> str:
    """One letter: T is a stopped process."""
    return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
