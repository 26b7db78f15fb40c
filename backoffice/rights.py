"""What a person may do in the office, and which roles may do it. Tables only, no HTTP."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """What each route of the office asks for."""

    OWN = "own"  # one's own account: name, language, password, sessions
    SEE = "see"  # to look at the dashboard, the terminals and the goods
    FIGURES = "figures"  # sales, receipts, reports, shifts, exports
    GOODS = "goods"  # to change what is sold, and to whom: goods, prices, discounts, customers
    STAFF = "staff"  # people at the tills, their roles and PINs
    SHOPS = "shops"  # company, shops, settings, payment methods, VAT rates, currencies
    TERMINALS = "terminals"  # to enrol and command them, and to roll versions out
    JUDGE = "judge"  # rejected documents, and the erasure of persons
    ACCOUNTS = "accounts"  # who enters the office; its backup and its audit


class Role(StrEnum):
    """What an account is to its company."""

    OWNER = "owner"
    MANAGER = "manager"
    ACCOUNTANT = "accountant"
    CLERK = "clerk"
    TECHNICIAN = "technician"


EVERYTHING = frozenset(Right)
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: EVERYTHING,
    Role.MANAGER: EVERYTHING - {Right.JUDGE, Right.ACCOUNTS},
    Role.ACCOUNTANT: frozenset({Right.OWN, Right.SEE, Right.FIGURES}),
    Role.CLERK: frozenset({Right.OWN, Right.SEE, Right.GOODS}),
    Role.TECHNICIAN: frozenset({Right.OWN, Right.SEE, Right.TERMINALS}),
}

# Whoever changes goods changes also what they are sold by and to whom; the rest is the shop.
_OF_GOODS = frozenset(
    {
        *("units", "categories", "products", "barcodes", "stock"),
        *("price_lists", "prices", "discounts", "quick_keys", "customers"),
        *("sales_documents", "visits", "attachments"),
    }
)
_OF_STAFF = frozenset({"roles", "users", "representatives"})
_OF_PERSONS = _OF_STAFF | {"customers", "sales_documents", "visits", "attachments"}


def to_change(data_set: str) -> Right:
    """The right to change a data set; one that nobody knows is answered so by who looks for it."""
    if data_set in _OF_GOODS:
        return Right.GOODS
    return Right.STAFF if data_set in _OF_STAFF else Right.SHOPS


def to_read(data_set: str) -> Right:
    """The right to read one: rows of persons are for those who need them, to change them."""
    return to_change(data_set) if data_set in _OF_PERSONS else Right.SEE
