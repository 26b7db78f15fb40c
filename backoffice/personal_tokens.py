"""Tokens with which a program acts for a person: some of the person's rights, for a while.

Shown once, kept as a hash. One that leaks is found by its beginning, and taken back by its owner.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from backoffice.accounts import COLUMNS, account_from
from backoffice.errors import NotFound
from backoffice.moments import stamp
from backoffice.rights import Right
from backoffice.secret import hashed, new_token
from backoffice.store.tables import account, personal_token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from backoffice.accounts import Account

BEGINNING = "kaso_"
DAYS_MAX = 366
NAME_LENGTH_MAX = 64
# Its use is noted at most this often: asking should not cost a commit each time.
NOTE_EVERY = timedelta(minutes=1)
# A program has no account of its own to change.
GRANTABLE = tuple(right for right in Right if right is not Right.OWN)


def make(
    connection: Connection,
    account_id: str,
    name: str,
    rights: Iterable[Right],
    days: int,
    moment: datetime,
) -> str:
    """A new token, good for ``days``."""
    token = BEGINNING + new_token()
    row = {
        "token_hash": hashed(token),
        "account": account_id,
        "name": name,
        "rights": " ".join(sorted(rights)),
        "made_at": stamp(moment),
        "expires_at": stamp(moment + timedelta(days=days)),
        "used_at": "",
    }
    connection.execute(insert(personal_token).values(row))
    return token


def find(
    connection: Connection, token: str, moment: datetime
) -> tuple[Account, frozenset[Right], str] | None:
    """Whose a good token is, its rights and its last use; ``connection`` sees every company."""
    row = connection.execute(
        select(*COLUMNS, personal_token.c.rights, personal_token.c.used_at)
        .join(personal_token, personal_token.c.account == account.c.id)
        .where(
            personal_token.c.token_hash == hashed(token),
            personal_token.c.expires_at > stamp(moment),
            account.c.is_active.is_(True),
        )
    ).first()
    if row is None:
        return None
    return account_from(row), frozenset(map(Right, row.rights.split())), row.used_at


def note_use(connection: Connection, token: str, moment: datetime) -> None:
    """Keep when the token was used last."""
    here = personal_token.c.token_hash == hashed(token)
    connection.execute(update(personal_token).where(here).values(used_at=stamp(moment)))


def of_account(connection: Connection, account_id: str) -> Sequence[Row[Any]]:
    """The tokens of an account, the newest first; those that ended, too."""
    chosen = select(personal_token).where(personal_token.c.account == account_id)
    return connection.execute(chosen.order_by(personal_token.c.id.desc())).all()


def take_back(connection: Connection, account_id: str, token_id: int) -> str:
    """Name of a token of the account, which is good for nothing now; raises ``NotFound``."""
    here = personal_token.c.account == account_id, personal_token.c.id == token_id
    gone = delete(personal_token).where(*here).returning(personal_token.c.name)
    name: str | None = connection.scalar(gone)
    if name is None:
        raise NotFound(detail="no such token")
    return name
