"""The pages of quick keys: the grid as the till shows it, one key, moving and taking away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import quick_keys
from backoffice.actor import CurrentActor
from backoffice.errors import BadRows, NotFound, RowChanged
from backoffice.goods import search
from backoffice.office import Office
from backoffice.quick_keys import PAGES, POSITIONS, Spot, keys_of
from backoffice.reach import reach
from backoffice.rights import Right
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.web.chosen import chosen_shop, shops_of
from backoffice.web.given import Given, as_seen, line, seen, text
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from backoffice.web.sets.fault_wording import said
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from backoffice.actor import Actor

OpenOffice = NamedDependency[SkipValidation[Office]]
_LABEL_MAX = 25
_CHOICES_MAX = 20
# ``was`` are the words for the ``product`` that the key had, ``chosen`` is one of several found.
_FIELDS = ("goods", "was", "product", "chosen", "category", "label")


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the grid and what it does; an empty ``label`` is a number that is free."""

    number: int
    label: str = ""
    price_gr: int | None = None
    is_category: bool = False
    trouble: str = ""


@get("/quick-keys", sync_to_thread=True, opt={"right": Right.GOODS})
def grid(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    shop: FromQuery[str] = "",
    page_no: FromQuery[str] = "1",
) -> Template:
    """A page of the quick keys, every number of it."""
    shown = _number(page_no, PAGES) or 1
    with reading(office.engine) as database:
        chosen = chosen_shop(database, actor, shop)
        keys = keys_of(database, chosen)
        cells = [_cell(database, chosen, keys, (shown, number)) for number in POSITIONS]
        revision = data_rows.revision_of(database, "quick_keys", chosen)
        tills = reach(database, chosen, "quick_keys", revision) if revision else []
        shops = shops_of(database, actor)
    used = {at: sum(1 for page_of, _number in keys if page_of == at) for at in PAGES}
    return page(
        "quick_keys.html",
        request,
        shop=chosen,
        shops=shops,
        page_no=shown,
        cells=cells,
        used=used,
        tills=tills,
    )


@get("/quick-keys/key", sync_to_thread=True, opt={"right": Right.GOODS})
def one_key(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    shop: FromQuery[str] = "",
    page_no: FromQuery[str] = "",
    number: FromQuery[str] = "",
) -> Template:
    """What one number does."""
    spot = _spot(page_no, number)
    with reading(office.engine) as database:
        chosen = chosen_shop(database, actor, shop)
        key, revision = keys_of(database, chosen).get(spot, (None, 0))
        given = _given(database, chosen, key, revision)
    return _form(request, office, actor, chosen, spot, given)


@post("/quick-keys/key", sync_to_thread=True, opt={"right": Right.GOODS})
def change_key(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Put goods or a category on a number; goods that were typed are looked for."""
    spot = _spot(text(data, "page_no"), text(data, "number"))
    given = {name: text(data, name) for name in ("seen", *_FIELDS)}
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, text(data, "shop"))
        found = _found(database, shop, given)
    errors = {}
    if given["goods"].strip() and given["category"]:
        errors["category"] = _("Choose either goods or a category")
    elif given["goods"].strip() and len(found) != 1:
        errors["goods"] = _("Nothing is found: type a part of the name, the PLU or a bar code")
        if found:
            errors["goods"] = _("Choose which of these is meant, then save again")
    elif not found and not given["category"]:
        errors["goods"] = _("Choose goods or a category")
    label = line(data, "label")
    if len(label) > _LABEL_MAX:
        errors["label"] = _("At most {most} characters", most=_LABEL_MAX)
    if errors:
        return _form(request, office, actor, shop, spot, given, errors, found)
    product = found[0].id if found else ""
    key = wire.QuickKey("new", spot[1], product, given["category"], label, spot[0])
    try:
        with writing(office.engine) as database:
            revision = seen(data).get("key", 0)
            quick_keys.assign(database, actor, office.clock(), shop, key, revision)
    except RowChanged:
        with reading(office.engine) as database:
            now = keys_of(database, shop).get(spot, (None, 0))
        given["seen"] = as_seen({"key": now[1]})
        why = _("Somebody else changed this key meanwhile. Saving again overwrites that.")
        return _form(request, office, actor, shop, spot, given, {"": why}, found, status=409)
    except BadRows as error:
        why = "; ".join(said(fault.reason) for fault in error.faults)
        return _form(request, office, actor, shop, spot, given, {"": why}, found)
    saved = _("Saved. The tills fetch it at the next synchronisation.")
    return done(_address(shop, spot[0]), saved)


@post("/quick-keys/move", sync_to_thread=True, opt={"right": Right.GOODS})
def move_key(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Move a key to another place; what is there comes here."""
    spot = _spot(text(data, "page_no"), text(data, "number"))
    to = _number(text(data, "to_page"), PAGES), _number(text(data, "to_number"), POSITIONS)
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, text(data, "shop"))
        key, revision = keys_of(database, shop).get(spot, (None, 0))
        given = _given(database, shop, key, revision)
    if key is None:
        raise NotFound(detail="there is no such quick key")
    if not (to[0] and to[1]):
        given |= {name: text(data, name) for name in ("to_page", "to_number")}
        wrong = {"to_number": _("A page from 1 to 9 and a number from 1 to 99")}
        return _form(request, office, actor, shop, spot, given, wrong)
    with writing(office.engine) as database:
        quick_keys.move(database, actor, office.clock(), shop, spot, (to[0], to[1]))
    return done(_address(shop, to[0]), _("Moved. What was there has changed places with it."))


@post("/quick-keys/remove", sync_to_thread=True, opt={"right": Right.GOODS})
def remove_key(office: OpenOffice, actor: CurrentActor, data: URLEncodedBody[Given]) -> Redirect:
    """Take a key away."""
    spot = _spot(text(data, "page_no"), text(data, "number"))
    with writing(office.engine) as database:
        shop = chosen_shop(database, actor, text(data, "shop"))
        revision = seen(data).get("key", 0)
        quick_keys.take_away(database, actor, office.clock(), shop, spot, revision)
    return done(_address(shop, spot[0]), _("The key is free."))


def _address(shop: str, page_no: int) -> str:
    return "/quick-keys?" + urlencode({"shop": shop, "page_no": page_no})


def _number(typed: str, allowed: range) -> int:
    """A number within bounds; 0 for anything else."""
    is_one = typed.isascii() and typed.isdigit() and len(typed) <= 2  # noqa: PLR2004 (99)
    return int(typed) if is_one and int(typed) in allowed else 0


def _spot(page_no: str, number: str) -> Spot:
    spot = _number(page_no, PAGES), _number(number, POSITIONS)
    if not all(spot):
        raise NotFound(detail="there is no such quick key")
    return spot


def _product(database: Connection, shop: str, product: str) -> wire.Product | None:
    body = data_rows.body_of(database, "products", shop, product) if product else None
    return msgspec.json.decode(body, type=wire.Product) if body else None


def _given(
    database: Connection, shop: str, key: wire.QuickKey | None, revision: int
) -> dict[str, str]:
    """What the form shows of a key."""
    given = {"seen": as_seen({"key": revision})}
    if key is not None:
        goods = _product(database, shop, key.product)
        words = goods.name if goods else key.product
        told = {"goods": words, "was": words, "product": key.product}
        given |= {**told, "category": key.category, "label": key.label}
    return given


def _cell(
    database: Connection,
    shop: str,
    keys: Mapping[Spot, tuple[wire.QuickKey, int]],
    spot: Spot,
) -> Cell:
    """What the till shows at a number; a key that does nothing there says why."""
    key, _revision = keys.get(spot, (None, 0))
    if key is None:
        return Cell(spot[1])
    if key.category:
        body = data_rows.body_of(database, "categories", shop, key.category)
        name = msgspec.json.decode(body, type=wire.Category).name if body else key.category
        return Cell(spot[1], key.label or name, is_category=True)
    goods = _product(database, shop, key.product)
    if goods is None:
        return Cell(spot[1], key.label or key.product, trouble=_("no such goods"))
    price = None if goods.is_open_price else goods.price_gr
    trouble = "" if goods.is_active else _("not sold now")
    return Cell(spot[1], key.label or goods.name, price, trouble=trouble)


def _found(database: Connection, shop: str, given: Mapping[str, str]) -> list[wire.Product]:
    """Goods that were meant: the one that was chosen of several, else what the words find."""
    words = given["goods"].strip()
    if not words:
        return []
    meant_id = given["chosen"] or (given["product"] if words == given["was"] else "")
    if chosen := _product(database, shop, meant_id):
        return [chosen]
    wanted = search.Wanted(text=words, active="yes")
    exact = search.exact(database, shop, wanted)
    rows = search.page(database, shop, wanted, limit=_CHOICES_MAX).rows
    meant = [row.product for row in rows if not exact or row.product.id in exact]
    named = [it for it in meant if it.name.casefold() == words.casefold()]
    return named if len(named) == 1 else meant


def _form(
    request: Asked,
    office: Office,
    actor: Actor,
    shop: str,
    spot: Spot,
    given: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
    found: list[wire.Product] | None = None,
    *,
    status: int = 422,
) -> Template:
    decode = msgspec.json.Decoder(wire.Category).decode
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        rows = map(decode, data_rows.living(database, "categories", shop))
        categories = sorted(((it.id, it.name) for it in rows), key=lambda it: it[1].casefold())
        now = _cell(database, shop, keys_of(database, shop), spot)
    usual = {"to_page": str(spot[0]), "to_number": ""}
    return page(
        "quick_key.html",
        request,
        status=status if errors else 200,
        shop=shop,
        shops=shops,
        spot=spot,
        now_there=now,
        given={**dict.fromkeys(_FIELDS, ""), **usual, **given},
        errors=errors or {},
        found=found or [],
        categories=categories,
    )


HANDLERS = (grid, one_key, change_key, move_key, remove_key)
