"""The grid of goods: search, filters, pages, a row edited in its place; the same as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from backoffice.actor import CurrentActor
from backoffice.errors import BadRows, NotFound, RowChanged
from backoffice.goods import saving, search
from backoffice.goods.columns import COLUMNS
from backoffice.goods.imports import known_of
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.web import sheet, typed
from backoffice.web.chosen import chosen_shop, shops_of
from backoffice.web.goods import said
from backoffice.web.goods.around import around
from backoffice.web.goods.question import NO_CATEGORY, Question
from backoffice.web.i18n import _, gettext_noop
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from backoffice.actor import Actor
    from backoffice.goods.columns import Known
    from backoffice.web.sheet import Cell
    from terminal.sync import wire

OpenOffice = NamedDependency[SkipValidation[Office]]

HEADINGS = (
    ("name", gettext_noop("Name"), ""),
    ("plu", gettext_noop("PLU"), ""),
    ("", gettext_noop("Bar codes"), ""),
    ("", gettext_noop("Category"), ""),
    ("", gettext_noop("VAT"), ""),
    ("price", gettext_noop("Price"), "sum"),
    ("", gettext_noop("Unit"), ""),
    ("", gettext_noop("Sold"), ""),
)


class Edited(msgspec.Struct, frozen=True):
    """A row of the grid as it was typed."""

    id: str
    revision: int
    shop: str = ""
    name: str = ""
    price: str = ""
    vat: str = ""
    is_active: str = ""


@get("/goods", sync_to_thread=True, opt={"right": Right.SEE})
def grid(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    format: FromQuery[str] = "",  # noqa: A002 (its name in the address)
) -> Template | Stream:
    """What is asked for, a page at a time; or all of it as a file that can be imported again."""
    question = Question.of(dict(request.query_params))
    with reading(office.engine) as database:
        if not question.shop and not shops_of(database, actor):
            return page("goods/grid.html", request, question=question, shops={})
        shop = chosen_shop(database, actor, question.shop)
        near = around(database, shop)
        wanted = question.wanted(near.categories)
        if format:
            headings = [column.name for column in COLUMNS]
            rows = _cells(search.every(database, shop, wanted), known_of(database, shop))
            return sheet.download(format, "goods", headings, rows)
        found = search.page(database, shop, wanted, question.place)
        context: dict[str, Any] = {
            "found": found,
            "packs": search.packs(database, shop, [it.product.id for it in found.rows]),
            "count": _count(database, shop, question, wanted),
            "revision": data_rows.revision_of(database, "products", shop),
            "around": near,
            "shop": shop,
            "shops": shops_of(database, actor),
        }
    context |= {"question": question, "headings": HEADINGS, "no_category": NO_CATEGORY}
    return page("goods/grid.html", request, may=actor.may(Right.GOODS), **context)


@get("/goods/row", sync_to_thread=True, opt={"right": Right.SEE})
def row(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    id: FromQuery[str],  # noqa: A002 (its name in the address)
    shop: FromQuery[str] = "",
    edit: FromQuery[bool] = False,  # noqa: FBT002 (a query parameter)
) -> Template:
    """One row of the grid, to be read or to be edited."""
    is_edited = edit and actor.may(Right.GOODS)
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        context = _row_context(database, actor, shop, id)
    template = "goods/edited_row.html" if is_edited else "goods/one_row.html"
    return page(template, request, texts=None, errors={}, theirs=None, **context)


@post("/goods/row", sync_to_thread=True, opt={"right": Right.GOODS})
def save_row(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Edited]
) -> Template | Redirect:
    """Save a row that was edited in its place; one that changed meanwhile is shown beside it."""
    errors: dict[str, str] = {}
    theirs: dict[str, Any] | None = None
    revision, status = data.revision, 200
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, data.shop)
    try:
        with writing(office.engine) as database:
            _save(database, actor, office, shop, data)
    except typed.NotUnderstood as error:
        errors, status = {"price_gr": error.reason.said(_)}, 422
    except BadRows as error:
        errors, status = said.by_field(error.faults), 422
    except RowChanged as error:
        if error.row is None:
            raise NotFound(detail="the product is gone") from None
        theirs, revision, status = error.row, error.revision, 409
    with reading(office.engine) as database:
        context = _row_context(database, actor, shop, data.id)
    if status == 200 and "hx-request" not in request.headers:  # noqa: PLR2004 (HTTP)
        return done(f"/goods?shop={shop}", _("Saved."))
    if status == 200:  # noqa: PLR2004 (HTTP)
        return page("goods/one_row.html", request, **context)
    context |= {"texts": data, "errors": errors, "theirs": theirs, "revision": revision}
    # htmx puts in place what is good only: a form that came back is good for that.
    shown = 200 if "hx-request" in request.headers else status
    return page("goods/edited_row.html", request, status=shown, **context)


def _save(database: Connection, actor: Actor, office: Office, shop: str, data: Edited) -> None:
    old = saving.whole(database, shop, data.id)
    if old is None:
        raise NotFound(detail="no such product")
    old.pop("packs", None)
    fresh = {
        "name": " ".join(data.name.split()),
        "price_gr": typed.money(data.price),
        "vat": data.vat,
        "is_active": bool(data.is_active),
    }
    saving.save(database, actor, office.clock(), shop, {**old, **fresh}, data.revision)


def _row_context(database: Connection, actor: Actor, shop: str, row_id: str) -> dict[str, Any]:
    found = search.one(database, shop, row_id)
    if found is None:
        raise NotFound(detail="no such product")
    return {
        "it": found,
        "revision": found.revision,
        "codes": search.packs(database, shop, [row_id]),
        "around": around(database, shop),
        "shop": shop,
        "may": actor.may(Right.GOODS),
    }


def _count(database: Connection, shop: str, question: Question, wanted: search.Wanted) -> int:
    if question.is_narrowed:
        return search.count(database, shop, wanted)
    return data_rows.counters(database, shop).get("products", data_rows.Counter()).rows


def _cells(rows: Iterable[wire.Product], known: Known) -> Iterator[list[Cell]]:
    return ([column.written(row, known) for column in COLUMNS] for row in rows)


HANDLERS = (grid, row, save_row)
