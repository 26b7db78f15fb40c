"""Links that open the office once: to make its first owner, to come in, to come back in. No HTTP.

Whoever has the link is let in, so it is good for a day and for one use, and only its hash is kept.
Looking at its page spends nothing: programs that carry mail look at every link in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import delete, insert, select

from backoffice.errors import NotFound
from backoffice.moments import stamp
from backoffice.secret import hashed, new_token
from backoffice.store.company import company_of
from backoffice.store.tables import office_link

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

LIFE = timedelta(hours=24)
Purpose = Literal["owner", "invite", "reset"]


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is for; ``account`` is empty where one shall be made."""

    company: str
    purpose: Purpose
    account: str


def make(
    connection: Connection, company: str, purpose: Purpose, account: str, moment: datetime
) -> str:
    """Token of a new link; earlier ones for the same account are void."""
    assert company_of(connection) == company, "the connection is another company's"  # noqa: S101
    connection.execute(delete(office_link).where(office_link.c.account == account))
    token = new_token()
    row = {
        "token_hash": hashed(token),
        "purpose": purpose,
        "account": account,
        "expires_at": stamp(moment + LIFE),
    }
    connection.execute(insert(office_link).values(row))
    return token


def find(connection: Connection, token: str, moment: datetime) -> Link:
    """What a link is for; raises ``NotFound``. ``connection`` sees every company."""
    columns = office_link.c.company, office_link.c.purpose, office_link.c.account
    good = office_link.c.token_hash == hashed(token), office_link.c.expires_at > stamp(moment)
    row = connection.execute(select(*columns).where(*good)).first()
    if row is None:
        raise NotFound(detail="the link is unknown, used or too old: ask for a new one")
    return Link(*row)


def spend(connection: Connection, token: str, moment: datetime) -> Link:
    """The same, and it is good for nobody from now on; ``connection`` is its company's."""
    good = office_link.c.token_hash == hashed(token), office_link.c.expires_at > stamp(moment)
    columns = office_link.c.company, office_link.c.purpose, office_link.c.account
    row = connection.execute(delete(office_link).where(*good).returning(*columns)).first()
    if row is None:
        raise NotFound(detail="the link is unknown, used or too old: ask for a new one")
    return Link(*row)
