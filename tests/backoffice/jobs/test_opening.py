from __future__ import annotations

import pytest
from sqlalchemy.engine import make_url

from backoffice import in_use
from backoffice.errors import NotNow
from backoffice.jobs.opening import opened
from backoffice.running import lock_of


def test_a_database_is_not_restored_below_a_worker(db_path):
    url = f"sqlite:///{db_path}"
    lock = lock_of(make_url(url))
    with opened(url), pytest.raises(NotNow), in_use.alone(lock):
        pass
    with in_use.alone(lock), pytest.raises(NotNow), opened(url):
        pass


def test_beside_a_database_on_a_server_lies_no_lock():
    assert lock_of(make_url("postgresql+psycopg:///kaso")) is None
