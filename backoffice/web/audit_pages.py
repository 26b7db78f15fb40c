"""The audit: who changed what and when, how it was before and after; as a list and as a file."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation

from backoffice import audit_trail
from backoffice.actor import CurrentActor
from backoffice.differences import differences
from backoffice.moments import ZONE
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading
from backoffice.web import sheet
from backoffice.web.audit_wording import act as act_in_words
from backoffice.web.chosen import shops_of
from backoffice.web.filters import Before
from backoffice.web.i18n import _
from backoffice.web.page import Asked, page
from backoffice.web.terminal_pages import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OpenOffice = NamedDependency[SkipValidation[Office]]
_SHEET_ROWS = 100_000


@get("/audit", sync_to_thread=True, opt={"right": Right.ACCOUNTS})
def audit(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    name: FromQuery[str] = "",
    shop: FromQuery[str] = "",
    act: FromQuery[str] = "",
    first: FromQuery[str] = "",
    last: FromQuery[str] = "",
    before: Before = 0,
    as_file: Format = "",
) -> Response[Any]:
    """Lines of the audit that fit, newest first, each with the fields that it changed."""
    actor.must_see_every_shop()
    asked = audit_trail.Asked(name, shop, act, _day(first), _day(last))
    with reading(office.engine) as database:
        limit = _SHEET_ROWS if as_file else audit_trail.PAGE_ROWS
        trail = audit_trail.lines(database, asked, before, limit)
        context: dict[str, Any] = {
            "people": [(it, it) for it in audit_trail.people(database)],
            "acts": [(it, act_in_words(it)) for it in audit_trail.acts(database)],
            "shop_names": shops_of(database, actor),
        }
    if as_file:
        return sheet.download(as_file, "audit", _headings(), _cells(trail.rows))
    changed = {row.id: differences(row.before, row.after) for row in trail.rows}
    filters = {"name": name, "shop": shop, "act": act, "first": first, "last": last}
    return page(
        "audit.html",
        request,
        trail=trail,
        changed=changed,
        filters={key: value for key, value in filters.items() if value},
        asked=filters,
        before=before,
        shops=[*context["shop_names"].items()],
        **context,
    )


def _day(text: str) -> date | None:
    """A day as a form gives it; what is none filters nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _headings() -> list[str]:
    return [
        *(_("Time"), _("Person"), _("Shop"), _("Act"), _("What"), _("Note")),
        *(_("Field"), _("Before"), _("After")),
    ]


def _cells(rows: Iterable[Any]) -> Iterator[list[sheet.Cell]]:
    """One row for each field that changed; one for a line that changed none."""
    for row in rows:
        at = datetime.fromisoformat(row.at).astimezone(ZONE).replace(tzinfo=None)
        line: list[sheet.Cell] = [
            at,
            row.name,
            row.shop,
            act_in_words(row.act),
            row.what,
            row.detail,
        ]
        found = differences(row.before, row.after)
        if not found:
            yield [*line, None, None, None]
        for one in found:
            yield [*line, one.field, one.before, one.after]


HANDLERS = (audit,)
