"""The VAT rates in two steps: changed in the office, written by the till at its daily report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import get
from litestar.params import FromQuery
from litestar.response import Stream, Template

from backoffice import printer_rates
from backoffice.actor import CurrentActor
from backoffice.store import data_rows
from backoffice.store.engine import reading
from backoffice.web import wording
from backoffice.web.chosen import chosen_shop
from backoffice.web.i18n import _, gettext_noop
from backoffice.web.page import Asked, page
from backoffice.web.sets.declared import VAT_RATES
from backoffice.web.sets.listing import decoded
from backoffice.web.sets.pages import OpenOffice, file_of, list_context

if TYPE_CHECKING:
    from sqlalchemy import Connection

# What the law on cash registers gives each letter; F and G are for the others.
_LAW = {
    "A": ((2300, 2200), gettext_noop("standard rate: 23% or 22%")),
    "B": ((800, 700), gettext_noop("reduced rate: 8% or 7%")),
    "C": ((500,), gettext_noop("reduced rate: 5%")),
    "D": ((0,), gettext_noop("0%")),
    "E": ((printer_rates.EXEMPT_BP,), gettext_noop("exempt")),
}


@get("/", sync_to_thread=True)
def vat_rates(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    shop: FromQuery[str] = "",
    find: FromQuery[str] = "",
    resting: FromQuery[bool] = False,  # noqa: FBT002 (a query parameter)
    format: FromQuery[str] = "",  # noqa: A002 (its name in the address)
) -> Template | Stream:
    """The rates, what the law says of them, and how far each till and printer is."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        if format:
            return file_of(database, VAT_RATES, shop, format)
        context = list_context(database, actor, VAT_RATES, shop, find, resting=resting)
        context |= {
            "printers": printer_rates.of_shop(database, shop),
            "reached": {it.terminal: it.has_it for it in context["tills"]},
            "against_law": _against_law(database, shop),
        }
    return page("sets/vat_rates.html", request, **context)


def _against_law(database: Connection, shop: str) -> list[str]:
    """A sentence for each letter in use with a rate that the law does not give it."""
    return [
        _(
            "Letter {letter} has {rate}, but the law gives it: {law}.",
            letter=row["id"],
            rate=wording.rate(row["rate_bp"]),
            law=_(_LAW[row["id"]][1]),
        )
        for row in decoded(data_rows.living(database, VAT_RATES.name, shop))
        if row["id"] in _LAW
        and row["rate_bp"] not in {*_LAW[row["id"]][0], printer_rates.INACTIVE_BP}
    ]
