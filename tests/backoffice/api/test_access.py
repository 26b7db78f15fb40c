from __future__ import annotations

import re

import pytest

from backoffice.api.admin import admin_routes
from backoffice.api.fleet import fleet_routes
from backoffice.api.rejected import rejected_routes
from backoffice.api.rollouts import rollout_routes
from backoffice.api.terminals import own_routes

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
        ("PUT", "/parked/1"), ("POST", "/parked/1/take"),
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
