from __future__ import annotations

import re

import httpx2
import pytest

from backoffice import personal_tokens
from backoffice.api import rollouts
from backoffice.api.admin import admin_routes
from backoffice.api.fleet import fleet_routes
from backoffice.api.rejected import rejected_routes
from backoffice.api.rollouts import rollout_routes
from backoffice.api.terminals import own_routes
from backoffice.rights import Right, Role
from backoffice.running import start_office
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from tests.backoffice.web.signed import new_account

ADMIN = (admin_routes, fleet_routes, rollout_routes, rejected_routes)


def routes(router, terminal):
    """Every method and path of a router, from the router itself: a new route is tested too."""
    for route in router.routes:
        path = router.path + route.path.removeprefix(router.path)
        for given in re.findall(r"{\w+:\w+}", path):
            value = {"{terminal:str}": terminal, "{name:str}": "products"}.get(given, "1")
            path = path.replace(given, value)
        for method in sorted(route.methods - {"OPTIONS", "HEAD"}):
            yield method, path


def administrators(terminal):
    return [it for router in ADMIN for it in routes(router, terminal)]


def test_the_table_of_routes_is_complete(new_till):
    found = {(method, path.removeprefix("/v1/terminals/T")) for method, path in
             routes(own_routes, "T")}  # fmt: skip
    assert found == {
        ("GET", "/sets"), ("GET", "/sets/products"), ("GET", "/journal"), ("POST", "/journal"),
        ("POST", "/heartbeat"), ("GET", "/release"), ("GET", "/snapshots/1"),
        ("GET", "/receipts/1"), ("GET", "/parked"), ("PUT", "/logs/1"),
        ("PUT", "/parked/1"), ("POST", "/parked/1/take"), ("GET", "/attachments/1"),
        ("PUT", "/attachments/1"), ("GET", "/attachments/1/content"),
    }  # fmt: skip
    assert [len(list(routes(router, "T"))) for router in ADMIN] == [6, 4, 5, 2]


def test_a_terminal_opens_no_route_of_another(http, new_till):
    mine, device = new_till()
    other, _ = new_till()
    for method, path in routes(own_routes, other):
        answer = http.request(method, path, auth=device, json={})
        assert answer.status_code == 403, (method, path)
        assert answer.headers["content-type"] == "application/problem+json"
    for method, path in routes(own_routes, mine):
        # There is no snapshot and no receipt of that name.
        is_nothing = "snapshots" in path or "receipts" in path
        expected = {404} if is_nothing else {200, 400}
        assert http.request(method, path, auth=device, json={}).status_code in expected
    for method, path in routes(own_routes, "nobody"):
        assert http.request(method, path, auth=device, json={}).status_code == 403


@pytest.mark.parametrize("value", [None, "", "Bearer", "Basic abc", "Bearer wrong", "Bearer ążź"])
def test_without_a_known_token_every_route_is_shut(http, new_till, value):
    terminal, _ = new_till()
    headers = {} if value is None else {"Authorization": value.encode()}
    for method, path in routes(own_routes, terminal):
        answer = http.request(method, path, headers=headers, json={})
        assert answer.status_code == 401, (method, path)
        assert answer.headers["www-authenticate"] == "Bearer"
    for method, path in administrators(terminal):
        answer = http.request(method, path, headers=headers, json={})
        assert answer.status_code in {401, 403}, (method, path)


def test_a_device_is_no_administrator_and_the_administrator_no_device(http, new_till, admin):
    terminal, device = new_till()
    for method, path in administrators(terminal):
        assert http.request(method, path, auth=device, json={}).status_code == 401
    for method, path in routes(own_routes, terminal):
        assert http.request(method, path, headers=admin, json={}).status_code == 401


def test_a_blocked_terminal_is_shut_out_until_it_is_let_in_again(http, new_till, admin):
    terminal, device = new_till()
    sets = f"/v1/terminals/{terminal}/sets"
    where = f"/v1/admin/terminals/{terminal}"
    for is_blocked, status in ((True, 403), (False, 200)):
        http.put(where, headers=admin, json={"is_blocked": is_blocked}).raise_for_status()
        assert http.get(sets, auth=device).status_code == status
    assert http.put(f"{where}x", headers=admin, json={"is_blocked": True}).status_code == 404


def bearer(running, rights, role=Role.MANAGER, shops=None):
    """Headers of a program, and what its token is."""
    office = running.office
    who = new_account(office, role, shops)
    with writing(office.engine) as database:
        token = personal_tokens.make(database, who, "scales", rights, 30, office.clock())
    return {"Authorization": f"Bearer {token}"}, token


def test_a_persons_token_opens_what_its_rights_name(running, http):
    headers, token = bearer(running, [Right.SEE, Right.GOODS])
    where = "/v1/admin/units/door-test"
    unit = {"name": "szt."}
    assert http.put(where, headers=headers, json=unit, params={"shop": "lipa"}).status_code == 200
    assert http.get("/v1/admin/terminals", headers=headers).status_code == 200
    for path in ("/v1/admin/users", "/v1/admin/rejected", "/v1/metrics"):
        refused = http.get(path, headers=headers, params={"shop": "lipa"})
        assert refused.status_code == 403
        assert "right" in refused.json()["detail"]
    with reading(running.office.everyone) as database:
        *_, used_at = personal_tokens.find(database, token, running.office.clock())
    assert used_at


def test_a_persons_token_is_for_the_persons_shops(running, http, new_till):
    terminal, _ = new_till("lipa")
    headers, _ = bearer(running, list(Right), shops={"dab"})
    assert terminal not in http.get("/v1/admin/terminals", headers=headers).text
    asked = {"terminal": terminal, "shop": "dab"}
    assert http.post("/v1/admin/terminals", headers=headers, json=asked).status_code == 404
    asked = {"terminal": "new-in-dab", "shop": "dab"}
    assert http.post("/v1/admin/terminals", headers=headers, json=asked).status_code == 201
    wish = {"group": "west", "version": "1.0.0"}
    assert http.put("/v1/admin/rollouts", headers=headers, json=wish).status_code == 403


def test_who_may_change_goods_begins_no_shop_with_them(running, http):
    headers, _ = bearer(running, list(Right), role=Role.CLERK)
    ask = {"headers": headers, "params": {"shop": "phantom"}}
    assert http.put("/v1/admin/units", json=[{"id": "x", "name": "x"}], **ask).status_code == 403
    assert http.put("/v1/admin/units/x", json={"name": "x"}, **ask).status_code == 403
    assert http.patch("/v1/admin/units/x", json={"name": "x"}, **ask).status_code == 403
    with reading(running.office.engine) as database:
        assert "phantom" not in data_rows.shops(database)


def test_a_route_of_programs_that_names_no_right_is_shut(db_url, monkeypatch):
    monkeypatch.delitem(rollouts.listed.opt, "right")
    office = start_office(db_url, sample=False)
    try:
        headers = {"Authorization": f"Bearer {office.admin_token}"}
        url = f"{office.url}/v1/admin"
        assert httpx2.get(f"{url}/rollouts", headers=headers).status_code == 403
        assert httpx2.get(f"{url}/terminals", headers=headers).status_code == 200
    finally:
        office.stop()
