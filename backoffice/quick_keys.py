"""Quick keys of a shop: set, moved, swapped, taken away. What they sell is not looked at here."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec

from backoffice import changes, publish
from backoffice.errors import NotFound
from backoffice.store import data_rows
from terminal.sync import wire

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor

PAGES, POSITIONS = range(1, 10), range(1, 100)
Spot = tuple[int, int]  # page and number
_Pair = tuple[wire.QuickKey | None, wire.QuickKey]  # before and after


def keys_of(connection: Connection, shop: str) -> dict[Spot, tuple[wire.QuickKey, int]]:
    """Each key with the revision of its row, by page and number."""
    found = {}
    for row in data_rows.living_at(connection, "quick_keys", shop):
        key = msgspec.json.decode(row.body, type=wire.QuickKey)
        found[key.page, key.position] = key, row.revision
    return found


def assign(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    shop: str,
    wanted: wire.QuickKey,
    seen: int,
) -> None:
    """Put a key on its page and number; ``seen`` is the revision of what was there, 0 of nothing.

    Raises ``RowChanged``, ``BadRows``.
    """
    old, _revision = keys_of(connection, shop).get((wanted.page, wanted.position), (None, 0))
    row = msgspec.structs.replace(wanted, id=old.id if old else f"k{secrets.token_hex(5)}")
    _put(connection, actor, moment, shop, [(old, row)], {row.id: seen})


def move(
    connection: Connection, actor: Actor, moment: datetime, shop: str, spot: Spot, to: Spot
) -> None:
    """Move a key to another page and number; what is there comes to where it was.

    Raises ``NotFound`` when there is no key, ``BadRows`` for a place that cannot be one.
    """
    data_rows.lock(connection, "quick_keys", shop)
    keys = keys_of(connection, shop)
    if spot not in keys:
        raise NotFound(detail="there is no such quick key")
    pairs: list[_Pair] = [(keys[spot][0], _at(keys[spot][0], to))]
    if to in keys and to != spot:
        pairs.append((keys[to][0], _at(keys[to][0], spot)))
    _put(connection, actor, moment, shop, pairs, None)


def take_away(
    connection: Connection, actor: Actor, moment: datetime, shop: str, spot: Spot, seen: int
) -> None:
    """Take a key away; raises ``NotFound``, ``RowChanged``."""
    key, _revision = keys_of(connection, shop).get(spot, (None, 0))
    if key is None:
        raise NotFound(detail="there is no such quick key")
    publish.remove(connection, "quick_keys", shop, key.id, expected=seen)
    before = msgspec.to_builtins(key)
    changes.record(connection, actor, moment, "remove", f"quick_keys/{key.id}", shop, before)


def _at(key: wire.QuickKey, spot: Spot) -> wire.QuickKey:
    return msgspec.structs.replace(key, page=spot[0], position=spot[1])


def _put(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    shop: str,
    pairs: list[_Pair],
    expected: dict[str, int] | None,
) -> None:
    raws = [msgspec.to_builtins(new) for _old, new in pairs]
    outcome = publish.put(connection, "quick_keys", shop, raws, expected=expected)
    if not outcome.changed:
        return
    for (old, new), raw in zip(pairs, raws, strict=True):
        before = None if old is None else msgspec.to_builtins(old)
        what = f"quick_keys/{new.id}"
        changes.record(connection, actor, moment, "put", what, shop, before, raw)
