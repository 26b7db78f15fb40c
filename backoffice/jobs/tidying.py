"""Forgets jobs that ended long ago, with their records and log. Those that wait are never old."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select

from backoffice.moments import stamp
from backoffice.store.engine import reading, writing
from backoffice.store.tables import exchange_seen, job, job_log, job_record, job_step

if TYPE_CHECKING:
    from datetime import datetime

    from backoffice.office import Office

KEPT: Final = timedelta(days=90)
# What one look forgets: the next one goes on.
_MOST = 50


def forget(office: Office, moment: datetime) -> int:
    """Forget some jobs of any company that ended before ``KEPT``; how many they were."""
    old = job.c.ended_at != "", job.c.ended_at < stamp(moment - KEPT)
    with reading(office.everyone) as connection:
        chosen = select(job.c.company, job.c.id).where(*old).order_by(job.c.ended_at)
        found = connection.execute(chosen.limit(_MOST)).all()
    for company, job_id in found:
        with writing(office.of(company).engine) as connection:
            # One that was sent on meanwhile has no end any more.
            ended = delete(job).where(job.c.id == job_id, *old)
            if connection.execute(ended).rowcount:
                for table in (job_record, job_log, job_step, exchange_seen):
                    connection.execute(delete(table).where(table.c.job == job_id))
    return len(found)
