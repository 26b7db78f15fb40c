from __future__ import annotations

import pytest

from backoffice import publish
from backoffice.actor import Actor
from backoffice.errors import NotFound
from backoffice.rights import Role
from backoffice.sample import load_sample
from backoffice.store.engine import reading, writing
from backoffice.web.chosen import chosen_shop, name_of_shops, shops_of

UNIT = {"id": "szt", "name": "szt."}


@pytest.fixture
def two(engine):
    """The sample shop, and one without a name."""
    load_sample(engine)
    with writing(engine) as database:
        publish.put(database, "units", "zabka", [dict(UNIT)])
    return engine


def actor(shops=None):
    return Actor("a", "A", Role.MANAGER, shops, "pl")


def test_what_is_asked_for_else_the_first_by_name(two):
    with reading(two) as database:
        assert shops_of(database, actor()) == {"lipa": "Sklep Pod Lipą", "zabka": "zabka"}
        assert chosen_shop(database, actor(), "") == "lipa"
        assert chosen_shop(database, actor(), "zabka") == "zabka"
        assert chosen_shop(database, actor(frozenset({"zabka"})), "") == "zabka"


def test_the_shop_of_others_does_not_exist(two):
    with reading(two) as database:
        for shops, asked in ((frozenset({"zabka"}), "lipa"), (None, "x"), (frozenset(), "")):
            with pytest.raises(NotFound):
                chosen_shop(database, actor(shops), asked)


def test_the_name_above_the_pages_names_three_shops_at_most():
    assert name_of_shops({}) == ""
    assert name_of_shops({"a": "A", "b": "B"}) == "A, B"
    assert name_of_shops({letter: letter for letter in "abcd"}) == "a, b, c …"
