"""The documents of the interface: stored, confirmed, carried out. Kept through a power cut.

    STORED ─PUT─▶ QUEUED ─▶ PENDING ─▶ DONE │ ERROR

With a file every change is in it before anybody hears of it. After a power cut what had not begun
is QUEUED again, and what had is UNKNOWN: nobody can say any more how it ended.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from pathlib import Path


class State(StrEnum):
    """Where a document stands."""

    STORED = "STORED"
    QUEUED = "QUEUED"
    PENDING = "PENDING"
    DONE = "DONE"
    ERROR = "ERROR"
    UNKNOWN = "UNKNOWN"


WAITING = frozenset({State.QUEUED, State.PENDING})
ENDED = frozenset({State.DONE, State.ERROR, State.UNKNOWN})
ENDED_MAX = 128


@dataclass(frozen=True, slots=True)
class Job:
    """One document; ``printouts`` were made when it began, ``report_no`` was the next report."""

    number: str
    kind: str
    document: dict[str, Any]
    report_no: int
    state: State = State.STORED
    printouts: int = -1
    jpkid: int = 0
    code: int = 0
    description: str = ""
    response: dict[str, Any] = field(default_factory=dict)


class Jobs:
    """All documents, oldest first. Raises ValueError for a file that holds none."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._jobs: dict[str, Job] = {}
        if path and path.exists():
            self._jobs = {job.number: job for job in _read(path)}

    def store(self, kind: str, document: dict[str, Any], report_no: int) -> Job:
        """Take a new document."""
        for old in [job for job in self._jobs.values() if job.state in ENDED][:-ENDED_MAX]:
            del self._jobs[old.number]
        return self._keep(Job(uuid4().hex, kind, document, report_no))

    def find(self, number: str, kind: str) -> Job | None:
        """The document of that number and kind."""
        job = self._jobs.get(number)
        return job if job and job.kind == kind else None

    def change(self, job: Job, **changes: Any) -> Job:  # noqa: ANN401 - fields of a job
        """Change a document that is still there."""
        return self._keep(replace(self._jobs[job.number], **changes))

    def drop(self, job: Job) -> None:
        """Forget a document."""
        del self._jobs[job.number]
        self._save()

    def drop_stored(self) -> None:
        """Forget everything that nobody confirmed."""
        self._jobs = {n: job for n, job in self._jobs.items() if job.state is not State.STORED}
        self._save()

    def drop_before(self, report_no: int) -> None:
        """Forget what ended before that daily report."""
        self._jobs = {
            n: job
            for n, job in self._jobs.items()
            if job.report_no >= report_no or job.state in WAITING
        }
        self._save()

    def wake(self, printouts: int) -> list[Job]:
        """After a power cut: sort out what was under way; gives what had begun."""
        begun = []
        for job in list(self._jobs.values()):
            if job.state is not State.PENDING:
                continue
            if job.printouts == printouts:
                self.change(job, state=State.QUEUED, printouts=-1)
            else:
                begun.append(self.change(job, state=State.UNKNOWN))
        return begun

    @property
    def all(self) -> list[Job]:
        """Every document, oldest first."""
        return list(self._jobs.values())

    @property
    def next_queued(self) -> Job | None:
        """The oldest document that waits to be carried out."""
        return next((job for job in self._jobs.values() if job.state is State.QUEUED), None)

    @property
    def is_working(self) -> bool:
        """Whether a confirmed document has not ended."""
        return any(job.state in WAITING for job in self._jobs.values())

    @property
    def waiting_report(self) -> Job | None:
        """A daily report that is confirmed and not made."""
        found = (job for job in self._jobs.values() if job.kind == "daily_report")
        return next((job for job in found if job.state in WAITING), None)

    def count(self, *states: State) -> int:
        """How many documents are in one of ``states``."""
        return sum(job.state in states for job in self._jobs.values())

    def _keep(self, job: Job) -> Job:
        self._jobs[job.number] = job
        self._save()
        return job

    def _save(self) -> None:
        if self._path:
            fresh = self._path.with_suffix(".new")
            rows = [asdict(job) for job in self._jobs.values()]
            fresh.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
            fresh.replace(self._path)


def _read(path: Path) -> list[Job]:
    try:
        rows = json.loads(path.read_text("utf-8"))
        return [Job(**{**row, "state": State(row["state"])}) for row in rows]
    except (ValueError, TypeError, KeyError) as error:
        msg = f"{path} holds no queue of documents: {error}"
        raise ValueError(msg) from error
