from __future__ import annotations

import stat
import threading

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import OperationalError

from backoffice.errors import BadSetting
from backoffice.store.engine import open_engine, reading, writing
from backoffice.store.tables import office_setting


def test_the_database_is_opened_the_one_right_way(sqlite_engine):
    with reading(sqlite_engine) as database:
        asked = {
            name: database.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert asked == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000,
    }  # fmt: skip


def test_an_error_rolls_back(engine):
    def fail_half_way():
        with writing(engine) as database:
            database.execute(insert(office_setting).values(name="a", value="1"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    with reading(engine) as database:
        assert database.scalar(select(func.count()).select_from(office_setting)) == 0


def test_a_reader_does_not_wait_for_a_writer(engine):
    with writing(engine) as writer:
        writer.execute(insert(office_setting).values(name="a", value="1"))
        with reading(engine) as reader:
            assert reader.scalar(select(func.count()).select_from(office_setting)) == 0


def test_writers_that_read_first_wait_for_each_other(engine):
    with writing(engine) as database:
        database.execute(insert(office_setting).values(name="n", value="0"))
    start = threading.Barrier(4)
    failed = []

    def count_up():
        start.wait(5)
        try:
            for _ in range(10):
                with writing(engine) as database:
                    # On SQLite the transaction itself is the lock.
                    chosen = select(office_setting.c.value).with_for_update()
                    value = int(database.scalar(chosen))
                    database.execute(office_setting.update().values(value=str(value + 1)))
        except OperationalError as error:
            failed.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with reading(engine) as database:
        assert (database.scalar(select(office_setting.c.value)), failed) == ("40", [])


def test_the_file_is_its_owners(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/new.db")
    with writing(engine) as database:
        database.exec_driver_sql("CREATE TABLE t (x INTEGER)")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    engine.dispose()
    assert modes["new.db"] == modes["new.db-wal"] == 0o600


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url):
    with pytest.raises(BadSetting):
        open_engine(url)


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(engine):
    def names(database):
        return list(database.scalars(select(office_setting.c.name)))

    with reading(engine) as database:
        before = names(database)
        with writing(engine) as other:
            other.execute(insert(office_setting).values(name="late", value=""))
        assert names(database) == before
    with reading(engine) as database:
        assert "late" in names(database)
