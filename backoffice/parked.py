"""Parked receipts that the tills of a shop share: held here, and taken by exactly one of them.

What a till hands over belongs to the office until a till takes it, its own included. Taking is one
compare-and-set of a row. The row stays, so that whoever lost the answer gets it again, and so that
a receipt that comes late, after it was asked for, is never offered.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, func, select, update

from backoffice.errors import Forbidden, NotFound, TooLarge
from backoffice.moments import stamp
from backoffice.store.tables import parked_receipt
from backoffice.store.upsert import insert_if_absent
from terminal.sync import wire

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row

# Longer than a till is ever without its office, and an answer without its till.
KEPT = timedelta(days=90)
_SHARE = re.compile(wire.SHARE_PATTERN)
_columns = parked_receipt.c


def offer(
    connection: Connection,
    shop: str,
    terminal: str,
    share: str,
    receipt: wire.SharedReceipt,
    moment: datetime,
) -> wire.ShareState:
    """Hold a receipt for the tills of a shop; the same again changes nothing.

    Raises ``NotFound`` for what is no name of a share, ``Forbidden`` for that of another till,
    ``TooLarge`` when the shop has too many.
    """
    _check(share)
    connection.execute(
        delete(parked_receipt).where(
            _columns.taken_by != "", _columns.taken_at < stamp(moment - KEPT)
        )
    )
    held = select(func.count()).where(_columns.shop == shop, _columns.taken_by == "")
    known = _row(connection, share)
    if known is None and (connection.scalar(held) or 0) >= wire.SHARED_MAX:
        raise TooLarge(detail=f"the shop has {wire.SHARED_MAX} shared receipts already")
    head = msgspec.structs.replace(receipt.head, share=share, terminal=terminal)
    texts = {"head": _text(head), "body": _text(receipt.body)}
    _insert(connection, shop, terminal, share, stamp(moment), texts)
    row = _row(connection, share)
    if row is None or (row.shop, row.terminal) != (shop, terminal):
        raise Forbidden(detail="the share belongs to another terminal")
    return wire.ShareState(share, row.taken_by)


def listed(connection: Connection, shop: str, terminal: str) -> wire.SharedList:
    """What is held for the shop, the oldest first, and what others took of a till's own."""
    offered = connection.scalars(
        select(_columns.head)
        .where(_columns.shop == shop, _columns.taken_by == "")
        .order_by(_columns.offered_at, _columns.share)
    )
    taken = connection.execute(
        select(_columns.share, _columns.taken_by)
        .where(_columns.terminal == terminal, _columns.taken_by != "")
        .order_by(_columns.share)
    )
    return wire.SharedList(
        [msgspec.json.decode(head, type=wire.SharedHead) for head in offered],
        [wire.ShareState(*row) for row in taken],
    )


def take(
    connection: Connection, shop: str, terminal: str, share: str, request: str, moment: datetime
) -> wire.TakeAnswer:
    """Give a receipt to the first till that asks; raises ``NotFound`` for that of another shop.

    Who took it gets the same answer to the same request, all others are told who has it.
    """
    _check(share)
    _give(connection, (shop, terminal, share), terminal, request, stamp(moment))
    row = _row(connection, share)
    if row is None or row.shop != shop:
        raise NotFound(detail="the shop has no such receipt")
    is_yours = (row.taken_by, row.request) == (terminal, request)
    return wire.TakeAnswer(is_yours, row.taken_by, _receipt(row) if is_yours else None)


def learn(connection: Connection, terminal: str, document: wire.Document, at: str) -> None:
    """A till says that it has taken one: so does an office hear of it that had forgotten.

    One that was restored from an older copy would otherwise offer it again.
    """
    match document:
        case wire.EventDoc(
            name="receipt_taken",
            detail={"share": str(share), "receipt": str(request), "home": str(home)},
        ) if _SHARE.fullmatch(share) and _SHARE.fullmatch(request):
            _give(connection, (document.shop[:64], home[:64], share), terminal, request, at)


def _give(
    connection: Connection, share_of: tuple[str, str, str], taker: str, request: str, at: str
) -> None:
    """To ``taker``, unless somebody has it; ``share_of`` is shop, home and share."""
    shop, home, share = share_of
    taken = {"taken_by": taker, "request": request, "taken_at": at}
    # One that has not come: when it does, it has been taken.
    _insert(connection, shop, home, share, at, {"head": "", "body": ""} | taken)
    connection.execute(
        update(parked_receipt)
        .where(_columns.share == share, _columns.shop == shop, _columns.taken_by == "")
        .values(taken)
    )


def _check(share: str) -> None:
    if not _SHARE.fullmatch(share):
        raise NotFound(detail="no name of a shared receipt")


def _insert(
    connection: Connection, shop: str, terminal: str, share: str, at: str, values: dict[str, str]
) -> None:
    row = {"share": share, "shop": shop, "terminal": terminal, "offered_at": at}
    nobody = {"taken_by": "", "request": "", "taken_at": ""}
    insert_if_absent(connection, parked_receipt, row | nobody | values)


def _row(connection: Connection, share: str) -> Row[tuple[str, ...]] | None:
    return connection.execute(select(parked_receipt).where(_columns.share == share)).first()


def _text(value: object) -> str:
    """As JSON, in which no character is that a database cannot keep."""
    return msgspec.json.encode(value).decode()


def _receipt(row: Row[tuple[str, ...]]) -> wire.SharedReceipt | None:
    if not row.head:
        return None
    head = msgspec.json.decode(row.head, type=wire.SharedHead)
    return wire.SharedReceipt(head, msgspec.json.decode(row.body, type=str))
