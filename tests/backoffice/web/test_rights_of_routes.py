"""Each route, each role, each object of others: allowed or refused as ``routes.txt`` says."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest

from backoffice import personal_tokens
from backoffice.rights import Right, Role
from backoffice.running import start_office
from backoffice.store.company import MAIN
from backoffice.store.engine import writing
from tests.backoffice.conftest import Books
from tests.backoffice.web.signed import carry, cookie_of, new_account, token_of
from tests.backoffice.web.world import (
    NAMELESS,
    OBJECTS,
    OTHER_COMPANY,
    OTHER_SHOP,
    SHOP,
    furnish,
)


def expanded(path):
    """A path for each of the (one|other) in it."""
    found = re.search(r"\(([^)]*)\)", path)
    if not found:
        return [path]
    return [path[: found.start()] + word + path[found.end() :] for word in found[1].split("|")]


LINES = [
    line.split()
    for line in Path(__file__).with_name("routes.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
TABLE = {f"{method} {each}": words for method, path, *words in LINES for each in expanded(path)}
GUARDED = [route for route, words in TABLE.items() if len(words) == len(Role)]
# Asked by tills, by anybody, or by programs that watch the process.
OTHERS = ("/v1/terminals/", "/v1/enrol", "/releases/", "/health/", "/static/", "/openapi")
QUERY = {"/registers.csv": "?month=2026-03"}
VALUES = {"name": "products", "book": "returns", "token": "x", "epoch": "1", "seq": "2"}


class World:
    """A running office with accounts of every kind."""

    def __init__(self, running) -> None:
        self.running, self.office = running, running.office
        self.ids = furnish(self.office, Books)
        self.client = httpx2.Client(base_url=running.url)
        # The token of the forms is the browser's: whoever signs in, it stays.
        self._form_token = token_of(self.client.get("/sign-in"))
        self._form_cookie = self.client.cookies["csrftoken"]
        self._known = {}

    def ask(self, method, path, who, body=None):
        """What ``who`` (role, shops, company) gets, in a browser or with a token."""
        if who not in self._known:
            self._known[who] = self._introduce(*who)
        session, token = self._known[who]
        if path.startswith("/v1/"):
            bearer = {"Authorization": f"Bearer {token}"}
            return self.client.request(method, path, headers=bearer, json=body)
        if path == "/sign-out":
            del self._known[who]
        return self.send(method, path, session, body)

    def send(self, method, path, session, body=None):
        """What a browser gets that carries a session."""
        carry(self.client, session)
        self.client.cookies.set("csrftoken", self._form_cookie, domain=self.client.base_url.host)
        form = None if method == "GET" else {"_csrf_token": self._form_token, **(body or {})}
        return self.client.request(method, path, data=form)

    def _introduce(self, role, shops, company):
        account, moment = new_account(self.office, role, shops, company), self.office.clock()
        with writing(self.office.of(company).engine) as database:
            token = personal_tokens.make(database, account, "test", [*Right], 1, moment)
        return cookie_of(self.office, account, company), token


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    running = start_office(f"sqlite:///{folder}/office.db", sample=True)
    made = World(running)
    yield made
    made.client.close()
    running.stop()


def handlers(world):
    """Every route that people and their programs ask, with its handler."""
    app = world.running._server.config.app
    for route in app.routes:
        if route.path.startswith(OTHERS):
            continue
        for method, (handler, _) in route.route_handler_map.items():
            if method not in {"OPTIONS", "HEAD"}:
                yield f"{method} {route.path_format}", handler


def test_every_route_stands_in_the_table_and_nothing_else_does(world):
    found = {route for route, _ in handlers(world)}
    concrete = re.compile(r" /v1/admin/\w+(/1)?$")
    assert found - set(TABLE) == set()
    assert {it for it in set(TABLE) - found if not concrete.search(it)} == set()
    assert all(words in (["open"], ["half"]) or len(words) == len(Role) for words in TABLE.values())


def test_the_table_contradicts_itself_nowhere():
    for method, path, *words in LINES:
        assert all(TABLE[f"{method} {each}"] == words for each in expanded(path)), path


def test_a_route_is_open_only_where_the_table_says_so(world):
    for route, handler in handlers(world):
        is_guarded = "right" in handler.opt
        assert is_guarded is (route in GUARDED), route


@pytest.mark.parametrize("route", GUARDED)
def test_each_role_may_what_the_table_says(world, route):
    method, path = route.split()
    path = re.sub(r"{(\w+)}", lambda it: VALUES.get(it[1], "1"), path)
    for role, word in zip(Role, TABLE[route], strict=True):
        answer = world.ask(method, path, (role, None, MAIN))
        is_refused = answer.status_code == 403
        assert is_refused is (word == "no"), (role, answer.status_code, answer.text[:300])
        assert answer.headers.get("location") != "/second-factor"
        if answer.headers.get("location") == "/sign-in":
            assert path == "/sign-out"


@pytest.mark.parametrize("route", [it for it in TABLE if TABLE[it] != ["open"]])
def test_nobody_gets_in_without_a_session_or_a_token(world, route):
    method, path = route.split()
    path = re.sub(r"{(\w+)}", lambda it: VALUES.get(it[1], "1"), path)
    answer = world.send(method, path, "made up")
    if path.startswith("/v1/"):
        assert answer.status_code == 401
    else:
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_every_route_that_names_an_object_has_a_stranger_who_asks_for_it(world):
    naming = {route for route, _ in handlers(world) if "{" in route}
    assert naming - set(OBJECTS) - NAMELESS == set()
    assert set(OBJECTS) <= {route for route, _ in handlers(world)}


def test_the_shop_of_others_does_not_exist(world):
    neighbour = (Role.MANAGER, frozenset({OTHER_SHOP}), MAIN)
    asked = [
        route
        for route, handler in handlers(world)
        if "shop" in handler.parsed_fn_signature.parameters and TABLE[route][1] == "yes"
    ]
    assert len(asked) > 6
    for route in asked:
        method, path = route.split()
        path = re.sub(r"{(\w+)}", lambda it: VALUES.get(it[1], "1"), path)
        answer = world.ask(method, f"{path}?shop={SHOP}&id=szt", neighbour, {})
        assert answer.status_code == 404, route


@pytest.mark.parametrize("route", OBJECTS)
def test_what_is_anothers_does_not_exist(world, route):
    method, _ = route.split()
    path, body, elsewhere = OBJECTS[route]
    path = path.format(**world.ids)
    if isinstance(body, dict):
        body = {name: world.ids.get(value, value) for name, value in body.items()}
    mine = (Role.OWNER, None, MAIN)
    theirs = (Role.OWNER, None, OTHER_COMPANY)
    assert world.ask(method, path, theirs, body).status_code == elsewhere
    if TABLE[route][1] == "yes":
        neighbour = (Role.MANAGER, frozenset({OTHER_SHOP}), MAIN)
        assert world.ask(method, path, neighbour, body).status_code == 404
    if method in {"GET", "PUT"}:
        # It is there, and whoever it belongs to gets it.
        assert world.ask(method, path, mine, body).status_code != 404


@pytest.mark.parametrize("route", [it for it in GUARDED if it.startswith("GET")])
def test_a_list_tells_a_neighbour_nothing(world, route):
    """The shop's till stands in no page of whoever manages another shop."""
    _, path = route.split()
    path = re.sub(r"{(\w+)}", lambda it: VALUES.get(it[1], "1"), path)
    neighbour = (Role.MANAGER, frozenset({OTHER_SHOP}), MAIN)
    for who in (neighbour, (Role.OWNER, None, OTHER_COMPANY)):
        answer = world.ask("GET", f"{path}{QUERY.get(path, '')}", who)
        assert world.ids["terminal"] not in answer.text
