"""Personal tokens of one's account: making one, which is shown once, and taking it back."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, SkipValidation, URLEncodedBody
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY
from msgspec import Meta

from backoffice import changes, personal_tokens
from backoffice.actor import Actor, CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import writing
from backoffice.web import confirming
from backoffice.web.account_wording import RIGHTS
from backoffice.web.i18n import _, ngettext
from backoffice.web.page import Asked, done, page
from terminal.sync import wire

OpenOffice = NamedDependency[SkipValidation[Office]]
# A tick for each right is a field of its own.
Typed = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
_OWN = {"right": Right.OWN}
_DAYS = (30, 90, 366)


class Back(msgspec.Struct, frozen=True):
    """The token to take back."""

    token: Annotated[int, Meta(ge=0, le=wire.NUMBER_MAX)]


@get("/account/tokens", opt=_OWN, sync_to_thread=True)
def token_form(actor: CurrentActor, request: Asked) -> Template:
    """The form."""
    return _form(actor, request, {"days": "90"}, {})


@post("/account/tokens", opt=_OWN, status_code=HTTP_200_OK, sync_to_thread=True)
def make_token(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: Typed
) -> Response[Any]:
    """Make a token; this answer alone shows it."""
    rights = [right for right in personal_tokens.GRANTABLE if data.get(f"right-{right}")]
    name, days = data.get("name", "").strip(), data.get("days", "")
    faults = {}
    if not 0 < len(name) <= personal_tokens.NAME_LENGTH_MAX:
        faults["name"] = _("From 1 to 64 characters.")
    if days not in map(str, _DAYS):
        faults["days"] = _("Choose one of these.")
    if not rights or not all(map(actor.may, rights)):
        faults["rights"] = _("Choose at least one right that you have.")
    if not faults and (fault := confirming.fault(office, request, data.get("password", ""))):
        faults["password"] = fault
    if faults:
        return _form(actor, request, data, faults)
    moment = office.clock()
    with writing(office.engine) as database:
        token = personal_tokens.make(database, actor.account, name, rights, int(days), moment)
        told = {"rights": rights, "days": int(days)}
        changes.record(database, actor, moment, "token", name, after=told)
    return page("token.html", request, name=name, token=token)


@post("/account/tokens/back", opt=_OWN, sync_to_thread=True)
def take_back(office: OpenOffice, actor: CurrentActor, data: URLEncodedBody[Back]) -> Response[Any]:
    """Take a token back: from now on it opens nothing."""
    with writing(office.engine) as database:
        name = personal_tokens.take_back(database, actor.account, data.token)
        changes.record(database, actor, office.clock(), "token taken back", name)
    return done("/account", _("The token {name} opens nothing any more.", name=name))


def _form(actor: Actor, request: Asked, typed: dict[str, str], faults: dict[str, str]) -> Template:
    context: dict[str, Any] = {
        "typed": typed,
        "faults": faults,
        "rights": {right: word for right, word in RIGHTS.items() if actor.may(right)},
        "days": [(count, ngettext("{count} day", "{count} days", count)) for count in _DAYS],
    }
    status = HTTP_422_UNPROCESSABLE_ENTITY if faults else HTTP_200_OK
    return page("token_form.html", request, status=status, **context)


HANDLERS = (token_form, make_token, take_back)
