from __future__ import annotations

import pytest
from alembic.migration import MigrationContext
from sqlalchemy.exc import OperationalError

from backoffice.store import upgrade as upgrading
from backoffice.store.engine import open_engine, reading, writing


def test_all_steps_run_in_one_transaction(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/office.db")
    with writing(engine) as database:
        database.exec_driver_sql("CREATE TABLE audit (in_the_way INTEGER)")
    with pytest.raises(OperationalError, match="audit"):
        upgrading.upgrade(engine)
    with reading(engine) as database:
        tables = database.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert set(tables.scalars()) <= {"audit", "alembic_version"}
        assert MigrationContext.configure(database).get_current_revision() is None
    engine.dispose()
