from __future__ import annotations

from datetime import timedelta

import pytest
from litestar.testing import TestClient

from backoffice.api import limits
from backoffice.app import create_app
from backoffice.office import Office


@pytest.fixture
def client(engine, monkeypatch):
    monkeypatch.setattr(limits, "REQUESTS_MAX", 5)
    # A second is over before a slow machine has asked six times.
    monkeypatch.setattr(limits, "PERIOD", "hour")
    with TestClient(create_app(Office(engine))) as opened:
        yield opened


def ask(client, token):
    headers = {"Authorization": f"Bearer {token}"}
    return client.get("/v1/admin/units", headers=headers).status_code


def test_one_caller_that_runs_wild_does_not_stop_the_others(client):
    assert [ask(client, "wild") for _ in range(7)] == [403] * 5 + [429] * 2
    assert ask(client, "calm") == 403


def test_tills_at_one_address_do_not_stop_each_other(client):
    """Behind one router or proxy there are many."""

    def ask_as(key):
        headers = {"Signature-Input": f'kaso=("@method");keyid="{key * 32}"'}
        return client.get("/v1/terminals/T1/sets", headers=headers).status_code

    assert [ask_as("a") for _ in range(7)] == [401] * 5 + [429] * 2
    assert ask_as("b") == 401


def test_made_up_tokens_do_not_fill_the_memory(client, monkeypatch):
    monkeypatch.setattr(limits, "SWEEP_EVERY", 10)
    counts = client.app.stores.get(limits.STORE)
    for number in range(9):
        ask(client, f"made up {number}")
    assert len(counts._store) == 9
    for count in counts._store.values():
        count.expires_at -= timedelta(days=1)
    ask(client, "calm")
    assert len(counts._store) == 1


def test_the_answer_is_a_problem_that_says_when_to_come_again(client):
    for _ in range(6):
        answer = client.get("/v1/admin/units")
    assert answer.status_code == 429
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0


def test_a_load_balancer_may_always_ask(client):
    assert {client.get("/health/live").status_code for _ in range(9)} == {200}
