from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from terminal.store.catalogue import apply
from terminal.store.customers import customer, customers, names
from terminal.store.db import close_writer, open_writer
from terminal.store.own_rows import Own
from terminal.sync.wire import Customer, canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

CAFE = Customer("1", "Kawiarnia Pod Zegarem", "5261001001")
MEADOW = Customer("2", "Przedszkole Zielona Łąka", "7792003005")
CLOCKS = Customer("3", "Zegary i łańcuszki")
GONE = Customer("4", "Zegarmistrz", is_active=False)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    catalogue = open_writer(tmp_path / "catalogue.db", "catalogue")
    apply(catalogue, "customers", 1, [CLOCKS, CAFE, GONE, MEADOW])
    yield catalogue
    close_writer(catalogue)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [CAFE, MEADOW, CLOCKS]),
        ("  ", [CAFE, MEADOW, CLOCKS]),
        ("zegar", [CAFE, CLOCKS]),
        ("laka ZIEL", [MEADOW]),
        ("526", [CAFE]),
        ("526-100-10-01", [CAFE]),
        ("5261001002", []),
        ("zegarmistrz", []),
        ("%", [CAFE, MEADOW, CLOCKS]),
        ("' OR 1", []),
    ],
)
def test_by_a_piece_of_the_name_or_the_beginning_of_the_nip(
    db: sqlite3.Connection, text: str, found: list[Customer]
) -> None:
    assert customers(db, text) == found


def test_page_by_page(db: sqlite3.Connection) -> None:
    twin = replace(CAFE, id="9")
    apply(db, "customers", 2, [twin])
    seen: list[Customer] = []
    while page := customers(db, after=seen[-1] if seen else None, limit=1):
        seen += page
    assert seen == [CAFE, twin, MEADOW, CLOCKS]


def test_who_was_removed_is_not_found(db: sqlite3.Connection) -> None:
    apply(db, "customers", 2, [], ["1"])
    assert customers(db, "zegar") == [CLOCKS]


def test_those_of_this_till_stand_among_the_others(db: sqlite3.Connection) -> None:
    mine = [Customer("x", "Mleczarnia", "5260250274"), Customer("1", "Stara nazwa"), GONE]
    own = [Own(one, "") for one in mine]
    assert customers(db, own=own) == [CAFE, mine[0], MEADOW, CLOCKS]
    assert customers(db, "526", own=own) == [CAFE, mine[0]]
    pages, last = [], None
    while page := customers(db, "", last, 1, own):
        pages, last = [*pages, *page], page[-1]
    assert pages == [CAFE, mine[0], MEADOW, CLOCKS]
    assert customer(db, "x", own) == mine[0]
    assert customer(db, "1", own) == CAFE
    assert customer(db, "4", own) is None


def test_a_change_of_this_till_is_shown_until_the_office_has_another_row(
    db: sqlite3.Connection,
) -> None:
    changed = Customer("1", "Kawiarnia Nowa", "5261001001", city="Łódź")
    own = [Own(changed, canonical(CAFE))]
    assert customers(db, "kawiarnia", own=own) == [changed]
    assert customer(db, "1", own) == changed
    assert names(db, own)["1"] == "Kawiarnia Nowa"
    theirs = Customer("1", "Kawiarnia Inna", "5261001001")
    apply(db, "customers", 2, [theirs])
    assert customers(db, "kawiarnia", own=own) == [theirs]
    apply(db, "customers", 3, [], ["1"])
    assert customer(db, "1", own) is None
