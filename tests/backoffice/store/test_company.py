from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, select, text, update

from backoffice import fleet
from backoffice.store import data_rows
from backoffice.store.company import company_of, of_all, of_company
from backoffice.store.engine import open_engine, reading, writing
from backoffice.store.tables import (
    data_row,
    enrolment_code,
    metadata,
    office_setting,
    receipt,
    terminal,
    verdict,
)
from backoffice.store.upsert import insert_if_absent, upsert

ROW = {"name": "n", "value": "1"}


@pytest.fixture
def two(engine):
    """The offices of two companies in one database."""
    return of_company(engine, "oak"), of_company(engine, "elm")


def values(engine):
    with reading(engine) as database:
        return list(database.scalars(select(office_setting.c.value)))


def test_every_table_but_one_holds_rows_of_companies():
    unbound = {name for name, table in metadata.tables.items() if "company" not in table.c}
    assert unbound == {"company"}


@pytest.mark.parametrize(
    "put",
    [
        lambda database: database.execute(insert(office_setting).values(**ROW)),
        lambda database: database.execute(insert(office_setting), [ROW]),
        lambda database: database.execute(insert(office_setting), ROW),
        lambda database: upsert(database, office_setting, [ROW]),
        lambda database: insert_if_absent(database, office_setting, ROW),
    ],
    ids=["values", "many", "one", "upsert", "if absent"],
)
def test_a_row_belongs_to_the_company_that_writes_it(two, engine, put):
    oak, elm = two
    with writing(oak) as database:
        put(database)
    assert values(oak) == ["1"]
    assert values(elm) == []
    with writing(elm) as database:
        put(database)
    with reading(of_all(engine)) as database:
        found = database.scalars(select(office_setting.c.company))
        assert sorted(found) == ["elm", "oak"]


def test_changing_and_deleting_reach_no_stranger(two):
    oak, elm = two
    for engine in two:
        with writing(engine) as database:
            database.execute(insert(office_setting).values(**ROW))
    with writing(elm) as database:
        database.execute(update(office_setting).values(value="2"))
    assert (values(oak), values(elm)) == (["1"], ["2"])
    with writing(oak) as database:
        database.execute(delete(office_setting))
    assert (values(oak), values(elm)) == ([], ["2"])


def test_an_upsert_replaces_no_strangers_row(two):
    oak, elm = two
    for engine, value in ((oak, "1"), (elm, "2"), (oak, "3")):
        with writing(engine) as database:
            upsert(database, office_setting, [{"name": "n", "value": value}])
    assert (values(oak), values(elm)) == (["3"], ["2"])


def test_each_table_of_a_join_is_bound(two, engine):
    _, elm = two
    place = {"terminal": "K1", "epoch": 1, "seq": 1}
    row = {
        **place,
        "printer_no": "P", "report_no": 1, "receipt_no": 1, "closed_at": "", "operator": "",
        "total_gr": 1, "payments": "",
    }  # fmt: skip
    opinion = {**place, "is_accepted": True, "reason": "", "judged_at": ""}
    for each in two:
        with writing(each) as database:
            database.execute(insert(receipt).values(row))
            database.execute(insert(verdict).values(opinion))
    joined = select(receipt.c.company, verdict.c.company.label("other")).join_from(
        receipt, verdict, receipt.c.terminal == verdict.c.terminal
    )
    with reading(elm) as database:
        assert database.execute(joined).all() == [("elm", "elm")]
    with reading(of_all(engine)) as database:
        assert len(database.execute(joined).all()) == 4


def test_one_terminal_name_may_stand_in_two_companies(two, clock):
    codes = []
    for each in two:
        with writing(each) as database:
            codes.append(fleet.invite(database, "K1", "lipa", clock()))
    with reading(of_all(two[0])) as database:
        found = [fleet.company_of_code(database, code) for code in codes]
        assert database.execute(select(terminal.c.id)).all() == [("K1",), ("K1",)]
    assert found == ["oak", "elm"]


def test_a_query_without_a_company_is_refused(db_url):
    unbound = open_engine(db_url)
    for statement in (
        select(terminal),
        update(terminal).values(shop=""),
        delete(enrolment_code),
        insert(office_setting).values(**ROW),
    ):
        with writing(unbound) as database, pytest.raises(AssertionError, match="no company"):
            database.execute(statement)
    with reading(unbound) as database:
        assert database.execute(text("SELECT 1")).scalar() == 1
    unbound.dispose()


def test_a_select_within_another_is_refused(two):
    inner = select(data_row.c.id).scalar_subquery()
    with reading(two[0]) as database, pytest.raises(AssertionError, match="data_row"):
        database.execute(select(terminal).where(terminal.c.id == inner))


def test_revisions_are_counted_by_company(two):
    for each, count in zip(two, (3, 1), strict=True):
        with writing(each) as database:
            data_rows.lock(database, "units", "lipa")
            data_rows.store(database, "units", "lipa", {str(n): "{}" for n in range(count)})
    for each, count in zip(two, (3, 1), strict=True):
        with reading(each) as database:
            assert data_rows.revision_of(database, "units", "lipa") == count
            assert len(data_rows.living(database, "units", "lipa")) == count


def test_a_connection_knows_its_company(two, engine):
    with reading(two[1]) as database:
        assert company_of(database) == "elm"
    with reading(of_all(engine)) as database, pytest.raises(AssertionError):
        company_of(database)
