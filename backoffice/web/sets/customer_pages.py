"""Has a customer forgotten, in every shop and in the documents, after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from litestar import get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import changes, persons
from backoffice.actor import CurrentActor
from backoffice.store.engine import reading, writing
from backoffice.web.chosen import chosen_shop
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from backoffice.web.sets.declared import CUSTOMERS
from backoffice.web.sets.pages import OpenOffice, address
from backoffice.web.sets.row_page import shown_row

if TYPE_CHECKING:
    from collections.abc import Mapping


class Whom(msgspec.Struct, frozen=True):
    """Which customer, and that it is meant."""

    id: str
    shop: str = ""
    sure: str = ""


@get("/erase", sync_to_thread=True)
def erase_form(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    id: FromQuery[str],  # noqa: A002 (its name in the address)
    shop: FromQuery[str] = "",
) -> Template:
    """What will be forgotten, and what the law keeps."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        row = shown_row(database, CUSTOMERS, shop, id)
    return page("sets/erase.html", request, shop=shop, row=row, words=_words(row), wrong="")


@post("/erase", sync_to_thread=True)
def erase(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Whom]
) -> Redirect | Template:
    """Forget the customer; nothing of it can be undone."""
    moment = office.clock()
    with writing(office.engine) as database:
        shop = chosen_shop(database, actor, data.shop)
        row = shown_row(database, CUSTOMERS, shop, data.id)
        if not data.sure:
            wrong = _("Say that you are sure.")
            words = _words(row)
            return page(
                "sets/erase.html", request, status=422, shop=shop, row=row, words=words, wrong=wrong
            )
        erased = persons.erase(database, _words(row), moment)
        told = f"{erased.documents} documents, {erased.customers} customers, {erased.kept} kept"
        what = f"{CUSTOMERS.name}/{data.id}"
        changes.record(database, actor, moment, "erase", what, shop, detail=told)
    said = _(
        "Forgotten: {customers} customers, data in {documents} documents. The law keeps {kept}.",
        customers=erased.customers,
        documents=erased.documents,
        kept=erased.kept,
    )
    return done(address(CUSTOMERS.path, shop=shop), said)


def _words(row: Mapping[str, Any]) -> dict[str, str]:
    """What the customer is found by: the tax number, which is nobody else's, or the name."""
    return {"nip": row["nip"]} if row["nip"] else {"name": row["name"]}
