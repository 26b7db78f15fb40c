"""An office in a process of its own that can be killed at any moment; not a test itself.

    office_process.py          lines on standard input:
        start PORT MISTAKE FILE_MAX DB_URL    fork an office, "ready PORT"
            PORT 0 takes any, MISTAKE - makes none, FILE_MAX is how long its files may get, 0 as
            long as they like: the disk is full then
        kill                          end it as the power would, "dead"

What an office is slow to import is imported once, before the first fork.
"""

from __future__ import annotations

import logging
import os
import resource
import signal
import sys

import uvicorn  # noqa: F401 - see above

import backoffice.app
import backoffice.store.upgrade  # noqa: F401 - see above
from backoffice.running import start_office
from tests.sync import mistakes

TOKEN = "a token for tests"


def run(port: str, mistake: str, file_max: str, db_url: str) -> None:
    """Serve until the signal that nobody survives."""
    if int(file_max):
        # Python ignores the signal that goes with it, so a write fails as on a full disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(file_max), resource.RLIM_INFINITY))
    logging.disable(logging.CRITICAL)
    if mistake != "-":
        getattr(mistakes, mistake)(db_url)
    office = start_office(db_url, sample=False, admin_token=TOKEN, port=int(port))
    say(f"ready {office.url.rpartition(':')[2]}")
    signal.pause()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def main() -> None:
    child = 0
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "kill":
            kill(child)
            child = 0
            say("dead")
        else:
            child = os.fork()
            if not child:
                os.close(0)
                run(*rest)
    if child:
        kill(child)


if __name__ == "__main__":
    main()
