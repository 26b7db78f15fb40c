"""The page of a new shop: its address, and what it takes over from another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import changes, company_data, new_shop, shops
from backoffice.actor import CurrentActor
from backoffice.new_shop import PARTS, ShopTaken
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web import shop_form
from backoffice.web.given import Given, text
from backoffice.web.i18n import _, gettext_noop
from backoffice.web.page import Asked, done, page
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

OpenOffice = NamedDependency[SkipValidation[Office]]

PART_WORDS = {
    "settings": (
        gettext_noop("Settings of the tills"),
        gettext_noop("signing in, day close, parking, cash"),
    ),
    "payments": (gettext_noop("Payments"), gettext_noop("payment methods, currencies")),
    "staff": (gettext_noop("Staff"), gettext_noop("people with their PINs, roles and rights")),
    "goods": (
        gettext_noop("Goods"),
        gettext_noop("goods, bar codes, units, categories, VAT rates"),
    ),
    "prices": (
        gettext_noop("Prices"),
        gettext_noop("price lists, prices, discounts; takes the goods along"),
    ),
    "quick_keys": (gettext_noop("Quick keys"), gettext_noop("takes the goods along")),
    "customers": (gettext_noop("Customers"), gettext_noop("whom the shop knows by name")),
}


@get("/shops/new", sync_to_thread=True, opt={"right": Right.SHOPS})
def new_shop_form(
    office: OpenOffice, actor: CurrentActor, request: Asked, source: FromQuery[str] = ""
) -> Template:
    """An empty form; everything of the shop ``source`` is chosen."""
    actor.must_see_every_shop()
    chosen = {f"part-{part}": "yes" for part in PARTS}
    return _form(request, office, {"source": source, **chosen})


@post("/shops/new", sync_to_thread=True, opt={"right": Right.SHOPS})
def make_shop(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Make the shop with all that was chosen, or nothing."""
    actor.must_see_every_shop()
    fields, errors = shop_form.read(data)
    shop, source = text(data, "id").strip(), text(data, "source")
    if not new_shop.is_id(shop):
        errors["id"] = _("1 to 32 small letters a to z, digits and hyphens, such as lipa-2")
    with reading(office.engine) as database:
        company = company_data.identity(database)
        if source and source not in {it.id for it in shops.all_shops(database)}:
            errors["source"] = _("Choose one of the list")
    if not company.nip:
        errors[""] = _("The company has no name and NIP yet: there is no shop to take them from")
    if errors:
        return _form(request, office, data, errors)
    row = wire.Shop(id=shop, company=company.name, nip=company.nip, **fields)
    try:
        with writing(office.engine) as database:
            copied = new_shop.make(database, row, source, _parts(data))
            moment, after = office.clock(), {**msgspec.to_builtins(row), "copied": copied}
            changes.record(database, actor, moment, "new shop", f"shop/{shop}", shop, None, after)
    except ShopTaken:
        taken = {"id": _("There is, or was, a shop with this short name: choose another one")}
        return _form(request, office, data, taken, status=409)
    said = _("The shop is there. Enrol its first till on the page of tills.")
    return done(f"/shops/{quote(shop, safe='')}", said)


def _parts(given: Mapping[str, Any]) -> list[str]:
    return [part for part in PARTS if text(given, f"part-{part}")]


def _form(
    request: Asked,
    office: Office,
    given: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
    *,
    status: int = 422,
) -> Template:
    with reading(office.engine) as database:
        sources = [(it.id, it.name) for it in shops.all_shops(database)]
        company = company_data.identity(database)
    return page(
        "new_shop.html",
        request,
        status=status if errors else 200,
        given={name: text(given, name) for name in ("id", "source", *shop_form.FIELDS)},
        chosen=_parts(given),
        errors=errors or {},
        sources=sources,
        parts=PART_WORDS,
        company=company,
    )


HANDLERS = (new_shop_form, make_shop)
