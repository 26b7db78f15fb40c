"""The page of the company: name and NIP over all shops at once, and its seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template
from stdnum.pl import nip as nip_rules

from backoffice import company_data, shops
from backoffice.actor import CurrentActor
from backoffice.company_data import Identity, Seat
from backoffice.errors import RowChanged
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web import typed
from backoffice.web.given import Given, as_seen, line, seen, text
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backoffice.actor import Actor

OpenOffice = NamedDependency[SkipValidation[Office]]
_NAME_MAX, _LINE_MAX = 256, 70
_SEAT_FIELDS = ("street", "postal_code", "city", "phone", "email")


@get("/company", sync_to_thread=True, opt={"right": Right.SHOPS})
def company(office: OpenOffice, request: Asked) -> Template:
    """Who the company is, and which shops say something else; the form is for who sees them all."""
    with reading(office.engine) as database:
        told, seat = company_data.identity(database), company_data.seat(database)
    given = {"name": told.name, "nip": told.nip, **msgspec.to_builtins(seat)}
    return _form(request, office, given, told, seat.revision)


@post("/company", sync_to_thread=True, opt={"right": Right.SHOPS})
def change_company(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Give every shop this name and NIP, and keep the seat: all of it or nothing."""
    actor.must_see_every_shop()
    name, nip = line(data, "name"), typed.nip(text(data, "nip"))
    told_seat = {field: line(data, field) for field in _SEAT_FIELDS}
    seat = msgspec.convert({**told_seat, "revision": seen(data).get("seat", 0)}, Seat)
    with reading(office.engine) as database:
        told, printers = company_data.identity(database), shops.printers(database)
    errors = _errors(name, nip, seat)
    if nip != told.nip and not errors and printers and not text(data, "sure"):
        errors["sure"] = _("Say that the number in the printers is right and this one was wrong")
    if errors:
        return _form(request, office, data, told, seat.revision, errors)
    try:
        with writing(office.engine) as database:
            moment = office.clock()
            company_data.rename(database, actor, moment, name, nip, seen(data))
            company_data.settle(database, actor, moment, seat)
    except RowChanged:
        with reading(office.engine) as database:
            told, now = company_data.identity(database), company_data.seat(database)
        why = _("Somebody else changed the company meanwhile. This is what you typed; look again.")
        return _form(request, office, data, told, now.revision, {"": why}, status=409)
    return done("/company", _("Saved. Receipts have the new name after the next daily report."))


def _errors(name: str, nip: str, seat: Seat) -> dict[str, str]:
    errors = {}
    if not name:
        errors["name"] = _("Fill this in")
    elif len(name) > _NAME_MAX:
        errors["name"] = _("At most {most} characters", most=_NAME_MAX)
    if not nip_rules.is_valid(nip):
        errors["nip"] = _("A NIP has ten digits; its check digit is wrong or one is missing")
    for field in _SEAT_FIELDS:
        if len(getattr(seat, field)) > _LINE_MAX:
            errors[field] = _("At most {most} characters", most=_LINE_MAX)
    return errors


def _form(
    request: Asked,
    office: Office,
    given: Mapping[str, Any],
    told: Identity,
    seat_revision: int,
    errors: Mapping[str, str] | None = None,
    *,
    status: int = 422,
) -> Template:
    actor: Actor = request.state.actor
    named: dict[str, str] = {}
    printers: list[str] = []
    if actor.shops is None:
        with reading(office.engine) as database:
            named = {it.id: it.name for it in shops.all_shops(database)}
            printers = shops.printers(database)
    return page(
        "company.html",
        request,
        status=status if errors else 200,
        given={name: text(given, name) for name in ("name", "nip", "sure", *_SEAT_FIELDS)},
        errors=errors or {},
        told=told,
        seen=as_seen({**told.seen, "seat": seat_revision}),
        shops=named,
        printers=printers,
    )


HANDLERS = (company, change_company)
