from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from terminal.errors import Blocked, Code
from terminal.store import db as module
from terminal.store.catalogue import apply
from terminal.store.db import checkpoint, close_writer, fold, open_reader, open_writer, write
from terminal.sync.wire import Product

if TYPE_CHECKING:
    from pathlib import Path

CRASH_S = 30
FIRST = "CREATE TABLE sweet (name TEXT NOT NULL) STRICT;\nINSERT INTO sweet VALUES ('krówka');\n"


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "migrations" / "shop"
    folder.mkdir(parents=True)
    (folder / "0001_first.sql").write_text(FIRST, encoding="utf-8")
    monkeypatch.setattr(module, "_MIGRATIONS", folder.parent)
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


def names(db: sqlite3.Connection) -> list[str]:
    return [row[0] for row in db.execute("SELECT name FROM sweet ORDER BY name")]


def damaged(path: Path) -> Blocked:
    """Opening is refused, in words that name the file."""
    with pytest.raises(Blocked) as caught:
        open_writer(path, "shop")
    assert caught.value.code is Code.DATABASE_DAMAGED
    assert str(path) in caught.value.sentence()
    return caught.value


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("mmap_size", 0),
        ("wal_autocheckpoint", 0),
        ("busy_timeout", 5000),
        ("user_version", 1),
    ],
)
def test_the_writer_is_set_up_for_power_cuts(
    scripts: Path, path: Path, pragma: str, value: object
) -> None:
    db = open_writer(path, "shop")
    rows = db.execute(f"PRAGMA {pragma}").fetchall()
    close_writer(db)
    assert (rows[0][0] if rows else 0) == value


@pytest.mark.parametrize("family", ["journal", "catalogue"])
def test_each_real_family_opens_twice(path: Path, family: str) -> None:
    close_writer(open_writer(path, family))
    db = open_writer(path, family)
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    close_writer(db)
    assert tables & {"document", "data_set"}


def test_a_reader_sees_what_is_committed_and_writes_nothing(scripts: Path, path: Path) -> None:
    db = open_writer(path, "shop")
    reader = open_reader(path)
    with write(db):
        db.execute("INSERT INTO sweet VALUES ('toffi')")
        assert names(reader) == ["krówka"]
    assert names(reader) == ["krówka", "toffi"]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM sweet")
    assert reader.execute("PRAGMA query_only").fetchone() == (1,)
    reader.close()
    close_writer(db)


def test_a_reader_does_not_make_a_file(path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        open_reader(path)
    assert not path.exists()


def test_a_writer_may_move_to_the_thread_that_owns_it(scripts: Path, path: Path) -> None:
    db = open_writer(path, "shop")
    seen: list[list[str]] = []
    thread = threading.Thread(target=lambda: seen.append(names(db)))
    thread.start()
    thread.join(CRASH_S)
    close_writer(db)
    assert seen == [["krówka"]]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_block_that_fails_leaves_nothing(
    scripts: Path, path: Path, error: type[BaseException]
) -> None:
    db = open_writer(path, "shop")

    def fail() -> None:
        with write(db):
            db.execute("INSERT INTO sweet VALUES ('toffi')")
            raise error

    with pytest.raises(error):
        fail()
    assert names(db) == ["krówka"]
    with write(db):
        db.execute("INSERT INTO sweet VALUES ('iris')")
    assert names(db) == ["iris", "krówka"]
    close_writer(db)


def test_a_failed_statement_takes_the_whole_block_back(scripts: Path, path: Path) -> None:
    db = open_writer(path, "shop")
    with pytest.raises(sqlite3.IntegrityError), write(db):
        db.executemany("INSERT INTO sweet VALUES (?)", [("toffi",), (None,)])
    assert names(db) == ["krówka"]
    close_writer(db)


def test_migrations_run_once_and_in_order(scripts: Path, path: Path) -> None:
    close_writer(open_writer(path, "shop"))
    (scripts / "0002_more.sql").write_text(
        "-- two; statements\nALTER TABLE sweet ADD COLUMN price_gr INTEGER;\n"
        "UPDATE sweet\nSET price_gr = 50;\n",
        encoding="utf-8",
    )
    db = open_writer(path, "shop")
    assert db.execute("SELECT * FROM sweet").fetchall() == [("krówka", 50)]
    assert db.execute("PRAGMA user_version").fetchone() == (2,)
    close_writer(db)


def test_a_migration_that_fails_leaves_the_old_version(scripts: Path, path: Path) -> None:
    close_writer(open_writer(path, "shop"))
    second = scripts / "0002_more.sql"
    second.write_text("DELETE FROM sweet;\nCREATE TABLE sweet (x);\n", encoding="utf-8")
    damaged(path)
    second.unlink()
    db = open_writer(path, "shop")
    assert names(db) == ["krówka"]
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    close_writer(db)


def newer(scripts: Path, path: Path, text: str) -> None:
    """Leave a file as a program with one script more leaves it."""
    script = scripts / "0002_more.sql"
    script.write_text(text, encoding="utf-8")
    close_writer(open_writer(path, "shop"))
    script.unlink()


def test_a_file_that_a_newer_program_has_extended_is_used_and_stays_as_new(
    scripts: Path, path: Path
) -> None:
    newer(scripts, path, "ALTER TABLE sweet ADD COLUMN price_gr INTEGER NOT NULL DEFAULT 5;\n")
    db = open_writer(path, "shop")
    with write(db):
        db.execute("INSERT INTO sweet (name) VALUES ('toffi')")
    assert db.execute("PRAGMA user_version").fetchone() == (2,)
    close_writer(db)
    assert names(open_reader(path)) == ["krówka", "toffi"]


def test_a_file_that_needs_a_newer_program_is_refused(scripts: Path, path: Path) -> None:
    newer(scripts, path, "-- Without names.\n-- Oldest program: 2\nDELETE FROM sweet;\n")
    before = path.read_bytes()
    with pytest.raises(Blocked) as caught:
        open_writer(path, "shop")
    assert caught.value.code is Code.DATABASE_NEWER
    assert "version 2, this program knows 1" in caught.value.sentence()
    assert path.read_bytes() == before


def test_what_one_script_takes_away_no_later_one_gives_back(scripts: Path, path: Path) -> None:
    (scripts / "0003_rest.sql").write_text("-- Oldest program: 1\nDELETE FROM sweet;\n")
    newer(scripts, path, "-- Oldest program: 2\nDELETE FROM sweet;\n")
    (scripts / "0003_rest.sql").unlink()
    with pytest.raises(Blocked) as caught:
        open_writer(path, "shop")
    assert caught.value.code is Code.DATABASE_NEWER


@pytest.mark.parametrize("where", [0, 4096], ids=["header", "page"])
def test_a_damaged_file_is_named_and_left_as_it_was(scripts: Path, path: Path, where: int) -> None:
    db = open_writer(path, "shop")
    with write(db):
        db.executemany("INSERT INTO sweet VALUES (?)", [("żelki" * 50,)] * 500)
    close_writer(db)
    content = bytearray(path.read_bytes())
    content[where : where + 3000] = b"\xa5" * 3000
    path.write_bytes(content)
    damaged(path)
    assert path.read_bytes() == content
    damaged(path)


def test_a_file_that_is_no_database_is_left_as_it_was(scripts: Path, path: Path) -> None:
    path.write_text("Lista zakupów: mleko, chleb\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    damaged(path)
    assert path.read_bytes() == before


def test_a_second_writer_is_refused_until_the_first_closes(scripts: Path, path: Path) -> None:
    db = open_writer(path, "shop")
    with pytest.raises(Blocked) as caught:
        open_writer(path, "shop")
    assert caught.value.code is Code.IN_USE
    assert str(path) in caught.value.sentence()
    with write(db):
        db.execute("INSERT INTO sweet VALUES ('toffi')")
    close_writer(db)
    db = open_writer(path, "shop")
    assert names(db) == ["krówka", "toffi"]
    close_writer(db)


def test_closing_folds_the_log_into_the_file(scripts: Path, path: Path) -> None:
    db = open_writer(path, "shop")
    log = path.with_name("shop.db-wal")
    with write(db):
        db.execute("INSERT INTO sweet VALUES ('toffi')")
    assert log.stat().st_size > 0
    checkpoint(db)
    assert log.stat().st_size == 0
    close_writer(db)
    assert not log.exists()


CRASH = """
import os, signal, sys
from pathlib import Path
from terminal.store import db as module
module._MIGRATIONS = Path(sys.argv[2])
db = module.open_writer(Path(sys.argv[1]), "shop")
with module.write(db):
    db.execute("INSERT INTO sweet VALUES ('toffi')")
    if sys.argv[3] == "inside":
        os.kill(os.getpid(), signal.SIGKILL)
with module.write(db):
    db.executemany("INSERT INTO sweet VALUES (?)", [("x" * 900,)] * 5000)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    ("when", "left"), [("inside", ["krówka"]), ("between", ["krówka", "toffi"])]
)
def test_a_crash_leaves_whole_transactions(
    scripts: Path, path: Path, when: str, left: list[str]
) -> None:
    crash = [sys.executable, "-c", CRASH, str(path), str(scripts.parent), when]
    assert subprocess.run(crash, check=False, timeout=CRASH_S).returncode == -9
    db = open_writer(path, "shop")
    assert names(db) == left
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    close_writer(db)


def test_a_file_of_another_family_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    close_writer(open_writer(path, "journal"))
    before = path.read_bytes()
    with pytest.raises(Blocked, match="it is no catalogue"):
        open_writer(path, "catalogue")
    assert path.read_bytes() == before
    close_writer(open_writer(path, "journal"))


def test_a_script_must_end_its_last_statement() -> None:
    with pytest.raises(AssertionError, match="unfinished statement: SELECT 1"):
        list(module._statements("SELECT 2;\nSELECT 1\n"))


def test_a_file_checked_later_names_its_damage_then(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    one = open_writer(path, "catalogue")
    with write(one):
        one.executemany(
            "INSERT INTO category (id, name, parent) VALUES (?, ?, '')",
            [(f"c{no}", "x" * 200) for no in range(200)],
        )
    close_writer(one)
    pages = bytearray(path.read_bytes())
    # The last page of the file holds rows; the first ones hold the schema.
    pages[-4096:-3600] = b"\xff" * 496
    path.write_bytes(pages)
    one = open_writer(path, "catalogue", check_later=True)
    with pytest.raises(Blocked) as caught:
        module.check(one, path)
    assert caught.value.code is Code.DATABASE_DAMAGED
    close_writer(one)


def test_a_folded_log_is_written_over_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    one = open_writer(path, "catalogue")
    log = path.with_name("catalogue.db-wal")
    sizes = []
    for no in range(6):
        with write(one):
            one.execute("INSERT INTO category (id, name, parent) VALUES (?, 'x', '')", (str(no),))
        module.fold(one)
        sizes.append(log.stat().st_size)
    assert sizes[-1] == sizes[1]
    close_writer(one)


def test_a_full_disk_is_said_and_nothing_has_happened(tmp_path: Path) -> None:
    one = open_writer(tmp_path / "catalogue.db", "catalogue")
    # SQLite's own limit acts as a disk that takes no further page.
    one.execute("PRAGMA max_page_count=1")
    rows = [("small", "x"), ("big", "x" * 99_999)]

    def fill() -> None:
        with write(one):
            one.executemany("INSERT INTO category (id, name, parent) VALUES (?, ?, '')", rows)

    with pytest.raises(Blocked, match="full") as caught:
        fill()
    assert caught.value.code is Code.STORAGE
    assert not one.in_transaction
    assert one.execute("SELECT count(*) FROM category").fetchone() == (0,)
    close_writer(one)


SECOND = """
import sys
from pathlib import Path
from terminal.errors import Blocked
from terminal.store.db import open_writer
try:
    open_writer(Path(sys.argv[1]), "catalogue")
except Blocked as error:
    sys.exit(error.code)
"""


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    one = open_writer(tmp_path / "catalogue.db", "catalogue")
    second = [sys.executable, "-c", SECOND, str(tmp_path / "catalogue.db")]
    ended = subprocess.run(second, check=False, timeout=CRASH_S, capture_output=True, text=True)
    assert ended.stderr == "E-185\n"
    close_writer(one)


class FailingDisk:
    """A connection whose commits end in an error of the disk, for as long as it is told to."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.error = sqlite3.OperationalError("disk I/O error")
        self.error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC

    @property
    def in_transaction(self) -> bool:
        return self.db.in_transaction

    def execute(self, statement: str) -> sqlite3.Cursor:
        if statement == "COMMIT":
            raise self.error
        return self.db.execute(statement)


def test_after_an_error_of_the_disk_nothing_more_is_written(scripts: Path, path: Path) -> None:
    db = open_writer(path, "shop")
    failing = FailingDisk(db)
    module._WRITERS[id(failing)] = module._WRITERS[id(db)]
    heard: list[int] = []
    module.on_trouble(db, heard.append)
    with pytest.raises(Blocked) as caught, write(failing):
        db.execute("INSERT INTO sweet VALUES ('toffi')")
    assert caught.value.code is Code.STORAGE
    assert heard == [sqlite3.SQLITE_IOERR]
    for _ in range(2):
        with pytest.raises(Blocked) as caught, write(db):
            raise AssertionError
        assert caught.value.code is Code.DISK_FAILED
    del module._WRITERS[id(failing)]
    close_writer(db)
    db = open_writer(path, "shop")
    assert names(db) == ["krówka"]
    with write(db):
        db.execute("INSERT INTO sweet VALUES ('iris')")
    close_writer(db)


def test_a_full_disk_is_told_and_written_to_again_when_there_is_room(
    scripts: Path, path: Path
) -> None:
    db = open_writer(path, "shop")
    heard: list[int] = []
    module.on_trouble(db, heard.append)
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Blocked), write(db):
        db.execute("INSERT INTO sweet VALUES (?)", ("x" * 90_000,))
    assert heard == [sqlite3.SQLITE_FULL]
    db.execute("PRAGMA max_page_count=99999")
    with write(db):
        db.execute("INSERT INTO sweet VALUES ('toffi')")
    assert names(db) == ["krówka", "toffi"]
    close_writer(db)


def add_and_fail(db: sqlite3.Connection, name: str) -> None:
    with write(db), write(db):
        db.execute("INSERT INTO sweet VALUES (?)", (name,))
        raise RuntimeError


def test_a_part_that_fails_takes_nothing_else_with_it(scripts: Path, path: Path) -> None:
    db = open_writer(path, "shop")
    with write(db):
        db.execute("INSERT INTO sweet VALUES ('toffi')")
        with pytest.raises(RuntimeError):
            add_and_fail(db, "iris")
        with write(db):
            db.execute("INSERT INTO sweet VALUES ('mieszanka')")
        assert db.in_transaction
    assert not db.in_transaction
    close_writer(db)
    db = open_writer(path, "shop")
    assert names(db) == ["krówka", "mieszanka", "toffi"]
    close_writer(db)


def test_parts_go_with_the_whole(scripts: Path, path: Path) -> None:
    db = open_writer(path, "shop")
    with pytest.raises(RuntimeError):
        add_and_fail(db, "toffi")
    assert not db.in_transaction
    assert names(db) == ["krówka"]
    close_writer(db)


def test_a_full_disk_within_a_part_is_told(scripts: Path, path: Path) -> None:
    db = open_writer(path, "shop")
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Blocked) as caught, write(db), write(db):
        db.executemany("INSERT INTO sweet VALUES (?)", [(f"{n:0900}",) for n in range(99)])
    assert caught.value.code is Code.STORAGE
    assert not db.in_transaction
    assert names(db) == ["krówka"]
    close_writer(db)


def test_an_open_transaction_is_neither_folded_nor_kept(scripts: Path, path: Path) -> None:
    db = open_writer(path, "shop")
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO sweet VALUES ('toffi')")
    fold(db)
    close_writer(db)
    db = open_writer(path, "shop")
    assert names(db) == ["krówka"]
    close_writer(db)


def test_names_of_an_older_catalogue_are_compared_as_the_printer_does(path: Path) -> None:
    db = open_writer(path, "catalogue")
    milk = Product("m", "Mleko, 1 l", "C", 300, "szt")
    apply(db, "products", 1, [milk])
    # As it was before: without what later programs added.
    db.execute("DROP TABLE quick_key")
    db.execute("DROP INDEX product_by_category")
    for column in ("min_age", "external_id", "kind", "gtu"):
        db.execute(f"ALTER TABLE product DROP COLUMN {column}")
    db.execute("ALTER TABLE settings DROP COLUMN void_reasons")
    db.execute("ALTER TABLE customer DROP COLUMN is_potential")
    for table in ("representative", "sales_document", "visit", "attachment"):
        db.execute(f"DROP TABLE {table}")
    db.execute("DROP INDEX product_name_by_printed")
    db.execute("ALTER TABLE product_name DROP COLUMN printed")
    first = {
        "settings": {"id", "login_mode", "close_profile", "close_at", "receipt_footer", "language"},
        "payment_method": {"id", "name", "kind", "position", "opens_drawer", "is_active"},
        "currency": {"id", "name", "rate_e4", "is_active"},
    }
    for table, known in first.items():
        here = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
        for column in here - known - {"is_removed"}:
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    db.execute("PRAGMA user_version=4")
    close_writer(db)
    db = open_writer(path, "catalogue")
    assert db.execute("SELECT printed FROM product_name").fetchall() == [("mleko,1l",)]
    close_writer(db)
