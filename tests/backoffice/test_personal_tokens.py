from __future__ import annotations

import pytest
from sqlalchemy import select

from backoffice import accounts, personal_tokens
from backoffice.errors import NotFound
from backoffice.rights import Right, Role
from backoffice.store.company import of_all, of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import personal_token


@pytest.fixture
def who(engine, clock):
    """Id of an account."""
    with writing(engine) as database:
        return accounts.add(database, "anna", "Anna", Role.CLERK, None, "pl", clock())


def find(engine, token, clock):
    with reading(of_all(engine)) as database:
        return personal_tokens.find(database, token, clock())


def test_a_token_is_its_accounts_until_it_ends(engine, clock, who):
    with writing(engine) as database:
        rights = [Right.SEE, Right.GOODS]
        token = personal_tokens.make(database, who, "scales", rights, 30, clock())
        assert token not in repr(database.execute(select(personal_token)).all())
    assert token.startswith("kaso_")
    account, rights, used_at = find(engine, token, clock)
    assert (account.id, rights, used_at) == (who, {Right.SEE, Right.GOODS}, "")
    assert find(engine, token + "x", clock) is None
    with writing(engine) as database:
        personal_tokens.note_use(database, token, clock())
        (row,) = personal_tokens.of_account(database, who)
        assert (row.name, row.used_at[:16]) == ("scales", "2026-03-01T12:00")
    clock.push(days=30)
    assert find(engine, token, clock) is None


def test_a_token_is_taken_back_by_its_owner_only(engine, clock, who):
    with writing(engine) as database:
        token = personal_tokens.make(database, who, "scales", [Right.SEE], 30, clock())
        (row,) = personal_tokens.of_account(database, who)
        with pytest.raises(NotFound):
            personal_tokens.take_back(database, "another", row.id)
    with writing(of_company(engine, "oak")) as database, pytest.raises(NotFound):
        personal_tokens.take_back(database, who, row.id)
    assert find(engine, token, clock)
    with writing(engine) as database:
        assert personal_tokens.take_back(database, who, row.id) == "scales"
    assert find(engine, token, clock) is None


def test_a_token_ends_with_its_account(engine, clock, who):
    with writing(engine) as database:
        token = personal_tokens.make(database, who, "scales", [Right.SEE], 30, clock())
        accounts.change(database, who, Role.CLERK, None, is_active=False)
    assert find(engine, token, clock) is None
