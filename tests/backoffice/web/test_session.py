from __future__ import annotations

import pytest
from sqlalchemy import func, select

from backoffice import accounts
from backoffice.moments import stamp
from backoffice.rights import Role
from backoffice.store.company import of_all, of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import web_session
from backoffice.web import session


@pytest.fixture
def who(engine, clock):
    """Id of an account."""
    with writing(engine) as database:
        return accounts.add(database, "anna", "Anna", Role.CLERK, None, "pl", clock())


def test_a_session_lives_while_it_is_used(engine, clock, who):
    with writing(engine) as database:
        mine = session.start(database, who, clock())
        clock.push(minutes=14)
        assert session.find(database, mine, clock())
        session.touch(database, mine, clock())
        clock.push(minutes=14)
        visit = session.find(database, mine, clock())
        assert visit.seen_at == stamp(clock() - session.IDLE_MAX / 15 * 14)
        assert (visit.account.company, visit.account.id) == ("main", who)
        clock.push(minutes=1)
        assert session.find(database, mine, clock()) is None


def test_a_session_ends_after_eight_hours_whatever_its_use(engine, clock, who):
    with writing(engine) as database:
        mine = session.start(database, who, clock())
        for _ in range(8 * 6 - 1):
            clock.push(minutes=10)
            assert session.find(database, mine, clock())
            session.touch(database, mine, clock())
        clock.push(minutes=10)
        assert session.find(database, mine, clock()) is None


def test_an_ended_session_is_over_and_the_id_is_not_stored(engine, clock, who):
    with writing(engine) as database:
        mine, other = session.start(database, who, clock()), session.start(database, who, clock())
        assert mine != other
        assert mine not in repr(database.execute(select(web_session)).all())
        session.end(database, mine)
        assert session.find(database, mine, clock()) is None
        assert session.find(database, other, clock())
        assert session.find(database, "made up", clock()) is None


def test_old_sessions_are_swept(engine, clock, who):
    with writing(engine) as database:
        session.start(database, who, clock())
        clock.push(hours=1)
        session.start(database, who, clock())
        assert database.scalar(select(func.count()).select_from(web_session)) == 1


def test_the_sessions_of_an_account_are_listed_and_revoked(engine, clock, who):
    with writing(engine) as database:
        other = accounts.add(database, "ewa", "Ewa", Role.CLERK, None, "pl", clock())
        theirs = session.start(database, other, clock())
        first = session.start(database, who, clock(), address="192.0.2.1", agent="x" * 500)
        clock.push(minutes=1)
        second = session.start(database, who, clock())
        _newest, oldest = session.of_account(database, who, clock())
        assert (oldest.address, len(oldest.agent)) == ("192.0.2.1", 200)
        session.revoke(database, other, oldest.id_hash)
        assert session.find(database, first, clock())
        session.revoke(database, who, oldest.id_hash)
        assert session.find(database, first, clock()) is None
        assert session.find(database, second, clock())
        session.revoke_all(database, who)
        assert session.of_account(database, who, clock()) == []
        assert session.find(database, theirs, clock())


def test_a_session_says_whose_company_it_is_and_ends_with_the_account(engine, clock):
    with writing(of_company(engine, "oak")) as database:
        who = accounts.add(database, "olga", "Olga", Role.OWNER, None, "pl", clock())
        mine = session.start(database, who, clock(), is_whole=False)
    with reading(of_all(engine)) as database:
        visit = session.find(database, mine, clock())
        assert (visit.account.company, visit.is_whole) == ("oak", False)
    with writing(engine) as database:
        assert session.find(database, mine, clock()) is None
    with writing(of_company(engine, "oak")) as database:
        accounts.add(database, "other", "", Role.OWNER, None, "pl", clock())
        accounts.change(database, who, Role.CLERK, None, is_active=False)
        assert session.find(database, mine, clock()) is None
