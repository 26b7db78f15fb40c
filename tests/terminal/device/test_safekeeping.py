from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.device import copies as files
from terminal.device.copies import COPIES_FOLDER, copies
from terminal.device.safekeeping import last_check
from terminal.errors import Blocked, Code, Rejected
from terminal.store import db
from terminal.store.backup import verify
from terminal.store.db import open_reader
from tests.shop import WAIT_S, wait_until
from tests.terminal.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path / "till").start()
    yield one
    one.stop()


def checked(desk: Desk):
    with closing(open_reader(desk.folder / "journal.db")) as db:
        return last_check(db)


def made(desk: Desk) -> list[Path]:
    return [one.path for one in copies(desk.folder / COPIES_FOLDER)]


def test_each_day_that_ends_is_checked_and_copied(desk: Desk) -> None:
    desk.pay("1")
    desk.till.safe.start()
    wait_until(lambda: made(desk), "what was due")
    (first,) = made(desk)
    desk.now = desk.now.replace(hour=21)
    desk.till.close_day().result(WAIT_S)
    wait_until(lambda: made(desk) not in ([], [first]), "a copy of this day")
    desk.till.safe.kept().result(WAIT_S)  # it has taken the one before away
    (last,) = made(desk)
    assert last.name == "journal-20261123-210000.db"
    found = checked(desk)
    assert found.at.startswith("2026-11-23T21:00")
    assert found.fault == ""
    assert 0 < found.documents < verify(last)
    told = desk.do(
        lambda: desk.context.journal.execute(
            "SELECT body FROM document WHERE kind = 'event' AND body LIKE '%journal_checked%'"
        ).fetchall()
    )
    assert len(told) == 2


def test_a_day_that_was_looked_after_is_not_again(desk: Desk) -> None:
    desk.till.safe.make().result(WAIT_S)
    desk.till.safe.start()
    desk.till.safe.kept().result(WAIT_S)
    assert checked(desk) is None
    assert len(made(desk)) == 1


def test_what_is_kept_is_listed_with_the_last_check(desk: Desk) -> None:
    assert desk.till.safe.kept().result(WAIT_S).copies == ()
    copy = desk.till.safe.make().result(WAIT_S)
    desk.till.safe.at_close().result(WAIT_S)
    kept = desk.till.safe.kept().result(WAIT_S)
    assert kept.copies == (copy,) or kept.copies[0].made_at == copy.made_at
    assert kept.checked == checked(desk)
    assert desk.till.safe.try_out(copy.path).result(WAIT_S).documents > 0


def test_a_damaged_journal_is_told_and_never_copied_over_a_good_copy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> int:
        detail = "the chain of documents breaks at 1/7"
        raise Blocked(Code.DATABASE_DAMAGED, path=path, detail=detail)

    desk.till.safe.make().result(WAIT_S)
    before = made(desk)
    desk.now = desk.now.replace(hour=22)
    monkeypatch.setattr("terminal.device.safekeeping.verify", broken)
    since = desk.heard.mark()
    desk.till.safe.at_close().result(WAIT_S)
    told = desk.heard.wait(events.Failed, since).error
    assert told.code is Code.DATABASE_DAMAGED
    assert "1/7" in told.sentence()
    assert made(desk) == before
    assert checked(desk).fault == "the chain of documents breaks at 1/7"


def test_a_copy_goes_onto_a_stick_into_a_folder_of_this_till(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.till.safe._medium = str(stick)
    copy = desk.till.safe.make_on_medium().result(WAIT_S)
    assert copy.path.parent == stick / "kasoterminal-T1"
    assert verify(copy.path) > 0


def test_a_stick_that_cannot_be_written_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.till.safe._medium = str(tmp_path / "none")
    with pytest.raises(Rejected) as caught:
        desk.till.safe.make_on_medium().result(WAIT_S)
    assert caught.value.code is Code.NO_MEDIUM
    (tmp_path / "full").mkdir()
    desk.till.safe._medium = str(tmp_path / "full")
    monkeypatch.setattr(files, "free_mib", lambda _: 1)
    with pytest.raises(Rejected) as caught:
        desk.till.safe.make_on_medium().result(WAIT_S)
    assert caught.value.code is Code.MEDIUM_FAILED
    (tmp_path / "file").mkdir()
    (tmp_path / "file" / "kasoterminal-T1").write_text("", encoding="utf-8")
    desk.till.safe._medium = str(tmp_path / "file")
    with pytest.raises(Rejected) as caught:
        desk.till.safe.make_on_medium().result(WAIT_S)
    assert caught.value.code is Code.MEDIUM_FAILED


def test_a_big_journal_is_checked_after_the_start_and_damage_stops_selling(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(20):
        desk.pay("1")
    desk.stop()
    path = desk.folder / "journal.db"
    content = bytearray(path.read_bytes())
    page = content.index(b'"kind":"receipt"') // 4096 * 4096
    content[page : page + 8] = b"\xa5" * 8
    path.write_bytes(content)
    # As if it were too big to be read at once.
    monkeypatch.setattr(db, "_CHECKED_BYTES_MAX", 0)
    desk.start(login="")
    told = desk.heard.wait(events.SellingBlocked)
    assert told.reason.code is Code.DATABASE_DAMAGED
    desk.stop()
    monkeypatch.undo()
    with pytest.raises(Blocked) as caught:
        desk.start()
    assert caught.value.code is Code.DATABASE_DAMAGED
