"""A version tests itself: its imports, the configuration, a copy of the journal."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pytest

from terminal.config import ConfigError
from terminal.errors import Blocked
from terminal.store.db import close_writer, open_writer
from terminal.update import selftest
from tests.terminal.desk import desk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything is imported in this process already: note what would be."""
    asked: list[str] = []
    real = importlib.import_module

    def note(name: str, package: str | None = None) -> object:
        asked.append(name)
        return real(name, package)

    monkeypatch.setattr(selftest.importlib, "import_module", note)
    return asked


def test_all_of_the_till_is_imported(quick: list[str]) -> None:
    assert selftest.selftest(None, None) == 0
    assert {"terminal.boot", "drivers.posnet.printer", "drivers.novitus.printer"} <= set(quick)
    assert {"ui.app", "terminal.update.launcher"} <= set(quick)


def test_a_copy_of_the_journal_is_migrated_and_read_from_end_to_end(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.start()
        shop.pay("1")
        documents = len(shop.documents())
    assert selftest.selftest(None, shop.folder / "journal.db") == documents


def test_a_chain_that_breaks_is_red(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.start()
        shop.pay("1")
    db = open_writer(shop.folder / "journal.db", "journal")
    for trigger, _ in db.execute(
        "SELECT name, 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'document'"
    ).fetchall():
        db.execute(f"DROP TRIGGER {trigger}")
    db.execute("UPDATE document SET body = body || ' ' WHERE seq = 1")
    close_writer(db)
    with pytest.raises(ValueError, match="chain"):
        selftest.selftest(None, shop.folder / "journal.db")


def test_a_migration_that_fails_is_red(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    db = open_writer(path, "journal")
    db.execute("PRAGMA user_version=0")  # what is there is made once more
    close_writer(db)
    with pytest.raises(Blocked, match="already exists"):
        selftest.selftest(None, path)


def test_a_configuration_that_the_new_version_cannot_read_is_red(tmp_path: Path) -> None:
    toml = tmp_path / "till.toml"
    toml.write_text("[printer]\nurl = 5\n")
    with pytest.raises(ConfigError, match="till"):
        selftest.selftest(toml, None)
