"""DBOS, as far as we use it: durable runs of jobs in this process. Only workers import it.

A run is a workflow under the job's id and its number; begun twice it still is one. Its steps are
those of ``doing``. There is one engine in a process, for DBOS knows no more.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from sqlalchemy.engine import make_url

# Before DBOS is imported, which else hangs a handler of its own on it: what it says of its inner
# life is for whoever asks for it.
logging.getLogger("dbos").addHandler(logging.NullHandler())
logging.getLogger("dbos").propagate = False

from dbos import DBOS, SetWorkflowID, WorkflowStatus  # noqa: E402 - see above

from backoffice.jobs.admission import Given  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from types import TracebackType

    from sqlalchemy import URL

    from backoffice.jobs.doing import Doing

# The number of what a workflow looks like from outside: its arguments and its steps. Newer releases
# finish the runs of older ones as long as it stays; whoever raises it lets the old ones end first.
WORKFLOW = "1"
NAME: Final = "office-jobs"
SCHEMA: Final = "office_jobs"
GRACE_S = 20
_OPEN: Final = frozenset({"PENDING", "ENQUEUED", "DELAYED"})
_POOL = 6
_ENDED_KEPT, _OPEN_KEPT = timedelta(days=1), timedelta(days=30)
_MOST = 500


class StoppedError(BaseException):
    """The worker goes: its run stays as it is for another. DBOS notes every lesser error."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a run has still to end, and which worker is at it, or was when it died."""

    is_open: bool
    worker: str


class Engine:
    """Runs jobs in threads of this process, from ``with`` to its end."""

    def __init__(self, url: URL, doing: Doing) -> None:
        self._doing = doing
        self._stopping = threading.Event()
        self._active: set[str] = set()
        self._lock = threading.Lock()
        self.woken = threading.Event()
        DBOS.destroy(destroy_registry=True)
        DBOS(
            config={
                "name": NAME,
                "system_database_url": place(url),
                "dbos_system_schema": SCHEMA,
                "application_version": WORKFLOW,
                "executor_id": doing.worker,
                "use_listen_notify": False,
                "sys_db_pool_size": _POOL,
                "enable_otlp": False,
            }
        )
        self._register()

    def __enter__(self) -> Self:
        DBOS.launch()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End after the steps that are being done; their jobs are left as they then are."""
        self._stopping.set()
        DBOS.destroy(workflow_completion_timeout_sec=GRACE_S if self.active else 0)

    @property
    def active(self) -> int:
        """How many runs this process is at."""
        with self._lock:
            return len(self._active)

    def begin(self, given: Given) -> None:
        """Begin a run here; nothing happens when it was begun anywhere."""
        with SetWorkflowID(_id(given)):
            DBOS.start_workflow(self._run, given.company, given.job, given.run, given.step_no)

    def standing(self, given: Given) -> Standing | None:
        """How a run stands; None when nobody began it."""
        status = DBOS.get_workflow_status(_id(given))
        if status is None:
            return None
        is_begun = status.status == "PENDING"
        return Standing(status.status in _OPEN, (status.executor_id or "") if is_begun else "")

    def is_here(self, given: Given) -> bool:
        """Whether this process is at it."""
        with self._lock:
            return _id(given) in self._active

    def take_over(self, given: Given) -> None:
        """Have a run go on, here or at another worker, whose own worker died."""
        DBOS.resume_workflow(_id(given))

    def forget(self, moment: datetime) -> int:
        """Forget some runs of which nobody will ask again: our book knows what became of them.

        One that never ended was left by a worker that died just after it had put the job off.
        """
        until = (moment - _ENDED_KEPT).isoformat()
        ended = {"status": ["SUCCESS", "ERROR", "CANCELLED"], "completed_before": until}
        left = {"status": list(_OPEN), "end_time": (moment - _OPEN_KEPT).isoformat()}
        found = [run.workflow_id for which in (ended, left) for run in _runs(**which)]
        if found:
            DBOS.delete_workflows(found)
        return len(found)

    def _register(self) -> None:
        @DBOS.step(name="step")
        def step(given: Given, no: int) -> int | None:
            return self._doing.step(given, no)

        @DBOS.workflow(name="job")
        def run(company: str, job: str, number: int, first: int) -> None:
            given = Given(company, job, number, first)
            with self._at(_id(given)):
                no: int | None = first
                while no is not None:
                    if self._stopping.is_set():
                        raise StoppedError
                    no = step(given, no)

        self._run = run

    @contextmanager
    def _at(self, run: str) -> Iterator[None]:
        with self._lock:
            self._active.add(run)
        try:
            yield
        finally:
            with self._lock:
                self._active.discard(run)
            # There may be room for another.
            self.woken.set()


def _runs(**which: Any) -> list[WorkflowStatus]:  # noqa: ANN401 - as DBOS takes them
    return DBOS.list_workflows(**which, limit=_MOST, load_input=False, load_output=False)


def _id(given: Given) -> str:
    return f"{given.company}/{given.job}/{given.run}"


def place(url: URL) -> str:
    """Where DBOS keeps its books: a file beside the office's, or a schema in its database."""
    if url.get_backend_name() != "sqlite":
        return url.render_as_string(hide_password=False)
    path = Path(str(url.database)).with_suffix(".jobs")
    path.touch(mode=0o600)
    kept = sqlite3.connect(path)
    # It stays with the file: without it readers and writers of two workers wait for each other.
    kept.execute("PRAGMA journal_mode = WAL")
    kept.close()
    return str(make_url("sqlite://").set(database=str(path)))
