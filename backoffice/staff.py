"""The people at the tills, over all shops of a company in which they work. No HTTP.

A person has the same id in each shop. Nobody is removed: documents of the past name those who left,
so whoever leaves a shop is switched off there and can come back.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from backoffice import changes, publish
from backoffice.crew import crew_of, lost
from backoffice.errors import NotFound, OfficeError
from backoffice.store import data_rows
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor
    from terminal.sync.wire import Right


@dataclass(frozen=True, slots=True)
class Place:
    """A person in one shop, at a revision of the row."""

    user: wire.User
    revision: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with the places where he works or worked, by shop; there is at least one."""

    id: str
    places: dict[str, Place]

    @property
    def user(self) -> wire.User:
        """The row that speaks for all: one that is in use, if there is any."""
        users = [place.user for place in self.places.values()]
        return next((user for user in users if user.is_active), users[0])

    @property
    def shops(self) -> list[str]:
        """Where the person works now."""
        return [shop for shop, place in self.places.items() if place.user.is_active]

    @property
    def seen(self) -> dict[str, int]:
        """The revision of each row, by shop."""
        return {shop: place.revision for shop, place in self.places.items()}

    @property
    def differs(self) -> bool:
        """Whether the shops have different words for the same person."""
        rows = {
            (it.user.name, it.user.identifier, it.user.role, it.user.language, it.user.pin_hash)
            for it in self.places.values()
            if it.user.is_active
        }
        return len(rows) > 1


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a person in each of ``shops``; an empty hash leaves the PIN as it is."""

    identifier: str
    name: str
    role: str
    shops: frozenset[str]
    language: str = ""
    pin_hash: str = ""


class LastOne(OfficeError):
    """After the change nobody in ``shop`` could do ``rights`` any more."""

    status = 409
    title = "Nobody left"

    def __init__(self, shop: str, rights: list[Right]) -> None:
        super().__init__(detail=f"nobody in {shop} may do this any more: {', '.join(rights)}")
        self.shop = shop
        self.rights = rights


def people(connection: Connection, shops: Iterable[str]) -> list[Person]:
    """Everybody of these shops, by name; those who are switched off come last."""
    decode = msgspec.json.Decoder(wire.User).decode
    found: dict[str, Person] = {}
    for shop in shops:
        for row in data_rows.living_at(connection, "users", shop):
            person = found.setdefault(row.id, Person(row.id, {}))
            person.places[shop] = Place(decode(row.body), row.revision)
    return sorted(found.values(), key=lambda it: (not it.shops, it.user.name.casefold(), it.id))


def person_of(connection: Connection, shops: Iterable[str], person_id: str) -> Person:
    """One of them; raises ``NotFound``."""
    for person in people(connection, shops):
        if person.id == person_id:
            return person
    raise NotFound(detail="there is no such person")


def new_id() -> str:
    """An id that nobody has in any shop."""
    return f"u{secrets.token_hex(5)}"


def keep(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    person: Person,
    told: Told,
    seen: Mapping[str, int],
    mine: Collection[str],
    *,
    is_sure: bool = False,
) -> None:
    """Write a person down in the chosen shops of ``mine`` and switch him off in the others.

    ``seen`` are the revisions that the editor saw. Raises ``RowChanged``, ``BadRows``, and
    ``LastOne`` unless ``is_sure``.
    """
    pin_hash = told.pin_hash or next(
        (place.user.pin_hash for place in person.places.values() if place.user.pin_hash), ""
    )
    row = wire.User(person.id, told.identifier, told.name, told.role, pin_hash, told.language)
    for shop in mine:
        old = person.places.get(shop)
        if shop in told.shops:
            _put(connection, actor, moment, shop, row, seen.get(shop, 0), is_sure=is_sure)
        elif old and old.user.is_active:
            off = msgspec.structs.replace(old.user, is_active=False)
            _put(connection, actor, moment, shop, off, seen.get(shop, 0), is_sure=is_sure)


def switch(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    person: Person,
    seen: Mapping[str, int],
    *,
    is_on: bool,
    is_sure: bool = False,
) -> None:
    """Switch a person off, or on again, wherever he works or worked; raises as ``keep`` does."""
    for shop, place in person.places.items():
        row = msgspec.structs.replace(place.user, is_active=is_on)
        _put(connection, actor, moment, shop, row, seen.get(shop, 0), is_sure=is_sure)


def _put(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    shop: str,
    row: wire.User,
    revision: int,
    *,
    is_sure: bool,
) -> None:
    crew = crew_of(connection, shop)
    raw, old = msgspec.to_builtins(row), crew.users.get(row.id)
    outcome = publish.put(connection, "users", shop, [raw], expected={row.id: revision})
    if not is_sure and (rights := lost(crew, crew_of(connection, shop))):
        raise LastOne(shop, rights)
    if outcome.changed:
        before = None if old is None else msgspec.to_builtins(old)
        is_new_pin = row.pin_hash != (old.pin_hash if old else "")
        after = {**raw, "pin": "new"} if is_new_pin else raw
        changes.record(connection, actor, moment, "put", f"users/{row.id}", shop, before, after)
