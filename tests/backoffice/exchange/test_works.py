from __future__ import annotations

from backoffice.exchange.exports import Exports
from backoffice.exchange.works import works
from backoffice.jobs.work import Way


def test_each_way_has_its_work():
    assert isinstance(works()[Way.EXPORT], Exports)
