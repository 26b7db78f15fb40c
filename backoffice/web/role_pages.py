"""The pages of roles: the table of rights and roles, a new role, a role that goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import role_rights
from backoffice.actor import CurrentActor
from backoffice.crew import Crew, crew_of
from backoffice.errors import BadRows, RowChanged
from backoffice.office import Office
from backoffice.reach import reach
from backoffice.rights import Right
from backoffice.staff import LastOne
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.web.chosen import chosen_shop, shops_of
from backoffice.web.given import Given, as_seen, line, seen, several, text
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from backoffice.web.right_words import GROUPS, WORDS
from backoffice.web.sets.fault_wording import said
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from backoffice.actor import Actor

OpenOffice = NamedDependency[SkipValidation[Office]]
_NAME_MAX = 40


@get("/roles", sync_to_thread=True, opt={"right": Right.STAFF})
def roles(
    office: OpenOffice, actor: CurrentActor, request: Asked, shop: FromQuery[str] = ""
) -> Template:
    """Rights and roles of a shop as a table."""
    with reading(office.engine) as database:
        chosen = chosen_shop(database, actor, shop)
        crew = crew_of(database, chosen)
    return _table(request, office, actor, chosen, crew, crew.roles.values(), crew.revisions)


@post("/roles", sync_to_thread=True, opt={"right": Right.STAFF})
def change_roles(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Give each role of the form its name and the rights that were ticked: all or none."""
    revisions, is_sure = seen(data), bool(text(data, "sure"))
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, text(data, "shop"))
        shops = shops_of(database, actor)
        crew = crew_of(database, shop)
    typed = [_typed(data, number, role) for number, role in enumerate(revisions)]
    errors = {role.id: wrong for role in typed if (wrong := _name_fault(role.name))}
    if errors:
        return _table(request, office, actor, shop, crew, typed, revisions, errors)
    moment = office.clock()
    try:
        with writing(office.engine) as database:
            changed = role_rights.rewrite(
                database, actor, moment, shop, typed, revisions, is_sure=is_sure
            )
            for other in sorted(set(shops) - {shop}) if text(data, "everywhere") else ():
                role_rights.follow(database, actor, moment, other, changed, is_sure=is_sure)
    except (RowChanged, BadRows, LastOne) as error:
        with reading(office.engine) as database:
            crew = crew_of(database, shop)
        told = {"": _why(error, shops)}
        if isinstance(error, RowChanged):
            typed = [role for role in typed if role.id in crew.roles]
            revisions = {role.id: crew.revisions[role.id] for role in typed}
        status = 422 if isinstance(error, BadRows) else 409
        return _table(request, office, actor, shop, crew, typed, revisions, told, status=status)
    return done(f"/roles?{urlencode({'shop': shop})}", _("Saved. In force at the next login."))


@post("/roles/new", sync_to_thread=True, opt={"right": Right.STAFF})
def new_role(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Make a role, with no right or with those of another one."""
    name, like = line(data, "name"), text(data, "like")
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, text(data, "shop"))
        crew = crew_of(database, shop)
    copy = role_rights.copy_of(crew, like, name) if like else None
    role = copy or wire.Role(role_rights.new_id(), name)
    wrong = _name_fault(name)
    if not wrong and name.casefold() in {it.name.casefold() for it in crew.roles.values()}:
        wrong = _("There is a role with this name")
    if wrong:
        known = crew.roles.values(), crew.revisions
        return _table(request, office, actor, shop, crew, *known, {"new": wrong}, new=(name, like))
    with writing(office.engine) as database:
        moment = office.clock()
        role_rights.rewrite(database, actor, moment, shop, [role], {role.id: 0})
    return done(f"/roles?{urlencode({'shop': shop})}", _("The role is there: tick its rights."))


@post("/roles/{role:str}/remove", sync_to_thread=True, opt={"right": Right.STAFF})
def remove_role(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    role: FromPath[str],
    data: URLEncodedBody[Given],
) -> Redirect | Template:
    """Remove a role that nobody has."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, text(data, "shop"))
    try:
        with writing(office.engine) as database:
            revision = seen(data).get(role, 0)
            role_rights.remove(database, actor, office.clock(), shop, role, revision)
    except (RowChanged, BadRows) as error:
        with reading(office.engine) as database:
            crew = crew_of(database, shop)
        known = crew.roles.values(), crew.revisions
        return _table(request, office, actor, shop, crew, *known, {"": _why(error, {})}, status=409)
    return done(f"/roles?{urlencode({'shop': shop})}", _("The role is gone."))


def _typed(data: Mapping[str, Any], number: int, role: str) -> wire.Role:
    """A role as the form sent it: columns are numbered, for an id may hold any letter."""
    ticked = set(several(data, f"rights-{number}"))
    known = [right.value for right in wire.Right if right in ticked]
    return wire.Role(role, line(data, f"name-{number}"), known)


def _name_fault(name: str) -> str:
    if not name:
        return _("Fill this in")
    return _("At most {most} characters", most=_NAME_MAX) if len(name) > _NAME_MAX else ""


def _why(error: RowChanged | BadRows | LastOne, shops: Mapping[str, str]) -> str:
    if isinstance(error, RowChanged):
        return _(
            "Somebody else changed the roles meanwhile. This is what you ticked; saving again"
            " overwrites the other change."
        )
    if isinstance(error, LastOne):
        return _(
            "Nobody in {shop} could do this any more: {rights}. Tick the box below if it is meant.",
            shop=shops[error.shop],
            rights=", ".join(_(WORDS[right].name) for right in error.rights),
        )
    return "; ".join(said(fault.reason) for fault in error.faults)


def _table(
    request: Asked,
    office: Office,
    actor: Actor,
    shop: str,
    crew: Crew,
    shown: Iterable[wire.Role],
    revisions: Mapping[str, int],
    errors: Mapping[str, str] | None = None,
    *,
    new: tuple[str, str] = ("", ""),
    status: int = 422,
) -> Template:
    columns = list(shown)
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        revision = data_rows.revision_of(database, "roles", shop)
        tills = reach(database, shop, "roles", revision) if revision else []
    return page(
        "roles.html",
        request,
        status=status if errors else 200,
        shop=shop,
        shops=shops,
        roles=columns,
        holders={role.id: [user.name for user in crew.holders(role.id)] for role in columns},
        groups=GROUPS,
        errors=errors or {},
        seen=as_seen({role.id: revisions.get(role.id, 0) for role in columns}),
        new=new,
        tills=tills,
    )


HANDLERS = (roles, change_roles, new_role, remove_role)
