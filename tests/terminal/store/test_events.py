from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store import outbox
from terminal.store.db import close_writer, open_writer, write
from terminal.store.events import recent
from terminal.sync.wire import CashDoc, EventDoc

if TYPE_CHECKING:
    from pathlib import Path


def test_newest_first_and_further_back_by_pages(tmp_path: Path) -> None:
    db = open_writer(tmp_path / "journal.db", "journal")
    with write(db):
        outbox.begin(db, 1)
        for no in range(7):
            at = f"2026-11-26T10:00:0{no}+01:00"
            event = EventDoc(f"e{no}", "T1", "lipa", at, "Anna", "login", {"user": "u1", "n": no})
            outbox.append(db, event, at)
            cash = CashDoc(f"c{no}", "T1", "lipa", at, "Anna", 100, "")
            outbox.append(db, cash, at)
    first = recent(db, limit=3)
    assert [one.detail for one in first] == [(("n", str(n)), ("user", "u1")) for n in (6, 5, 4)]
    assert (first[0].at, first[0].operator, first[0].name) == (
        "2026-11-26T10:00:06+01:00",
        "Anna",
        "login",
    )
    rest = recent(db, first[-1].place)
    assert [dict(one.detail)["n"] for one in rest] == ["3", "2", "1", "0"]
    assert recent(db, rest[-1].place) == []
    close_writer(db)
