"""Who is signed in to the pages. Sessions lie in the database under the hash of their id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, or_, select, update

from backoffice.accounts import COLUMNS, Account, account_from
from backoffice.moments import stamp
from backoffice.secret import hashed, new_token
from backoffice.store.tables import account, web_session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

IDLE_MAX = timedelta(minutes=15)
LIFE_MAX = timedelta(hours=8)
# A session is touched at most this often: looking at a page should not cost a commit each time.
TOUCH_EVERY = timedelta(minutes=1)
_ADDRESS_MAX, _AGENT_MAX = 64, 200


@dataclass(frozen=True, slots=True)
class Visit:
    """A living session; it is not whole while the second factor is still asked for."""

    account: Account
    is_whole: bool
    seen_at: str


def start(
    connection: Connection,
    account_id: str,
    moment: datetime,
    *,
    address: str = "",
    agent: str = "",
    is_whole: bool = True,
) -> str:
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
    row = {
        "id_hash": hashed(session),
        "account": account_id,
        "is_whole": is_whole,
        "address": address[:_ADDRESS_MAX],
        "agent": agent[:_AGENT_MAX],
        "started_at": stamp(moment),
        "seen_at": stamp(moment),
    }
    connection.execute(insert(web_session).values(row))
    return session


def find(connection: Connection, session: str, moment: datetime) -> Visit | None:
    """A living session of an account that may enter; ``None`` when it is over.

    ``connection`` sees every company.
    """
    row = connection.execute(
        select(*COLUMNS, web_session.c.is_whole, web_session.c.seen_at)
        .join(web_session, web_session.c.account == account.c.id)
        .where(
            web_session.c.id_hash == hashed(session),
            *_living(moment),
            account.c.is_active.is_(True),
        )
    ).first()
    return Visit(account_from(row), row.is_whole, row.seen_at) if row else None


def touch(connection: Connection, session: str, moment: datetime) -> None:
    """Note that a session is in use."""
    here = web_session.c.id_hash == hashed(session)
    connection.execute(update(web_session).where(here).values(seen_at=stamp(moment)))


def end(connection: Connection, session: str) -> None:
    """Forget a session."""
    connection.execute(delete(web_session).where(web_session.c.id_hash == hashed(session)))


def of_account(connection: Connection, account_id: str, moment: datetime) -> Sequence[Row[Any]]:
    """The living sessions of an account, the newest first."""
    chosen = select(web_session).where(web_session.c.account == account_id, *_living(moment))
    return connection.execute(chosen.order_by(web_session.c.started_at.desc())).all()


def revoke(connection: Connection, account_id: str, id_hash: str) -> None:
    """End one session of an account; one that is over stays so."""
    here = web_session.c.account == account_id, web_session.c.id_hash == id_hash
    connection.execute(delete(web_session).where(*here))


def revoke_all(connection: Connection, account_id: str, *, but: str = "") -> None:
    """End every session of an account, or all but one."""
    here = web_session.c.account == account_id, web_session.c.id_hash != hashed(but)
    connection.execute(delete(web_session).where(*here))


def _living(moment: datetime) -> tuple[Any, Any]:
    return (
        web_session.c.seen_at > stamp(moment - IDLE_MAX),
        web_session.c.started_at > stamp(moment - LIFE_MAX),
    )
