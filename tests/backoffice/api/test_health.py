from __future__ import annotations

from litestar.testing import TestClient
from sqlalchemy.exc import OperationalError

from backoffice.api import health
from backoffice.app import create_app
from backoffice.office import Office


def test_a_working_office_is_alive_and_ready(http):
    for path in ("/health/live", "/health/ready"):
        answer = http.get(path)
        assert answer.status_code == 200
        assert answer.json()["status"] == "ok"


def test_without_its_database_it_is_alive_and_not_ready(sqlite_engine, monkeypatch, caplog):
    def gone(_engine):
        statement = "SELECT 1"
        raise OperationalError(statement, {}, Exception("the disk is away"))

    monkeypatch.setattr(health, "reading", gone)
    with TestClient(create_app(Office(sqlite_engine))) as client:
        assert client.get("/health/live").status_code == 200
        answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "the disk is away" not in answer.text
    assert "the disk is away" in caplog.text
