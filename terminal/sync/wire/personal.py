"""What documents tell of buyers and customers lies apart, so that it can be erased. No I/O.

The chain holds a salted hash of it: who keeps the data can prove them, who erased them breaks
nothing, and nobody finds a tax number by trying all of them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar

import msgspec

from terminal.sync.wire.amounts import INVOICES
from terminal.sync.wire.documents import BillDoc, CustomerDoc, DroppedDoc, ReceiptDoc
from terminal.sync.wire.field import CustomerEditDoc
from terminal.sync.wire.register import ReturnDoc

if TYPE_CHECKING:
    from terminal.sync.wire.documents import Document

_BUYER = ("nip", "buyer_name", "buyer_address", "customer")
_CUSTOMER = ("name", "nip", "street", "postal_code", "city", "email", "phone")
_FIELDS: dict[type[msgspec.Struct], tuple[str, ...]] = {
    ReceiptDoc: _BUYER,
    DroppedDoc: _BUYER,
    BillDoc: ("nip", "customer"),
    ReturnDoc: ("customer",),
    CustomerDoc: _CUSTOMER,
    CustomerEditDoc: _CUSTOMER,
}
_MARK = b"kaso-p1"
_D = TypeVar("_D", bound="Document")


def digest(told: str) -> str:
    """What the document holds in place of it."""
    return hashlib.sha256(_MARK + told.encode()).hexdigest()


def is_legal_record(document: Document) -> bool:
    """Whether the law wants kept what it tells: an invoice, or a receipt with a tax number."""
    return isinstance(document, ReceiptDoc) and (
        document.document in INVOICES or bool(document.nip)
    )


def is_erased(document: Document) -> bool:
    """Whether it told of a person, and that is gone."""
    return bool(getattr(document, "person", "")) and not told_of(document)


def told_of(document: Document) -> dict[str, str]:
    """What a document tells of a person, as far as it stands in the document itself."""
    names = _FIELDS.get(type(document), ())
    return {name: text for name in names if (text := getattr(document, name))}


def apart(document: _D, salt: str) -> tuple[_D, str]:
    """The document without it, and it; empty when the document tells of nobody."""
    told = told_of(document)
    if not told:
        return document, ""
    text = msgspec.json.encode({"salt": salt, **told}, order="sorted").decode()
    blank = dict.fromkeys(told, "")
    return msgspec.structs.replace(document, **blank, person=digest(text)), text


def whole(document: _D, told: str) -> _D:
    """The document as it was written; without what was erased since."""
    names = _FIELDS.get(type(document), ())
    if not told or not names or digest(told) != getattr(document, "person", ""):
        return document
    try:
        found = msgspec.json.decode(told, type=dict[str, str])
    except msgspec.DecodeError:  # whoever made its hash wrote no such text
        return document
    known = {name: text for name, text in found.items() if name in names}
    return msgspec.structs.replace(document, **known)
