"""The worker of an office that has no other: begun when a job is due, gone when it is idle.

It is a process of its own, so that a long export holds up no page. It ends with the office,
whatever ended that, and another one is begun in place of one that died.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from backoffice.jobs import admission, workers
from backoffice.jobs.patience import Patience
from backoffice.store.company import SERVER
from backoffice.store.engine import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backoffice.office import Office

_log = logging.getLogger("kasoterminal.jobs")
COMMAND: Sequence[str] = (
    sys.executable,
    "-m",
    "backoffice.jobs",
    "--with-parent",
    "--until-idle",
)
LOOK_S = 1.0
_STOP_S = 40.0
# One that cannot start is not begun again at once, and later and later.
FIRST_S, MOST_S = 5.0, 300.0


@dataclass(slots=True)
class _Tries:
    """When the next worker may be begun."""

    failed: int = 0
    not_before: float = 0.0


class Child:
    """Looks, in a thread of its own, whether a worker is needed and there is none."""

    def __init__(
        self, office: Office, arguments: Sequence[str] = (), patience: Patience | None = None
    ) -> None:
        self._office = office
        self._command = [*COMMAND, *arguments]
        self._patience = patience or Patience()
        self._ended = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._tries = _Tries()
        self._thread = threading.Thread(target=self._watch, name="jobs", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """The process that does jobs at the moment."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    @property
    def is_waiting(self) -> bool:
        """Whether one that could not start is left alone for a while."""
        return time.monotonic() < self._tries.not_before

    def stop(self) -> None:
        """Let the worker end after its step, and begin no other."""
        self._ended.set()
        self._thread.join()
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_S):
            try:
                if not (self._is_one_there() or self.is_waiting) and self._is_one_needed():
                    self._begin()
            except SQLAlchemyError as error:
                _log.warning("the book of jobs cannot be read: %s", error)
            except OSError:
                _log.exception("no worker can be begun")
                self._wait_longer()

    def _is_one_there(self) -> bool:
        process = self._process
        if process is None:
            return False
        code = process.poll()
        if code is None:
            return True
        if process.stdin is not None:
            process.stdin.close()
        self._process = None
        if code:
            _log.error("the worker ended with %s", code)
            self._wait_longer()
        else:
            self._tries = _Tries()
        return False

    def _is_one_needed(self) -> bool:
        moment = self._office.clock()
        with reading(self._office.of(SERVER).engine) as connection:
            alive = workers.alive(connection, moment, self._patience.silence_s)
        if alive:
            return False
        with reading(self._office.everyone) as connection:
            return bool(
                admission.due(connection, moment)
                or admission.companies_with_schedules_due(connection, moment)
                or admission.running(connection)
            )

    def _begin(self) -> None:
        url = self._office.engine.url.render_as_string(hide_password=False)
        # By the environment: what stands in the command, every user of the machine can read.
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "KASO_OFFICE_DB": url},
        )

    def _wait_longer(self) -> None:
        failed = self._tries.failed + 1
        wait = min(FIRST_S * 2.0 ** (failed - 1), MOST_S)
        self._tries = _Tries(failed, time.monotonic() + wait)
