"""Changes of many goods at once as they are kept: what was handed in, what they changed, undo.

A change is one transaction, and its rows got one revision after the other: as long as as many of
them still have those, nothing came after it, and it can be taken back whole.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import delete, func, insert, select, update

from backoffice import changes, publish
from backoffice.errors import NotFound, OfficeError
from backoffice.moments import stamp
from backoffice.store import data_rows
from backoffice.store.tables import data_row, goods_change
from backoffice.web.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from backoffice.actor import Actor

OPEN, APPLIED, UNDONE = "open", "applied", "undone"
# A sheet that nobody took is forgotten, and what was there before a change some time later.
SHEET_LIFE, BEFORE_LIFE = timedelta(days=1), timedelta(days=60)
_TITLE_MAX = 200
_LEVEL = 1  # of compression: these are read seldom, if ever
_LINES_MAX = 2  # of the audit for one change: it is made once, and undone once

_decode = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_pair = msgspec.json.Decoder(tuple[str | None, str] | str | None).decode


class TooLate(OfficeError):
    """A change cannot be made or taken back any more; ``message`` is a message id."""

    status = 409
    title = "Too late"

    def __init__(self, message: str) -> None:
        super().__init__(detail=message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Line:
    """What a change of many, or its undo, made of one product: bodies before and after."""

    at: str
    name: str
    before: str
    after: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a change does to how many rows."""

    added: int = 0
    changed: int = 0
    same: int = 0
    wrong: int = 0


def one(connection: Connection, shop: str, number: int) -> Row[Any]:
    """A change with all that is kept of it; raises ``NotFound``."""
    here = (goods_change.c.shop == shop, goods_change.c.id == number)
    row = connection.execute(select(goods_change).where(*here)).first()
    if row is None:
        raise NotFound(detail="no such change")
    return row


def latest(connection: Connection, shop: str, limit: int) -> Sequence[Row[Any]]:
    """Changes that were made, newest first, without what they held."""
    told = (goods_change.c[name] for name in _TOLD)
    made = (goods_change.c.shop == shop, goods_change.c.state != OPEN)
    chosen = select(*told).where(*made).order_by(goods_change.c.id.desc()).limit(limit)
    return connection.execute(chosen).all()


_TOLD = ("id", "at", "who", "kind", "title", "state", "added", "changed", "last_revision")


def hand_in(
    connection: Connection, actor: Actor, moment: datetime, shop: str, kind: str, title: str
) -> int:
    """Open a change; its number. What is too old to be kept is forgotten."""
    _sweep(connection, moment)
    row = {
        "shop": shop,
        "at": stamp(moment),
        "who": actor.name[:_TITLE_MAX],
        "kind": kind,
        "title": title[:_TITLE_MAX],
        "state": OPEN,
        "seen_revision": 0,
        "last_revision": 0,
        "faults": "[]",
        **msgspec.to_builtins(Counted()),
    }
    done = connection.execute(insert(goods_change).values(**row).returning(goods_change.c.id))
    return int(done.scalar_one())


def write(connection: Connection, number: int, counted: Counted, **more: object) -> None:
    """Write down what a change would do, or did."""
    values = {**msgspec.to_builtins(counted), **more}
    connection.execute(update(goods_change).where(goods_change.c.id == number).values(**values))


def made(connection: Connection, number: int, counted: Counted, judged: publish.Judged) -> None:
    """A change was made; its rows are kept as they were, and as they became."""
    shop = connection.scalar(select(goods_change.c.shop).where(goods_change.c.id == number)) or ""
    last = data_rows.revision_of(connection, "products", shop)
    pairs = {row_id: (judged.before[row_id], body) for row_id, body in judged.bodies.items()}
    kept = packed(msgspec.json.encode(pairs))
    done = {"state": APPLIED, "sheet": None, "before": kept, "last_revision": last}
    write(connection, number, counted, **done)


def undo(connection: Connection, actor: Actor, moment: datetime, shop: str, number: int) -> int:
    """Make everything as it was before a change; how many rows that were.

    Raises ``TooLate`` when one of them was changed since, ``BadRows`` when they are needed.
    """
    data_rows.lock(connection, "products", shop)
    row = one(connection, shop, number)
    if row.state != APPLIED or row.before is None:
        raise TooLate(_("This change is not in force any more, or too long ago to be undone."))
    before = {row_id: _pair(raw)[0] for row_id, raw in _decode(unpacked(row.before)).items()}
    if _untouched(connection, shop, row.last_revision, len(before)) != len(before):
        raise TooLate(_("Some of these goods were changed since: nothing was undone."))
    raws = [msgspec.json.decode(body) for body in before.values() if body is not None]
    gone = [row_id for row_id, body in before.items() if body is None]
    publish.replace(connection, "products", shop, raws, gone)
    here = update(goods_change).where(goods_change.c.id == number)
    connection.execute(here.values(state=UNDONE))
    what, told = f"goods/changes/{number}", f"{row.title}: {len(before)}"
    changes.record(connection, actor, moment, "undo", what, shop, detail=told)
    return len(before)


def of_product(connection: Connection, shop: str, row_id: str, limit: int) -> list[Line]:
    """What the latest changes of many made of one product, newest first."""
    columns = (goods_change.c[name] for name in ("id", "title", "before"))
    here = (goods_change.c.shop == shop, goods_change.c.before.is_not(None))
    chosen = select(*columns).where(*here).order_by(goods_change.c.id.desc())
    # Inside a body every quotation mark is escaped: this stands nowhere but before a product's own.
    key = msgspec.json.encode(row_id) + b":"
    lines: list[Line] = []
    with connection.execute(chosen, execution_options={"yield_per": 1}) as found:
        for number, title, kept in found:
            if key in (content := unpacked(kept)):
                lines += _lines(connection, shop, number, title, _pair(_decode(content)[row_id]))
            if len(lines) >= limit:
                break
    return lines[:limit]


def packed(content: bytes) -> bytes:
    """Content as it is kept."""
    return zlib.compress(content, _LEVEL)


def unpacked(kept: bytes) -> bytes:
    """Content as it was."""
    return zlib.decompress(kept)


def _pair(raw: bytes) -> tuple[str | None, str]:
    """A row before and after; an older office kept only what was before."""
    found = _decode_pair(raw)
    return found if isinstance(found, tuple) else (found, "")


def _lines(
    connection: Connection, shop: str, number: int, title: str, pair: tuple[str | None, str]
) -> Iterator[Line]:
    """Who made the change, and before that line who took it back."""
    before, after = pair[0] or "", pair[1]
    if not after:
        return
    for what in (f"goods/changes/{number}", f"goods/import/{number}"):
        for it in changes.history(connection, what, shop, _LINES_MAX):
            was, now = (after, before) if it.act == "undo" else (before, after)
            yield Line(it.at, it.name, was, now, number, title)


def _untouched(connection: Connection, shop: str, last: int, rows: int) -> int:
    """How many living rows still have the revisions that a change gave."""
    chosen = select(func.count()).where(
        data_row.c.set_name == "products",
        data_row.c.shop == shop,
        data_row.c.is_removed.is_(False),
        data_row.c.revision > last - rows,
        data_row.c.revision <= last,
    )
    return connection.scalar(chosen) or 0


def _sweep(connection: Connection, moment: datetime) -> None:
    old = goods_change.c.at <= stamp(moment - SHEET_LIFE)
    connection.execute(delete(goods_change).where(goods_change.c.state == OPEN, old))
    older = goods_change.c.at <= stamp(moment - BEFORE_LIFE)
    kept = goods_change.c.before.is_not(None)
    connection.execute(update(goods_change).where(older, kept).values(before=None))
