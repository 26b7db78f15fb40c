"""Whether the rows of a shop fit together: references, unique codes, names. No database here.

``Live`` holds, for each data set, the rows that would live after the change, by id.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from backoffice import crosscheck_goods as goods
from backoffice.crosscheck_goods import INACTIVE_BP, Fault, Live, no_product, put_rows
from backoffice.rows import Row, fault
from terminal.i18n import gettext_noop as _
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

# Sets whose rows must be at hand to judge a change of the set named first.
NEEDS: dict[str, tuple[str, ...]] = {
    "settings": ("settings",),
    "shop": ("shop",),
    "vat_rates": ("vat_rates", "products"),
    "payment_methods": ("payment_methods",),
    "currencies": (),
    "roles": ("roles", "users"),
    "users": ("roles", "users"),
    "representatives": (),
    "units": ("units", "products"),
    "categories": ("categories", "products"),
    "products": ("vat_rates", "units", "categories", "products", "barcodes"),
    "barcodes": ("products", "barcodes"),
    "price_lists": ("price_lists", "prices"),
    "prices": ("products", "price_lists", "prices"),
    "discounts": (),
    "quick_keys": ("products", "categories", "quick_keys"),
    "customers": (),
    "sales_documents": (),
    "visits": (),
    "attachments": (),
    "stock": ("products", "stock"),
}
# More of them, to judge whether a row may go.
NEEDS_TO_REMOVE: dict[str, tuple[str, ...]] = {
    "products": ("prices", "stock", "quick_keys"),
    "categories": ("quick_keys",),
}


def faults(name: str, live: Live, changed: Collection[str]) -> Iterator[Fault]:
    """What is wrong with the rows ``changed``, put or removed, of the set ``name``."""
    check = _CHECKS.get(name)
    if check is not None:
        yield from check(live, changed)


def _settings(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    for row_id in changed:
        if row_id != "settings":
            yield row_id, fault("id", _("the only row of settings is called settings"))
        elif row_id not in live["settings"]:
            yield row_id, fault("id", _("settings cannot be removed"))


def _shop(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    for row_id in changed:
        if row_id not in live["shop"]:
            yield row_id, fault("id", _("the shop's own row cannot be removed"))
        elif len(live["shop"]) > 1:
            other = next(one for one in live["shop"] if one != row_id)
            yield row_id, fault("id", _("a shop has one row, and it is called {row}"), row=other)


def _vat_rates(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    used = _first_user(live["products"], "vat", active_only=True)
    for letter in changed:
        row = live["vat_rates"].get(letter)
        if letter not in used or (row and row.rate_bp != INACTIVE_BP):
            continue
        message = _("product {product} is sold at letter {letter}")
        yield letter, fault("rate_bp", message, product=used[letter], letter=letter)


def _payment_methods(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    """A till whose ways to pay are none of them fiscal could sell nothing."""
    rows = live["payment_methods"].values()
    if not rows or any(row.is_active and row.is_fiscal for row in rows):
        return
    for row_id in changed:
        yield row_id, fault("is_fiscal", _("at least one method must be fiscal and in use"))


def _units(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    used = _first_user(live["products"], "unit")
    for row_id in changed:
        if row_id not in live["units"] and row_id in used:
            message = _("product {product} is sold in this unit")
            yield row_id, fault("id", message, product=used[row_id])


def _roles(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    used = _first_user(live["users"], "role")
    for row_id in changed:
        row = live["roles"].get(row_id)
        if row is None:
            if row_id in used:
                yield row_id, fault("id", _("user {user} has this role"), user=used[row_id])
            continue
        for place, right in enumerate(row.rights):
            if right not in set(Right):
                yield row_id, fault(f"rights[{place}]", _("no right '{right}'"), right=right)


def _users(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for row in live["users"].values():
        if row.is_active and row.id not in changed:
            owners[row.identifier] = row.id
    for row in put_rows(live["users"], changed):
        if row.role not in live["roles"]:
            yield row.id, fault("role", _("no role '{role}'"), role=row.role)
        if row.is_active and owners.setdefault(row.identifier, row.id) != row.id:
            message = _("user {user} has the same identifier")
            yield row.id, fault("identifier", message, user=owners[row.identifier])


def _categories(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    rows = live["categories"]
    parents = _first_user(rows, "parent")
    used = _first_user(live["products"], "category")
    for row_id in changed:
        row = rows.get(row_id)
        if row is None:
            if row_id in parents:
                yield row_id, fault("id", _("category {row} lies in it"), row=parents[row_id])
            elif row_id in used:
                yield row_id, fault("id", _("product {row} lies in it"), row=used[row_id])
            elif key := _first_user(live["quick_keys"], "category").get(row_id):
                yield row_id, fault("id", _("quick key {row} opens it"), row=key)
        elif row.parent and row.parent not in rows:
            yield row_id, fault("parent", _("no category '{row}'"), row=row.parent)
        elif _is_loop(rows, row_id):
            yield row_id, fault("parent", _("the category would lie in itself"))


def _is_loop(rows: dict[str, Row], start: str) -> bool:
    here, passed = rows[start].parent, {start}
    while here and here in rows:
        if here in passed:
            return True
        passed.add(here)
        here = rows[here].parent
    return False


def _price_lists(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    used = _first_user(live["prices"], "price_list")
    for row_id in changed:
        if row_id not in live["price_lists"] and row_id in used:
            yield row_id, fault("id", _("price {row} lies in it"), row=used[row_id])


def _prices(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    owners: dict[tuple[str, str], str] = {}
    for row in live["prices"].values():
        if row.id not in changed:
            owners[row.price_list, row.product] = row.id
    for row in put_rows(live["prices"], changed):
        if row.price_list not in live["price_lists"]:
            yield row.id, fault("price_list", _("no price list '{row}'"), row=row.price_list)
        if row.product not in live["products"]:
            yield row.id, no_product("product", row.product)
        if (owner := owners.setdefault((row.price_list, row.product), row.id)) != row.id:
            yield (
                row.id,
                fault("product", _("price {row} of the list is for it already"), row=owner),
            )


def _quick_keys(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    owners: dict[tuple[int, int], str] = {}
    for row in live["quick_keys"].values():
        if row.id not in changed:
            owners[row.page, row.position] = row.id
    for row in put_rows(live["quick_keys"], changed):
        if row.product and row.product not in live["products"]:
            yield row.id, no_product("product", row.product)
        if row.category and row.category not in live["categories"]:
            yield row.id, fault("category", _("no category '{row}'"), row=row.category)
        if (owner := owners.setdefault((row.page, row.position), row.id)) != row.id:
            message = _("quick key {row} has this number on the page already")
            yield row.id, fault("position", message, row=owner)


def _stock(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    for row in put_rows(live["stock"], changed):
        if row.id not in live["products"]:
            yield row.id, no_product("id", row.id)


def _first_user(rows: dict[str, Row], field: str, *, active_only: bool = False) -> dict[str, str]:
    """For each value of ``field``, the id of the first row that has it."""
    found: dict[str, str] = defaultdict(str)
    for row in rows.values():
        if active_only and not row.is_active:
            continue
        found.setdefault(getattr(row, field), row.id)
    return found


_CHECKS: dict[str, Callable[[Live, Collection[str]], Iterator[Fault]]] = {
    "settings": _settings,
    "shop": _shop,
    "vat_rates": _vat_rates,
    "payment_methods": _payment_methods,
    "roles": _roles,
    "users": _users,
    "units": _units,
    "categories": _categories,
    "products": goods.products,
    "barcodes": goods.barcodes,
    "price_lists": _price_lists,
    "prices": _prices,
    "quick_keys": _quick_keys,
    "stock": _stock,
}
