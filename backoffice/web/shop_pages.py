"""The pages of the shops: list, one shop with the head of its receipts, closing and opening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import changes, publish, shops
from backoffice.actor import CurrentActor
from backoffice.errors import NotFound, RowChanged
from backoffice.office import Office
from backoffice.reach import reach
from backoffice.receipt_picture import NARROW, WIDE, picture
from backoffice.rights import Right
from backoffice.shop_settings import settings_of
from backoffice.shops import ShopInUse
from backoffice.store.engine import reading, writing
from backoffice.web import shop_form
from backoffice.web.given import Given, as_seen, seen
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from backoffice.actor import Actor
    from terminal.sync import wire

OpenOffice = NamedDependency[SkipValidation[Office]]


@get("/shops", sync_to_thread=True, opt={"right": Right.SHOPS})
def all_shops(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """Every shop that the actor may see."""
    with reading(office.engine) as database:
        mine = [it for it in shops.all_shops(database) if actor.sees(it.id)]
        lists = {it.id: shops.lists_in_force(database, it.id, office.clock()) for it in mine}
    return page("shops.html", request, shops=mine, lists=lists)


@get("/shops/{shop:str}", sync_to_thread=True, opt={"right": Right.SHOPS})
def one_shop(
    office: OpenOffice, actor: CurrentActor, request: Asked, shop: FromPath[str]
) -> Template:
    """Name and address of a shop, and what they look like on a receipt."""
    with reading(office.engine) as database:
        state, row = _mine(database, actor, shop)
    return _form(request, office, state, row, shop_form.filled(row))


@post("/shops/{shop:str}", sync_to_thread=True, opt={"right": Right.SHOPS})
def change_shop(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    shop: FromPath[str],
    data: URLEncodedBody[Given],
) -> Redirect | Template:
    """Change name and address."""
    with reading(office.engine) as database:
        state, row = _mine(database, actor, shop)
    fields, errors = shop_form.read(data)
    if errors or data.get("act") == "look":
        return _form(request, office, state, row, fields, errors)
    try:
        with writing(office.engine) as database:
            state, row = _mine(database, actor, shop)
            before = msgspec.to_builtins(row)
            after = {**before, **fields}
            expected = {row.id: seen(data).get(row.id, 0)}
            outcome = publish.put(database, "shop", shop, [after], expected=expected)
            if outcome.changed:
                what = f"shop/{row.id}"
                moment = office.clock()
                changes.record(database, actor, moment, "put", what, shop, before, after)
    except RowChanged:
        with reading(office.engine) as database:
            state, row = _mine(database, actor, shop)
        why = _("Somebody else changed this shop meanwhile. This is what you typed; look again.")
        return _form(request, office, state, row, fields, {"": why}, status=409)
    said = _("Saved. The printers of the shop take it after their next daily report.")
    return done(f"/shops/{quote(shop, safe='')}", said)


@post("/shops/{shop:str}/close", sync_to_thread=True, opt={"right": Right.SHOPS})
def close_shop(
    office: OpenOffice, actor: CurrentActor, request: Asked, shop: FromPath[str]
) -> Redirect | Template:
    """Close a shop in which no till may work any more."""
    try:
        with writing(office.engine) as database:
            state, row = _mine(database, actor, shop)
            shops.close(database, shop, office.clock())
            changes.record(database, actor, office.clock(), "close", f"shop/{shop}", shop)
    except ShopInUse as error:
        with reading(office.engine) as database:
            state, row = _mine(database, actor, shop)
        why = _("Tills still work here: {tills}. Block them first.", tills=", ".join(error.tills))
        return _form(request, office, state, row, shop_form.filled(row), {"": why}, status=409)
    return done("/shops", _("{shop} is closed.", shop=state.name))


@post("/shops/{shop:str}/open", sync_to_thread=True, opt={"right": Right.SHOPS})
def open_shop(office: OpenOffice, actor: CurrentActor, shop: FromPath[str]) -> Redirect:
    """Open a closed shop again."""
    with writing(office.engine) as database:
        state, _row = _mine(database, actor, shop)
        shops.reopen(database, shop)
        changes.record(database, actor, office.clock(), "open", f"shop/{shop}", shop)
    return done(f"/shops/{quote(shop, safe='')}", _("{shop} is open again.", shop=state.name))


def _mine(database: Connection, actor: Actor, shop: str) -> tuple[shops.ShopState, wire.Shop]:
    """A shop that the actor sees, and its row; raises ``NotFound``."""
    actor.must_see(shop)
    state = shops.one(database, shop)
    if state.row is None:
        raise NotFound(detail=f"the shop {shop!r} has no row of its own")
    return state, state.row


def _form(
    request: Asked,
    office: Office,
    state: shops.ShopState,
    row: wire.Shop,
    given: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
    *,
    status: int = 422,
) -> Template:
    with reading(office.engine) as database:
        settings, _revision = settings_of(database, state.id)
        lists = shops.lists_in_force(database, state.id, office.clock())
        tills = reach(database, state.id, "shop", state.revision)
    drawn = msgspec.structs.replace(row, **given)
    return page(
        "shop.html",
        request,
        status=status if errors else 200,
        shop=state,
        row=row,
        given=given,
        errors=errors or {},
        seen=as_seen({row.id: state.revision}),
        pictures=[
            (width, picture(drawn, settings.receipt_footer, width)) for width in (NARROW, WIDE)
        ],
        lists=lists,
        tills=tills,
    )


HANDLERS = (all_shops, one_shop, change_shop, close_shop, open_shop)
