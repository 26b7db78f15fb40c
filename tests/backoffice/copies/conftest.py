from __future__ import annotations

import pytest
from sqlalchemy import insert

from backoffice.sample import load_sample
from backoffice.store.company import MAIN, of_company
from backoffice.store.engine import open_engine, writing
from backoffice.store.tables import company, journal_entry


@pytest.fixture
def fill(books):
    """Puts the sample shop and a journal of ``documents`` into a database."""

    def fill(url, documents=3):
        engine = of_company(open_engine(url), MAIN)
        load_sample(engine)
        journal = books()
        for _ in range(documents):
            journal.add(journal.cash())
        with writing(engine) as database:
            database.execute(
                insert(company).values(id=MAIN, name="", created_at="2026-03-01T12:00:00.000Z")
            )
            for it in journal.entries:
                names = ("seq", "rid", "prev", "hash", "body")
                row = {name: getattr(it, name) for name in names}
                told = {"kind": "cash", "received_at": f"2026-03-01T12:00:0{it.seq}.000Z"}
                database.execute(
                    insert(journal_entry).values(terminal="K1", epoch=1, **row, **told)
                )
        engine.dispose()

    return fill


@pytest.fixture
def filled(db_path, fill):
    """An SQLite office with the sample shop and three documents."""
    fill(f"sqlite:///{db_path}")
    return db_path
