"""The companies of a server: adding, listing, and each one's administrator. No HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from backoffice import settings
from backoffice.errors import BadRequest
from backoffice.moments import stamp
from backoffice.secret import hashed
from backoffice.store.tables import company
from backoffice.store.upsert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

_ID_LENGTH_MAX = 64


def add(connection: Connection, company_id: str, name: str, moment: datetime) -> None:
    """Make a company; one that is there stays as it is. Raises ``BadRequest`` for a bad id."""
    if not (company_id and len(company_id) <= _ID_LENGTH_MAX and company_id.isprintable()):
        raise BadRequest(detail=f"a company's id has 1 to {_ID_LENGTH_MAX} characters")
    row = {"id": company_id, "name": name, "created_at": stamp(moment)}
    insert_if_absent(connection, company, row)


def all_companies(connection: Connection) -> Sequence[Row[Any]]:
    """Every company, in the order of their ids."""
    return connection.execute(select(company).order_by(company.c.id)).all()


def appoint(connection: Connection, token: str) -> None:
    """Let ``token`` administer the company that ``connection`` is bound to; the old one is void."""
    settings.set_to(connection, settings.ADMIN_TOKEN_HASH, hashed(token))
