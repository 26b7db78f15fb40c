"""The shops of a company: who they are, what stands in them, which are closed. No HTTP.

A shop is there as soon as it has data. One that is closed keeps its data and documents; it gets no
new till, and opens again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import delete, insert, select

from backoffice.errors import NotFound, OfficeError
from backoffice.moments import stamp
from backoffice.store import data_rows
from backoffice.store.tables import closed_shop, enrolment_code, receipt, terminal
from terminal.sync import wire

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_ZONE = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True, slots=True)
class ShopState:
    """A shop; ``row`` is what its tills know of it, ``tills`` are those that may work there."""

    id: str
    row: wire.Shop | None
    revision: int
    tills: tuple[str, ...] = ()
    closed_at: str = ""

    @property
    def name(self) -> str:
        """What people call it."""
        return (self.row and (self.row.name or self.row.company)) or self.id


class ShopInUse(OfficeError):
    """A shop cannot be closed while tills of it may work; ``tills`` names them."""

    status = 409
    title = "Shop in use"

    def __init__(self, shop: str, tills: tuple[str, ...]) -> None:
        super().__init__(detail=f"tills of {shop} may still work: {', '.join(tills)}")
        self.tills = tills


class ShopClosed(OfficeError):
    """Nothing new comes into a closed shop."""

    status = 409
    title = "Shop closed"


def all_shops(connection: Connection) -> list[ShopState]:
    """Every shop with data, those that are closed as well, in the order of their ids."""
    closed = {row.shop: row.closed_at for row in connection.execute(select(closed_shop))}
    tills = _tills(connection)
    found = []
    for shop in data_rows.shops(connection):
        row, revision = row_of(connection, shop)
        found.append(
            ShopState(shop, row, revision, tuple(tills.get(shop, ())), closed.get(shop, ""))
        )
    return found


def one(connection: Connection, shop: str) -> ShopState:
    """One of them; raises ``NotFound``."""
    found = next((it for it in all_shops(connection) if it.id == shop), None)
    if found is None:
        raise NotFound(detail=f"no shop {shop!r}")
    return found


def row_of(connection: Connection, shop: str) -> tuple[wire.Shop | None, int]:
    """The shop's own row and its revision; None and 0 for one that has none yet."""
    found = data_rows.changes(connection, "shop", shop, 0, 1)
    if not found:
        return None, 0
    return msgspec.json.decode(found[0].body, type=wire.Shop), found[0].revision


def close(connection: Connection, shop: str, moment: datetime) -> None:
    """Close a shop; codes that were given for tills of it are void.

    Raises ``ShopInUse`` while a till of it is enrolled and not blocked.
    """
    if tills := one(connection, shop).tills:
        raise ShopInUse(shop, tills)
    unused = enrolment_code.c.shop == shop, enrolment_code.c.used_at.is_(None)
    connection.execute(delete(enrolment_code).where(*unused))
    connection.execute(delete(closed_shop).where(closed_shop.c.shop == shop))
    connection.execute(insert(closed_shop).values(shop=shop, closed_at=stamp(moment)))


def reopen(connection: Connection, shop: str) -> None:
    """Open a closed shop again."""
    connection.execute(delete(closed_shop).where(closed_shop.c.shop == shop))


def is_closed(connection: Connection, shop: str) -> bool:
    """Whether a shop is closed."""
    chosen = select(closed_shop.c.shop).where(closed_shop.c.shop == shop)
    return connection.scalar(chosen) is not None


def must_be_open(connection: Connection, shop: str) -> None:
    """Raise ``ShopClosed`` for one that is closed."""
    if is_closed(connection, shop):
        raise ShopClosed(detail=f"the shop {shop!r} is closed: open it again first")


def printers(connection: Connection) -> list[str]:
    """Unique numbers of the fiscal printers that have sold: they keep their NIP for ever."""
    sold = select(receipt.c.printer_no).where(receipt.c.printer_no != "").distinct()
    return list(connection.scalars(sold.order_by(receipt.c.printer_no)))


def lists_in_force(connection: Connection, shop: str, moment: datetime) -> list[wire.PriceList]:
    """Price lists that are valid today; the first that has a product gives its price."""
    day = moment.astimezone(_ZONE).date().isoformat()
    decode = msgspec.json.Decoder(wire.PriceList).decode
    lists = map(decode, data_rows.living(connection, "price_lists", shop))
    valid = [
        it
        for it in lists
        if it.is_active and it.valid_from <= day and (not it.valid_to or day <= it.valid_to)
    ]
    return sorted(valid, key=lambda it: (-it.position, it.id))


def _tills(connection: Connection) -> dict[str, list[str]]:
    """Tills by shop that were enrolled and are not blocked."""
    working = terminal.c.epoch > 0, terminal.c.is_blocked.is_(False)
    chosen = select(terminal.c.id, terminal.c.shop).where(*working).order_by(terminal.c.id)
    tills: dict[str, list[str]] = {}
    for row in connection.execute(chosen):
        tills.setdefault(row.shop, []).append(row.id)
    return tills
