"""How the tills of a shop behave: read, compared, kept, also for other shops at once. No HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from backoffice import changes, publish
from backoffice.store import data_rows
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor

ROW = "settings"


def settings_of(connection: Connection, shop: str) -> tuple[wire.Settings, int]:
    """Settings of a shop and their revision; what is usual, and 0, where none were made."""
    for row in data_rows.living_at(connection, "settings", shop):
        return msgspec.json.decode(row.body, type=wire.Settings), row.revision
    return wire.Settings(id=ROW), 0


def differences(before: wire.Settings, after: wire.Settings) -> dict[str, tuple[object, object]]:
    """Each setting that changes, with its value before and after, in the order of the wire."""
    return {
        name: (getattr(before, name), getattr(after, name))
        for name in wire.Settings.__struct_fields__
        if getattr(before, name) != getattr(after, name)
    }


def keep(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    shop: str,
    wanted: wire.Settings,
    seen: int,
    others: Collection[str] = (),
) -> int:
    """Put the settings of a shop; what changed in it, and only that, goes to the others, too.

    The newest revision of the shop. Raises ``RowChanged`` when they are not at ``seen`` any more,
    ``BadRows``.
    """
    for each in sorted({shop, *others}):
        data_rows.lock(connection, "settings", each)
    before, _revision = settings_of(connection, shop)
    raw = msgspec.to_builtins(wanted)
    outcome = publish.put(connection, "settings", shop, [raw], expected={ROW: seen})
    changed = {name: raw[name] for name in differences(before, wanted)}
    _note(connection, actor, moment, shop, before, wanted)
    for other in others:
        theirs, _revision = settings_of(connection, other)
        ours = msgspec.structs.replace(theirs, **changed)
        publish.put(connection, "settings", other, [msgspec.to_builtins(ours)])
        _note(connection, actor, moment, other, theirs, ours)
    return outcome.revision


def _note(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    shop: str,
    before: wire.Settings,
    after: wire.Settings,
) -> None:
    if found := differences(before, after):
        was = {name: pair[0] for name, pair in found.items()}
        now = {name: pair[1] for name, pair in found.items()}
        changes.record(connection, actor, moment, "put", "settings/settings", shop, was, now)
