"""Notes and attachments: of one thing or all of them; added, downloaded, taken away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, MultipartBody, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice.actor import CurrentActor
from backoffice.api.parts import Whole, answer_of
from backoffice.editing import Editor
from backoffice.errors import BadRows, NoRoom, NotFound
from backoffice.field import attaching, contents, listed
from backoffice.field.shapes import ATTACHMENTS
from backoffice.office import Office
from backoffice.rights import to_change, to_read
from backoffice.store.engine import reading, writing
from backoffice.web.chosen import chosen_shop, shops_of
from backoffice.web.field_wording import ABOUTS
from backoffice.web.filters import Filters
from backoffice.web.given import line, text
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from backoffice.web.sets.fault_wording import said
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backoffice.actor import Actor

OpenOffice = NamedDependency[SkipValidation[Office]]
PATH = "/field/attachments"
PAGE_ROWS = 50
ANY_FILE = "application/octet-stream"
_MIB = 1024**2
_LOOK, _CHANGE = {"right": to_read(ATTACHMENTS)}, {"right": to_change(ATTACHMENTS)}
# The form around a file.
_FORM_BYTES = 64 * 1024


class Meant(msgspec.Struct, frozen=True):
    """Which attachment of which shop."""

    id: str
    shop: str = ""


@get(PATH, sync_to_thread=True, opt=_LOOK)
def attachments(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """What is attached to one thing, and a form to add more; or all of it, the newest first."""
    return _listed(office, actor, request)


@post(
    PATH,
    sync_to_thread=True,
    opt=_CHANGE,
    request_max_body_size=wire.ATTACHMENT_BYTES_MAX + _FORM_BYTES,
)
def attach(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: MultipartBody[dict[str, Any]]
) -> Redirect | Template:
    """Attach a file, or write a note; what is wrong is said above the form."""
    given = data.get("file")
    name = given.filename if isinstance(given, UploadFile) else ""
    content = (
        given.file.read(wire.ATTACHMENT_BYTES_MAX + 1) if isinstance(given, UploadFile) else b""
    )
    about, of, told = line(data, "about"), line(data, "of"), text(data, "text").strip()
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, line(data, "shop"))
    wrong = _wrong(content, told)
    if not wrong:
        try:
            with writing(office.engine) as database:
                editor = Editor(database, actor, office.clock())
                if content:
                    attaching.file(editor, shop, about, of, name, content)
                if told:
                    attaching.note(editor, shop, about, of, told)
            return done(_address(shop, about, of), _("Saved."))
        except BadRows as error:
            wrong = said(error.faults[0].reason)
        except NoRoom:
            wrong = _("There is no room left for attachments: remove some first.")
    asked = {"shop": shop, "about": about, "of": of}
    return _listed(office, actor, request, asked, wrong=wrong, note=told)


@get(f"{PATH}/{{id:str}}/file", sync_to_thread=True, opt=_LOOK)
def attached_file(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    id: FromPath[str],  # noqa: A002 (its name in the address)
    shop: FromQuery[str] = "",
    show: FromQuery[str] = "",
) -> Response[Any]:
    """The file to be kept under its name; with ``show`` a picture to be looked at.

    What its sender says of its kind is not believed: its first bytes say whether it is a picture.
    """
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        row = listed.one(database, ATTACHMENTS, shop, id)
        if row.kind != "file":
            raise NotFound(detail="a note has no file")
        size = contents.size_of(database, row.sha256)
    pieces: partial[Iterator[bytes]] = partial(contents.between, office.engine, row.sha256)
    kind = attaching.picture(b"".join(pieces(0, min(size, 16) - 1))) if show else ""
    whole = Whole(size, row.sha256, "private, no-cache", kind or ANY_FILE)
    answer = answer_of(request.headers, whole, pieces)
    answer.headers["Content-Disposition"] = "inline" if kind else _kept_as(row.name)
    return answer


@post(f"{PATH}/remove", sync_to_thread=True, opt=_CHANGE)
def remove(office: OpenOffice, actor: CurrentActor, data: URLEncodedBody[Meant]) -> Redirect:
    """Take one away."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, data.shop)
    with writing(office.engine) as database:
        editor = Editor(database, actor, office.clock())
        row = attaching.remove(editor, shop, data.id)
    return done(_address(shop, row.about, row.of), _("It was removed."))


def _listed(
    office: Office,
    actor: Actor,
    request: Asked,
    query: dict[str, str] | None = None,
    *,
    wrong: str = "",
    note: str = "",
) -> Template:
    asked = Filters(query if query is not None else request.query_params)
    about, of, start = asked.one_of("about", ABOUTS), asked.word("of"), asked.before()
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        shop = chosen_shop(database, actor, asked.word("shop")) if of or asked.word("shop") else ""
        found = listed.attachments(database, [shop] if shop else shops, about, of)
        shown = found[start : start + PAGE_ROWS]
        thing = listed.find(database, listed.SET_OF[about], shop, of) if about and of else None
        context: dict[str, Any] = {
            "named": _names(database, shown, (shop, about, of)),
            "whole": contents.which(database, {it.row.sha256 for it in shown if it.row.sha256}),
        }
    return page(
        "field/attachments.html",
        request,
        status=422 if wrong else asked.status,
        asked=asked,
        shops=shops,
        shop=shop,
        about=about,
        of=of,
        thing=thing,
        rows=shown,
        older=start + PAGE_ROWS if start + PAGE_ROWS < len(found) else 0,
        before=start,
        abouts=ABOUTS,
        wrong=wrong,
        note=note,
        most=wire.ATTACHMENT_BYTES_MAX // _MIB,
        may_change=actor.may(to_change(ATTACHMENTS)),
        **context,
    )


def _names(database: Any, shown: list[listed.In], also: tuple[str, str, str]) -> dict[Any, str]:  # noqa: ANN401 (a connection)
    """What each thing is called that something is attached to, by shop, kind and id."""
    things = {(it.shop, it.row.about, it.row.of) for it in shown} | {also}
    said_of: dict[Any, str] = {}
    for about, name in listed.SET_OF.items():
        pairs = [(shop, of) for shop, kind, of in things if kind == about]
        for (shop, of), called in listed.names(database, name, pairs).items():
            said_of[shop, about, of] = called
    return said_of


def _wrong(content: bytes, note: str) -> str:
    if len(content) > wire.ATTACHMENT_BYTES_MAX:
        return _("At most {most} MB.", most=wire.ATTACHMENT_BYTES_MAX // _MIB)
    if not content and not note:
        return _("Choose a file that is not empty, or write a note.")
    return ""


def _kept_as(name: str) -> str:
    """How a browser is told the name: in ASCII for old ones, whole for the others."""
    plain = "".join(it if (it.isascii() and it.isalnum()) or it in "._-" else "_" for it in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _address(shop: str, about: str, of: str) -> str:
    return f"{PATH}?{urlencode({'shop': shop, 'about': about, 'of': of})}"


HANDLERS = (attachments, attach, attached_file, remove)
