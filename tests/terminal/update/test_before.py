"""Copies from before an update are taken back only when that is proven to lose nothing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from drivers.errors import Unreachable
from drivers.fiscal import NO_TOTALS, Counters
from terminal.errors import Blocked, Code
from terminal.store import outbox, settings
from terminal.store.db import close_writer, open_reader, open_writer, write
from terminal.update import before
from terminal.update.installation import Installation
from terminal.update.launcher import Boot, keep
from tests.terminal.desk import fill

if TYPE_CHECKING:
    from pathlib import Path

ZERO = Counters("XYZ 1", 5, 9, 0, 0, 77, NO_TOTALS, 0, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A till's folder, copied, and then used by the newer version."""
    made = tmp_path / "till"
    fill(made)
    change(made, "old")
    before.keep(made, "0.2.0")
    change(made, "new")
    return made


def change(folder: Path, value: str, hw: int = 0) -> None:
    db = open_writer(folder / "journal.db", "journal")
    with write(db):
        outbox.begin(db, 1)
        settings.put(db, "who", value)
        settings.expect_counters(db, ZERO)
        db.execute("UPDATE delivered SET hw = ?", (hw,))
    close_writer(db)


def who(folder: Path) -> str:
    with closing(open_reader(folder / "journal.db")) as db:
        return settings.get(db, "who")


def test_they_are_taken_back_and_what_was_there_is_kept_beside(folder: Path) -> None:
    before.take_back(folder, lambda: replace(ZERO, header_no=12))
    assert who(folder) == "old"
    db = open_writer(folder / "journal.db", "journal")  # whole
    close_writer(db)
    kept = folder / "updates" / "before" / "given-up-journal.db"
    with closing(open_reader(kept)) as newer:
        assert settings.get(newer, "who") == "new"


def test_a_log_of_the_newer_version_is_not_written_into_the_copy(folder: Path) -> None:
    log = folder / "journal.db-wal"
    log.write_bytes(b"frames of another file" * 100)
    before.take_back(folder, lambda: ZERO)
    assert not log.exists()
    assert who(folder) == "old"


def refused(folder: Path, read_counters: object) -> str:
    for _ in range(2):
        with pytest.raises(Blocked) as caught:
            before.take_back(folder, read_counters)
        assert caught.value.code is Code.UPDATE_NO_WAY_BACK
    assert who(folder) == "new"
    return caught.value.params["detail"]


def test_not_without_the_printers_proof(folder: Path) -> None:
    def silent() -> Counters:
        msg = "cable"
        raise Unreachable(msg)

    assert "does not answer" in refused(folder, silent)
    assert "moved" in refused(folder, lambda: replace(ZERO, receipts=1))


def test_not_when_the_office_has_what_the_newer_version_wrote(folder: Path) -> None:
    change(folder, "new", hw=3)
    assert "office" in refused(folder, lambda: ZERO)


def test_a_file_that_nobody_can_read_is_taken_back_as_well(folder: Path) -> None:
    (folder / "journal.db").write_bytes(b"rubbish" * 1000)
    before.take_back(folder, lambda: ZERO)
    assert who(folder) == "old"


def test_half_made_copies_are_none(folder: Path) -> None:
    assert before.kept_for(folder) == "0.2.0"
    (folder / "updates" / "before" / "version").unlink()
    assert before.kept_for(folder) == ""
    before.keep(folder, "0.3.0")
    assert before.kept_for(folder) == "0.3.0"
    before.forget(folder)
    before.forget(folder)
    assert before.kept_for(folder) == ""


def test_they_are_due_only_for_a_version_that_was_given_up(folder: Path, tmp_path: Path) -> None:
    here = Installation(tmp_path, "0.1.0-a")
    assert not before.is_due(folder, None)
    assert not before.is_due(folder, here)  # no slot at all
    (tmp_path / "slots" / "0.1.0-a").mkdir(parents=True)
    (tmp_path / "slots" / "0.1.0-a" / "MANIFEST.json").write_text('{"counter": 1}')
    for boot, wanted in (
        (Boot("0.1.0-a", "0.1.0-a"), False),
        (Boot("0.1.0-a", "0.1.0-a", bad=("0.2.0",)), True),
        (Boot("0.1.0-a", "0.0.9-b", 2, bad=("0.2.0",)), False),
    ):
        keep(tmp_path, boot)
        assert before.is_due(folder, here) is wanted
