from __future__ import annotations

from sqlalchemy import func, select

from backoffice.moments import stamp
from backoffice.store.engine import writing
from backoffice.store.tables import web_session
from backoffice.web import session


def test_a_session_lives_while_it_is_used(engine, clock):
    with writing(engine) as database:
        mine = session.start(database, clock())
        clock.push(minutes=14)
        assert session.find(database, mine, clock())
        session.touch(database, mine, clock())
        clock.push(minutes=14)
        seen_at = stamp(clock() - session.IDLE_MAX / 15 * 14)
        assert session.find(database, mine, clock()) == ("main", seen_at)
        clock.push(minutes=1)
        assert session.find(database, mine, clock()) is None


def test_a_session_ends_after_eight_hours_whatever_its_use(engine, clock):
    with writing(engine) as database:
        mine = session.start(database, clock())
        for _ in range(8 * 6 - 1):
            clock.push(minutes=10)
            assert session.find(database, mine, clock())
            session.touch(database, mine, clock())
        clock.push(minutes=10)
        assert session.find(database, mine, clock()) is None


def test_an_ended_session_is_over_and_the_id_is_not_stored(engine, clock):
    with writing(engine) as database:
        mine, other = session.start(database, clock()), session.start(database, clock())
        assert mine != other
        assert mine not in repr(database.execute(select(web_session)).all())
        session.end(database, mine)
        assert session.find(database, mine, clock()) is None
        assert session.find(database, other, clock())
        assert session.find(database, "made up", clock()) is None


def test_old_sessions_are_swept(engine, clock):
    with writing(engine) as database:
        session.start(database, clock())
        clock.push(hours=1)
        session.start(database, clock())
        assert database.scalar(select(func.count()).select_from(web_session)) == 1
