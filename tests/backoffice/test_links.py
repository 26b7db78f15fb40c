from __future__ import annotations

import pytest
from sqlalchemy import select

from backoffice import links
from backoffice.errors import NotFound
from backoffice.links import Link
from backoffice.store.company import MAIN, of_all, of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import office_link


def test_a_link_opens_once(engine, clock):
    with writing(engine) as database:
        token = links.make(database, MAIN, "invite", "a1", clock())
    for _ in range(2):
        with reading(of_all(engine)) as database:
            assert links.find(database, token, clock()) == Link(MAIN, "invite", "a1")
    with writing(engine) as database:
        assert links.spend(database, token, clock()) == Link(MAIN, "invite", "a1")
        with pytest.raises(NotFound):
            links.spend(database, token, clock())
    with reading(of_all(engine)) as database, pytest.raises(NotFound):
        links.find(database, token, clock())


def test_a_link_is_good_for_a_day_and_until_the_next_one(engine, clock):
    with writing(engine) as database:
        first = links.make(database, MAIN, "owner", "", clock())
        second = links.make(database, MAIN, "owner", "", clock())
        other = links.make(database, MAIN, "reset", "a1", clock())
        with pytest.raises(NotFound):
            links.find(database, first, clock())
        clock.push(hours=23)
        assert links.find(database, second, clock()).purpose == "owner"
        assert links.find(database, other, clock()).account == "a1"
        clock.push(hours=1)
        for token in (second, other):
            with pytest.raises(NotFound):
                links.spend(database, token, clock())


def test_a_link_of_another_company_is_not_spent_and_only_its_hash_is_kept(engine, clock):
    with writing(of_company(engine, "oak")) as database:
        token = links.make(database, "oak", "owner", "", clock())
        assert token not in repr(database.execute(select(office_link)).all())
    with writing(engine) as database:
        with pytest.raises(NotFound):
            links.spend(database, token, clock())
        with pytest.raises(AssertionError):
            links.make(database, "oak", "owner", "", clock())
