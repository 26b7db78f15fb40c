"""What is remembered of the exchanges with the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store.db import close_writer, open_writer, write
from terminal.store.exchanges import EXCHANGES_MAX, Cause, Exchange, keep, recent

if TYPE_CHECKING:
    from pathlib import Path


def test_the_newest_comes_first_and_the_oldest_goes(tmp_path: Path) -> None:
    db = open_writer(tmp_path / "journal.db", "journal")
    assert recent(db) == []
    for number in range(EXCHANGES_MAX + 3):
        with write(db):
            keep(db, Exchange(f"at {number}", "products", Cause.LOGIN, "Anna", changed=number))
    kept = recent(db)
    assert len(kept) == EXCHANGES_MAX
    assert kept[0] == Exchange(
        f"at {EXCHANGES_MAX + 2}",
        "products",
        Cause.LOGIN,
        "Anna",
        changed=EXCHANGES_MAX + 2,
    )
    assert kept[-1].at == "at 3"
    close_writer(db)


def test_what_moved_counts_both_ways_and_a_refusal_does_not() -> None:
    one = Exchange("", "all", Cause.KEYS, sent=1, added=2, changed=4, removed=8, refused=16)
    assert one.moved == 15
