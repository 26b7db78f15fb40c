"""The page of receipts, invoices, bills and returns: filters, sums, files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from litestar import get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.response import Stream, Template

from backoffice import transactions
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web import figure_wording, lists, sheet
from backoffice.web.chosen import shops_of
from backoffice.web.filters import Filters, shops
from backoffice.web.i18n import _
from backoffice.web.page import Asked, page
from backoffice.web.report_pages import terminals
from backoffice.web.verdict_wording import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from sqlalchemy import Row

    from backoffice.actor import Actor
    from backoffice.web.sheet import Cell

OpenOffice = NamedDependency[SkipValidation[Office]]
Names = dict[tuple[str, str], str]
_USUAL_DAYS = 30


@get("/transactions", sync_to_thread=True, opt={"right": Right.FIGURES})
def listed(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template | Stream:
    """Documents that fit the filters, the newest first."""
    asked = Filters(request.query_params)
    today = office.clock().astimezone().date()
    asked.typed.setdefault("first", (today - timedelta(days=_USUAL_DAYS)).isoformat())
    found = wanted(asked, actor)
    with reading(office.engine) as database:
        people = lists.operators(database)
        if kind := asked.word("format"):
            rows = transactions.every(database, found)
            return sheet.download(kind, "transactions", _headings(), _cells(rows, people))
        shown = transactions.page(database, found, place(asked.word("before")))
        context = {
            "rows": shown.rows,
            "older": f"{shown.older.at}~{shown.older.rid}" if shown.older else "",
            "sums": transactions.sums(database, found),
            "addresses": transactions.addresses(database, shown.rows),
            "people": people,
            "shops": shops_of(database, actor),
            "terminals": terminals(database, actor),
            "cashiers": _cashiers(people),
        }
    return page(
        "transactions.html",
        request,
        status=asked.status,
        asked=asked,
        documents=figure_wording.DOCUMENTS,
        kinds=figure_wording.KINDS,
        **context,
    )


def wanted(asked: Filters, actor: Actor) -> transactions.Wanted:
    """What the filters say."""
    return transactions.Wanted(
        shops=shops(actor, asked.word("shop")),
        first_day=asked.day("first"),
        last_day=asked.day("last"),
        document=asked.one_of("document", transactions.DOCUMENTS),
        terminal=asked.word("terminal"),
        operator=asked.word("operator"),
        kind=asked.one_of("kind", figure_wording.KINDS),
        least_gr=asked.money("least"),
        most_gr=asked.money("most"),
        number=asked.number("number"),
        nip=asked.word("nip").replace("-", "").replace(" ", ""),
        goods=asked.word("goods"),
        verdict=asked.one_of("verdict", transactions.VERDICTS),
    )


def place(text: str) -> transactions.Place:
    """Where a page begins, as its link says it."""
    at, _tilde, rid = text.partition("~")
    return transactions.Place(at, rid)


def _cashiers(people: Names) -> list[tuple[str, str]]:
    """Choices of a filter; people of several shops may share an id."""
    names: dict[str, dict[str, None]] = {}
    for (_terminal, person), name in people.items():
        names.setdefault(person, {})[name] = None
    said = ((person, " / ".join(several)) for person, several in names.items())
    return sorted(said, key=lambda choice: choice[1].casefold())


def _headings() -> list[str]:
    return [
        *(_("Document"), _("Number"), _("Time"), _("Shop"), _("Till"), _("Cashier")),
        *(_("Printer"), _("Daily report"), _("Payment"), _("Amount"), _("Verdict"), _("Reason")),
    ]


def _cells(rows: Iterable[Row[Any]], people: Names) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            figure_wording.document(row.document),
            row.number,
            sheet.moment(row.at),
            row.shop,
            row.terminal,
            people.get((row.terminal, row.operator), row.operator),
            row.printer_no,
            row.report_no or None,
            row.payments,
            sheet.money(row.total_gr),
            _("accepted") if row.is_accepted else _("rejected"),
            reason(row.reason),
        ]


HANDLERS = (listed,)
