"""Customers who are written down or changed at the till, also without a network. On ``engine``."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from terminal.context import new_rid
from terminal.errors import Code, Rejected
from terminal.store import local_customers, own_rows
from terminal.store.customers import customers
from terminal.sync.wire import Customer, CustomerDoc, CustomerEditDoc, wrong_field

if TYPE_CHECKING:
    from terminal.field.desk import Desk

NAME_MAX = 120
BLOCK, WARN, IGNORE = "block", "warn", "ignore"


@dataclass(frozen=True, slots=True)
class CustomerFields:
    """What is typed of a customer."""

    name: str
    nip: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    is_potential: bool = False


class Customers:
    """Writes customers down; the office makes rows of them, which come back under the same id."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def create(
        self, fields: CustomerFields, *, is_confirmed: bool = False, known_nip: str = ""
    ) -> Customer:
        """Write a customer down, in one commit with the document that tells the office.

        Raises E-28 for a wrong NIP, E-18 without a name, E-199 for another field. A NIP that is
        known is E-109, or E-192 unless ``is_confirmed``, or nothing, as the shop has it, or
        ``known_nip`` says.
        """
        operator = self._desk.operator()
        made = self._judged(new_rid(), fields)
        self._look_for(made, known_nip or self._way(), is_confirmed=is_confirmed)
        document = CustomerDoc(made.id, **self._desk.told_by(operator), **_fields(made))
        with self._desk.write(document) as db:
            local_customers.add(db, made, document.rid)
        return made

    def edit(
        self, customer_id: str, fields: CustomerFields, *, is_confirmed: bool = False
    ) -> Customer:
        """Change a customer; raises as ``create``, and E-01 for nobody."""
        operator = self._desk.operator()
        before = self._desk.customer(customer_id)
        after = self._judged(customer_id, fields)
        if after == before:
            return before
        if after.nip != before.nip:
            self._look_for(after, self._way(), is_confirmed=is_confirmed)
        document = CustomerEditDoc(
            new_rid(), customer=customer_id, **self._desk.told_by(operator), **_fields(after)
        )
        base = own_rows.theirs(self._desk.catalogue.db, "customers", customer_id)
        with self._desk.write(document) as db:
            own_rows.put(db, local_customers.NAME, after, base, document.rid)
        return after

    def _way(self) -> str:
        return str(getattr(self._desk.catalogue.settings(), "duplicate_nip", WARN))

    def _judged(self, customer_id: str, fields: CustomerFields) -> Customer:
        texts = {name: value.strip() for name, value in asdict(fields).items() if name in _TEXTS}
        digits = texts["nip"].replace("-", "").replace(" ", "")
        name = texts["name"]
        if not name or len(name) > NAME_MAX or not name.isprintable():
            raise Rejected(Code.BAD_AMOUNT)
        if digits and not (digits.isascii() and digits.isdigit()):
            raise Rejected(Code.BAD_NIP, nip=fields.nip)
        for field, text in texts.items():
            if not text.isprintable():
                raise Rejected(Code.BAD_FIELD, field=field, reason=repr(text))
        row = {**texts, "id": customer_id, "nip": digits, "is_potential": fields.is_potential}
        try:
            made = msgspec.convert(row, Customer)
        except msgspec.ValidationError as error:
            reason, _at, field = str(error).rpartition(" - at `$.")
            code = Code.BAD_NIP if field.startswith("nip") else Code.BAD_FIELD
            told = {"nip": fields.nip} if code is Code.BAD_NIP else {}
            raise Rejected(code, field=field.rstrip("`"), reason=reason, **told) from error
        if wrong_field(made)[0]:
            raise Rejected(Code.BAD_NIP, nip=fields.nip)
        return made

    def _look_for(self, made: Customer, way: str, *, is_confirmed: bool) -> None:
        if not made.nip or way == IGNORE or (way == WARN and is_confirmed):
            return
        own = local_customers.all_of_them(self._desk.journal)
        found = customers(self._desk.catalogue.db, made.nip, limit=2, own=own)
        for other in found:
            if other.id != made.id:
                code = Code.CUSTOMER_KNOWN if way == BLOCK else Code.NIP_TAKEN
                raise Rejected(code, name=other.name, nip=made.nip)


_TEXTS = ("name", "nip", "street", "postal_code", "city", "email", "phone")


def _fields(row: Customer) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*_TEXTS, "is_potential")}
