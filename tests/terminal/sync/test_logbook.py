"""What came of an exchange is kept and told, whatever came of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from terminal.errors import Blocked, Code, SyncError
from terminal.events import Exchanged, Pulled
from terminal.store import exchanges
from terminal.store.db import close_writer, open_writer
from terminal.store.exchanges import Cause, Exchange
from terminal.sync.logbook import Logbook
from tests.ui.fake_till import AtOnce

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ASKED = Exchange("2026-11-23T10:00:00", "users", Cause.LOGIN, "Anna")
AWAY = SyncError(Code.NO_NETWORK, detail="away")


@pytest.fixture
def context(tmp_path: Path) -> Iterator[SimpleNamespace]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    told: list[object] = []
    engine = AtOnce("engine")
    yield SimpleNamespace(journal=journal, engine=engine, told=told, tell=told.append)
    engine.stop()
    close_writer(journal)


def test_rows_are_counted_over_all_sets(context: SimpleNamespace) -> None:
    came = [Pulled("roles", 1, 2, 3), Pulled("users", 10, 20, 30, (("u1", "why"),))]
    assert Logbook(context).pull(ASKED, lambda: came) is came
    (noted,) = exchanges.recent(context.journal)
    assert noted == Exchange(
        ASKED.at, "users", Cause.LOGIN, "Anna", added=11, changed=22, removed=33, refused=1
    )
    assert context.told == [Exchanged(noted)]


def test_documents_are_counted(context: SimpleNamespace) -> None:
    assert Logbook(context).push(ASKED, lambda: 7) == 7
    assert [noted.sent for noted in exchanges.recent(context.journal)] == [7]


def test_why_it_failed_is_noted_and_raised(context: SimpleNamespace) -> None:
    def fail() -> int:
        raise AWAY

    with pytest.raises(SyncError):
        Logbook(context).push(ASKED, fail)
    (noted,) = exchanges.recent(context.journal)
    assert noted.error == f"E-50 {AWAY.sentence()}"
    assert context.told == [Exchanged(noted)]


def test_a_full_disk_does_not_hide_how_it_ended(
    context: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Blocked(Code.STORAGE, detail="full")

    monkeypatch.setattr(exchanges, "keep", full)
    assert Logbook(context).push(ASKED, lambda: 7) == 7
    assert [event.exchange.sent for event in context.told] == [7]
