"""The pages of the people at the tills: list and search, one person, switching off and on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import sign_ins, staff
from backoffice.actor import CurrentActor
from backoffice.crew import crew_of
from backoffice.errors import BadRows, RowChanged
from backoffice.moments import stamp
from backoffice.office import Office
from backoffice.people import hash_pin
from backoffice.reach import reach
from backoffice.rights import Right
from backoffice.staff import LastOne, Person, Told
from backoffice.store.engine import reading, writing
from backoffice.web import staff_form
from backoffice.web.chosen import shops_of
from backoffice.web.given import Given, as_seen, seen, text
from backoffice.web.i18n import NAMES, _
from backoffice.web.page import Asked, done, page
from backoffice.web.right_words import WORDS
from backoffice.web.sets.fault_wording import field_of, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from backoffice.actor import Actor

OpenOffice = NamedDependency[SkipValidation[Office]]
# Whoever did not sign in for so long may have left.
LONG_AWAY = timedelta(days=60)
NEW = "new"


@get("/staff", sync_to_thread=True, opt={"right": Right.STAFF})
def people(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    search: FromQuery[str] = "",
    show: FromQuery[str] = "",
) -> Template:
    """Everybody of the actor's shops; found by name or identifier, or who was away for long."""
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        found = staff.people(database, shops)
        roles = _roles(database, shops)
        told = sign_ins.last(database)
    last = {
        it.id: max((told.get((shop, it.id), "") for shop in it.places), default="") for it in found
    }
    since = stamp(office.clock() - LONG_AWAY)
    away = {it.id for it in found if it.shops and last[it.id] < since}
    wanted = search.strip().casefold()
    shown = [
        it
        for it in found
        if (wanted in it.user.name.casefold() or wanted == it.user.identifier or not wanted)
        and (show != "away" or it.id in away)
        and (show != "off" or not it.shops)
    ]
    return page(
        "staff.html",
        request,
        people=shown,
        shops=shops,
        roles=roles,
        last=last,
        away=away,
        search=search,
        show=show,
        all_in_all=len(found),
        days=LONG_AWAY.days,
    )


@get("/staff/{person:str}", sync_to_thread=True, opt={"right": Right.STAFF})
def one_person(
    office: OpenOffice, actor: CurrentActor, request: Asked, person: FromPath[str]
) -> Template:
    """One person, or the empty form of a new one."""
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        if person == NEW:
            return _form(request, office, actor, None, {"shops": list(shops)})
        found = staff.person_of(database, shops, person)
    return _form(request, office, actor, found, staff_form.filled(found))


@post("/staff/{person:str}", sync_to_thread=True, opt={"right": Right.STAFF})
def change_person(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    person: FromPath[str],
    data: URLEncodedBody[Given],
) -> Redirect | Template:
    """Write a person down in the shops that were chosen."""
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        known = None if person == NEW else staff.person_of(database, shops, person)
        roles = _roles(database, shops)
    told, errors = staff_form.read(data, roles, shops)
    if known is None and not told["shops"]:
        errors["shops"] = _("Choose at least one shop")
    if errors:
        return _form(request, office, actor, known, told, errors)
    pin = told.pop("pin")
    wanted = Told(
        **{**told, "shops": frozenset(told["shops"])}, pin_hash=hash_pin(pin) if pin else ""
    )
    try:
        with writing(office.engine) as database:
            here = staff.person_of(database, shops, known.id) if known else None
            here = here or Person(staff.new_id(), {})
            is_sure, moment = bool(text(data, "sure")), office.clock()
            staff.keep(
                database, actor, moment, here, wanted, seen(data), sorted(shops), is_sure=is_sure
            )
    except (RowChanged, BadRows, LastOne) as error:
        return _refused(request, office, actor, known, told, error)
    saved = _("Saved. The tills fetch it at the next synchronisation.")
    return done(f"/staff/{quote(here.id, safe='')}", saved)


@post("/staff/{person:str}/{act:str}", sync_to_thread=True, opt={"right": Right.STAFF})
def switch_person(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    person: FromPath[str],
    act: FromPath[Literal["on", "off"]],
    data: URLEncodedBody[Given],
) -> Redirect | Template:
    """Switch a person ``off`` in every shop of the actor, or ``on`` again."""
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        found = staff.person_of(database, shops, person)
    is_on, is_sure = act == "on", bool(text(data, "sure"))
    try:
        with writing(office.engine) as database:
            found = staff.person_of(database, shops, person)
            moment = office.clock()
            staff.switch(database, actor, moment, found, seen(data), is_on=is_on, is_sure=is_sure)
    except (RowChanged, BadRows, LastOne) as error:
        return _refused(request, office, actor, found, staff_form.filled(found), error)
    name = found.user.name
    end = _("{name} can sign in again.", name=name) if is_on else _("{name} is off.", name=name)
    return done(f"/staff/{quote(person, safe='')}", end)


def _roles(database: Connection, shops: Mapping[str, str]) -> dict[str, str]:
    """Name of each role that any of these shops has."""
    found: dict[str, str] = {}
    for shop in shops:
        for role in crew_of(database, shop).roles.values():
            found.setdefault(role.id, role.name)
    return found


def _refused(
    request: Asked,
    office: Office,
    actor: Actor,
    person: Person | None,
    told: Mapping[str, Any],
    error: RowChanged | BadRows | LastOne,
) -> Template:
    """The form with what was typed, and why it was not taken."""
    if isinstance(error, RowChanged) and person:
        with reading(office.engine) as database:
            person = staff.person_of(database, shops_of(database, actor), person.id)
        now = person.user
        why = _(
            "Somebody else changed this person meanwhile: saved is {name}, identifier"
            " {identifier}. Saving again overwrites that.",
            name=now.name,
            identifier=now.identifier,
        )
        return _form(request, office, actor, person, told, {"": why}, status=409)
    if isinstance(error, LastOne):
        with reading(office.engine) as database:
            shop = shops_of(database, actor)[error.shop]
        rights = ", ".join(_(WORDS[right].name) for right in error.rights)
        why = _(
            "Nobody in {shop} could do this any more: {rights}. Tick the box below if it is meant.",
            shop=shop,
            rights=rights,
        )
        return _form(request, office, actor, person, told, {"": why}, status=409)
    faults = error.faults if isinstance(error, BadRows) else []
    errors = {field_of(it.path, it.reason): said(it.reason) for it in faults}
    return _form(request, office, actor, person, told, errors or {"": str(error)})


def _form(
    request: Asked,
    office: Office,
    actor: Actor,
    person: Person | None,
    given: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
    *,
    status: int = 422,
) -> Template:
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        roles = _roles(database, shops)
        last = sign_ins.last(database)
        tills = [
            it
            for shop, place in (person.places if person else {}).items()
            for it in reach(database, shop, "users", place.revision)
        ]
    return page(
        "person.html",
        request,
        status=status if errors else 200,
        person=person,
        given={"name": "", "identifier": "", "role": "", "language": "", "shops": [], **given},
        errors=errors or {},
        seen=as_seen(person.seen if person else {}),
        shops=shops,
        roles=roles,
        languages_of=NAMES,
        last={shop: last.get((shop, person.id), "") for shop in person.places} if person else {},
        tills=tills,
    )


HANDLERS = (people, one_person, change_person, switch_person)
