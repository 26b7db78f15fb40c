from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from backoffice.store.engine import open_engine, reading
from backoffice.store.tables import metadata
from backoffice.store.upgrade import knows, upgrade


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
