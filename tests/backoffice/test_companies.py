from __future__ import annotations

import pytest

from backoffice import companies, settings
from backoffice.errors import BadRequest
from backoffice.store.company import of_all, of_company
from backoffice.store.engine import reading, writing


def test_a_company_is_made_once(engine, clock):
    with writing(engine) as database:
        companies.add(database, "oak", "Dąb", clock())
        companies.add(database, "oak", "Another name", clock())
        companies.add(database, "elm", "Wiąz", clock())
        found = [(each.id, each.name) for each in companies.all_companies(database)]
    assert found == [("elm", "Wiąz"), ("oak", "Dąb")]


@pytest.mark.parametrize("bad", ["", "x" * 65, "a\nb"])
def test_a_bad_id_is_refused(engine, clock, bad):
    with writing(engine) as database, pytest.raises(BadRequest):
        companies.add(database, bad, "", clock())


def test_an_administrator_has_one_company(engine):
    for name in ("oak", "elm"):
        with writing(of_company(engine, name)) as database:
            companies.appoint(database, f"token of {name}")
    with reading(of_all(engine)) as database:
        assert settings.company_of_admin(database, "token of elm") == "elm"
        assert settings.company_of_admin(database, "token of oak") == "oak"
        assert settings.company_of_admin(database, "token of ash") is None
