"""Which shop a page is about: the one that is asked for, else the first that the actor may see."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from backoffice.errors import NotFound
from backoffice.store import data_rows
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from backoffice.actor import Actor

_NAMED_MAX = 3


def shops_of(connection: Connection, actor: Actor) -> dict[str, str]:
    """Id and name of each shop that the actor may see, by name."""
    named: dict[str, str] = {}
    for shop in data_rows.shops(connection):
        if actor.shops is not None and shop not in actor.shops:
            continue
        rows = data_rows.living(connection, "shop", shop, limit=1)
        named[shop] = msgspec.json.decode(rows[0], type=wire.Shop).name if rows else shop
    return dict(sorted(named.items(), key=lambda item: (item[1].casefold(), item[0])))


def name_of_shops(shops: Mapping[str, str]) -> str:
    """What stands above the pages: the name of the only shop, or the names of all that fit."""
    return ", ".join(islice(shops.values(), _NAMED_MAX)) + (" …" if len(shops) > _NAMED_MAX else "")


def chosen_shop(connection: Connection, actor: Actor, asked: str) -> str:
    """The shop that is asked for, or the first; raises ``NotFound``."""
    shops = shops_of(connection, actor)
    if not asked:
        asked = next(iter(shops), "")
    if asked not in shops:
        raise NotFound(detail="no such shop")
    return asked


def asked_shops(shops: Mapping[str, str], asked: str) -> tuple[str, ...]:
    """The shop that a list is asked about, or all that may be seen; raises ``NotFound``."""
    if asked and asked not in shops:
        raise NotFound(detail="no such shop")
    return (asked,) if asked else tuple(shops)
