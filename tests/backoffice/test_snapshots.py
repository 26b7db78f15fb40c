from __future__ import annotations

import gzip
import hashlib
import os
import sqlite3
import stat
import threading
import time
from contextlib import closing

import msgspec
import pytest

from backoffice import publish, snapshots
from backoffice.errors import NotFound
from backoffice.snapshots import Snapshots
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing
from terminal.sync import wire

WAIT_S = 20


def put(engine, *ids, shop="lipa"):
    with writing(engine) as database:
        publish.put(database, "units", shop, [{"id": it, "name": "szt."} for it in ids])


def key_of(engine, shop="lipa"):
    with reading(engine) as database:
        states = snapshots.announced(database, shop)
    assert len({state.snapshot for state in states}) == 1
    return states[0].snapshot


@pytest.fixture
def store(tmp_path):
    return Snapshots(tmp_path / "files")


def made(store, engine, key, shop="lipa"):
    return store.begin(engine, shop, key).result(WAIT_S)


def opened(file, tmp_path):
    plain = tmp_path / "plain.db"
    plain.write_bytes(gzip.decompress(file.path.read_bytes()))
    return closing(sqlite3.connect(plain))


def test_a_snapshot_holds_what_the_pages_would_bring(store, engine, tmp_path):
    put(engine, "b", "a", "c")
    put(engine, "x", shop="dab")
    with writing(engine) as database:
        publish.remove(database, "units", "lipa", "c")
        states = publish.states(database, "lipa")
    file = made(store, engine, key_of(engine))
    with opened(file, tmp_path) as db:
        ask = lambda sql: db.execute(sql).fetchall()  # noqa: E731
        assert ask("PRAGMA application_id") == [(wire.APPLICATION_ID,)]
        assert ask("PRAGMA user_version") == [(wire.FORMAT,)]
        assert ask("SELECT * FROM head") == [("main", "lipa")]
        found = [wire.SetState(*row) for row in ask("SELECT * FROM data_set")]
        assert sorted(found, key=str) == sorted(states, key=str)
        bodies = ask("SELECT body FROM data_row WHERE set_name = 'units' ORDER BY no")
        assert [msgspec.json.decode(body)["id"] for (body,) in bodies] == ["a", "b"]
        assert [sql for (sql,) in ask("SELECT sql FROM sqlite_schema WHERE sql > ''")] == [
            *wire.SCHEMA
        ]
    assert file.etag == hashlib.sha256(file.path.read_bytes()).hexdigest()


def test_the_name_tells_company_shop_and_content(engine):
    put(engine, "a")
    put(engine, "a", shop="dab")
    other = of_company(engine, "other")
    put(other, "a")
    keys = {key_of(engine), key_of(engine, "dab"), key_of(other)}
    put(engine, "a", "b")
    keys.add(key_of(engine))
    assert len(keys) == 4
    put(engine, "a", "b")
    assert key_of(engine) in keys


def test_many_that_ask_at_once_make_one(store, engine, monkeypatch):
    put(engine, "a")
    made_now, go = [], threading.Event()
    pack = snapshots._pack

    def slow_pack(*paths):
        made_now.append(paths)
        assert go.wait(WAIT_S)
        return pack(*paths)

    monkeypatch.setattr(snapshots, "_pack", slow_pack)
    key = key_of(engine)
    # Another process of this office shares the folder only.
    stores = [store, Snapshots(store._folder)]
    futures = [one.begin(engine, "lipa", key) for _ in range(5) for one in stores]
    go.set()
    assert len({future.result(WAIT_S) for future in futures}) == 1
    assert len(made_now) == 1


def test_data_that_changed_meanwhile_is_another_snapshot(store, engine):
    put(engine, "a")
    old = key_of(engine)
    put(engine, "b")
    with pytest.raises(NotFound, match="ask for the sets again"):
        made(store, engine, old)
    assert made(store, engine, key_of(engine))


def test_one_shop_does_not_find_the_file_of_another(store, engine):
    put(engine, "a")
    key = key_of(engine)
    file = made(store, engine, key)
    assert store.find("main", "lipa", key) == file
    assert store.find("main", "dab", key) is None
    assert store.find("other", "lipa", key) is None
    assert store.find("main", "lipa", "../../office") is None


def test_an_old_file_goes_an_hour_after_it_was_asked_for(store, engine):
    put(engine, "a")
    first = made(store, engine, key_of(engine))
    put(engine, "b")
    second = made(store, engine, key_of(engine))
    put(engine, "c")
    assert first.path.exists()
    hours_ago = time.time() - 2 * 3600
    for file in (first, second):
        os.utime(file.path, (hours_ago, hours_ago))
    key = second.path.name.split(".")[1]
    assert store.find("main", "lipa", key) == second, "asked for just now"
    third = made(store, engine, key_of(engine))
    kept = {path.name for path in third.path.parent.glob("*.gz")}
    assert kept == {second.path.name, third.path.name}


def test_what_fails_leaves_nothing_and_may_be_asked_for_again(store, engine, monkeypatch):
    put(engine, "a")
    key = key_of(engine)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(snapshots, "_pack", full)
        with pytest.raises(OSError, match="space"):
            made(store, engine, key)
    assert [path.name for path in store._folder.iterdir()] == ["lock"]
    assert made(store, engine, key).path.exists()


def test_files_are_for_the_office_only(store, engine):
    put(engine, "a")
    folder = made(store, engine, key_of(engine)).path.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_without_a_folder_files_go_with_the_office(engine):
    store = Snapshots()
    put(engine, "a")
    folder = made(store, engine, key_of(engine)).path.parent
    assert folder.exists()
    store.close()
    assert not folder.exists()
