"""A new shop, as a copy of what is chosen of another one's data: all of it or nothing.

Rows are copied as they are, so that 100,000 products take as long as writing them down once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from backoffice import publish
from backoffice.errors import BadRequest, OfficeError
from backoffice.exchange import unsent
from backoffice.field.shapes import CUSTOMERS
from backoffice.store import data_rows, goods_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from terminal.sync import wire

_ID = re.compile(r"[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?")
_TAKEN_BY_PAGES = frozenset({"new"})


@dataclass(frozen=True, slots=True)
class Part:
    """Data sets that go together, and the parts without which their rows refer to nothing."""

    sets: tuple[str, ...]
    needs: tuple[str, ...] = ()


# What may be chosen, in the order in which references need it. Stock is each shop's own.
PARTS = {
    "settings": Part(("settings",)),
    "payments": Part(("payment_methods", "currencies")),
    "staff": Part(("roles", "users", "representatives")),
    "goods": Part(("vat_rates", "units", "categories", "products", "barcodes")),
    "prices": Part(("price_lists", "prices", "discounts"), needs=("goods",)),
    "quick_keys": Part(("quick_keys",), needs=("goods",)),
    "customers": Part(("customers",)),
}


class ShopTaken(OfficeError):
    """The company has, or once had, a shop with this id."""

    status = 409
    title = "Shop exists"


def is_id(text: str) -> bool:
    """Whether a shop may be called so in addresses and files: small letters, digits, hyphens."""
    return _ID.fullmatch(text) is not None and text not in _TAKEN_BY_PAGES


def parts_with_needs(chosen: Iterable[str]) -> list[str]:
    """The parts that are chosen and those they need, in the order of ``PARTS``."""
    wanted = {name for name in chosen if name in PARTS}
    wanted |= {need for name in wanted for need in PARTS[name].needs}
    return [name for name in PARTS if name in wanted]


def make(
    connection: Connection, row: wire.Shop, source: str, chosen: Iterable[str]
) -> dict[str, int]:
    """Make the shop ``row`` with the chosen parts of ``source``; how many rows came, by set.

    Raises ``BadRequest`` for an id that cannot be one, ``ShopTaken``, and ``BadRows``.
    """
    if not is_id(row.id):
        raise BadRequest(detail="$.id: 1 to 32 small letters, digits and hyphens")
    data_rows.lock(connection, "shop", row.id)
    if any(counter.revision for counter in data_rows.counters(connection, row.id).values()):
        raise ShopTaken(detail=f"there is a shop {row.id!r} already")
    publish.put(connection, "shop", row.id, [msgspec.to_builtins(row)])
    parts = parts_with_needs(chosen)
    if source and parts:
        data_rows.lock(connection, "shop", source)
    copied = {}
    for name in (name for part in parts for name in PARTS[part].sets):
        if source and (rows := data_rows.copy(connection, name, source, row.id)):
            copied[name] = rows
            if name == CUSTOMERS:
                # Else it would send what is old there as if it had changed it.
                unsent.copy(connection, name, source, row.id)
    if "goods" in parts:
        goods_rows.copy(connection, source, row.id)
    return copied
