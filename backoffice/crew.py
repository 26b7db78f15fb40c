"""The people of one shop and what their roles let them do at its tills. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from backoffice.store import data_rows
from terminal.sync import wire
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Without somebody who may do these a shop ends: no sale, no end of the day, no data, no service.
VITAL = (Right.SELL, Right.CLOSE_DAY, Right.SYNC, Right.SERVICE)


@dataclass(frozen=True, slots=True)
class Crew:
    """Roles and operators of a shop by id, with the revisions of their rows."""

    roles: dict[str, wire.Role]
    users: dict[str, wire.User]
    revisions: dict[str, int]

    def may(self, right: Right) -> list[wire.User]:
        """Operators who may do it and are not switched off."""
        able = {role.id for role in self.roles.values() if right in role.rights}
        return [user for user in self.users.values() if user.is_active and user.role in able]

    def holders(self, role: str) -> list[wire.User]:
        """Operators with a role, those who are switched off, too."""
        return [user for user in self.users.values() if user.role == role]


def crew_of(connection: Connection, shop: str) -> Crew:
    """Roles and operators of a shop; ``revisions`` are those of the roles."""
    roles, revisions = {}, {}
    for row in data_rows.living_at(connection, "roles", shop):
        roles[row.id] = msgspec.json.decode(row.body, type=wire.Role)
        revisions[row.id] = row.revision
    decode = msgspec.json.Decoder(wire.User).decode
    users = {user.id: user for user in map(decode, data_rows.living(connection, "users", shop))}
    return Crew(roles, users, revisions)


def lost(before: Crew, after: Crew) -> list[Right]:
    """Vital rights that somebody had and nobody has any more."""
    return [right for right in VITAL if before.may(right) and not after.may(right)]
