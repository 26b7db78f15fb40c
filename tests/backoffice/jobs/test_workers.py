from __future__ import annotations

import pytest

from backoffice.jobs import workers
from backoffice.store.company import SERVER, of_company
from backoffice.store.engine import writing


@pytest.fixture
def server(engine):
    return of_company(engine, SERVER)


def test_who_says_nothing_is_dead_until_it_says_something(server, clock):
    with writing(server) as database:
        workers.enter(database, "a", "1.0", clock())
        clock.push(seconds=20)
        workers.enter(database, "b", "1.1", clock())
        clock.push(seconds=11)
        assert workers.alive(database, clock(), 30) == {"b"}
        workers.beat(database, "a", clock())
        assert workers.alive(database, clock(), 30) == {"a", "b"}
        workers.leave(database, "b")
        assert workers.alive(database, clock(), 30) == {"a"}


def test_names_of_the_dead_are_forgotten_after_a_day(server, clock):
    with writing(server) as database:
        workers.enter(database, "a", "1.0", clock())
        clock.push(hours=25)
        workers.enter(database, "b", "1.0", clock())
        assert workers.alive(database, clock(), 1e6) == {"b"}
