"""A PostgreSQL of our own: found, initialised, started and ended here, on a Unix socket only.

PostgreSQL refuses to run as root; there it runs as ``postgres`` in a folder that it owns. What the
databases hold need not outlive the machine, so nothing is flushed unless ``is_durable``.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

START_MAX_S = 60.0
USER = "kaso"
ROLE = "postgres"
PORT = 5432  # names the socket in its folder; nobody listens on TCP
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=256MB")
# Memory that looks like a disk: a database is copied ten times as fast there. Containers often
# have a little of it only.
_MEMORY, _MEMORY_BYTES_MIN = Path("/dev/shm"), 4 * 1024**3  # noqa: S108 (a name of our own in it)
_numbers = itertools.count(1)


class Absent(Exception):
    """There is no PostgreSQL here that could be started; the text says why."""


def binaries() -> Path:
    """Folder of ``initdb`` and ``postgres``; raises ``Absent``."""
    asked = shutil.which("pg_config")
    if asked:
        found = subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=True)
        folder = Path(found.stdout.strip())
        if (folder / "initdb").exists():
            return folder
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    if not versions:
        msg = "no PostgreSQL is installed (Debian: apt install postgresql)"
        raise Absent(msg)
    return versions[-1].parent


@dataclass
class Cluster:
    """A server of its own; ``create`` gives databases, ``stop`` ends it and removes the folder."""

    is_durable: bool = False
    folder: Path = field(init=False)
    _process: subprocess.Popen | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        found = binaries()
        as_role = _as_role()
        self.folder = Path(tempfile.mkdtemp(prefix="kaso-pg-", dir=self._room()))
        if as_role:
            shutil.chown(self.folder, ROLE, ROLE)
        try:
            self._initialise(as_role, found)
            self._process = self._start(as_role, found)
            self._await()
        except BaseException:
            self.stop()
            raise

    def url(self, name: str) -> str:
        """Address of the database ``name`` for SQLAlchemy."""
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}&port={PORT}"

    def create(self, template: str = "template1") -> str:
        """Make a database, a copy of ``template``, and give its name."""
        name = f"t{next(_numbers)}"
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        with self._connect() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """End the server and remove everything."""
        if self._process:
            self._process.terminate()  # "smart": waits for clients that have not gone
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                self._process.send_signal(2)  # "fast": does not
                self._process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _room(self) -> Path | None:
        """Where the folder is best; None for where such folders usually are."""
        is_there = not self.is_durable and _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
        return _MEMORY if is_there and shutil.disk_usage(_MEMORY).free > _MEMORY_BYTES_MIN else None

    def _initialise(self, as_role: list[str], found: Path) -> None:
        options = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(
            [*as_role, found / "initdb", "-D", self.folder / "data", *options],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            msg = f"initdb failed: {made.stderr.strip()[-300:]}"
            raise Absent(msg)

    def _start(self, as_role: list[str], found: Path) -> subprocess.Popen:
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}"]
        settings += ["max_connections=60", *([] if self.is_durable else _FAST)]
        options = [part for each in settings for part in ("-c", each)]
        with (self.folder / "log").open("wb") as log:
            return subprocess.Popen(
                [
                    *as_role,
                    found / "postgres",
                    "-D",
                    self.folder / "data",
                    "-p",
                    str(PORT),
                    *options,
                ],
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

    def _await(self) -> None:
        until = time.monotonic() + START_MAX_S
        while True:
            try:
                self._connect().close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > until:
                    msg = f"postgres did not start: {(self.folder / 'log').read_text()[-300:]}"
                    raise Absent(msg) from None
                time.sleep(0.05)
            else:
                return

    def _connect(self) -> psycopg.Connection:
        where = f"host={self.folder} port={PORT} user={USER} dbname=postgres"
        return psycopg.connect(where, autocommit=True)


def _as_role() -> list[str]:
    """What to put before a command so that it does not run as root."""
    if os.geteuid() != 0:
        return []
    try:
        pwd.getpwnam(ROLE)
    except KeyError:
        msg = f"root needs a user {ROLE} to start PostgreSQL as"
        raise Absent(msg) from None
    return ["setpriv", f"--reuid={ROLE}", f"--regid={ROLE}", "--clear-groups"]
