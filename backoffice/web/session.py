"""Who is signed in to the pages. Sessions lie in the database under the hash of their id."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select, update

from backoffice.moments import stamp
from backoffice.secret import hashed, new_token
from backoffice.store.tables import web_session

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

IDLE_MAX = timedelta(minutes=15)
LIFE_MAX = timedelta(hours=8)
# A session is touched at most this often: looking at a page should not cost a commit each time.
TOUCH_EVERY = timedelta(minutes=1)


def start(connection: Connection, moment: datetime) -> str:
    """Id of a new session; those that ended are swept away."""
    connection.execute(
        delete(web_session).where(
            or_(
                web_session.c.seen_at <= stamp(moment - IDLE_MAX),
                web_session.c.started_at <= stamp(moment - LIFE_MAX),
            )
        )
    )
    session = new_token()
    row = {"id_hash": hashed(session), "started_at": stamp(moment), "seen_at": stamp(moment)}
    connection.execute(insert(web_session).values(row))
    return session


def find(connection: Connection, session: str, moment: datetime) -> tuple[str, str] | None:
    """Company of a living session and when it was last used; ``None`` when it is over.

    ``connection`` sees every company.
    """
    row = connection.execute(
        select(web_session.c.company, web_session.c.seen_at).where(
            web_session.c.id_hash == hashed(session),
            web_session.c.seen_at > stamp(moment - IDLE_MAX),
            web_session.c.started_at > stamp(moment - LIFE_MAX),
        )
    ).first()
    return (row.company, row.seen_at) if row else None


def touch(connection: Connection, session: str, moment: datetime) -> None:
    """Note that a session is in use."""
    here = web_session.c.id_hash == hashed(session)
    connection.execute(update(web_session).where(here).values(seen_at=stamp(moment)))


def end(connection: Connection, session: str) -> None:
    """Forget a session."""
    connection.execute(delete(web_session).where(web_session.c.id_hash == hashed(session)))
