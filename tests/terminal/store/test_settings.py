"""Small facts of the journal survive as they were put."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from drivers.fiscal import EXEMPT, INACTIVE, Counters, PercentMode
from terminal.store import settings
from terminal.store.db import close_writer, open_writer, write

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

COUNTERS = Counters("ŻÓŁ 2101000001", 4, 55, 7, 1, 8, (100, 200, 300, 0, 0, 0, 9_999_999_999), 5, 2)
RATES = (2300, 800, 500, 0, EXEMPT, INACTIVE, INACTIVE)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    yield journal
    close_writer(journal)


def test_a_value_is_kept_until_it_is_put_anew(db: sqlite3.Connection) -> None:
    assert settings.get(db, "x") == ""
    assert settings.get(db, "x", "usual") == "usual"
    settings.put(db, "x", "1")
    settings.put(db, "x", "")
    assert settings.get(db, "x", "usual") == ""


def test_counters_come_back_as_they_were(db: sqlite3.Connection) -> None:
    assert settings.expected_counters(db) is None
    settings.expect_counters(db, COUNTERS)
    assert settings.expected_counters(db) == COUNTERS
    later = replace(COUNTERS, receipts=8)
    settings.expect_counters(db, later)
    assert settings.expected_counters(db) == later


def test_counters_from_a_text_are_checked() -> None:
    assert settings.counters_of(settings.counters_text(COUNTERS)) == COUNTERS
    with pytest.raises(ValueError, match="unique_no"):
        settings.counters_of('{"reports": 1}')


def test_rates_come_back_as_they_were(db: sqlite3.Connection) -> None:
    assert settings.printer_rates(db) is None
    settings.remember_rates(db, RATES)
    assert settings.printer_rates(db) == RATES


def test_tokens_follow_each_other_and_begin_again(db: sqlite3.Connection) -> None:
    assert [settings.next_token(db) for _ in range(3)] == [1, 2, 3]
    settings.put(db, "printer.token", str(settings.TOKEN_MAX - 1))
    assert [settings.next_token(db) for _ in range(3)] == [settings.TOKEN_MAX, 1, 2]


def test_a_token_whose_transaction_failed_was_never_given(db: sqlite3.Connection) -> None:
    def fail_after_token() -> None:
        with write(db):
            settings.next_token(db)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_token()
    assert settings.next_token(db) == 1


def test_the_printers_way_with_percents(db: sqlite3.Connection) -> None:
    assert settings.percent_mode(db) is PercentMode.VALUE_FIRST
    with write(db):
        settings.remember_percent_mode(db, PercentMode.DISCOUNT_FIRST)
    assert settings.percent_mode(db) is PercentMode.DISCOUNT_FIRST
