from __future__ import annotations

from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from backoffice import fleet, in_use, links
from backoffice.copies import making, restoring, sqlite_file
from backoffice.copies.faults import BadCopy, CopyFailed
from backoffice.copies.restoring import restore
from backoffice.errors import NotNow
from backoffice.store.company import MAIN, of_company
from backoffice.store.engine import open_engine, reading, writing
from backoffice.store.tables import audit, enrolment_code, office_link, web_session
from backoffice.web import session


@pytest.fixture
def url(filled):
    return make_url(f"sqlite:///{filled}")


@pytest.fixture
def copy(filled, tmp_path):
    """A copy from before the last two documents were lost and a session began."""
    target = tmp_path / "copy.db"
    sqlite_file.copy(filled, target)
    with closing(connect(filled)) as db, db:
        db.execute("DELETE FROM journal_entry WHERE seq > 1")
    return target


def ask(url, chosen):
    engine = of_company(open_engine(url.render_as_string(hide_password=False)), MAIN)
    try:
        with reading(engine) as database:
            return database.execute(chosen).all()
    finally:
        engine.dispose()


def test_what_the_copy_holds_is_there_and_the_old_database_is_kept(copy, url, clock):
    place = Path(url.database)
    done = restore(copy, url, clock())
    left = {each.name for each in place.parent.iterdir()}
    assert left == {"office.db", "office.lock", "copy.db", done.kept.name}
    assert done.held.documents == 3
    assert sqlite_file.whole(place) == done.held
    assert sqlite_file.whole(done.kept).documents == 1
    assert done.kept.name == "office-before-20260301-120000.db"
    assert [row.act for row in ask(url, select(audit))] == ["restore"]


def test_what_was_open_is_open_no_more(filled, url, tmp_path, clock):
    engine = of_company(open_engine(str(url)), MAIN)
    with writing(engine) as database:
        links.make(database, MAIN, "owner", "", clock())
        fleet.invite(database, "T1", "lipa", clock())
        session.start(database, "somebody", clock(), address="", agent="", is_whole=True)
    engine.dispose()
    target = tmp_path / "copy.db"
    sqlite_file.copy(filled, target)
    restore(target, url, clock())
    for table in (web_session, office_link, enrolment_code):
        assert ask(url, select(table)) == []


def test_it_wants_the_office_to_stand_still(copy, url, clock):
    before = Path(url.database).read_bytes()
    with in_use.shared(Path(url.database).with_suffix(".lock")), pytest.raises(NotNow):
        restore(copy, url, clock())
    assert Path(url.database).read_bytes() == before


def test_a_copy_that_comes_over_by_half_is_not_taken(copy, url, clock, monkeypatch):
    def half(source, target, copied=sqlite_file.copy):
        copied(source, target)
        with closing(connect(target)) as db, db:
            # The end of a chain: what is left of it is whole.
            db.execute("DELETE FROM journal_entry WHERE seq = 3")

    monkeypatch.setattr(restoring.sqlite_file, "copy", half)
    before = Path(url.database).read_bytes()
    with pytest.raises(BadCopy, match="did not come over whole"):
        restore(copy, url, clock())
    assert Path(url.database).read_bytes() == before
    assert not list(Path(url.database).parent.glob(".*"))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer program .schema 9999."),
        ("DELETE FROM data_row WHERE set_name = 'products'", "rows of products"),
        ("DELETE FROM alembic_version", "newer program .schema None."),
    ],
)
def test_what_will_not_do_changes_nothing(copy, url, clock, spoil, told):
    with closing(connect(copy)) as db, db:
        db.execute(spoil)
    before = Path(url.database).read_bytes()
    with pytest.raises(BadCopy, match=told):
        restore(copy, url, clock())
    assert Path(url.database).read_bytes() == before
    assert not list(Path(url.database).parent.glob("*before*"))


def test_a_damaged_database_is_replaced_and_kept_with_its_log(copy, url, clock):
    place = Path(url.database)
    place.write_text("no database any more")
    Path(f"{place}-wal").write_text("its log")
    done = restore(copy, url, clock())
    assert sqlite_file.whole(place).documents == 3
    assert done.kept.read_text() == "no database any more"
    assert Path(f"{done.kept}-wal").read_text() == "its log"
    assert not Path(f"{place}-wal").exists()


def test_a_database_that_is_gone_comes_back(copy, url, clock):
    Path(url.database).unlink()
    assert restore(copy, url, clock()).kept is None
    assert sqlite_file.whole(Path(url.database)).documents == 3


def test_a_copy_goes_back_to_its_own_kind_only(copy, url, tmp_path, clock):
    with pytest.raises(BadCopy, match="no copy of a PostgreSQL server"):
        restore(copy, make_url("postgresql+psycopg://kaso@/office"), clock())
    dumped = tmp_path / "copy.dump"
    dumped.write_bytes(b"PGDMP...")
    with pytest.raises(BadCopy, match="no copy of an SQLite file"):
        restore(dumped, url, clock())


def test_a_server_gets_it_into_a_new_database(cluster, blank_pg, fill, tmp_path, clock):
    full, fresh = (cluster.url(cluster.create(each)) for each in (blank_pg, "template0"))
    fill(full)
    target = tmp_path / "copy.dump"
    making.make(make_url(full), target)
    with pytest.raises(CopyFailed, match="has tables already"):
        restore(target, make_url(full), clock())
    done = restore(target, make_url(fresh), clock())
    assert done.kept is None
    assert done.held.documents == 3
    assert [row.act for row in ask(make_url(fresh), select(audit))] == ["restore"]
