"""Documents that come back make the rows, numbers and fates that they were written with."""

from __future__ import annotations

from terminal.store import copies
from terminal.store.db import close_writer, open_writer, write
from tests.terminal.field.conftest import Field, shop

__all__ = ["shop"]
TABLES = {
    "own_row": "SELECT set_name, id, body, rid FROM own_row",
    "sales_fate": "SELECT * FROM sales_fate",
    "sales_number": "SELECT * FROM sales_number",
}


def test_a_rebuilt_journal_has_the_same_tables(shop, tmp_path) -> None:
    field = Field(shop)
    (tmp_path / "a.txt").write_text("x")
    quote = field.written("OS")
    field.order_from(quote.id)
    sold = field.written()
    field.sell(sold.id)
    shop.pay()
    field.cancel_document(field.written().id, "x")
    field.end_visit("v1", "byłem", "2026-12-01T10:00:00+01:00")
    field.attach("customer", "c1", tmp_path / "a.txt")
    before = {name: sorted(shop.sql(asked)) for name, asked in TABLES.items()}
    bodies = shop.sql("SELECT epoch, seq, rid, kind, made_at, prev, hash, body FROM document")
    told = shop.sql("SELECT rid, told, keep_until FROM person")
    db = open_writer(tmp_path / "copy.db", "journal")
    with write(db):
        db.executemany("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?)", bodies)
        db.executemany("INSERT INTO person (rid, told, keep_until) VALUES (?, ?, ?)", told)
        copies.rebuild(db, lost=0)
    after = {name: sorted(db.execute(asked)) for name, asked in TABLES.items()}
    assert after == before
    assert db.execute("SELECT state FROM content").fetchall() == [("waiting",)]
    close_writer(db)
