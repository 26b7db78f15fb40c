"""Passwords of accounts: which are good enough, how they are kept, and whether one is right.

Length is all that is asked (OWASP ASVS 5.0, 6.2): no rules of capitals and digits, which people
answer with ``Summer2026!``; refused is what is guessed first.
"""

from __future__ import annotations

from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update

from backoffice.store.engine import reading
from backoffice.store.tables import account

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

LENGTH_MIN, LENGTH_MAX = 12, 128
LETTERS_MIN = 5
_LIST = Path(__file__).with_name("common_passwords.txt")
# Of twelve letters and more, lower case; what else is common falls short of LENGTH_MIN.
COMMONEST = frozenset(_LIST.read_text(encoding="utf-8").split())

Fault = Literal["", "short", "long", "common", "login"]

# 64 MiB and three passes, as the library and RFC 9106 advise; a test compares the hash below.
_HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)
# Whoever is unknown has this password, which nobody knows: finding out takes as long.
_OF_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=1$86T7HFF7xGYljkw6sM8"
    "KkQ$gwPwCdYGOJjiZILy0N7+tzClpFLw0s4UesUdbBTH+4I"
)
# Each takes 64 MiB: a crowd at the door waits, instead of taking the memory of the tills' office.
_AT_ONCE = BoundedSemaphore(2)


def fault(password: str, login: str) -> Fault:
    """What is wrong with a new password; empty when it is good."""
    lowered = password.casefold()
    if len(password) < LENGTH_MIN:
        return "short"
    if len(password) > LENGTH_MAX:
        return "long"
    if lowered in COMMONEST or len(set(lowered)) < LETTERS_MIN:
        return "common"
    name = login.partition("@")[0]
    if name and name in lowered:
        return "login"
    return ""


def kept(password: str) -> str:
    """A password as it is kept; made before a transaction begins, for it takes its time."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def set_for(connection: Connection, account_id: str, kept: str) -> None:
    """Give an account a password, as it is kept; its old one is good for nothing now."""
    here = account.c.id == account_id
    connection.execute(update(account).where(here).values(password_hash=kept))


def is_right(engine: Engine, account_id: str | None, password: str) -> bool:
    """Whether it is the account's password; for None it takes as long to say no.

    No transaction is open meanwhile: others write while this one thinks.
    """
    found = None
    if account_id is not None:
        with reading(engine) as connection:
            here = account.c.id == account_id
            found = connection.scalar(select(account.c.password_hash).where(here))
    with _AT_ONCE:
        try:
            _HASHER.verify(found or _OF_NOBODY, password[: LENGTH_MAX + 1])
        except (VerificationError, InvalidHashError):
            return False
    return bool(found)
