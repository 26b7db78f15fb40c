"""The prices of a price list beside the usual ones: found by name or code, and saved at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from litestar import get, post
from litestar.params import FromQuery
from litestar.response import Redirect, Stream, Template

from backoffice import editing, price_grid
from backoffice.actor import CurrentActor
from backoffice.errors import BadRows, NotFound, RowChanged
from backoffice.reach import reach
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.web import typed
from backoffice.web.chosen import chosen_shop, shops_of
from backoffice.web.i18n import _, ngettext
from backoffice.web.page import Asked, done, page
from backoffice.web.sets.declared import PRICES
from backoffice.web.sets.fault_wording import said
from backoffice.web.sets.pages import OpenOffice, Start, Typed, address, file_of
from backoffice.web.sets.submission import whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from backoffice.actor import Actor


@dataclass(frozen=True, slots=True)
class Prices:
    """What was typed into the grid: by product the text, the revision seen, what is wrong."""

    texts: Mapping[str, str]
    seen: Mapping[str, int]
    errors: dict[str, str]
    general: list[str]


NOTHING = Prices({}, {}, {}, [])


@get("/", sync_to_thread=True)
def prices(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    shop: FromQuery[str] = "",
    list: FromQuery[str] = "",  # noqa: A002 (its name in the address)
    find: FromQuery[str] = "",
    start: Start = 0,
    format: FromQuery[str] = "",  # noqa: A002 (its name in the address)
) -> Template | Stream:
    """The grid of one price list, or the prices of all lists as a file."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        if format:
            return file_of(database, PRICES, shop, format)
        context = _context(database, actor, shop, list, find, start)
    return page("sets/prices.html", request, typed=NOTHING, **context)


@post("/", sync_to_thread=True)
def save_prices(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: Typed
) -> Redirect | Template:
    """Save the prices that were changed, all or none."""
    given = {name: text for name, text in data.items() if isinstance(text, str)}
    price_list, find = given.get("list", ""), given.get("find", "")
    start = whole_number(given.get("start", ""))
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, given.get("shop", ""))
        if price_list not in {it.id for it in price_grid.price_lists(database, shop)}:
            raise NotFound(detail=f"no price list {price_list!r}")
    wanted, sent = _read(given)
    status, count = 422, 0
    try:
        if not sent.errors:
            with writing(office.engine) as database:
                editor = editing.Editor(database, actor, office.clock())
                count = price_grid.save(editor, shop, price_list, wanted, sent.seen)
    except RowChanged as error:
        status = error.status
        sent.general.append(_("Somebody changed a price meanwhile: look at what it is now."))
    except BadRows as error:
        sent.general.extend(said(fault.reason, PRICES.field("price_gr")) for fault in error.faults)
    if not sent.errors and not sent.general:
        told = ngettext("{count} price saved.", "{count} prices saved.", count)
        asked = {"shop": shop, "list": price_list, "find": find, "start": str(start)}
        return done(address(PRICES.path, **asked), told)
    with reading(office.engine) as database:
        context = _context(database, actor, shop, price_list, find, start)
    return page("sets/prices.html", request, status=status, typed=sent, **context)


def _context(
    database: Connection, actor: Actor, shop: str, price_list: str, find: str, start: int
) -> dict[str, Any]:
    lists = price_grid.price_lists(database, shop)
    chosen = next((it for it in lists if it.id == price_list or not price_list), None)
    if price_list and chosen is None:
        raise NotFound(detail=f"no price list {price_list!r}")
    grid = price_grid.grid(database, shop, chosen.id, find, start) if chosen else None
    newest = data_rows.revision_of(database, PRICES.name, shop)
    return {
        "data_set": PRICES,
        "tills": reach(database, shop, PRICES.name, newest) if newest else [],
        "shop": shop,
        "shops": shops_of(database, actor),
        "lists": lists,
        "chosen": chosen,
        "find": find,
        "grid": grid,
        "page_rows": price_grid.PAGE_ROWS,
        "may_change": actor.may(PRICES.right),
    }


def _read(given: Mapping[str, str]) -> tuple[dict[str, int | None], Prices]:
    """The prices that differ from what the form said when it was opened, and the form itself."""
    texts = {name[6:]: text for name, text in given.items() if name.startswith("price.")}
    seen = {it: whole_number(given.get(f"revision.{it}", "")) for it in texts}
    sent = Prices(texts, seen, {}, [])
    wanted: dict[str, int | None] = {}
    for product, text in texts.items():
        if text.strip() == given.get(f"was.{product}", "").strip():
            continue
        try:
            wanted[product] = typed.money(text) if text.strip() else None
        except typed.NotUnderstood as error:
            sent.errors[product] = error.reason.said(_)
    return wanted, sent
