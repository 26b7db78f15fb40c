"""Sheets of goods: handed in, looked at, taken; and what was done to many goods at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromQuery, MultipartBody, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from backoffice.actor import CurrentActor
from backoffice.goods import imports, kept
from backoffice.goods import reading as sheets
from backoffice.goods.columns import COLUMNS
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web import sheet
from backoffice.web.chosen import chosen_shop, shops_of
from backoffice.web.filters import Key
from backoffice.web.i18n import _, gettext_noop, ngettext
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backoffice.web.sheet import Cell

OpenOffice = NamedDependency[SkipValidation[Office]]
CHANGES_SHOWN, FAULTS_SHOWN = 20, 200

# What each column of a sheet holds.
HELP = {
    "id": gettext_noop("leave it as it is; empty for a new product"),
    "plu": gettext_noop("up to 9 digits, not beginning with 0"),
    "external_id": gettext_noop("the id in another program, up to 16 characters"),
    "barcodes": gettext_noop("6 to 14 digits each, commas between them"),
    "name": gettext_noop("up to 40 characters"),
    "kind": gettext_noop("T for goods, U for a service, R for a recipe"),
    "unit": gettext_noop("the name of one of your units"),
    "precision": gettext_noop("the decimals of that unit"),
    "vat": gettext_noop("a letter from A to G, or a rate such as 23%"),
    "price_gr": gettext_noop("gross, such as 12,50"),
    "category": gettext_noop("the name of one of your categories"),
    "gtu": gettext_noop("GTU_01 to GTU_13"),
    "is_open_price": gettext_noop("yes or no: the price is asked for at the till"),
    "is_active": gettext_noop("yes or no: the product is sold"),
    "min_age": gettext_noop("how old a buyer must be"),
}


class Taken(msgspec.Struct, frozen=True):
    """Which shop's goods a sheet is for."""

    shop: str = ""


@get("/goods/import", sync_to_thread=True, opt={"right": Right.GOODS})
def form(
    office: OpenOffice, actor: CurrentActor, request: Asked, shop: FromQuery[str] = ""
) -> Template:
    """Where a file is chosen; which columns it has; what was imported before."""
    return _form(office, actor, request, shop)


@post(
    "/goods/import",
    sync_to_thread=True,
    opt={"right": Right.GOODS},
    request_max_body_size=sheets.BYTES_MAX + 64 * 1024,
)
def hand_in(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: MultipartBody[dict[str, Any]]
) -> Template | Redirect:
    """Keep a file, and look at what it would do."""
    given = data.get("file")
    content = given.file.read(sheets.BYTES_MAX + 1) if isinstance(given, UploadFile) else b""
    asked = str(data.get("shop", ""))
    if not content:
        return _form(office, actor, request, asked, wrong=_("Choose a file."))
    if len(content) > sheets.BYTES_MAX:
        most = sheets.BYTES_MAX // 1024**2
        return _form(office, actor, request, asked, wrong=_("At most {most} MB.", most=most))
    title = given.filename if isinstance(given, UploadFile) else ""
    with writing(office.engine) as database:
        shop = chosen_shop(database, actor, asked)
        number = imports.look_at(database, actor, office.clock(), shop, title, content)
    return done(_address(number, shop))


@get("/goods/import/{number:int}", sync_to_thread=True, opt={"right": Right.GOODS})
def preview(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    number: Key,
    shop: FromQuery[str] = "",
) -> Template:
    """What a sheet would do, and what is wrong in it; or what it did."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        change = kept.one(database, shop, number)
    faults = imports.faults_of(change.faults)
    return page(
        "goods/preview.html",
        request,
        shop=shop,
        change=change,
        faults=[(it.line, it.column, it.reason.said(_), it.typed) for it in faults[:FAULTS_SHOWN]],
        more=max(0, len(faults) - FAULTS_SHOWN),
    )


@get("/goods/import/{number:int}/faults", sync_to_thread=True, opt={"right": Right.GOODS})
def faults_as_csv(
    office: OpenOffice, actor: CurrentActor, number: Key, shop: FromQuery[str] = ""
) -> Stream:
    """What is wrong in a sheet, as a file to correct it by."""
    with reading(office.engine) as database:
        change = kept.one(database, chosen_shop(database, actor, shop), number)
    headings = [_("Line"), _("Column"), _("What is wrong"), _("Typed")]
    faults = imports.faults_of(change.faults)
    rows: Iterator[list[Cell]] = (
        [it.line, it.column, it.reason.said(_), it.typed] for it in faults
    )
    return sheet.download("csv", "faults", headings, rows)


@post("/goods/import/{number:int}", sync_to_thread=True, opt={"right": Right.GOODS})
def take(
    office: OpenOffice,
    actor: CurrentActor,
    number: Key,
    data: URLEncodedBody[Taken],
) -> Redirect:
    """Take the good lines; when the goods changed since the preview, it is shown anew."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, data.shop)
    try:
        with writing(office.engine) as database:
            rows = imports.take(database, actor, office.clock(), shop, number)
    except kept.TooLate as error:
        with writing(office.engine) as database:
            imports.look_again(database, shop, number)
        return done(_address(number, shop), _(error.message))
    text = ngettext("{count} product taken.", "{count} products taken.", rows)
    return done(f"/goods?{urlencode({'shop': shop, 'sort': '-changed'})}", text)


def _form(
    office: Office, actor: CurrentActor, request: Asked, asked: str, wrong: str = ""
) -> Template:
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, asked)
        context: dict[str, Any] = {
            "shop": shop,
            "shops": shops_of(database, actor),
            "changes": kept.latest(database, shop, CHANGES_SHOWN),
        }
    columns = [(it.name, ", ".join(it.others), HELP[it.field]) for it in COLUMNS]
    status = 422 if wrong else 200
    context |= {"columns": columns, "wrong": wrong, "most": sheets.BYTES_MAX // 1024**2}
    return page("goods/import.html", request, status=status, **context)


def _address(number: int, shop: str) -> str:
    return f"/goods/import/{number}?{urlencode({'shop': shop})}"


HANDLERS = (form, hand_in, preview, faults_as_csv, take)
