"""The tills: inviting, enrolling and recognising them, keeping their heartbeats. No HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from backoffice.errors import Forbidden, Unauthorized
from backoffice.moments import stamp
from backoffice.secret import bare_code, hashed, is_same, new_code, new_token
from backoffice.store.tables import Words, enrolment_code, terminal
from backoffice.store.upsert import insert_if_absent
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

CODE_LIFE = timedelta(minutes=15)
_LENGTHS = {
    column.name: column.type.length for column in terminal.c if isinstance(column.type, Words)
}


def invite(connection: Connection, terminal_id: str, shop: str, moment: datetime) -> str:
    """A one-time code that makes a device this terminal; earlier unused codes are void."""
    insert_if_absent(connection, terminal, {"id": terminal_id, "shop": shop, "epoch": 0})
    unused = enrolment_code.c.used_at.is_(None)
    connection.execute(
        delete(enrolment_code).where(enrolment_code.c.terminal == terminal_id, unused)
    )
    code = new_code()
    row = {
        "code_hash": hashed(bare_code(code)),
        "terminal": terminal_id,
        "shop": shop,
        "expires_at": stamp(moment + CODE_LIFE),
    }
    connection.execute(enrolment_code.insert().values(row))
    return code


def enrol(connection: Connection, request: wire.EnrolRequest, moment: datetime) -> wire.EnrolAnswer:
    """Spend a code: the terminal gets a new token and the next epoch, the old token is void.

    Raises ``Forbidden`` for a code that is wrong, spent or older than ``CODE_LIFE``.
    """
    chosen = enrolment_code.c.code_hash == hashed(bare_code(request.code))
    spent = connection.execute(
        update(enrolment_code)
        .where(
            chosen,
            enrolment_code.c.used_at.is_(None),
            enrolment_code.c.expires_at > stamp(moment),
        )
        .values(used_at=stamp(moment))
        .returning(enrolment_code.c.terminal, enrolment_code.c.shop)
    ).first()
    if spent is None:
        raise Forbidden(detail="the code is wrong, already used or too old: ask for a new one")
    token = new_token()
    epoch = connection.execute(
        update(terminal)
        .where(terminal.c.id == spent.terminal)
        .values(
            shop=spent.shop,
            epoch=terminal.c.epoch + 1,
            token_hash=hashed(token),
            enrolled_at=stamp(moment),
            version=_cut(request.version, "version"),
        )
        .returning(terminal.c.epoch)
    ).scalar_one()
    return wire.EnrolAnswer(spent.terminal, spent.shop, token, int(epoch))


def company_of_code(connection: Connection, code: str) -> str | None:
    """Company that gave a code, whatever became of it; ``connection`` sees every company."""
    chosen = enrolment_code.c.code_hash == hashed(bare_code(code))
    found: str | None = connection.scalar(select(enrolment_code.c.company).where(chosen))
    return found


def home_of(connection: Connection, terminal_id: str, token: str) -> tuple[str, str]:
    """Company and shop of the terminal ``token`` belongs to; ``connection`` sees every company.

    Raises ``Unauthorized`` for a token that nobody has, ``Forbidden`` for another terminal's.
    """
    given = hashed(token)
    chosen = select(terminal.c.company, terminal.c.id, terminal.c.shop, terminal.c.token_hash)
    row = connection.execute(chosen.where(terminal.c.token_hash == given)).first()
    if row is None or not is_same(row.token_hash, given):
        raise Unauthorized(detail="the device token is not known: enrol the terminal again")
    if not is_same(row.id, terminal_id):
        raise Forbidden(detail="the device token belongs to another terminal")
    return str(row.company), str(row.shop)


def beat(connection: Connection, terminal_id: str, beat: wire.Heartbeat, moment: datetime) -> None:
    """Keep how the terminal is."""
    words = ("version", "oldest_unsent_at", "day", "printer", "operator")
    values: dict[str, Any] = {word: _cut(getattr(beat, word), word) for word in words}
    values["unsent"] = max(0, min(beat.unsent, 2**31 - 1))
    values["seen_at"] = stamp(moment)
    connection.execute(update(terminal).where(terminal.c.id == terminal_id).values(values))


def all_terminals(connection: Connection) -> Sequence[Row[Any]]:
    """Every terminal with its last heartbeat, in the order of their ids."""
    return connection.execute(select(terminal).order_by(terminal.c.id)).all()


def _cut(text: str, column: str) -> str:
    """A till's own words, as long as the column takes; SQLite would take them longer."""
    return text[: _LENGTHS[column]]
