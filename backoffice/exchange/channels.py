"""Sales channels: which shops get their data from where, and which channel a shop is of. No HTTP.

A shop is of exactly one channel, and so is each of its terminals. The main channel is there from
the start, written down or not, and has every shop that nobody assigned: a new shop needs nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from sqlalchemy import delete, select

from backoffice import shops
from backoffice.errors import BadRequest, NotFound
from backoffice.jobs.work import Way
from backoffice.new_shop import is_id
from backoffice.store import data_rows
from backoffice.store.tables import exchange_later, exchange_mark, sales_channel, shop_channel
from backoffice.store.upsert import upsert

if TYPE_CHECKING:
    from sqlalchemy import Connection

MAIN = "main"
Duplicates = Literal["ignore", "warn", "block"]
_NAME_MAX = 40
_CONNECTOR_MAX = 64


@dataclass(frozen=True, slots=True)
class Channel:
    """Shops that get the same data: from the program ``connector``, or else from a pattern shop.

    ``duplicates`` says what an import does with a partner whose tax number is known over there.
    """

    id: str
    name: str
    connector: str = ""
    pattern_shop: str = ""
    duplicates: Duplicates = "warn"
    is_active: bool = True


_UNWRITTEN = Channel(MAIN, "Main")


def channels(connection: Connection) -> list[Channel]:
    """All of them, the main one first, then in the order of their ids."""
    rows = connection.execute(select(sales_channel).order_by(sales_channel.c.id))
    found = {
        row.id: Channel(
            row.id,
            row.name,
            row.connector,
            row.pattern_shop,
            cast("Duplicates", row.duplicates),
            row.is_active,
        )
        for row in rows
    }
    return [found.pop(MAIN, _UNWRITTEN), *found.values()]


def channel(connection: Connection, channel_id: str) -> Channel:
    """One of them; raises ``NotFound``."""
    found = next((it for it in channels(connection) if it.id == channel_id), None)
    if found is None:
        raise NotFound(detail=f"no sales channel {channel_id!r}")
    return found


def put_channel(connection: Connection, wanted: Channel) -> None:
    """Add a channel, or replace the one with its id; raises ``BadRequest``, naming the field.

    Whether a program of that name is set up is not known to the database: the job says so.
    """
    for wrong, why in (
        (not is_id(wanted.id), "$.id: 1 to 32 small letters, digits and hyphens"),
        (not 1 <= len(wanted.name) <= _NAME_MAX, f"$.name: 1 to {_NAME_MAX} characters"),
        (len(wanted.connector) > _CONNECTOR_MAX, f"$.connector: at most {_CONNECTOR_MAX} letters"),
        (wanted.duplicates not in get_args(Duplicates), "$.duplicates: ignore, warn or block"),
        (
            wanted.connector and wanted.pattern_shop,
            "$.pattern_shop: data come from another program or from a pattern shop, not from both",
        ),
        (wanted.id == MAIN and not wanted.is_active, "$.is_active: the main channel stays"),
    ):  # fmt: skip
        if wrong:
            raise BadRequest(detail=why)
    if wanted.pattern_shop and wanted.pattern_shop not in data_rows.shops(connection):
        raise BadRequest(detail=f"$.pattern_shop: no shop {wanted.pattern_shop!r}")
    old = next((it for it in channels(connection) if it.id == wanted.id), wanted)
    if (old.connector, old.pattern_shop) != (wanted.connector, wanted.pattern_shop):
        # What an earlier source still had to bring is not what this one says.
        connection.execute(delete(exchange_later).where(exchange_later.c.channel == wanted.id))
    upsert(connection, sales_channel, [asdict(wanted)])


def shops_of(connection: Connection, channel_id: str) -> list[str]:
    """Shops of a channel that have data and are not closed, in the order of their ids."""
    chosen = _chosen(connection)
    open_ones = (it.id for it in shops.all_shops(connection) if not it.closed_at)
    return [shop for shop in open_ones if chosen.get(shop, MAIN) == channel_id]


def channel_of(connection: Connection, shop: str) -> str:
    """The channel that a shop is of; one that nobody assigned is of the main channel."""
    here = select(shop_channel.c.channel).where(shop_channel.c.shop == shop)
    return connection.scalar(here) or MAIN


def assign(connection: Connection, shop: str, channel_id: str) -> None:
    """Have a shop be of a channel, and of no other; raises ``NotFound``.

    The next export brings it everything: what it has may be of another channel.
    """
    shops.one(connection, shop)
    channel(connection, channel_id)
    if channel_of(connection, shop) != channel_id:
        exported = exchange_mark.c.way == Way.EXPORT, exchange_mark.c.shop == shop
        connection.execute(delete(exchange_mark).where(*exported))
        connection.execute(delete(exchange_later).where(exchange_later.c.shop == shop))
    upsert(connection, shop_channel, [{"shop": shop, "channel": channel_id}])


def _chosen(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(shop_channel.c.shop, shop_channel.c.channel))
    return {row.shop: row.channel for row in rows}
