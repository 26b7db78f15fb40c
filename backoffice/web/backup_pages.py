"""Copies of the database: the list, one more, one that is looked into and carried away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation, URLEncodedBody
from litestar.response import File, Redirect, Template
from litestar.status_codes import HTTP_200_OK

from backoffice import changes, companies, passwords
from backoffice.actor import CurrentActor
from backoffice.copies import making
from backoffice.copies.faults import BadCopy, CopyFailed
from backoffice.errors import Forbidden
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from backoffice.copies.kept import Copy

OpenOffice = NamedDependency[SkipValidation[Office]]
PATH = "/backup"
_FOR_OWNERS = {"right": Right.ACCOUNTS}


class Proof(msgspec.Struct, frozen=True):
    """What the form for carrying a copy away sends."""

    password: str = ""


@get(PATH, opt=_FOR_OWNERS, sync_to_thread=True)
def copies(office: OpenOffice, request: Asked) -> Template:
    """The copies that are kept."""
    return _listed(office, request)


@post(PATH, opt=_FOR_OWNERS, sync_to_thread=True)
def make(office: OpenOffice, actor: CurrentActor, request: Asked) -> Redirect | Template:
    """Make one now."""
    _must_be_alone(office)
    moment = office.clock()
    try:
        made = office.copies.make(moment)
    except (BadCopy, CopyFailed) as error:
        return _listed(office, request, wrong=error.detail)
    with writing(office.engine) as database:
        changes.record(database, actor, moment, "backup", f"copy/{made.name}")
    return done(PATH, _("The copy is made, and was read from end to end."))


@get(f"{PATH}/{{name:str}}", opt=_FOR_OWNERS, sync_to_thread=True)
def one(office: OpenOffice, request: Asked, name: FromPath[str]) -> Template:
    """One copy: all of it is read, and what it holds is told."""
    _must_be_alone(office)
    return _looked_into(request, office.copies.find(name))


@post(f"{PATH}/{{name:str}}", opt=_FOR_OWNERS, status_code=HTTP_200_OK, sync_to_thread=True)
def carry_away(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    name: FromPath[str],
    data: URLEncodedBody[Proof],
) -> Response[Any]:
    """Hand it out, to whoever knows the password of the account."""
    _must_be_alone(office)
    copy = office.copies.find(name)
    moment = office.clock()
    caller = f"account {actor.account}"
    if not office.sign_ins.is_open(caller, moment):
        return _looked_into(request, copy, wrong=_("Too many attempts: wait a minute."))
    if not passwords.is_right(office.engine, actor.account, data.password):
        office.sign_ins.fail(caller, moment)
        return _looked_into(request, copy, wrong=_("This is not your password."))
    with writing(office.engine) as database:
        changes.record(database, actor, moment, "download", f"copy/{copy.name}")
    return File(copy.path, filename=copy.name, media_type="application/octet-stream")


def _must_be_alone(office: Office) -> None:
    """Raise ``Forbidden`` where a copy would hold the data of other companies as well."""
    with reading(office.everyone) as database:
        if len(companies.all_companies(database)) > 1:
            raise Forbidden(detail="several companies share this database: ask its administrator")


def _listed(office: Office, request: Asked, *, wrong: str = "") -> Template:
    _must_be_alone(office)
    return page(
        "backup.html",
        request,
        status=422 if wrong else 200,
        copies=office.copies.listed(),
        folder=office.copies.folder,
        days=office.copies.days,
        wrong=wrong,
    )


def _looked_into(request: Asked, copy: Copy, *, wrong: str = "") -> Template:
    held, fault = None, ""
    try:
        held = making.read(copy.path)
    except (BadCopy, CopyFailed) as error:
        fault = error.detail
    return page(
        "backup_copy.html",
        request,
        status=422 if wrong else 200,
        copy=copy,
        held=held,
        fault=fault,
        wrong=wrong,
    )


HANDLERS = [copies, make, one, carry_away]
