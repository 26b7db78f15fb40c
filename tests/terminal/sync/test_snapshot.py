from __future__ import annotations

import gzip
import hashlib
import sqlite3
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from terminal.errors import Code, SyncError
from terminal.events import Downloading
from terminal.sync import snapshot as module
from terminal.sync.http import Download
from terminal.sync.snapshot import Depot
from terminal.sync.wire import APPLICATION_ID, EMPTY, FORMAT, SCHEMA, SetState, snapshot_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SHOP = "lipa"
PIECE = 64
UNITS = [f'{{"id":"u{number}","name":"szt."}}' for number in range(300)]
STATES = [SetState("units", 7, len(UNITS), EMPTY), SetState("roles", 0, 0, EMPTY)]
KEY = snapshot_key("main", SHOP, STATES)


def packed(folder: Path, change: Callable[[sqlite3.Connection], object] = lambda _: None) -> bytes:
    """A snapshot as the office makes it, changed by somebody."""
    path = folder / "made.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {FORMAT}")
        for statement in SCHEMA:
            db.execute(statement)
        db.execute("INSERT INTO head VALUES ('main', ?)", (SHOP,))
        for state in STATES:
            held = state.name, state.revision, state.rows, state.digest
            db.execute("INSERT INTO data_set VALUES (?, ?, ?, ?)", held)
        rows = (("units", no, body) for no, body in enumerate(UNITS))
        db.executemany("INSERT INTO data_row VALUES (?, ?, ?)", rows)
        change(db)
    return gzip.compress(path.read_bytes(), mtime=0)


class Files:
    """An office that has files; ``breaks`` are the bytes after which the line goes."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.breaks: list[int] = []
        self.asked: list[tuple[str, int]] = []
        self.early = 0
        self.etag = ""

    @contextmanager
    def snapshot(self, key: str, first: int, etag: str) -> Iterator[Download]:
        self.asked.append((key, first))
        if self.early:
            self.early -= 1
            raise SyncError(Code.OFFICE_REFUSED, detail="being made", status=503)
        if key not in self.files:
            raise SyncError(Code.OFFICE_REFUSED, detail="no such", status=404)
        content = self.files[key]
        here = self.etag or hashlib.sha256(content).hexdigest()
        if here != etag:
            first = 0
        elif first >= len(content):
            raise SyncError(Code.OFFICE_REFUSED, detail="beyond", status=416)
        yield Download(here, first, len(content), self.pieces(content[first:]))

    def pieces(self, content: bytes) -> Iterator[bytes]:
        left = self.breaks.pop(0) if self.breaks else len(content)
        for start in range(0, min(left, len(content)), PIECE):
            yield content[start : start + PIECE]
        if left < len(content):
            raise SyncError(Code.NO_NETWORK, detail="broken")


@pytest.fixture
def office(tmp_path: Path) -> Files:
    return Files({KEY: packed(tmp_path)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "till"
    made.mkdir()
    return made


def quiet(_: object) -> None:
    pass


def depot(office: Files, folder: Path, tell: Callable[[object], None] = quiet) -> Depot:
    return Depot(office, folder, SHOP, threading.Event(), tell)


def units(office: Files, folder: Path, key: str = KEY) -> list[str]:
    with closing(depot(office, folder)) as one:
        revision, parts = one.rows(key, "units")
        assert revision == 7
        return [bytes(raw).decode() for part in parts for raw in part]


def refused(office: Files, folder: Path) -> SyncError:
    with pytest.raises(SyncError) as caught:
        units(office, folder)
    return caught.value


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_rows_come_as_the_office_wrote_them_in_parts(
    office: Files, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_ROWS", 100)
    told: list[object] = []
    with closing(depot(office, folder, told.append)) as one:
        revision, parts = one.rows(KEY, "units")
        assert (revision, [len(part) for part in parts]) == (7, [100, 100, 100])
        assert one.rows(KEY, "roles")[0] == 0
    assert office.asked == [(KEY, 0)]
    size = len(office.files[KEY])
    assert told[-1] == Downloading(size, size)
    assert left(folder) == []
    assert units(office, folder) == UNITS


def test_a_download_that_breaks_goes_on_where_it_was(office: Files, folder: Path) -> None:
    office.breaks = [128, 192]
    assert units(office, folder) == UNITS
    assert [first for _, first in office.asked] == [0, 128, 320]


def test_a_line_that_brings_nothing_ends_the_pull_and_the_part_stays(
    office: Files, folder: Path
) -> None:
    office.breaks = [128, 0]
    assert refused(office, folder).code is Code.NO_NETWORK
    (part,) = folder.iterdir()
    assert part.read_bytes() == office.files[KEY][:128]
    assert units(office, folder) == UNITS
    assert [first for _, first in office.asked] == [0, 128, 128]


def test_a_file_that_was_whole_when_the_till_died_is_used(office: Files, folder: Path) -> None:
    content = office.files[KEY]
    etag = hashlib.sha256(content).hexdigest()
    (folder / f"snapshot.{KEY}.{etag}.part").write_bytes(content)
    assert units(office, folder) == UNITS
    assert left(folder) == []


def test_an_older_file_that_broke_off_is_gone_on_with(office: Files, folder: Path) -> None:
    office.breaks = [64, 0]
    refused(office, folder)
    office.files["f" * 64] = b"newer"
    assert units(office, folder, "f" * 64) == UNITS
    assert {key for key, _ in office.asked} == {KEY}


def test_an_older_file_that_the_office_has_not_any_more_is_given_up(
    office: Files, folder: Path
) -> None:
    (folder / f"snapshot.{'a' * 64}.{'b' * 64}.part").write_bytes(b"begun")
    assert units(office, folder) == UNITS
    assert office.asked == [("a" * 64, 5), (KEY, 0)]


def test_the_same_name_with_other_bytes_begins_anew(office: Files, folder: Path) -> None:
    (folder / f"snapshot.{KEY}.{'b' * 64}.part").write_bytes(b"x" * 99)
    assert units(office, folder) == UNITS


def test_a_file_that_is_being_made_is_waited_for(
    office: Files, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_RETRY_S", 0.001)
    office.early = 3
    assert units(office, folder) == UNITS
    assert len(office.asked) == 4
    office.early = 10
    monkeypatch.setattr(module, "_TRIES_MAX", 5)
    assert refused(office, folder).code is Code.NO_NETWORK


def test_a_till_that_stops_waits_for_nothing(office: Files, folder: Path) -> None:
    office.early = 10
    one = depot(office, folder)
    one._stop.set()
    with closing(one), pytest.raises(SyncError):
        one.rows(KEY, "units")
    assert len(office.asked) == 1


def run(sql: str) -> Callable[[sqlite3.Connection], object]:
    return lambda db: db.executescript(sql)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (run("UPDATE head SET shop = 'dab'"), "it is of shop dab, not of lipa"),
        (run("UPDATE head SET company = 'other'"), "not the one that was announced"),
        (run("UPDATE data_set SET revision = 8"), "not the one that was announced"),
        (run("DELETE FROM head"), "it is of shop , not of lipa"),
        (run("PRAGMA user_version = 2"), "it has format 2, this program reads 1"),
        (run("PRAGMA application_id = 7"), "it is something else"),
        (run("CREATE VIEW v AS SELECT 1"), "its tables are not those"),
        (run("CREATE TABLE data_sets (a)"), "its tables are not those"),
        (run("DROP TABLE data_row"), "its tables are not those"),
    ],
)
def test_a_file_that_is_not_ours_is_named_and_not_used(
    office: Files,
    folder: Path,
    tmp_path: Path,
    change: Callable[[sqlite3.Connection], object],
    said: str,
) -> None:
    office.files[KEY] = packed(tmp_path, change)
    error = refused(office, folder)
    assert error.code is Code.BAD_SNAPSHOT
    assert said in str(error)
    assert left(folder) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"x", gzip.compress(b""), gzip.compress(b"x" * 5000), gzip.compress(b"x" * 99)[:-4]],
    ids=["nothing", "no gzip", "empty", "no database", "cut"],
)
def test_whatever_comes_is_answered_with_one_error(
    office: Files, folder: Path, content: bytes
) -> None:
    office.files[KEY] = content
    assert refused(office, folder).code is Code.BAD_SNAPSHOT
    assert left(folder) == []


def test_a_byte_that_flipped_on_the_way_is_found(office: Files, folder: Path) -> None:
    whole = office.pieces

    def flipped(content: bytes) -> Iterator[bytes]:
        yield from whole(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])

    office.pieces = flipped  # type: ignore[method-assign]
    assert "damaged" in str(refused(office, folder))
    assert left(folder) == []
    office.pieces = whole  # type: ignore[method-assign]
    assert units(office, folder) == UNITS


def test_another_content_than_the_etag_tells_is_found(
    office: Files, folder: Path, tmp_path: Path
) -> None:
    office.etag = hashlib.sha256(office.files[KEY]).hexdigest()
    office.files[KEY] = packed(tmp_path, run("UPDATE data_row SET body = '{}' WHERE no = 7"))
    assert "damaged" in str(refused(office, folder))
    assert left(folder) == []


def test_a_page_that_is_damaged_within_is_found(
    office: Files, folder: Path, tmp_path: Path
) -> None:
    plain = bytearray(gzip.decompress(packed(tmp_path)))
    for place in range(3 * 4096 + 8, len(plain), 512):
        plain[place] ^= 0xFF
    office.files[KEY] = gzip.compress(bytes(plain))
    assert refused(office, folder).code is Code.BAD_SNAPSHOT
    assert left(folder) == []


@pytest.mark.parametrize("body", ["NULL", "7", "x'00'"])
def test_a_value_that_the_tables_forbid_is_found(
    office: Files, folder: Path, tmp_path: Path, body: str
) -> None:
    loose = SCHEMA[2].replace("body TEXT NOT NULL", "body ANY")
    steps = (
        *("DROP TABLE data_row", loose),
        f"INSERT INTO data_row VALUES ('units', 0, {body})",  # noqa: S608
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_schema SET sql = '{SCHEMA[2]}' WHERE name = 'data_row'",  # noqa: S608
    )
    office.files[KEY] = packed(tmp_path, run(";".join(steps)))
    assert "damaged" in str(refused(office, folder))
    assert left(folder) == []


def test_a_file_without_end_is_cut_off(
    office: Files, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as small:
        small.setattr(module, "_BYTES_MAX", 100)
        assert "too long" in str(refused(office, folder))
    monkeypatch.setattr(module, "_PLAIN_BYTES_MAX", 4096)
    assert "too long" in str(refused(office, folder))
    assert left(folder) == []


def test_a_full_disk_is_told_and_the_download_can_go_on(
    office: Files, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(module.gzip, "open", full)
        error = refused(office, folder)
    assert error.code is Code.STORAGE
    assert left(folder) == []
    assert units(office, folder) == UNITS


def test_a_set_that_the_file_lacks_is_named(office: Files, folder: Path) -> None:
    with closing(depot(office, folder)) as one, pytest.raises(SyncError, match="it has no users"):
        one.rows(KEY, "users")
