from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, func, select

from backoffice.store import engine as engines
from backoffice.store import upgrade as steps
from backoffice.store.engine import open_engine, reading, writing
from backoffice.store.tables import metadata
from backoffice.store.upgrade import knows, upgrade
from tests.backoffice.waiting import until_somebody_waits


def schema(engine):
    with engine.connect() as database:
        rows = database.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master"
            " WHERE sql IS NOT NULL AND name != 'alembic_version'"
        )
        return {name: " ".join(sql.split()) for name, sql in rows}


def test_the_migrated_schema_is_the_metadata(engine):
    with reading(engine) as database:
        context = MigrationContext.configure(database, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_not_a_letter_of_the_migrated_schema_differs_from_the_metadata(sqlite_engine, tmp_path):
    fresh = create_engine(f"sqlite:///{tmp_path}/fresh.db")
    metadata.create_all(fresh)
    wanted = schema(fresh)
    fresh.dispose()
    assert schema(sqlite_engine) == wanted


def test_upgrading_again_changes_nothing(engine):
    upgrade(engine)
    with reading(engine) as database:
        assert compare_metadata(MigrationContext.configure(database), metadata) == []


def test_a_folder_with_a_percent_sign_is_no_obstacle(tmp_path):
    folder = tmp_path / "100%"
    folder.mkdir()
    engine = open_engine(f"sqlite:///{folder}/office.db")
    upgrade(engine)
    assert "journal_entry" in schema(engine)
    engine.dispose()


def test_a_schema_of_ours_is_known_and_a_later_one_is_not():
    assert knows("0001")
    assert not knows("9999")
    assert not knows("None")


def test_a_process_waits_for_the_steps_of_another_as_long_as_they_take(
    cluster, blank_pg, monkeypatch
):
    """A long journal takes more than the patience of a request."""
    monkeypatch.setattr(engines, "_PATIENCE", "-c lock_timeout=50ms -c statement_timeout=100ms")
    name = cluster.create(blank_pg)
    engine = open_engine(cluster.url(name))
    with ThreadPoolExecutor() as other, writing(engine) as database:
        database.execute(select(func.pg_advisory_xact_lock(steps._LOCK)))
        started = other.submit(upgrade, engine)
        until_somebody_waits(engine)
        time.sleep(0.3)
        assert not started.done()
    started.result()
    engine.dispose()
    cluster.drop(name)
