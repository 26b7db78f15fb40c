"""Contents come in pieces, in order, once; what is wrong at the end leaves nothing behind."""

from __future__ import annotations

import hashlib

import pytest

from backoffice import publish
from backoffice.copies import sqlite_file
from backoffice.errors import BadContent, BadRequest, Conflict, NoRoom, NotFound, TooLarge
from backoffice.field import contents
from backoffice.store.company import MAIN, of_company
from backoffice.store.engine import open_engine, reading, writing
from terminal.sync import wire

MANY = bytes(range(256)) * 2500
SHA = hashlib.sha256(MANY).hexdigest()
PIECE = wire.CHUNK_BYTES_MAX


@pytest.fixture
def put(engine, clock):
    def put(offset, content=MANY, sha256=SHA, size=None):
        piece = content[offset : offset + PIECE]
        with writing(engine) as database:
            size = len(content) if size is None else size
            return contents.put(database, sha256, offset, size, piece, clock())

    return put


def whole(engine):
    with reading(engine) as database:
        return b"".join(contents.parts(database, SHA))


def test_pieces_in_their_order_are_the_whole(engine, put):
    assert put(0) == wire.Held(SHA, PIECE, is_whole=False)
    with reading(engine) as database, pytest.raises(NotFound):
        contents.parts(database, SHA)
    assert put(PIECE) == wire.Held(SHA, 2 * PIECE, is_whole=False)
    assert put(2 * PIECE) == wire.Held(SHA, len(MANY), is_whole=True)
    assert whole(engine) == MANY
    assert put(0) == wire.Held(SHA, len(MANY), is_whole=True)


@pytest.mark.parametrize("offset", [0, 2 * PIECE])
def test_a_piece_that_came_already_or_is_not_the_next_one_tells_where_to_go_on(put, offset):
    put(0)
    with pytest.raises(Conflict) as told:
        put(offset)
    assert told.value.more == {"received": PIECE, "is_whole": False}


def test_a_wrong_sum_leaves_nothing(engine, put):
    wrong = MANY[:-1] + b"x"
    put(0, wrong)
    put(PIECE, wrong)
    assert put(2 * PIECE, wrong) == wire.Held(SHA, 0, is_whole=False)
    with reading(engine) as database:
        assert contents.held(database, SHA) == wire.Held(SHA, 0, is_whole=False)
    for offset in (0, PIECE, 2 * PIECE):
        put(offset)
    assert whole(engine) == MANY


def test_who_said_a_wrong_size_holds_nobody_up(engine, put):
    put(0, size=len(MANY) + 1)
    for offset in (0, PIECE, 2 * PIECE):
        put(offset)
    assert whole(engine) == MANY


@pytest.mark.parametrize(
    ("offset", "size", "piece", "error"),
    [
        (0, wire.ATTACHMENT_BYTES_MAX + 1, b"x", TooLarge),
        (0, PIECE + 1, bytes(PIECE + 1), TooLarge),
        (0, 1, b"xy", BadRequest),
        (0, 1, b"", BadRequest),
        (-1, 5, b"xy", BadRequest),
        (5, 5, b"x", BadRequest),
    ],
)
def test_impossible_places_and_sizes_are_refused(engine, clock, offset, size, piece, error):
    with pytest.raises(error), writing(engine) as database:
        contents.put(database, SHA, offset, size, piece, clock())


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA.upper(), f"{SHA}\n"])
def test_what_is_no_sum_names_nothing(engine, name):
    with reading(engine) as database, pytest.raises(BadRequest):
        contents.held(database, name)


def test_a_company_fills_no_more_than_its_room(engine, put, monkeypatch):
    monkeypatch.setattr(contents, "ROOM_BYTES", len(MANY) + 10)
    put(0)
    small = b"12345678901"
    with pytest.raises(NoRoom):
        put(0, small, hashlib.sha256(small).hexdigest())
    put(0, small[:10], hashlib.sha256(small[:10]).hexdigest())


def test_another_company_has_its_own(engine, put):
    put(0, b"secret", hashlib.sha256(b"secret").hexdigest())
    other = of_company(engine, "oak")
    with reading(other) as database:
        known = contents.held(database, hashlib.sha256(b"secret").hexdigest())
    assert known.received == 0


def test_a_whole_content_is_kept_at_once_or_not_at_all(engine, clock, put):
    put(0)
    with pytest.raises(BadContent), writing(engine) as database:
        contents.keep(database, SHA, len(MANY), iter([MANY[:-1], b"x"]), clock())
    with pytest.raises(BadContent), writing(engine) as database:
        contents.keep(database, SHA, len(MANY), iter([MANY[:-1]]), clock())
    with writing(engine) as database:
        for _ in range(2):
            assert contents.keep(database, SHA, len(MANY), iter([MANY]), clock()).is_whole
    assert whole(engine) == MANY


@pytest.mark.parametrize(("first", "last"), [(0, 639_999), (1, 1), (PIECE - 1, PIECE), (5, 99)])
def test_any_part_of_it_is_given(engine, put, first, last):
    for offset in (0, PIECE, 2 * PIECE):
        put(offset)
    assert b"".join(contents.between(engine, SHA, first, last)) == MANY[first : last + 1]


def test_what_no_row_names_is_forgotten_after_days(engine, clock, put):
    named = b"named by a row"
    sha256 = hashlib.sha256(named).hexdigest()
    put(0)
    put(0, named, sha256)
    row = {
        "id": "a-1",
        "about": "customer",
        "of": "c-1",
        "kind": "file",
        "at": "2026-03-01T12:00:00+01:00",
    }
    with writing(engine) as database:
        rows = [{**row, "name": "a.txt", "size": len(named), "sha256": sha256}]
        publish.put(database, "attachments", "lipa", rows)
    clock.push(days=6)
    with writing(engine) as database:
        assert contents.sweep(database, clock()) == 0
    clock.push(days=2)
    with writing(engine) as database:
        assert contents.sweep(database, clock()) == 1
        assert contents.which(database, [SHA, sha256]) == {sha256}
        publish.remove(database, "attachments", "lipa", "a-1")
        contents.touch(database, sha256, clock())
        assert contents.sweep(database, clock()) == 0
    clock.push(days=8)
    with writing(engine) as database:
        assert contents.sweep(database, clock()) == 1


def test_a_copy_of_the_database_has_the_contents(sqlite_engine, db_path, tmp_path, clock):
    with writing(sqlite_engine) as database:
        contents.keep(database, SHA, len(MANY), [MANY], clock())
    sqlite_file.copy(db_path, tmp_path / "copy.db")
    copied = of_company(open_engine(f"sqlite:///{tmp_path / 'copy.db'}"), MAIN)
    with reading(copied) as database:
        assert b"".join(contents.parts(database, SHA)) == MANY
    copied.dispose()
