"""Accounts of the office: who they are and what they may do. Neither passwords nor pages here."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from backoffice.actor import Actor
from backoffice.errors import Conflict, NotFound
from backoffice.moments import stamp
from backoffice.rights import Role
from backoffice.store.tables import account, web_session

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row

# A login may be an address of mail.
LOGIN_PATTERN = re.compile(r"[^\s\x00-\x1f\x7f]{3,128}")
NAME_LENGTH_MAX = 128
LANGUAGES = ("pl", "en", "fr", "es")


@dataclass(frozen=True, slots=True)
class Account:
    """One person; ``shops`` None is every shop. What proves the person stays in the database."""

    company: str
    id: str
    login: str
    name: str
    role: Role
    shops: frozenset[str] | None
    language: str
    is_active: bool
    created_at: str
    has_password: bool
    has_second_factor: bool

    @property
    def actor(self) -> Actor:
        """Who acts through the account."""
        return Actor(self.id, self.name, self.role, self.shops, self.language)


COLUMNS = (
    account.c.company,
    account.c.id,
    account.c.login,
    account.c.name,
    account.c.role,
    account.c.shops,
    account.c.language,
    account.c.is_active,
    account.c.created_at,
    (account.c.password_hash != "").label("has_password"),
    (account.c.totp_step > 0).label("has_second_factor"),
)


def account_from(row: Row[Any]) -> Account:
    """The account in the ``COLUMNS`` of a row."""
    given = {name: getattr(row, name) for name in Account.__slots__}
    shops = msgspec.json.decode(row.shops, type=frozenset[str] | None)
    return Account(**{**given, "role": Role(row.role), "shops": shops})


def bare(login: str) -> str:
    """A login as it is kept: however it was typed, it is the same one."""
    return login.strip().casefold()


def add(
    connection: Connection,
    login: str,
    name: str,
    role: Role,
    shops: frozenset[str] | None,
    language: str,
    moment: datetime,
) -> str:
    """Id of a new account, which has no password yet; raises ``Conflict`` where it is taken.

    An owner has every shop, whichever are named.
    """
    account_id = str(uuid.uuid4())
    row = {
        "id": account_id,
        "login": bare(login),
        "name": name,
        "password_hash": "",
        "role": role,
        "shops": _packed(None if role is Role.OWNER else shops),
        "language": language,
        "is_active": True,
        "totp_secret": "",
        "totp_step": 0,
        "created_at": stamp(moment),
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(account).values(row))
    except IntegrityError:
        raise Conflict(detail=f"the login {bare(login)!r} is taken") from None
    return account_id


def one(connection: Connection, account_id: str) -> Account:
    """One account; raises ``NotFound``."""
    row = connection.execute(select(*COLUMNS).where(account.c.id == account_id)).first()
    if row is None:
        raise NotFound(detail="no such account")
    return account_from(row)


def by_login(connection: Connection, login: str) -> Account | None:
    """Whose a login is; ``connection`` sees every company."""
    row = connection.execute(select(*COLUMNS).where(account.c.login == bare(login))).first()
    return account_from(row) if row else None


def all_accounts(connection: Connection) -> list[Account]:
    """Every account of the company, in the order of the names."""
    chosen = select(*COLUMNS).order_by(account.c.name, account.c.id)
    return [account_from(row) for row in connection.execute(chosen)]


def has_owner(connection: Connection) -> bool:
    """Whether somebody can enter the company's office who may do everything in it."""
    chosen = select(account.c.id).where(*_IS_OWNER, account.c.password_hash != "")
    return connection.execute(chosen.limit(1)).first() is not None


def change(
    connection: Connection,
    account_id: str,
    role: Role,
    shops: frozenset[str] | None,
    *,
    is_active: bool,
) -> None:
    """Give an account another role, other shops, or shut it; its sessions are over.

    Raises ``NotFound``, and ``Conflict`` where nobody would be left who may do everything.
    """
    if role is not Role.OWNER or not is_active:
        _must_leave_an_owner(connection, account_id)
    shops = None if role is Role.OWNER else shops
    values = {"role": role, "shops": _packed(shops), "is_active": is_active}
    changed = connection.execute(update(account).where(account.c.id == account_id).values(**values))
    if not changed.rowcount:
        raise NotFound(detail="no such account")
    connection.execute(delete(web_session).where(web_session.c.account == account_id))


def rename(connection: Connection, account_id: str, name: str, language: str) -> None:
    """What a person changes of the own account."""
    here = account.c.id == account_id
    connection.execute(update(account).where(here).values(name=name, language=language))


_IS_OWNER = (account.c.role == Role.OWNER, account.c.is_active.is_(True))


def _must_leave_an_owner(connection: Connection, account_id: str) -> None:
    # Locked: two owners who shut each other out at the same moment must not both succeed.
    chosen = select(account.c.id).where(*_IS_OWNER, account.c.password_hash != "")
    owners = set(connection.scalars(chosen.order_by(account.c.id).with_for_update()))
    if owners == {account_id}:
        raise Conflict(detail="this is the last owner")


def _packed(shops: frozenset[str] | None) -> str:
    return msgspec.json.encode(sorted(shops) if shops is not None else None).decode()
