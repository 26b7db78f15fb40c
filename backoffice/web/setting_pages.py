"""The page of a shop's settings: the form, what would change, and the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import shop_settings
from backoffice.actor import CurrentActor
from backoffice.errors import RowChanged
from backoffice.office import Office
from backoffice.reach import reach
from backoffice.rights import Right
from backoffice.shop_settings import ROW, differences, settings_of
from backoffice.store.engine import reading, writing
from backoffice.web import setting_form
from backoffice.web.chosen import chosen_shop, shops_of
from backoffice.web.given import Given, as_seen, seen, text, texts
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from backoffice.web.setting_fields import FIELDS, GROUPS
from backoffice.web.setting_group import AT_ONCE
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backoffice.actor import Actor

OpenOffice = NamedDependency[SkipValidation[Office]]


@get("/settings", sync_to_thread=True, opt={"right": Right.SHOPS})
def settings(
    office: OpenOffice, actor: CurrentActor, request: Asked, shop: FromQuery[str] = ""
) -> Template:
    """All settings of a shop."""
    with reading(office.engine) as database:
        chosen = chosen_shop(database, actor, shop)
        found, revision = settings_of(database, chosen)
    return _form(request, office, actor, chosen, setting_form.filled(found), revision)


@post("/settings", sync_to_thread=True, opt={"right": Right.SHOPS})
def change_settings(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Show what would change; with ``act=save`` change it, with ``act=edit`` show the form."""
    given, act, revision = texts(data), text(data, "act"), seen(data).get(ROW, 0)
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, text(data, "shop"))
        mine = list(shops_of(database, actor))
        now, at = settings_of(database, shop)
    row, errors = setting_form.read(data)
    if errors or act == "edit":
        return _form(request, office, actor, shop, given, revision, errors)
    wanted = msgspec.convert(row, wire.Settings)
    if at != revision:
        return _changed(request, office, actor, shop, given, now, wanted, at)
    if act != "save":
        return _preview(request, office, actor, shop, given, now, wanted, revision)
    others = [it for it in mine if it != shop] if given.get("everywhere") else []
    try:
        with writing(office.engine) as database:
            moment = office.clock()
            shop_settings.keep(database, actor, moment, shop, wanted, revision, others)
    except RowChanged:
        with reading(office.engine) as database:
            now, at = settings_of(database, shop)
        return _changed(request, office, actor, shop, given, now, wanted, at)
    saved = _("Saved. The tills fetch it at the next synchronisation.")
    return done(f"/settings?{urlencode({'shop': shop})}", saved)


def _changed(
    request: Asked,
    office: Office,
    actor: Actor,
    shop: str,
    given: Mapping[str, Any],
    now: wire.Settings,
    wanted: wire.Settings,
    revision: int,
) -> Template:
    """The form with what was typed, beside what another editor has saved meanwhile."""
    why = [
        _(
            "{setting}: saved is {saved}, you typed {typed}",
            setting=_(FIELDS[name].label),
            saved=setting_form.shown(name, saved),
            typed=setting_form.shown(name, typed),
        )
        for name, (saved, typed) in differences(now, wanted).items()
    ]
    first = _("Somebody else changed these settings meanwhile. Saving again overwrites that:")
    errors = {"": "\n".join([first, *why])}
    return _form(request, office, actor, shop, given, revision, errors, status=409)


def _preview(
    request: Asked,
    office: Office,
    actor: Actor,
    shop: str,
    given: Mapping[str, str],
    now: wire.Settings,
    wanted: wire.Settings,
    revision: int,
) -> Template:
    changed = [
        (FIELDS[name], setting_form.shown(name, before), setting_form.shown(name, after))
        for name, (before, after) in differences(now, wanted).items()
    ]
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
    kept = {name: given[name] for name in (*FIELDS, "shop") if name in given}
    return page(
        "settings_preview.html",
        request,
        shop=shop,
        shops=shops,
        changed=changed,
        kept={**kept, "seen": as_seen({ROW: revision})},
    )


def _form(
    request: Asked,
    office: Office,
    actor: Actor,
    shop: str,
    given: Mapping[str, Any],
    revision: int,
    errors: Mapping[str, str] | None = None,
    *,
    status: int = 422,
) -> Template:
    with reading(office.engine) as database:
        shops, tills = shops_of(database, actor), reach(database, shop, "settings", revision)
    return page(
        "settings.html",
        request,
        status=status if errors else 200,
        shop=shop,
        shops=shops,
        groups=GROUPS,
        usual=AT_ONCE,
        given={name: text(given, name) for name in FIELDS},
        errors=errors or {},
        seen=as_seen({ROW: revision}),
        tills=tills if revision else [],
    )


HANDLERS = (settings, change_settings)
