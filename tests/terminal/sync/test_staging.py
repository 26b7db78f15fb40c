from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from terminal.engine import Engine
from terminal.errors import Code, SyncError
from terminal.events import DataHealed, Pulled, PullProgress
from terminal.store.catalogue import Catalogue, apply
from terminal.store.db import close_writer, flush, open_reader, open_writer
from terminal.sync.staging import Staging
from terminal.sync.wire import Unit

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from terminal.sync.staging import Tell

NEWS = Pulled("units", 1, 0, 0)
NONE = Pulled("units", 0, 0, 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.db"


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    catalogue = open_writer(path, "catalogue")
    yield catalogue
    close_writer(catalogue)


@pytest.fixture
def engine() -> Iterator[Engine]:
    one = Engine("engine")
    yield one
    assert one.stop()


@pytest.fixture
def told() -> list[object]:
    return []


@pytest.fixture
def staging(db: sqlite3.Connection, engine: Engine, told: list[object]) -> Staging:
    return Staging(db, engine, told.append)


@pytest.fixture
def seen(db: sqlite3.Connection, path: Path) -> Iterator[Callable[[], int]]:
    """How many units the other threads see."""
    reader = open_reader(path)
    yield lambda: Catalogue(reader).counts()["units"]
    reader.close()


def bring(
    db: sqlite3.Connection, *ids: str, result: Pulled = NEWS
) -> Callable[[Tell], list[Pulled]]:
    def work(tell: Tell) -> list[Pulled]:
        tell(PullProgress("units", len(ids)))
        apply(db, "units", 1, [Unit(one, "szt") for one in ids])
        tell(result)
        return [result]

    return work


def test_without_a_receipt_it_is_in_force_at_once(
    db: sqlite3.Connection, staging: Staging, told: list[object], seen: Callable[[], int]
) -> None:
    assert staging.run(bring(db, "a")) == [NEWS]
    assert seen() == 1
    assert told == [PullProgress("units", 1), NEWS]


def test_an_open_receipt_is_waited_for(
    db: sqlite3.Connection, staging: Staging, told: list[object], seen: Callable[[], int]
) -> None:
    assert not staging.receipt_changed(is_open=True)
    (found,) = staging.run(bring(db, "a"))
    assert found == Pulled("units", 1, 0, 0, is_staged=True)
    staging.settle()
    assert seen() == 0
    assert staging.receipt_changed(is_open=False)
    told.clear()
    staging.settle()
    assert (seen(), told) == (1, [NEWS])
    assert not staging.receipt_changed(is_open=False)


def test_a_second_pull_waits_with_the_first(
    db: sqlite3.Connection, staging: Staging, told: list[object], seen: Callable[[], int]
) -> None:
    staging.receipt_changed(is_open=True)
    staging.run(bring(db, "a"))
    assert [one.is_staged for one in staging.run(bring(db, "b"))] == [True]
    assert [one.is_staged for one in staging.run(bring(db, result=NONE))] == [False]
    assert seen() == 0
    staging.receipt_changed(is_open=False)
    staging.settle()
    assert seen() == 2
    assert told[-3:] == [NEWS, NEWS, NONE]


def test_what_changes_nothing_waits_for_nobody(
    db: sqlite3.Connection, staging: Staging, told: list[object]
) -> None:
    staging.receipt_changed(is_open=True)
    assert staging.run(bring(db, result=NONE)) == [NONE]
    assert not db.in_transaction
    assert told[-1] == NONE


def test_a_pull_that_breaks_off_keeps_its_whole_pages(
    db: sqlite3.Connection, staging: Staging, told: list[object], seen: Callable[[], int]
) -> None:
    def breaks(tell: Tell) -> list[Pulled]:
        bring(db, "a")(tell)
        raise SyncError(Code.NO_NETWORK)

    with pytest.raises(SyncError):
        staging.run(breaks)
    assert (seen(), told[-1]) == (1, NEWS)
    staging.receipt_changed(is_open=True)
    with pytest.raises(SyncError):
        staging.run(lambda tell: bring(db, "b")(tell) and breaks(tell))
    assert seen() == 1
    staging.receipt_changed(is_open=False)
    staging.settle()
    assert seen() == 2


def test_a_till_that_goes_off_brings_nothing_half(
    db: sqlite3.Connection, staging: Staging, told: list[object], seen: Callable[[], int]
) -> None:
    staging.receipt_changed(is_open=True)
    staging.run(bring(db, "a"))
    staging.drop()
    assert not staging.receipt_changed(is_open=False)
    told.clear()
    staging.settle()
    assert (seen(), told) == (0, [])
    assert staging.run(bring(db, "a")) == [NEWS]


def test_a_receipt_that_begins_meanwhile_is_waited_for(
    db: sqlite3.Connection, staging: Staging, engine: Engine, seen: Callable[[], int]
) -> None:
    busy = threading.Event()
    engine.call(busy.wait, 20)
    # The cashier was quicker: this stands in line before the question of the pull.
    engine.call(staging.receipt_changed, is_open=True)
    found: list[Pulled] = []
    pulling = threading.Thread(target=lambda: found.extend(staging.run(bring(db, "a"))))
    pulling.start()
    busy.set()
    pulling.join(20)
    assert [one.is_staged for one in found] == [True]
    assert seen() == 0
    staging.drop()


def test_a_disk_that_fails_at_the_end_is_told_and_nothing_waits(
    db: sqlite3.Connection,
    staging: Staging,
    told: list[object],
    seen: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("terminal.sync.staging.flush", full)
        with pytest.raises(SyncError) as caught:
            staging.run(bring(db, "a"))
    assert caught.value.code is Code.STORAGE
    assert (db.in_transaction, seen()) == (False, 0)
    assert told == [PullProgress("units", 1)]
    assert staging.run(bring(db, "a")) == [NEWS]


def test_what_was_healed_is_told_with_the_rest(
    db: sqlite3.Connection, staging: Staging, told: list[object]
) -> None:
    def heal(tell: Tell) -> list[Pulled]:
        tell(DataHealed("units"))
        return bring(db, "a")(tell)

    staging.receipt_changed(is_open=True)
    staging.run(heal)
    assert DataHealed("units") not in told
    staging.receipt_changed(is_open=False)
    staging.settle()
    assert told[-2:] == [DataHealed("units"), NEWS]


def test_a_disk_that_was_full_within_tells_of_nothing(
    db: sqlite3.Connection, staging: Staging, told: list[object], seen: Callable[[], int]
) -> None:
    def full(tell: Tell) -> list[Pulled]:
        bring(db, "a")(tell)
        db.execute("ROLLBACK")  # as SQLite does by itself then
        raise SyncError(Code.STORAGE, detail="full")

    staging.receipt_changed(is_open=True)
    staging.run(bring(db, "b"))
    with pytest.raises(SyncError):
        staging.run(full)
    told.clear()
    staging.receipt_changed(is_open=False)
    staging.settle()
    assert (seen(), told) == (0, [])


def test_a_power_cut_while_it_waits_leaves_the_old_rows(
    db: sqlite3.Connection, staging: Staging, path: Path, tmp_path: Path
) -> None:
    staging.run(bring(db, "a"))
    staging.receipt_changed(is_open=True)
    staging.run(bring(db, *(f"u{number}" for number in range(3000))))
    flush(db)
    after = tmp_path / "after"
    after.mkdir()
    for name in (path.name, f"{path.name}-wal"):
        shutil.copy(path.with_name(name), after / name)
    found = open_writer(after / path.name, "catalogue")
    assert Catalogue(found).counts()["units"] == 1
    close_writer(found)
    staging.drop()
