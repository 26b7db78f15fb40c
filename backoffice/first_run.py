"""The first steps of a new office: which are done, and the shop that it begins with. No HTTP.

What is done is seen from the data alone, so the steps can be left and taken up again anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from backoffice import changes, fleet, publish
from backoffice.errors import Conflict
from backoffice.people import hash_pin
from backoffice.sample import SAMPLE_SHOP, fill, sample_rows
from backoffice.store import data_rows
from terminal.sync import wire

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor

# What every Polish shop begins with; the rest it says itself.
_USUAL = ("settings", "vat_rates", "payment_methods", "roles", "units")
_PAYMENTS = frozenset({"gotowka", "karta"})
_OWNER_ROLE = "wlasciciel"
_ID_LENGTH_MAX = 32


class Step(StrEnum):
    """In the order in which they are offered."""

    SHOP = "shop"
    GOODS = "goods"
    TILL = "till"


@dataclass(frozen=True, slots=True)
class FirstShop:
    """What an owner says of the shop, and of the first person at its till."""

    company: str = ""
    nip: str = ""
    name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    person: str = ""
    pin: str = ""


def is_new(connection: Connection) -> bool:
    """Whether there is no shop yet."""
    return not data_rows.shops(connection)


def steps_done(connection: Connection) -> frozenset[Step]:
    """What needs not be done any more."""
    shops = data_rows.shops(connection)
    done = {Step.SHOP} if shops else set()
    if any(publish.living(connection, "products", shop, "", 1) for shop in shops):
        done.add(Step.GOODS)
    if any(till.epoch for till in fleet.all_terminals(connection)):
        done.add(Step.TILL)
    return frozenset(done)


def found_sample(connection: Connection, actor: Actor, moment: datetime) -> str:
    """Fill the empty office with the sample shop; its id. Raises ``Conflict`` when it is not."""
    if not fill(connection):
        raise Conflict(detail="there is a shop already")
    changes.record(connection, actor, moment, "found", f"shop/{SAMPLE_SHOP}", SAMPLE_SHOP)
    return SAMPLE_SHOP


def found(connection: Connection, actor: Actor, told: FirstShop, moment: datetime) -> str:
    """Make the first shop with what every shop needs; its id. Raises ``Conflict``, ``BadRows``."""
    if not is_new(connection):
        raise Conflict(detail="there is a shop already")
    shop = id_of(told.name)
    row = wire.Shop(
        shop, told.company, told.nip, told.name, told.street, told.postal_code, told.city
    )
    person = wire.User("1", "1", told.person, _OWNER_ROLE, hash_pin(told.pin), actor.language)
    rows: dict[str, list[object]] = {name: list(sample_rows(name)) for name in _USUAL}
    rows["payment_methods"] = [
        each for each in sample_rows("payment_methods") if each["id"] in _PAYMENTS
    ]
    rows |= {"shop": [msgspec.to_builtins(row)], "users": [msgspec.to_builtins(person)]}
    for name in wire.SETS:
        if name in rows:
            publish.put(connection, name, shop, rows[name])
    after = msgspec.to_builtins(row)
    changes.record(connection, actor, moment, "found", f"shop/{shop}", shop, after=after)
    return shop


def id_of(name: str) -> str:
    """An id that people recognise: the name in small letters without accents."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l"))
    bare = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode())
    return bare[:_ID_LENGTH_MAX].strip("-") or "sklep"
