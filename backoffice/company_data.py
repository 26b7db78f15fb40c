"""What all shops of a company have in common: its name, its NIP, and where it has its seat.

Name and NIP stand in the row of each shop, for its tills need them; they are changed in all of them
at once. The seat is the office's own: what a receipt names is the address of the shop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from backoffice import changes, publish, settings, shops
from backoffice.errors import RowChanged
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor

_SEAT = "company_seat"


class Seat(msgspec.Struct, frozen=True):
    """Where the company has its seat; ``revision`` counts its changes."""

    street: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Identity:
    """Name and NIP as the shops have them; ``seen`` is the revision of each one's row."""

    name: str
    nip: str
    seen: dict[str, int]
    others: dict[str, tuple[str, str]]

    @property
    def differs(self) -> bool:
        """Whether a shop has another name or NIP."""
        return bool(self.others)


def identity(connection: Connection) -> Identity:
    """Name and NIP of the company; those of its first shop, and the shops that have others."""
    rows = {it.id: (it.row, it.revision) for it in shops.all_shops(connection) if it.row}
    told = {shop: (row.company, row.nip) for shop, (row, _revision) in rows.items()}
    name, nip = next(iter(told.values()), ("", ""))
    others = {shop: pair for shop, pair in told.items() if pair != (name, nip)}
    return Identity(name, nip, {shop: revision for shop, (_row, revision) in rows.items()}, others)


def rename(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    name: str,
    nip: str,
    seen: Mapping[str, int],
) -> None:
    """Give every shop this name and NIP, all or none.

    Raises ``RowChanged`` when somebody changed one of them, or made a new one, ``BadRows``.
    """
    for shop in shops.all_shops(connection):
        if shop.row is None:
            continue
        row = msgspec.structs.replace(shop.row, company=name, nip=nip)
        before, after = msgspec.to_builtins(shop.row), msgspec.to_builtins(row)
        expected = {row.id: seen.get(shop.id, 0)}
        outcome = publish.put(connection, "shop", shop.id, [after], expected=expected)
        if outcome.changed:
            what = f"shop/{row.id}"
            changes.record(connection, actor, moment, "put", what, shop.id, before, after)


def seat(connection: Connection) -> Seat:
    """The seat; nothing where nobody told."""
    kept = settings.get(connection, _SEAT)
    return msgspec.json.decode(kept, type=Seat) if kept else Seat()


def settle(connection: Connection, actor: Actor, moment: datetime, wanted: Seat) -> None:
    """Keep the seat; raises ``RowChanged`` unless it is at the revision of ``wanted``."""
    before = seat(connection)
    if before.revision != wanted.revision:
        raise RowChanged(_SEAT, before.revision, msgspec.to_builtins(before))
    if before == wanted:
        return
    after = msgspec.structs.replace(wanted, revision=wanted.revision + 1)
    settings.set_to(connection, _SEAT, wire.canonical(after))
    was, now = msgspec.to_builtins(before), msgspec.to_builtins(after)
    changes.record(connection, actor, moment, "put", "company/seat", "", was, now)
