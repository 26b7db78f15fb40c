"""A work that counts: each step writes a row for each of its objects, and a second one would show.

Also a process: a worker that does such work, with the patience of a test.
"""

from __future__ import annotations

import random
import signal
import threading
import time

from sqlalchemy import Column, Integer, Table, insert

from backoffice.jobs.opening import opened
from backoffice.jobs.patience import Patience
from backoffice.jobs.work import Fate, NeverError, NotNowError, Outcome, Step, Way
from backoffice.jobs.worker import Worker
from backoffice.store.columns import MetaData, Words, of_company

# No key: what is written twice is there twice.
written = Table(
    "written",
    MetaData(),
    of_company(),
    Column("job", Words(32), nullable=False),
    Column("step", Integer, nullable=False),
    Column("object", Integer, nullable=False),
)
QUICK = Patience(first_s=0.05, most_s=0.2, tries=4, beat_s=0.2, silence_s=2.0, look_s=0.05)


class Counting:
    """``options`` of a job: ``steps``, ``objects`` of each, ``pause_s`` before and within a write
    at the most, ``think_s`` before it; ``fails``, ``never`` and ``breaks`` name a step.
    """

    def __init__(self) -> None:
        self.fetched = []
        self.is_down = threading.Event()

    def preview(self, office, job):
        return []

    def fetch(self, office, job, cursor):
        no = int(cursor or 0)
        self.fetched.append((job.id, no))
        self._pause(job)
        time.sleep(job.options.get("think_s", 0))
        if self.is_down.is_set() or job.options.get("fails") == no:
            reason = "their program is down"
            raise NotNowError(reason)
        if job.options.get("never") == no:
            reason = "they do not know us"
            raise NeverError(reason)
        if job.options.get("breaks") == no:
            reason = "a fault of ours"
            raise ZeroDivisionError(reason)
        return no

    def apply(self, connection, job, cursor, fetched):
        objects = range(job.options.get("objects", 3))
        rows = [{"job": job.id, "step": fetched, "object": each} for each in objects]
        connection.execute(insert(written), rows)
        self._pause(job)
        last = fetched + 1 == job.options.get("steps", 3)
        outcomes = [Outcome("articles", f"{fetched}-{each}", Fate.DONE) for each in objects]
        said = [f"step {fetched}"]
        return Step(None if last else str(fetched + 1), outcomes, len(objects) * 3, said)

    def _pause(self, job):
        time.sleep(random.uniform(0, job.options.get("pause_s", 0)))


def main(url, release, patience, ready):
    """A worker, until it is told to end; tells its name when it is ready."""
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    with opened(url) as office:
        worker = Worker(office, dict.fromkeys(Way, Counting()), release, patience)
        ready.send(worker.name)
        worker.run(stopped)
