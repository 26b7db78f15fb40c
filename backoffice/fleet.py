"""The tills: inviting, enrolling and recognising them, keeping their heartbeats. No HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from backoffice import reach
from backoffice.errors import BadRequest, Forbidden, NotFound, Unauthorized
from backoffice.moments import stamp
from backoffice.secret import bare_code, hashed, new_code
from backoffice.shops import must_be_open
from backoffice.signatures import NONCE_LIFE, key_id_of
from backoffice.store.columns import Words
from backoffice.store.tables import enrolment_code, nonce, terminal
from backoffice.store.upsert import insert_if_absent
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection, Row

    from backoffice.actor import Actor

CODE_LIFE = timedelta(minutes=15)
_COUNT_MAX = 2**31 - 1
_LENGTHS = {
    column.name: column.type.length for column in terminal.c if isinstance(column.type, Words)
}


def invite(connection: Connection, terminal_id: str, shop: str, moment: datetime) -> str:
    """A one-time code that makes a device this terminal; earlier unused codes are void.

    Raises ``ShopClosed``.
    """
    must_be_open(connection, shop)
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


def invited_until(connection: Connection, terminal_id: str, moment: datetime) -> str | None:
    """Until when a code of the terminal is good; None when there is none."""
    good = enrolment_code.c.used_at.is_(None), enrolment_code.c.expires_at > stamp(moment)
    chosen = select(enrolment_code.c.expires_at).where(
        enrolment_code.c.terminal == terminal_id, *good
    )
    until: str | None = connection.scalar(chosen)
    return until


def enrol(connection: Connection, request: wire.EnrolRequest, moment: datetime) -> wire.EnrolAnswer:
    """Spend a code: the device's key is the terminal's from now on, in the next epoch.

    Raises ``Forbidden`` for a code that is wrong, spent or older than ``CODE_LIFE``, and for a key
    that another terminal has; ``BadRequest`` for what is no key.
    """
    try:
        key_id = key_id_of(request.public_key)
    except ValueError as error:
        raise BadRequest(detail=f"$.public_key: {error}") from None
    terminal_id, shop = _spend(connection, request.code, moment)
    said = terminal.c.unsent, terminal.c.oldest_unsent_at, terminal.c.seen_at
    changed = {
        "shop": shop,
        "epoch": terminal.c.epoch + 1,
        "key_id": key_id,
        "public_key": request.public_key,
        "enrolled_at": stamp(moment),
        "version": _cut(request.version, "version"),
        # The new device has none of what the one before it had.
        "sets": "",
        "clock_off_s": None,
    }
    here = update(terminal).where(terminal.c.id == terminal_id).values(changed)
    try:
        epoch, unsent, oldest_at, seen_at = connection.execute(
            here.returning(terminal.c.epoch, *said)
        ).one()
    except IntegrityError:
        raise Forbidden(detail="the key belongs to another terminal: make a new one") from None
    return wire.EnrolAnswer(terminal_id, shop, epoch, key_id, unsent, oldest_at, seen_at or "")


def _spend(connection: Connection, code: str, moment: datetime) -> tuple[str, str]:
    """Terminal and shop of a code, which is good for nobody from now on."""
    good = (
        enrolment_code.c.code_hash == hashed(bare_code(code)),
        enrolment_code.c.used_at.is_(None),
        enrolment_code.c.expires_at > stamp(moment),
    )
    spent = connection.execute(
        update(enrolment_code)
        .where(*good)
        .values(used_at=stamp(moment))
        .returning(enrolment_code.c.terminal, enrolment_code.c.shop)
    ).first()
    if spent is None:
        raise Forbidden(detail="the code is wrong, already used or too old: ask for a new one")
    return spent.terminal, spent.shop


def company_of_code(connection: Connection, code: str) -> str | None:
    """Company that gave a code, whatever became of it; ``connection`` sees every company."""
    chosen = enrolment_code.c.code_hash == hashed(bare_code(code))
    found: str | None = connection.scalar(select(enrolment_code.c.company).where(chosen))
    return found


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose a key is."""

    company: str
    terminal: str
    shop: str
    public_key: str
    is_blocked: bool


def holder_of(connection: Connection, key_id: str) -> Holder:
    """The terminal that signs with a key; ``connection`` sees every company.

    Raises ``Unauthorized`` for a key that nobody has, or that was replaced.
    """
    columns = terminal.c
    row = connection.execute(
        select(
            columns.company, columns.id, columns.shop, columns.public_key, columns.is_blocked
        ).where(columns.key_id == key_id)
    ).first()
    if row is None:
        raise Unauthorized(detail="the key is not known: enrol the terminal again")
    return Holder(*row)


def use_once(connection: Connection, key_id: str, once: str, moment: datetime) -> None:
    """Remember that a signature was used; raises ``Unauthorized`` when it was used before."""
    row = {"key_id": key_id, "nonce": once, "expires_at": stamp(moment + NONCE_LIFE)}
    try:
        connection.execute(insert(nonce).values(row))
    except IntegrityError:
        raise Unauthorized(detail="the request was made before") from None


def block(connection: Connection, terminal_id: str, *, is_blocked: bool) -> None:
    """Shut a terminal out, or let it in again; raises ``NotFound``."""
    here = terminal.c.id == terminal_id
    changed = connection.execute(update(terminal).where(here).values(is_blocked=is_blocked))
    if not changed.rowcount:
        raise NotFound(detail=f"no terminal {terminal_id!r}")


def beat(connection: Connection, terminal_id: str, beat: wire.Heartbeat, moment: datetime) -> None:
    """Keep how the terminal is."""
    words = ("version", "oldest_unsent_at", "day", "printer", "operator")
    values: dict[str, Any] = {word: _cut(getattr(beat, word), word) for word in words}
    for count in ("unsent", "database", "reports_left", "disk_free_mib"):
        number = getattr(beat, count)
        values[count] = None if number is None else max(0, min(number, _COUNT_MAX))
    values["seen_at"] = stamp(moment)
    values["clock_off_s"] = _seconds_ahead(beat.at, moment)
    values["sets"] = reach.as_text(beat.sets)
    connection.execute(update(terminal).where(terminal.c.id == terminal_id).values(values))
    connection.execute(delete(nonce).where(nonce.c.expires_at <= stamp(moment)))


def all_terminals(connection: Connection) -> Sequence[Row[Any]]:
    """Every terminal with its last heartbeat, in the order of their ids."""
    return connection.execute(select(terminal).order_by(terminal.c.id)).all()


def must_see(connection: Connection, actor: Actor, terminal_id: str) -> None:
    """Raise ``NotFound`` for a terminal that stands in a shop of others."""
    shop = connection.scalar(select(terminal.c.shop).where(terminal.c.id == terminal_id))
    if shop is not None:
        actor.must_see(shop)


def in_shops(connection: Connection, shops: Collection[str] | None) -> list[str] | None:
    """Ids of the terminals in ``shops``; None for every shop."""
    if shops is None:
        return None
    return list(connection.scalars(select(terminal.c.id).where(terminal.c.shop.in_(shops))))


def _seconds_ahead(at: str, moment: datetime) -> int | None:
    """How far a till's clock is ahead of ours; None when it told no time."""
    try:
        off = datetime.fromisoformat(at) - moment
    except (ValueError, TypeError):  # it is no time, or has no zone
        return None
    return max(-_COUNT_MAX, min(round(off.total_seconds()), _COUNT_MAX))


def _cut(text: str, column: str) -> str:
    """A till's own words, as long as the column takes; SQLite would take them longer."""
    return text[: _LENGTHS[column]]
