from __future__ import annotations

import pytest

from backoffice.exchange import acts
from backoffice.jobs.work import Count, Fate, Way
from backoffice.store.engine import writing
from backoffice.store.tables import job, job_record
from tests.backoffice.held import hold_jobs


@pytest.fixture(autouse=True)
def _held(request):
    """Jobs stay as a test leaves them."""
    if "running" in request.fixturenames:
        hold_jobs(request.getfixturevalue("running").office)


class Stand:
    """Work whose answers a test writes down."""

    def __init__(self) -> None:
        self.jobs, self.counts, self.fault = [], [], None

    def preview(self, office, asked):
        self.jobs.append(asked)
        if self.fault:
            raise self.fault
        return self.counts or [Count(it, new=3, changed=2, refused=1) for it in asked.what]


@pytest.fixture
def stand(monkeypatch):
    """The other program, as far as counting goes."""
    stand = Stand()
    monkeypatch.setattr(acts, "works", lambda: dict.fromkeys(Way, stand))
    return stand


@pytest.fixture
def happen(running):
    """Has things become of a job: its state, and records by their fate."""

    def become(job_id, state="running", **counts):
        with writing(running.office.engine) as database:
            changed = {"state": state, "began_at": "2026-11-26T10:00:00.000+00:00", **counts}
            if state not in {"waiting", "running"}:
                changed["ended_at"] = "2026-11-26T10:05:00.000+00:00"
            database.execute(job.update().where(job.c.id == job_id).values(**changed))
            told = {it: counts.get(it.value, 0) for it in Fate}
            rows = [
                {
                    "job": job_id,
                    "object": "articles",
                    "id": f"a-{fate}-{number}",
                    "fate": fate.value,
                    "reason": "=SUM(A1) no such category" if fate is Fate.REFUSED else "",
                    "where": f"articles.csv, line {number}" if fate is Fate.REFUSED else "",
                }
                for fate, many in told.items()
                for number in range(many)
            ]
            database.execute(job_record.delete().where(job_record.c.job == job_id))
            for no, row in enumerate(rows, 1):
                database.execute(job_record.insert().values(no=no, **row))

    return become
