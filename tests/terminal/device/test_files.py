from __future__ import annotations

import random
import shutil
from collections import namedtuple
from typing import TYPE_CHECKING

import pytest

from terminal.device import copies, files, space
from terminal.errors import Blocked
from terminal.store import outbox, settings
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.wire import CashDoc
from tests.terminal.device.scenes import NOW, device, look, told

if TYPE_CHECKING:
    from pathlib import Path

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil's
AT = "2026-11-20T08:00:00+01:00"


def sell(folder: Path, count: int = 30) -> Path:
    """A journal with a chain of documents."""
    db = open_writer(folder / "till" / "journal.db", "journal")
    outbox.begin(db, 1)
    for number in range(count):
        with write(db):
            document = CashDoc(f"rid-{number}", "T1", "S1", AT, "Anna", number, "utarg")
            outbox.append(db, document, AT)
    close_writer(db)
    return folder / "till" / "journal.db"


def test_a_configuration_is_named_or_its_mistake_is(tmp_path: Path) -> None:
    here = device(tmp_path)
    assert told(files.configuration(here)) == [("configuration", "ok")]
    here.path.chmod(0o666)
    assert told(files.configuration(here)) == [("configuration", "warn")]
    (found,) = files.configuration(look(tmp_path, "[printer]\nurll = 1\n"))
    assert found.state == "bad"
    assert "line 2" in found.text


def test_a_folder_is_there_and_closed_to_others(tmp_path: Path) -> None:
    here = device(tmp_path)
    assert told(files.folder(here)) == [("folder", "ok")]
    (tmp_path / "till").chmod(0o755)
    (found,) = files.folder(here)
    assert (found.state, found.remedy) == ("warn", f"chmod 700 {tmp_path / 'till'}")
    shutil.rmtree(tmp_path / "till")
    assert told(files.folder(here)) == [("folder", "bad")]


def test_an_identity_is_there_and_secret(tmp_path: Path) -> None:
    here = device(tmp_path)
    assert told(files.identity(here)) == [("enrolment", "ok")]
    (tmp_path / "till" / "identity.json").chmod(0o644)
    assert told(files.identity(here)) == [("enrolment", "bad")]
    (tmp_path / "till" / "identity.json").unlink()
    assert "enrol CODE" in files.identity(here)[0].remedy


@pytest.mark.parametrize(("free", "state"), [(5000, "ok"), (255, "warn"), (63, "bad")])
def test_room_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str
) -> None:
    here = device(tmp_path)
    monkeypatch.setattr(space.shutil, "disk_usage", lambda _: Usage(0, 0, free * 2**20))
    assert told(files.disk(here)) == [("disk", state), ("reserve", "warn")]
    (tmp_path / "till" / space.BALLAST_FILE).touch()
    assert told(files.disk(here)) == [("disk", state)]


def test_a_whole_journal_says_how_much_it_holds(tmp_path: Path) -> None:
    here = device(tmp_path)
    assert files.journal(here) == []
    sell(tmp_path)
    (found,) = files.journal(here)
    assert found.state == "ok"
    assert "30" in found.text


def test_a_byte_that_changed_is_found_or_changes_nothing(tmp_path: Path) -> None:
    """D-6: what a till would read of its journal is either told to be damaged or what it was."""
    here = device(tmp_path)
    path = sell(tmp_path, 300)
    before, content = dump(path), path.read_bytes()
    chance = random.Random(9)
    found = 0
    for _ in range(150):
        spoiled = bytearray(content)
        spoiled[chance.randrange(len(spoiled))] ^= chance.randrange(1, 256)
        path.write_bytes(spoiled)
        if files.journal(here)[0].state == "bad":
            found += 1
        else:
            assert dump(path) == before
    assert found > 20


def dump(path: Path) -> list[tuple[object, ...]]:
    """The documents as a till reads them, if it opens the file at all."""
    try:
        db = open_writer(path, "journal")
    except Blocked:
        return []
    rows = db.execute("SELECT * FROM document").fetchall()
    close_writer(db)
    return rows


def test_a_damaged_catalogue_is_told_with_its_way_out(tmp_path: Path) -> None:
    here = device(tmp_path)
    assert told(files.catalogue(here)) == [("catalogue", "ok")]
    path = tmp_path / "till" / "catalogue.db"
    content = bytearray(path.read_bytes())
    content[5000:60_000] = b"\xa5" * 55_000
    path.write_bytes(content)
    (found,) = files.catalogue(here)
    assert found.state == "bad"
    assert "catalogue.db*" in found.remedy


def test_copies_are_missed_after_three_days(tmp_path: Path) -> None:
    here = device(tmp_path)
    assert files.safety(here) == []
    path = sell(tmp_path)
    assert told(files.safety(here)) == [("backup", "warn")]
    copies.make(path, tmp_path / "till" / "backups", NOW)
    assert told(files.safety(here)) == [("backup", "ok")]


def test_a_check_that_found_damage_is_told(tmp_path: Path) -> None:
    here = device(tmp_path)
    db = open_writer(sell(tmp_path), "journal")
    with write(db):
        text = '{"at": "2026-11-25T21:00:00", "documents": 0, "fault": "page 7"}'
        settings.put(db, "journal.checked", text)
    close_writer(db)
    assert ("last check", "bad") in told(files.safety(here))


def test_what_waits_for_the_office_is_counted(tmp_path: Path) -> None:
    here = device(tmp_path)
    path = sell(tmp_path)
    (found,) = files.unsent(here)
    assert found.state == "warn", "they wait since six days"
    assert "30" in found.text
    db = open_writer(path, "journal")
    with write(db):
        db.execute("UPDATE delivered SET hw = 30")
        db.execute("INSERT INTO verdict (epoch, seq, is_accepted, reason) VALUES (1, 7, 0, 'no')")
    close_writer(db)
    assert told(files.unsent(here)) == [("unsent", "ok"), ("rejected", "warn")]


def test_nothing_is_said_twice_of_a_journal_that_cannot_be_read(tmp_path: Path) -> None:
    here = device(tmp_path)
    (tmp_path / "till" / "journal.db").write_bytes(b"rubbish" * 5000)
    assert told(files.journal(here)) == [("journal", "bad")]
    assert told(files.safety(here)) == [("backup", "warn")]
    assert files.unsent(here) == []
