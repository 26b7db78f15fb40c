"""The page of one product: its form, what the printer makes of its name, history, tills."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import changes, publish
from backoffice.actor import CurrentActor
from backoffice.errors import BadRows, NotFound, RowChanged
from backoffice.goods import kept, saving
from backoffice.names import compared
from backoffice.office import Office
from backoffice.reach import reach
from backoffice.rights import Right
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.web import typed
from backoffice.web.chosen import chosen_shop, shops_of
from backoffice.web.goods import product_form, told_history
from backoffice.web.goods.around import around
from backoffice.web.goods.question import whole
from backoffice.web.goods.said import by_field
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from backoffice.actor import Actor
    from backoffice.web.goods.product_form import Form

OpenOffice = NamedDependency[SkipValidation[Office]]
HISTORY_SHOWN = 20
GTU_CODES = [f"GTU_{number:02d}" for number in range(1, 14)]


class Resting(msgspec.Struct, frozen=True):
    """Which product is taken out of use, or put back."""

    id: str
    revision: int
    shop: str = ""
    is_active: bool = False


@get("/goods/product", sync_to_thread=True, opt={"right": Right.SEE})
def product(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    shop: FromQuery[str] = "",
    id: FromQuery[str] = "",  # noqa: A002 (its name in the address)
    copy: FromQuery[str] = "",
) -> Template:
    """The form of a product; an empty one, or with ``copy`` like another without its codes."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        near = around(database, shop)
        form = product_form.fresh(near)
        packs: dict[str, int] = {}
        revision = 0
        if row_id := id or copy:
            row = _row(database, shop, row_id)
            packs = saving.packs_of(database, shop, row_id) if id else {}
            form = product_form.filled(row, packs)
        if copy:
            form.texts |= {"plu": "", "external_id": "", "barcodes": ""}
        if id:
            revision = publish.revision_of(database, "products", shop, id)
        row_id = id or f"p{secrets.token_hex(5)}"
        context = _context(database, actor, shop, row_id, form, revision)
    return page("goods/product.html", request, **context, seen_packs=_packed(packs), theirs={})


@post("/goods/product", sync_to_thread=True, opt={"right": Right.GOODS})
def save(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[dict[str, Any]]
) -> Template | Redirect:
    """Save what was typed; a form that is wrong, or too late, comes back as it was typed."""
    row_id, revision = str(data.get("id", "")), whole(data.get("revision"))
    seen = _unpacked(str(data.get("seen_packs", "")))
    theirs: dict[str, Any] = {}
    status = 422
    with writing(office.engine) as database:
        shop = chosen_shop(database, actor, str(data.get("shop", "")))
        near = around(database, shop)
        old = saving.whole(database, shop, row_id) or {}
        known = {*old.get("barcodes", ()), *old.get("packs", ())}
        form, row, packs = product_form.read(data, near, known)
    if not (form.errors or form.warnings):
        try:
            with writing(office.engine) as database:
                fields = {**old, **row, "id": row_id}
                fields.pop("packs", None)
                saving.save(database, actor, office.clock(), shop, fields, revision, packs, seen)
            return done(f"/goods/product?{urlencode({'shop': shop, 'id': row_id})}", _("Saved."))
        except BadRows as error:
            form.errors = by_field(error.faults)
        except RowChanged as error:
            status, revision, theirs = 409, error.revision, error.row or {}
            seen = theirs.get("packs", {})
    with reading(office.engine) as database:
        context = _context(database, actor, shop, row_id, form, revision)
    context |= {"seen_packs": _packed(seen), "theirs": _differing(theirs, row, packs)}
    return page("goods/product.html", request, status=status, **context)


@post("/goods/product/rest", sync_to_thread=True, opt={"right": Right.GOODS})
def rest(office: OpenOffice, actor: CurrentActor, data: URLEncodedBody[Resting]) -> Redirect:
    """Take a product out of use, or put it back: tills keep it, and sell it or do not."""
    text = _("It is sold again.") if data.is_active else _("It is not sold any more.")
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, data.shop)
    try:
        with writing(office.engine) as database:
            row = msgspec.to_builtins(_row(database, shop, data.id))
            row["is_active"] = data.is_active
            saving.save(database, actor, office.clock(), shop, row, data.revision)
    except RowChanged:
        text = _("Somebody changed it meanwhile. Look at it as it is now, and try again.")
    except BadRows as error:
        text = next(iter(by_field(error.faults).values()))
    return done(f"/goods/product?{urlencode({'shop': shop, 'id': data.id})}", text)


@get("/goods/check", sync_to_thread=True, opt={"right": Right.SEE})
def check(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    shop: FromQuery[str] = "",
    id: FromQuery[str] = "",  # noqa: A002 (its name in the address)
    name: FromQuery[str] = "",
    vat: FromQuery[str] = "",
    price: FromQuery[str] = "",
    price_is: FromQuery[str] = "gross",
) -> Template:
    """What the printer makes of a name, and what a price is with and without its VAT."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        checked = _checked(database, shop, id, name, vat, price, price_is)
    return page("goods/check.html", request, checked=checked, shop=shop)


@get("/goods/{row_id:str}", sync_to_thread=True, opt={"right": Right.SEE})
def by_id(
    office: OpenOffice, actor: CurrentActor, row_id: FromPath[str], shop: FromQuery[str] = ""
) -> Redirect:
    """A short address of a product."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        _row(database, shop, row_id)
    return Redirect(f"/goods/product?{urlencode({'shop': shop, 'id': row_id})}")


def _row(database: Connection, shop: str, row_id: str) -> wire.Product:
    body = data_rows.body_of(database, "products", shop, row_id)
    if body is None:
        raise NotFound(detail="no such product")
    return msgspec.json.decode(body, type=wire.Product)


def _context(
    database: Connection, actor: Actor, shop: str, row_id: str, form: Form, revision: int
) -> dict[str, Any]:
    near = around(database, shop)
    texts = form.texts
    checked = _checked(
        database, shop, row_id, texts["name"], texts["vat"], texts["price"], texts["price_is"]
    )
    return {
        "shop": shop,
        "shops": shops_of(database, actor),
        "around": near,
        "row_id": row_id,
        "revision": revision,
        "form": form,
        "checked": checked,
        "history": told_history.told(_history(database, shop, row_id), near),
        "reached": reach(database, shop, "products", revision) if revision else [],
        "gtu_choices": [(code, code) for code in GTU_CODES],
        "may": actor.may(Right.GOODS),
    }


def _history(database: Connection, shop: str, row_id: str) -> list[Any]:
    """What was changed on its own page and together with others, newest first."""
    alone = changes.history(database, f"products/{row_id}", shop, HISTORY_SHOWN)
    of_many = kept.of_product(database, shop, row_id, HISTORY_SHOWN)
    lines: list[Any] = [*alone, *of_many]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:HISTORY_SHOWN]


def _checked(
    database: Connection, shop: str, row_id: str, name: str, vat: str, price: str, price_is: str
) -> dict[str, Any]:
    near = around(database, shop)
    try:
        typed_gr = typed.money(price) if price.strip() else 0
    except typed.NotUnderstood:
        typed_gr = 0
    gross_gr = near.gross_gr(typed_gr, vat) if price_is == "net" else typed_gr
    printed = compared(" ".join(name.split()))
    twins = saving.namesakes(database, shop, name, row_id) if printed else []
    return {
        "length": len(" ".join(name.split())),
        "printed": printed,
        "gross_gr": gross_gr,
        "net_gr": near.net_gr(gross_gr, vat),
        "twins": [(other, letter, letter != vat) for other, letter in twins],
    }


def _differing(
    theirs: dict[str, Any], row: dict[str, Any], packs: dict[str, int]
) -> dict[str, Any]:
    """Fields that somebody else made something else of."""
    if not theirs:
        return {}
    mine = {**row, "packs": packs}
    theirs = {"packs": {}, **theirs}
    return {name: theirs[name] for name in mine if mine[name] != theirs[name]}


def _packed(packs: dict[str, int]) -> str:
    return ",".join(f"{code}:{qty_milli}" for code, qty_milli in packs.items())


def _unpacked(text: str) -> dict[str, int]:
    pairs = (part.partition(":") for part in text.split(",") if part)
    return {code: whole(quantity) for code, _colon, quantity in pairs}


HANDLERS = (product, save, rest, check, by_id)
