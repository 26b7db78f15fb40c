"""The second factor of an account: codes of a phone (TOTP, RFC 6238), and codes for its loss.

A code is good for its half minute, the one before and the one after, and once only: the step of
time of the last code is kept, and only a later one is taken. No HTTP.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pyotp
from sqlalchemy import delete, insert, select, update

from backoffice.secret import hashed, is_same
from backoffice.store.tables import account, recovery_code

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

ISSUER = "kasoterminal"
STEP_S = 30
RECOVERY_CODES = 10
# Clocks of phones are seldom off by more.
_STEPS_OFF = (-1, 0, 1)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE_LENGTH, _GROUP = 16, 4


def propose(connection: Connection, account_id: str) -> None:
    """Make a new secret for an account that has no second factor; one that has keeps its own."""
    here = account.c.id == account_id, account.c.totp_step == 0
    secret = pyotp.random_base32()
    connection.execute(update(account).where(*here).values(totp_secret=secret))


def address(connection: Connection, account_id: str) -> str:
    """What a phone reads from the picture, while the secret is only proposed; else empty."""
    here = account.c.id == account_id, account.c.totp_step == 0
    row = connection.execute(select(account.c.login, account.c.totp_secret).where(*here)).first()
    if row is None or not row.totp_secret:
        return ""
    return pyotp.TOTP(row.totp_secret).provisioning_uri(name=row.login, issuer_name=ISSUER)


def secret_of(address: str) -> str:
    """The secret in an address, for whoever types it."""
    return pyotp.parse_uri(address).secret if address else ""


def take(connection: Connection, account_id: str, code: str, moment: datetime) -> bool:
    """Whether a code is good, which it is not a second time; a first one turns the factor on."""
    row = connection.execute(
        select(account.c.totp_secret, account.c.totp_step).where(account.c.id == account_id)
    ).first()
    if row is None or not row.totp_secret:
        return False
    generator = pyotp.TOTP(row.totp_secret)
    now = int(moment.timestamp()) // STEP_S
    typed = "".join(code.split())
    good = [now + off for off in _STEPS_OFF if is_same(generator.at((now + off) * STEP_S), typed)]
    if not good:
        return False
    # Compared in the database: of two requests with one code, one is late.
    here = account.c.id == account_id, account.c.totp_step < max(good)
    taken = connection.execute(update(account).where(*here).values(totp_step=max(good)))
    return bool(taken.rowcount)


def take_recovery(connection: Connection, account_id: str, code: str) -> bool:
    """Whether it is one of the codes for a lost phone; it is gone then."""
    bare = "".join(letter for letter in code.lower() if letter in _ALPHABET)
    here = recovery_code.c.account == account_id, recovery_code.c.code_hash == hashed(bare)
    return bool(connection.execute(delete(recovery_code).where(*here)).rowcount)


def new_recovery_codes(connection: Connection, account_id: str) -> list[str]:
    """Codes for whoever loses the phone, in place of the old ones; shown once, kept as hashes."""
    connection.execute(delete(recovery_code).where(recovery_code.c.account == account_id))
    codes = [
        "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]
    rows = [{"code_hash": hashed(code), "account": account_id} for code in codes]
    connection.execute(insert(recovery_code), rows)
    starts = range(0, _CODE_LENGTH, _GROUP)
    return ["-".join(code[start : start + _GROUP] for start in starts) for code in codes]


def turn_off(connection: Connection, account_id: str) -> None:
    """Take the second factor and its recovery codes off an account."""
    here = account.c.id == account_id
    connection.execute(update(account).where(here).values(totp_secret="", totp_step=0))
    connection.execute(delete(recovery_code).where(recovery_code.c.account == account_id))
