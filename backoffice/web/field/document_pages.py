"""Orders and quotes: the list with its filters and files, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation
from litestar.response import Stream, Template

from backoffice.actor import CurrentActor
from backoffice.field import listed
from backoffice.field.shapes import CUSTOMERS, DOCUMENTS
from backoffice.office import Office
from backoffice.rights import to_read
from backoffice.store.engine import reading
from backoffice.web import sheet
from backoffice.web.chosen import asked_shops, chosen_shop, shops_of
from backoffice.web.field_wording import STATES, TYPES, field_word
from backoffice.web.filters import Filters
from backoffice.web.i18n import _
from backoffice.web.page import Asked, page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from backoffice.field.listed import In
    from backoffice.web.sheet import Cell

OpenOffice = NamedDependency[SkipValidation[Office]]
PATH = "/field/documents"
PAGE_ROWS = 50
_LOOK = {"right": to_read(DOCUMENTS)}


@get(PATH, sync_to_thread=True, opt=_LOOK)
def documents(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template | Stream:
    """Orders and quotes that fit the filters, the newest first; all of them as a file."""
    asked = Filters(request.query_params)
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        sellers = listed.representatives(database, shops)
        found = listed.documents(database, wanted(asked, asked_shops(shops, asked.word("shop"))))
        kind, start = asked.word("format"), asked.before()
        shown = found if kind else found[start : start + PAGE_ROWS]
        buyers = listed.names(database, CUSTOMERS, ((it.shop, it.row.customer) for it in shown))
    if kind:
        rows = _cells(shown, shops, buyers, sellers)
        return sheet.download(kind, "sales-documents", _headings(), rows)
    return page(
        "field/documents.html",
        request,
        status=asked.status,
        asked=asked,
        shops=shops,
        sellers=sellers,
        buyers=buyers,
        rows=shown,
        count=len(found),
        total_gr=sum(it.row.total_gr for it in found if it.row.state != "cancelled"),
        older=start + PAGE_ROWS if start + PAGE_ROWS < len(found) else 0,
        before=start,
        types=TYPES,
        states=STATES,
    )


@get(f"{PATH}/one", sync_to_thread=True, opt=_LOOK)
def document(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    id: FromQuery[str],  # noqa: A002 (its name in the address)
    shop: FromQuery[str] = "",
) -> Template:
    """One with its lines, what became of it, and what is attached to it."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        row = listed.one(database, DOCUMENTS, shop, id)
        context: dict[str, Any] = {
            "buyer": listed.find(database, CUSTOMERS, shop, row.customer),
            "told": listed.told_by(database, DOCUMENTS, shop, id),
            "sellers": listed.representatives(database, [shop]),
            "others": listed.names(database, DOCUMENTS, [(shop, row.from_quote)]),
            "attached": len(listed.attachments(database, [shop], "sales_document", id)),
            "shops": shops_of(database, actor),
        }
    return page("field/document.html", request, shop=shop, row=row, **context)


def wanted(asked: Filters, shops: tuple[str, ...]) -> listed.Wanted:
    """What the filters say."""
    return listed.Wanted(
        shops=shops,
        type=asked.one_of("type", TYPES),
        state=asked.one_of("state", STATES),
        representative=asked.word("representative"),
        customer=asked.word("customer"),
        number=asked.word("number"),
        first_day=asked.day("first"),
        last_day=asked.day("last"),
    )


def _headings() -> list[str]:
    return [
        *(_("Document"), _("Number"), _("Time"), _("Shop"), _("Customer"), _("Representative")),
        *(_("State"), _("Due"), _("Amount"), _("Receipt")),
    ]


def _cells(
    rows: Iterable[In],
    shops: Mapping[str, str],
    buyers: Mapping[Any, str],
    sellers: Mapping[str, str],
) -> Iterator[list[Cell]]:
    for it in rows:
        row = it.row
        yield [
            *(field_word(row.type), row.number, sheet.moment(row.issued_at)),
            *(shops.get(it.shop, it.shop), buyers.get((it.shop, row.customer), row.customer)),
            *(sellers.get(row.representative, row.representative), field_word(row.state)),
            *(sheet.day(row.due), sheet.money(row.total_gr), row.receipt),
        ]


HANDLERS = (documents, document)
