"""The second factor: its code at the door, and setting it up with a phone."""

from __future__ import annotations

import io
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import msgspec
import qrcode
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_422_UNPROCESSABLE_ENTITY
from qrcode.image.svg import SvgPathImage

from backoffice import changes, second_factor
from backoffice.actor import CurrentActor
from backoffice.errors import NotFound
from backoffice.office import Office
from backoffice.store.engine import reading, writing
from backoffice.web.door import begin
from backoffice.web.i18n import _
from backoffice.web.page import Asked, outer_page

if TYPE_CHECKING:
    from backoffice.web.session import Visit

OpenOffice = NamedDependency[SkipValidation[Office]]
# Typed by hand, where there is no camera.
SECRET_GROUP = 4


class Code(msgspec.Struct, frozen=True):
    """What the form sends: six digits of the phone, or a code for its loss."""

    code: str = ""


@get("/second-factor", sync_to_thread=True)
def second_factor_form(office: OpenOffice, request: Asked) -> Response[Any]:
    """The form: for a code, or to set the second factor up."""
    visit: Visit = request.state.visit
    if visit.is_whole and visit.account.has_second_factor:
        return Redirect("/account", status_code=HTTP_303_SEE_OTHER)
    return _form(office, request, "", HTTP_200_OK)


@get("/second-factor.svg", sync_to_thread=True)
def picture(office: OpenOffice, actor: CurrentActor) -> Response[bytes]:
    """What the phone's camera reads, while the secret is only proposed."""
    with reading(office.engine) as database:
        address = second_factor.address(database, actor.account)
    if not address:
        raise NotFound(detail="nothing is being set up")
    drawn = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathImage).save(drawn)
    return Response(drawn.getvalue(), media_type="image/svg+xml")


@post("/second-factor", status_code=HTTP_200_OK, sync_to_thread=True)
def take_code(office: OpenOffice, request: Asked, data: URLEncodedBody[Code]) -> Response[Any]:
    """Let in with a good code, in a new session; the first one turns the second factor on.

    The answer to the first shows the recovery codes: nothing keeps them until another request.
    """
    visit: Visit = request.state.visit
    moment = office.clock()
    account = visit.account
    if not office.codes.is_open(account.id, moment):
        why = _("Too many attempts. Wait an hour.")
        return _form(office, request, why, HTTP_422_UNPROCESSABLE_ENTITY)
    codes: list[str] = []
    with writing(office.engine) as database:
        is_good = second_factor.take(database, account.id, data.code, moment)
        act = "second factor" if account.has_second_factor else "second factor on"
        if not is_good and account.has_second_factor:
            is_good = second_factor.take_recovery(database, account.id, data.code)
            act = "recovery code"
        if is_good:
            cookie = begin(database, request, account.id, moment, is_whole=True)
            if not account.has_second_factor:
                codes = second_factor.new_recovery_codes(database, account.id)
        act += "" if is_good else " refused"
        changes.record(database, account.actor, moment, act, account.login)
    if not is_good:
        office.codes.fail(account.id, moment)
        return _form(office, request, _("The code does not match."), HTTP_422_UNPROCESSABLE_ENTITY)
    if codes:
        shown = outer_page("recovery_codes.html", request, codes=codes)
        shown.set_cookie(cookie)
        return shown
    return Redirect("/", status_code=HTTP_303_SEE_OTHER, cookies=[cookie])


def _form(office: Office, request: Asked, wrong: str, status: int) -> Template:
    visit: Visit = request.state.visit
    with reading(office.engine) as database:
        address = second_factor.address(database, visit.account.id)
    return outer_page(
        "second_factor.html",
        request,
        status=status,
        wrong=wrong,
        is_new=not visit.account.has_second_factor,
        secret=" ".join(wrap(second_factor.secret_of(address), SECRET_GROUP)),
    )


# Behind ``known_only``: whoever comes here is not in yet.
HALF_OPEN_HANDLERS = [second_factor_form, picture, take_code]
