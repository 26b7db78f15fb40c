from __future__ import annotations

import httpx2
import pytest
from click.testing import CliRunner

from backoffice.company_commands import companies
from backoffice.running import start_office


@pytest.fixture
def run(db_url):
    def run(*arguments):
        return CliRunner().invoke(companies, ["--db", db_url, *map(str, arguments)])

    return run


def test_a_new_company_has_an_administrator_who_sees_no_other(run, db_url, tmp_path):
    place = tmp_path / "oak.admin-token"
    added = run("add", "oak", "Dąb", "--admin-token-file", place)
    assert added.exit_code == 0, added.output
    assert "oak\tDąb" in run("list").output
    office = start_office(db_url, sample=True)
    try:
        oak = {"Authorization": f"Bearer {place.read_text().strip()}"}
        main = {"Authorization": f"Bearer {office.admin_token}"}
        where = f"{office.url}/v1/admin/units"
        assert len(httpx2.get(where, headers=main).json()["rows"]) > 3
        assert httpx2.get(where, headers=oak, params={"shop": "lipa"}).json()["rows"] == []
        row = {"id": "kg", "name": "kg"}
        put = httpx2.put(where, headers=oak, params={"shop": "lipa"}, json=row)
        assert put.json()["revision"] == 1
        assert httpx2.get(f"{where}/kg", headers=main).json()["name"] == "kg"
        assert httpx2.get(f"{office.url}/v1/admin/terminals", headers=oak).json() == []
    finally:
        office.stop()


def test_what_cannot_be_done_is_said(run, tmp_path):
    bad = run("add", "", "--admin-token-file", tmp_path / "t")
    assert bad.exit_code == 1
    assert "1 to 64 characters" in bad.output
    nowhere = CliRunner().invoke(companies, ["--db", "sqlite:////no/such/folder/o.db", "list"])
    assert nowhere.exit_code == 1
    assert "cannot open" in nowhere.output
