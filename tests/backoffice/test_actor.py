from __future__ import annotations

import pytest

from backoffice.actor import Actor, administrator
from backoffice.errors import Forbidden, NotFound
from backoffice.rights import Right, Role


def test_a_manager_of_one_shop_sees_that_one():
    actor = Actor("1", "Anna", Role.MANAGER, frozenset({"lipa"}), "pl")
    assert actor.sees("lipa")
    actor.must_see("lipa")
    with pytest.raises(NotFound):
        actor.must_see("dab")
    with pytest.raises(Forbidden):
        actor.must_see_every_shop()
    assert actor.of_these(["dab", "lipa"]) == ["lipa"]


def test_who_has_no_shop_sees_none():
    actor = Actor("1", "Anna", Role.MANAGER, frozenset(), "pl")
    assert actor.of_these(["lipa"]) == []
    with pytest.raises(NotFound):
        actor.must_see("lipa")


def test_a_token_has_no_more_rights_than_its_account():
    actor = Actor("1", "Ola", Role.CLERK, None, "pl", frozenset({Right.SEE, Right.ACCOUNTS}))
    assert [right for right in Right if actor.may(right)] == [Right.SEE]
    with pytest.raises(Forbidden, match="goods"):
        actor.must(Right.GOODS)


def test_the_administrator_may_everything_everywhere():
    actor = administrator()
    assert all(actor.may(right) for right in Right)
    actor.must_see("anything")
    actor.must_see_every_shop()
