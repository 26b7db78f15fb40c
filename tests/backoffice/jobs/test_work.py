from __future__ import annotations

from backoffice.jobs.work import Fate
from backoffice.store.tables import job


def test_each_fate_has_its_count_in_the_row_of_a_job():
    assert {fate.value for fate in Fate} <= set(job.c.keys())
