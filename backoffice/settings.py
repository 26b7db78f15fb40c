"""The office's own settings and the audit trail of what its administrator did."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from backoffice.moments import stamp
from backoffice.secret import hashed, is_same
from backoffice.store.tables import audit, office_setting
from backoffice.store.upsert import insert_if_absent, upsert

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

ADMIN_TOKEN_HASH = "admin_token_hash"  # noqa: S105 (name of a setting)
CSRF_KEY = "csrf_key"
ROLLOUT_NUMBER = "rollout_number"


def get(connection: Connection, name: str) -> str:
    """Value of a setting, empty when it was never set."""
    chosen = select(office_setting.c.value).where(office_setting.c.name == name)
    return connection.scalar(chosen) or ""


def set_to(connection: Connection, name: str, value: str) -> None:
    """Set or replace a setting."""
    upsert(connection, office_setting, [{"name": name, "value": value}])


def counted_up(connection: Connection, name: str, moment: datetime) -> int:
    """The next number of a setting that counts; whoever comes at the same time waits.

    It is no lower than the time in seconds, so that an office that was restored from a copy gives
    no number twice, and always higher than the last, whatever the clock did.
    """
    insert_if_absent(connection, office_setting, {"name": name, "value": "0"})
    chosen = select(office_setting.c.value).where(office_setting.c.name == name).with_for_update()
    number = max(int(connection.scalar(chosen) or 0) + 1, int(moment.timestamp()))
    set_to(connection, name, str(number))
    return number


def csrf_key(connection: Connection) -> str:
    """Key that signs the tokens of the forms; made once, so that a restart breaks no open page."""
    insert_if_absent(connection, office_setting, {"name": CSRF_KEY, "value": secrets.token_hex(32)})
    return get(connection, CSRF_KEY)


def company_of_admin(connection: Connection, token: str) -> str | None:
    """Company whose administrator holds ``token``; ``connection`` sees every company."""
    given = hashed(token)
    chosen = select(office_setting.c.company, office_setting.c.value).where(
        office_setting.c.name == ADMIN_TOKEN_HASH, office_setting.c.value == given
    )
    row = connection.execute(chosen).first()
    return str(row.company) if row and is_same(row.value, given) else None


def note(connection: Connection, moment: datetime, act: str, detail: str) -> None:
    """Add a line to the audit trail; ``detail`` must not hold secrets."""
    connection.execute(insert(audit).values(at=stamp(moment), act=act, detail=detail))
