from __future__ import annotations

import threading

import pytest
from sqlalchemy import update

from backoffice import accounts
from backoffice.errors import Conflict, NotFound
from backoffice.rights import Role
from backoffice.store.company import MAIN, of_all, of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import account


def add(database, clock, login="anna", role=Role.OWNER, shops=None, password="kept"):
    made = accounts.add(database, login, "Anna", role, shops, "pl", clock())
    here = account.c.id == made
    database.execute(update(account).where(here).values(password_hash=password))
    return made


def test_an_account_is_found_by_its_login_however_it_is_typed(engine, clock):
    with writing(engine) as database:
        made = add(database, clock, " Anna@Lipa.example ", Role.MANAGER, frozenset({"b", "a"}))
    with reading(of_all(engine)) as database:
        found = accounts.by_login(database, "ANNA@lipa.EXAMPLE")
        assert accounts.by_login(database, "anna") is None
    assert (found.id, found.company, found.role) == (made, MAIN, Role.MANAGER)
    assert found.shops == {"a", "b"}
    assert found.actor.sees("a")
    assert not found.actor.sees("c")
    assert (found.has_password, found.has_second_factor) == (True, False)


def test_a_login_is_there_once_on_a_server(engine, clock):
    with writing(engine) as database:
        add(database, clock)
    with writing(of_company(engine, "oak")) as database:
        with pytest.raises(Conflict):
            add(database, clock, "ANNA")
        add(database, clock, "ewa")
        assert [it.login for it in accounts.all_accounts(database)] == ["ewa"]


def test_an_account_of_another_company_does_not_exist(engine, clock):
    with writing(of_company(engine, "oak")) as database:
        theirs = add(database, clock)
    with writing(engine) as database:
        with pytest.raises(NotFound):
            accounts.one(database, theirs)
        with pytest.raises(NotFound):
            accounts.change(database, theirs, Role.CLERK, None, is_active=False)
    with reading(of_company(engine, "oak")) as database:
        assert accounts.one(database, theirs).role is Role.OWNER


@pytest.mark.parametrize(("role", "is_active"), [(Role.CLERK, True), (Role.OWNER, False)])
def test_the_last_owner_stays(engine, clock, role, is_active):
    with writing(engine) as database:
        first = add(database, clock)
        # Who was invited and has not come, and who was shut out, cannot let anybody in.
        add(database, clock, "invited", password="")
        accounts.change(database, add(database, clock, "b"), Role.OWNER, None, is_active=False)
        with pytest.raises(Conflict, match="last owner"):
            accounts.change(database, first, role, None, is_active=is_active)
        second = add(database, clock, "ewa")
        accounts.change(database, first, role, frozenset({"lipa"}), is_active=is_active)
        with pytest.raises(Conflict, match="last owner"):
            accounts.change(database, second, role, None, is_active=is_active)
        assert accounts.has_owner(database)


def test_of_two_owners_who_shut_each_other_out_at_once_one_stays(engine, clock):
    with writing(engine) as database:
        both = [add(database, clock, login) for login in ("anna", "ewa")]
    start, refused = threading.Barrier(2), []

    def shut(whom):
        start.wait()
        try:
            with writing(engine) as database:
                accounts.change(database, whom, Role.OWNER, None, is_active=False)
        except Conflict:
            refused.append(whom)

    threads = [threading.Thread(target=shut, args=(whom,)) for whom in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    with reading(engine) as database:
        assert accounts.has_owner(database)


def test_an_owner_who_is_invited_has_every_shop(engine, clock):
    with writing(engine) as database:
        made = add(database, clock, role=Role.OWNER, shops=frozenset({"lipa"}))
        assert accounts.one(database, made).shops is None


def test_an_owner_has_every_shop_and_a_new_name_stays(engine, clock):
    with writing(engine) as database:
        made = add(database, clock, role=Role.CLERK, shops=frozenset({"lipa"}))
        assert not accounts.has_owner(database)
        accounts.change(database, made, Role.OWNER, frozenset({"lipa"}), is_active=True)
        accounts.rename(database, made, "Ewa", "fr")
        found = accounts.one(database, made)
    assert (found.shops, found.name, found.language) == (None, "Ewa", "fr")
