"""Keeps the jobs of an office as a test leaves them: somebody is there to do them, and does not."""

from __future__ import annotations

from backoffice.store.company import SERVER
from backoffice.store.engine import writing
from backoffice.store.tables import job_worker
from backoffice.store.upsert import upsert

IDLER = "idler"
# It was heard of for ever, so that nobody is begun in its place and nobody takes its jobs over.
_FOR_EVER = "9999-12-31T00:00:00.000+00:00"


def hold_jobs(office):
    row = {"id": IDLER, "release": "", "began_at": _FOR_EVER, "seen_at": _FOR_EVER}
    with writing(office.of(SERVER).engine) as database:
        upsert(database, job_worker, [row])
