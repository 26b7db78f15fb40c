"""The pages of sales channels: the list, one channel with its shops and tills, a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice.actor import CurrentActor
from backoffice.errors import BadRequest, Conflict, NotFound
from backoffice.exchange import acts, channels, reached
from backoffice.exchange.channels import Channel
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web.chosen import shops_of
from backoffice.web.exchange import words
from backoffice.web.given import Given, line, several
from backoffice.web.i18n import _, gettext_noop
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backoffice.actor import Actor

OpenOffice = NamedDependency[SkipValidation[Office]]
_MAY = {"right": Right.SHOPS}
_HERE = "/exchange/channels"
NEW = Channel("", "")
_FAULTS = {
    "": gettext_noop("This cannot be"),
    "id": gettext_noop("1 to 32 small letters, digits and hyphens"),
    "name": gettext_noop("1 to 40 letters"),
    "pattern_shop": gettext_noop("Choose another program or a pattern shop, not both"),
    "is_active": gettext_noop("The main channel stays on"),
}


@get("/exchange/channels", sync_to_thread=True, opt=_MAY)
def listed(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """Each channel with its shops and their tills."""
    with reading(office.engine) as database:
        names = shops_of(database, actor)
        found = []
        for it in reached.own_channels(database, actor):
            shops = channels.shops_of(database, it.id)
            named = [names.get(shop, shop) for shop in shops]
            found.append((it, named, reached.tills_of(database, shops)))
    return page(
        "exchange/channels.html", request, channels=found, shops=names, known=office.connectors
    )


@get("/exchange/channels/new", sync_to_thread=True, opt=_MAY)
def new(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """An empty form."""
    actor.must_see_every_shop()
    return _form(office, actor, request, NEW, is_new=True)


@post("/exchange/channels/new", sync_to_thread=True, opt=_MAY)
def add(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Add a channel, and move the ticked shops into it."""
    return _save(office, actor, request, data, line(data, "id"), is_new=True)


@get("/exchange/channels/{channel:str}", sync_to_thread=True, opt=_MAY)
def one(
    office: OpenOffice, actor: CurrentActor, request: Asked, channel: FromPath[str]
) -> Template:
    """One channel."""
    with reading(office.engine) as database:
        found = reached.own_channel(database, actor, channel)
    return _form(office, actor, request, found)


@post("/exchange/channels/{channel:str}", sync_to_thread=True, opt=_MAY)
def change(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    channel: FromPath[str],
    data: URLEncodedBody[Given],
) -> Redirect | Template:
    """Change a channel, and move the ticked shops into it."""
    with reading(office.engine) as database:
        reached.own_channel(database, actor, channel)
    return _save(office, actor, request, data, channel)


def _save(
    office: Office,
    actor: Actor,
    request: Asked,
    data: Mapping[str, Any],
    channel_id: str,
    *,
    is_new: bool = False,
) -> Redirect | Template:
    wanted, errors = _read(office, data, channel_id)
    ticked = several(data, "shops")
    if not errors:
        try:
            with writing(office.engine) as database:
                moment = office.clock()
                acts.save_channel(database, actor, moment, wanted, is_new=is_new)
                for shop in ticked:
                    acts.assign(database, actor, moment, shop, channel_id)
        except Conflict:
            errors["id"] = _("There is a channel with this symbol already")
        except NotFound:
            errors["pattern_shop"] = _("There is no such shop")
        except BadRequest as error:
            field = error.detail.removeprefix("$.").partition(":")[0]
            errors[field if field in _FAULTS else ""] = _(_FAULTS.get(field, _FAULTS[""]))
        else:
            return done(_HERE, _("Saved."))
    return _form(office, actor, request, wanted, is_new=is_new, errors=errors, ticked=ticked)


def _read(
    office: Office, data: Mapping[str, Any], channel_id: str
) -> tuple[Channel, dict[str, str]]:
    errors: dict[str, str] = {}
    connector, duplicates = line(data, "connector"), line(data, "duplicates")
    if duplicates not in words.DUPLICATES:
        errors["duplicates"] = _("Choose one of the list")
    if connector and connector not in office.connectors and connector != line(data, "was"):
        errors["connector"] = _("Choose one of the list")
    wanted = Channel(
        id=channel_id,
        name=line(data, "name"),
        connector=connector,
        pattern_shop=line(data, "pattern_shop"),
        duplicates=duplicates if duplicates in words.DUPLICATES else "warn",  # type: ignore[arg-type]
        is_active=line(data, "is_active") == "yes",
    )
    return wanted, errors


def _form(
    office: Office,
    actor: Actor,
    request: Asked,
    given: Channel,
    *,
    is_new: bool = False,
    errors: Mapping[str, str] | None = None,
    ticked: list[str] | None = None,
) -> Template:
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        names = {it.id: words.channel(it) for it in channels.channels(database)}
        where = {shop: channels.channel_of(database, shop) for shop in shops}
        here = [] if is_new else channels.shops_of(database, given.id)
        tills = reached.tills_of(database, here)
    others = office.connectors if actor.shops is None else ()
    known = sorted({*others, *([given.connector] if given.connector else [])})
    return page(
        "exchange/channel.html",
        request,
        status=422 if errors else 200,
        given=given,
        is_new=is_new,
        errors=errors or {},
        shops=shops,
        where=where,
        names=names,
        ticked=ticked if ticked is not None else here,
        tills=tills,
        connectors=[
            *([("", _("none"))] if actor.shops is None or not given.connector else []),
            *((it, it) for it in known),
        ],
        patterns=[("", _("none")), *shops.items()],
        duplicates=[(word, _(said)) for word, said in words.DUPLICATES.items()],
    )


HANDLERS = (listed, new, add, one, change)
