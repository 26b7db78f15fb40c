from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from backoffice.store.engine import reading
from backoffice.store.tables import audit
from terminal.sync.signing import Signing, new_key
from tests.backoffice.devices import request_of


@pytest.fixture
def shop(http, admin):
    """A shop of its own, with one rate and one unit."""
    name = f"shop-{uuid.uuid4()}"
    for part, row in (("vat_rates", {"id": "C", "rate_bp": 500}), ("units", unit("szt"))):
        http.put(f"/v1/admin/{part}?shop={name}", headers=admin, json=row).raise_for_status()
    return name


def unit(row_id):
    return {"id": row_id, "name": "szt."}


def product(row_id, **more):
    return {"id": row_id, "name": f"Towar {row_id}", "vat": "C", "price_gr": 100, "unit": "szt"} | (
        more
    )


def test_rows_are_put_listed_changed_and_removed(http, admin, shop):
    ask = {"headers": admin, "params": {"shop": shop}}
    rows = [product("a"), product("b"), product("c")]
    put = http.put("/v1/admin/products", json=rows, **ask)
    assert put.json() == {"shop": shop, "revision": 3, "taken": 3, "changed": 3, "errors": []}
    first = http.get("/v1/admin/products", headers=admin, params={"shop": shop, "limit": 2}).json()
    assert ([row["id"] for row in first["rows"]], first["next"]) == (["a", "b"], "b")
    rest = {"shop": shop, "limit": 2, "after": "b"}
    last = http.get("/v1/admin/products", headers=admin, params=rest).json()
    assert ([row["id"] for row in last["rows"]], last["next"]) == (["c"], "")
    changed = http.patch("/v1/admin/products/a", json={"price_gr": 5, "plu": "7"}, **ask)
    assert changed.json()["revision"] == 4
    row = http.get("/v1/admin/products/a", **ask).json()
    assert (row["price_gr"], row["plu"], row["name"]) == (5, "7", "Towar a")
    http.put("/v1/admin/products/a", json=product("ignored"), **ask).raise_for_status()
    assert http.get("/v1/admin/products/a", **ask).json()["plu"] == ""
    assert http.delete("/v1/admin/products/a", **ask).json()["changed"] == 1
    assert http.get("/v1/admin/products/a", **ask).status_code == 404
    assert http.delete("/v1/admin/products/a", **ask).status_code == 404


def test_bad_rows_are_named_by_place_path_and_reason(http, admin, shop):
    rows = [product("a"), product("b", vat="X"), product("c", unit="kg"), product("d", colour=1)]
    answer = http.put("/v1/admin/products", json=rows, headers=admin, params={"shop": shop})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    told = [(it["index"], it["id"], it["path"]) for it in answer.json()["errors"]]
    assert told == [(1, "b", "$.vat"), (2, "c", "$.unit"), (3, "d", "$.colour")]
    assert "$.vat" in answer.json()["detail"]
    listed = http.get("/v1/admin/products", headers=admin, params={"shop": shop}).json()
    assert listed["rows"] == []


def test_good_rows_are_taken_on_wish(http, admin, shop):
    params = {"shop": shop, "take": "good"}
    rows = [product("a"), product("b", vat="X")]
    answer = http.put("/v1/admin/products", json=rows, headers=admin, params=params).json()
    assert (answer["taken"], [it["id"] for it in answer["errors"]]) == (1, ["b"])


def test_a_row_in_use_stays(http, admin, shop):
    ask = {"headers": admin, "params": {"shop": shop}}
    http.put("/v1/admin/products", json=product("a"), **ask).raise_for_status()
    answer = http.delete("/v1/admin/units/szt", **ask)
    assert answer.status_code == 422
    assert "product a" in answer.json()["detail"]


def test_the_shop_must_be_named_when_there_are_several(http, admin, shop):
    answer = http.get("/v1/admin/units", headers=admin)
    assert answer.status_code == 400
    assert "?shop=" in answer.json()["detail"]
    assert shop in answer.json()["detail"]


@pytest.mark.parametrize("name", ["new\r\nshop", 'a"b', "x" * 65, "../x"])
def test_a_new_shop_has_a_name_that_fits_addresses_and_files(http, admin, name):
    ask = {"headers": admin, "params": {"shop": name}}
    answer = http.put("/v1/admin/units", json=unit("szt"), **ask)
    assert answer.status_code == 400
    assert "64 letters" in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"{", b"", b"[1]", b'"x"'])
def test_what_is_no_row_is_refused(http, admin, shop, body):
    ask = {"headers": admin, "params": {"shop": shop}, "content": body}
    assert http.put("/v1/admin/units", **ask).status_code in {400, 422}
    assert http.patch("/v1/admin/units/szt", **ask).status_code == 400
    assert http.put("/v1/admin/units/szt", **ask).status_code == 400


def test_an_unknown_set_is_404_and_an_impossible_page_400(http, admin, shop):
    ask = {"headers": admin, "params": {"shop": shop}}
    assert http.get("/v1/admin/goods", **ask).status_code == 404
    assert http.put("/v1/admin/goods", json=[], **ask).status_code == 404
    answer = http.get("/v1/admin/units", headers=admin, params={"shop": shop, "limit": 0})
    assert answer.status_code == 400


def test_inviting_gives_a_code_that_enrols(http, admin):
    asked = {"terminal": "invited-1", "shop": "lipa"}
    answer = http.post("/v1/admin/terminals", headers=admin, json=asked)
    assert answer.status_code == 201
    code = answer.json()["code"]
    key = new_key()
    enrolled = http.post("/v1/enrol", json=request_of(code, key), auth=Signing(key))
    assert enrolled.json()["terminal"] == "invited-1"
    listed = http.get("/v1/admin/terminals", headers=admin)
    assert "invited-1" in [it["id"] for it in listed.json()]
    assert enrolled.json()["key_id"] in listed.text
    assert code not in listed.text
    assert "hash" not in listed.text


@pytest.mark.parametrize("name", ["", "a b", "a/b", "ą", "x" * 65])
def test_a_terminal_has_a_name_that_fits_a_path(http, admin, name):
    asked = {"terminal": name, "shop": "lipa"}
    answer = http.post("/v1/admin/terminals", headers=admin, json=asked)
    assert answer.status_code == 400
    assert "terminal" in answer.json()["detail"]


def test_acts_are_audited_without_secrets(running, http, admin, shop):
    row = {"id": "x", "name": "X", "rights": []}
    http.put(f"/v1/admin/roles?shop={shop}", headers=admin, json=row).raise_for_status()
    user = {"id": "9", "identifier": "9", "name": "Ala", "role": "x", "pin_hash": "$scrypt$secret"}
    http.put(f"/v1/admin/users?shop={shop}", headers=admin, json=user).raise_for_status()
    asked = {"terminal": "audited", "shop": shop}
    code = http.post("/v1/admin/terminals", headers=admin, json=asked).json()["code"]
    with reading(running.office.engine) as database:
        lines = [f"{it.act} {it.detail}" for it in database.execute(select(audit))]
    assert f"put users/9 in {shop}" in lines
    assert f"invite terminals/audited in {shop}" in lines
    text = "\n".join(lines)
    assert "scrypt" not in text
    assert code not in text
    assert running.admin_token not in text
