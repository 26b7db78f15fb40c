"""Roles of a shop and their rights: all of them changed at once, made, removed. No HTTP."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec

from backoffice import changes, publish
from backoffice.crew import Crew, crew_of, lost
from backoffice.staff import LastOne
from backoffice.store import data_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor
    from terminal.sync import wire


def new_id() -> str:
    """An id that no role has in any shop."""
    return f"r{secrets.token_hex(5)}"


def rewrite(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    shop: str,
    roles: Iterable[wire.Role],
    seen: Mapping[str, int] | None,
    *,
    is_sure: bool = False,
) -> list[wire.Role]:
    """Put roles, all or none; those that are others than before.

    ``seen`` are the revisions that the editor saw, 0 of a new role; None asks for none. Raises
    ``RowChanged``, ``BadRows``, and ``LastOne`` unless ``is_sure``.
    """
    data_rows.lock(connection, "roles", shop)
    crew = crew_of(connection, shop)
    changed = [role for role in roles if crew.roles.get(role.id) != role]
    raws = [msgspec.to_builtins(role) for role in changed]
    publish.put(connection, "roles", shop, raws, expected=seen)
    if not is_sure and (rights := lost(crew, crew_of(connection, shop))):
        raise LastOne(shop, rights)
    for role, raw in zip(changed, raws, strict=True):
        what, old = f"roles/{role.id}", crew.roles.get(role.id)
        before = None if old is None else msgspec.to_builtins(old)
        changes.record(connection, actor, moment, "put", what, shop, before, raw)
    return changed


def follow(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    shop: str,
    roles: Iterable[wire.Role],
    *,
    is_sure: bool = False,
) -> None:
    """Make the same of those of ``roles`` that another shop has, too."""
    known = crew_of(connection, shop).roles
    here = [role for role in roles if role.id in known]
    rewrite(connection, actor, moment, shop, here, None, is_sure=is_sure)


def remove(
    connection: Connection, actor: Actor, moment: datetime, shop: str, role: str, revision: int
) -> None:
    """Remove a role that nobody has; raises ``NotFound``, ``RowChanged``, ``BadRows``."""
    before = crew_of(connection, shop).roles.get(role)
    publish.remove(connection, "roles", shop, role, expected=revision)
    raw = msgspec.to_builtins(before)
    changes.record(connection, actor, moment, "remove", f"roles/{role}", shop, raw)


def copy_of(crew: Crew, role: str, name: str) -> wire.Role | None:
    """A new role with another's rights; None when there is no such role."""
    known = crew.roles.get(role)
    return known and msgspec.structs.replace(known, id=new_id(), name=name)
