"""Whether the rows of a shop fit together: references, unique codes, names. No database here.

``Live`` holds, for each data set, the rows that would live after the change, by id.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from backoffice.names import compared
from backoffice.rows import FieldFault, Row
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

Live = dict[str, dict[str, Row]]
Fault = tuple[str, FieldFault]  # id of the row, what is wrong

INACTIVE_BP = 10_100

# Sets whose rows must be at hand to judge a change of the set named first.
NEEDS: dict[str, tuple[str, ...]] = {
    "settings": ("settings",),
    "shop": ("shop",),
    "vat_rates": ("vat_rates", "products"),
    "payment_methods": ("payment_methods",),
    "currencies": (),
    "roles": ("roles", "users"),
    "users": ("roles", "users"),
    "units": ("units", "products"),
    "categories": ("categories", "products"),
    "products": ("vat_rates", "units", "categories", "products", "barcodes"),
    "barcodes": ("products", "barcodes"),
    "price_lists": ("price_lists", "prices"),
    "prices": ("products", "price_lists", "prices"),
    "discounts": (),
    "quick_keys": ("products", "categories", "quick_keys"),
    "customers": (),
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
            yield row_id, FieldFault("$.id", "the only row of settings is called settings")
        elif row_id not in live["settings"]:
            yield row_id, FieldFault("$.id", "settings cannot be removed")


def _shop(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    for row_id in changed:
        if row_id not in live["shop"]:
            yield row_id, FieldFault("$.id", "the shop's own row cannot be removed")
        elif len(live["shop"]) > 1:
            other = next(one for one in live["shop"] if one != row_id)
            yield row_id, FieldFault("$.id", f"a shop has one row, and it is called {other}")


def _vat_rates(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    used = _first_user(live["products"], "vat", active_only=True)
    for letter in changed:
        row = live["vat_rates"].get(letter)
        if letter not in used or (row and row.rate_bp != INACTIVE_BP):
            continue
        yield letter, FieldFault("$.rate_bp", f"product {used[letter]} is sold at letter {letter}")


def _payment_methods(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    """A till whose ways to pay are none of them fiscal could sell nothing."""
    rows = live["payment_methods"].values()
    if not rows or any(row.is_active and row.is_fiscal for row in rows):
        return
    for row_id in changed:
        yield row_id, FieldFault("$.is_fiscal", "at least one method must be fiscal and in use")


def _units(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    used = _first_user(live["products"], "unit")
    for row_id in changed:
        if row_id not in live["units"] and row_id in used:
            yield row_id, FieldFault("$.id", f"product {used[row_id]} is sold in this unit")


def _roles(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    used = _first_user(live["users"], "role")
    for row_id in changed:
        row = live["roles"].get(row_id)
        if row is None:
            if row_id in used:
                yield row_id, FieldFault("$.id", f"user {used[row_id]} has this role")
            continue
        for place, right in enumerate(row.rights):
            if right not in set(Right):
                yield row_id, FieldFault(f"$.rights[{place}]", f"no right {right!r}")


def _users(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for row in live["users"].values():
        if row.is_active and row.id not in changed:
            owners[row.identifier] = row.id
    for row in _put(live["users"], changed):
        if row.role not in live["roles"]:
            yield row.id, FieldFault("$.role", f"no role {row.role!r}")
        if row.is_active and owners.setdefault(row.identifier, row.id) != row.id:
            reason = f"user {owners[row.identifier]} has the same identifier"
            yield row.id, FieldFault("$.identifier", reason)


def _categories(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    rows = live["categories"]
    parents = _first_user(rows, "parent")
    used = _first_user(live["products"], "category")
    for row_id in changed:
        row = rows.get(row_id)
        if row is None:
            if row_id in parents:
                yield row_id, FieldFault("$.id", f"category {parents[row_id]} lies in it")
            elif row_id in used:
                yield row_id, FieldFault("$.id", f"product {used[row_id]} lies in it")
            elif key := _first_user(live["quick_keys"], "category").get(row_id):
                yield row_id, FieldFault("$.id", f"quick key {key} opens it")
        elif row.parent and row.parent not in rows:
            yield row_id, FieldFault("$.parent", f"no category {row.parent!r}")
        elif _is_loop(rows, row_id):
            yield row_id, FieldFault("$.parent", "the category would lie in itself")


def _is_loop(rows: dict[str, Row], start: str) -> bool:
    here, passed = rows[start].parent, {start}
    while here and here in rows:
        if here in passed:
            return True
        passed.add(here)
        here = rows[here].parent
    return False


def _products(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    for row in _put(live["products"], changed):
        for fault in _product(live, row):
            yield row.id, fault
    yield from _doubles(live, changed)
    for row_id in changed:
        if row_id not in live["products"] and (user := _user_of_product(live, row_id)):
            yield row_id, FieldFault("$.id", f"{user} belongs to it")


def _product(live: Live, row: Row) -> Iterator[FieldFault]:
    rate = live["vat_rates"].get(row.vat)
    if row.is_active and (rate is None or rate.rate_bp == INACTIVE_BP):
        yield FieldFault("$.vat", f"VAT letter {row.vat} is not in use")
    if row.unit not in live["units"]:
        yield FieldFault("$.unit", f"no unit {row.unit!r}")
    if row.category and row.category not in live["categories"]:
        yield FieldFault("$.category", f"no category {row.category!r}")
    if not row.name.isprintable():
        yield FieldFault("$.name", "control characters cannot be printed")
    elif not compared(row.name):
        yield FieldFault("$.name", "needs a letter or a digit: the printer ignores all else")
    if not row.price_gr and not row.is_open_price:
        yield FieldFault("$.price_gr", "0 is only for products with an open price")


def _user_of_product(live: Live, product: str) -> str:
    """A row of another set that would be left without its product."""
    if product in live["stock"]:
        return f"stock {product}"
    kinds = (("bar code", "barcodes"), ("price", "prices"), ("quick key", "quick_keys"))
    for one, name in kinds:
        for row in live[name].values():
            if row.product == product:
                return f"{one} {row.id}"
    return ""


def _doubles(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    """Codes and names that two products share: the one that changed is at fault, else the later."""
    owners = {("bar code", row.id): row.product for row in live["barcodes"].values()}
    letters: dict[str, Row] = {}
    for row in sorted(live["products"].values(), key=lambda one: one.id in changed):
        for path, kind, code in _codes(row) if row.is_active else ():
            owner = owners.get((kind, code))
            if owner is None:
                owners[kind, code] = row.id
            elif row.id in changed:
                whose = "listed twice" if owner == row.id else f"product {owner} has it too"
                yield row.id, FieldFault(path, f"{kind} {code}: {whose}")
        twin = letters.setdefault(compared(row.name), row)
        if twin.vat != row.vat and row.id in changed:
            reason = f"to the printer the same name as product {twin.id}, which has VAT {twin.vat}"
            yield row.id, FieldFault("$.name", reason)


def _codes(row: Row) -> Iterator[tuple[str, str, str]]:
    if row.plu:
        yield "$.plu", "PLU", row.plu
    for place, code in enumerate(row.barcodes):
        yield f"$.barcodes[{place}]", "bar code", code


def _barcodes(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    products = live["products"]
    owners = {code: row.id for row in products.values() if row.is_active for code in row.barcodes}
    for row in _put(live["barcodes"], changed):
        if row.product not in products:
            yield row.id, FieldFault("$.product", f"no product {row.product!r}")
        if row.id in owners:
            yield row.id, FieldFault("$.id", f"product {owners[row.id]} has this code already")


def _price_lists(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    used = _first_user(live["prices"], "price_list")
    for row_id in changed:
        if row_id not in live["price_lists"] and row_id in used:
            yield row_id, FieldFault("$.id", f"price {used[row_id]} lies in it")


def _prices(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    owners: dict[tuple[str, str], str] = {}
    for row in live["prices"].values():
        if row.id not in changed:
            owners[row.price_list, row.product] = row.id
    for row in _put(live["prices"], changed):
        if row.price_list not in live["price_lists"]:
            yield row.id, FieldFault("$.price_list", f"no price list {row.price_list!r}")
        if row.product not in live["products"]:
            yield row.id, FieldFault("$.product", f"no product {row.product!r}")
        if (owner := owners.setdefault((row.price_list, row.product), row.id)) != row.id:
            yield row.id, FieldFault("$.product", f"price {owner} of the list is for it already")


def _quick_keys(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    owners: dict[tuple[int, int], str] = {}
    for row in live["quick_keys"].values():
        if row.id not in changed:
            owners[row.page, row.position] = row.id
    for row in _put(live["quick_keys"], changed):
        for field, name in (("product", "products"), ("category", "categories")):
            used = getattr(row, field)
            if used and used not in live[name]:
                yield row.id, FieldFault(f"$.{field}", f"no {field} {used!r}")
        if (owner := owners.setdefault((row.page, row.position), row.id)) != row.id:
            reason = f"quick key {owner} has this number on the page already"
            yield row.id, FieldFault("$.position", reason)


def _stock(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    for row in _put(live["stock"], changed):
        if row.id not in live["products"]:
            yield row.id, FieldFault("$.id", f"no product {row.id!r}")


def _put(rows: dict[str, Row], changed: Collection[str]) -> Iterator[Row]:
    return (rows[row_id] for row_id in changed if row_id in rows)


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
    "products": _products,
    "barcodes": _barcodes,
    "price_lists": _price_lists,
    "prices": _prices,
    "quick_keys": _quick_keys,
    "stock": _stock,
}
