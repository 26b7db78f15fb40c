"""Many goods changed alike: first what would become of them, then all of it or nothing; undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice.actor import CurrentActor
from backoffice.errors import BadRows
from backoffice.goods import bulk, kept, search
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.web import typed
from backoffice.web.chosen import chosen_shop
from backoffice.web.filters import Key
from backoffice.web.goods.around import around
from backoffice.web.goods.question import NO_CATEGORY, Question, whole
from backoffice.web.i18n import _, ngettext
from backoffice.web.page import Asked, done, page
from backoffice.web.sets.fault_wording import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from backoffice.actor import Actor
    from backoffice.web.goods.around import Around

OpenOffice = NamedDependency[SkipValidation[Office]]
IDS_MAX = 500
_FAULTS_SHOWN = 20
_FIELDS = (
    "scope", "set_category", "set_vat", "set_unit", "set_active", "percent", "amount", "nine",
)  # fmt: skip


@get("/goods/bulk", sync_to_thread=True, opt={"right": Right.GOODS})
def look(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """How many goods would change, and the first of them before and after."""
    asked = request.query_params
    return _preview(office, actor, request, dict(asked), asked.getall("id", []))


@post("/goods/bulk", sync_to_thread=True, opt={"right": Right.GOODS})
def change(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[dict[str, Any]]
) -> Template | Redirect:
    """Change them all; when one may not be so, or something came between, none."""
    told = {name: value for name, value in data.items() if isinstance(value, str)}
    named = data.get("id", [])
    ids = [named] if isinstance(named, str) else list(named)
    try:
        with writing(office.engine) as database:
            shop = chosen_shop(database, actor, told.get("shop", ""))
            wish = read_wish(told)
            number, rows = bulk.make(
                database,
                actor,
                office.clock(),
                shop,
                _ids(database, shop, told, ids),
                wish,
                seen=whole(told.get("seen")),
                title=", ".join(_words(wish, around(database, shop))),
            )
    except (BadRows, typed.NotUnderstood):
        return _preview(office, actor, request, told, ids, status=422)
    except kept.TooLate as error:
        said_too_late = _(error.message)
        return _preview(office, actor, request, told, ids, status=409, late=said_too_late)
    text = ngettext("{count} product changed.", "{count} products changed.", rows)
    return done(f"/goods/import?{urlencode({'shop': shop})}#change-{number}", text)


@post("/goods/changes/{number:int}/undo", sync_to_thread=True, opt={"right": Right.GOODS})
def undo(office: OpenOffice, actor: CurrentActor, request: Asked, number: Key) -> Redirect:
    """Take a change of many goods back."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, request.query_params.get("shop", ""))
    try:
        with writing(office.engine) as database:
            rows = kept.undo(database, actor, office.clock(), shop, number)
        text = ngettext(
            "Undone: {count} product is as before.", "Undone: {count} products are as before.", rows
        )
    except kept.TooLate as error:
        text = _(error.message)
    except BadRows as error:
        text = _("Nothing was undone: {reason}", reason=said(error.faults[0].reason))
    return done(f"/goods/import?{urlencode({'shop': shop})}", text)


def read_wish(told: Mapping[str, str]) -> bulk.Change:
    """What shall become of the goods; raises ``NotUnderstood``."""
    category = told.get("set_category") or None
    active = told.get("set_active")
    return bulk.Change(
        category="" if category == NO_CATEGORY else category,
        vat=told.get("set_vat") or None,
        unit=told.get("set_unit") or None,
        is_active={"yes": True, "no": False}.get(active or ""),
        percent_bp=typed.percent(told["percent"]) if told.get("percent") else 0,
        amount_gr=typed.money(told["amount"]) if told.get("amount") else 0,
        nine=bool(told.get("nine")),
    )


def _preview(
    office: Office,
    actor: Actor,
    request: Asked,
    told: Mapping[str, str],
    ids: Sequence[str],
    *,
    status: int = 200,
    late: str = "",
) -> Template:
    wrong: list[str] = [late] if late else []
    wish = bulk.Change()
    try:
        wish = read_wish(told)
    except typed.NotUnderstood as error:
        wrong.append(error.reason.said(_))
        status = 422
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, told.get("shop", ""))
        chosen = _ids(database, shop, told, ids)
        preview = bulk.look_at(database, shop, chosen, wish)
        context: dict[str, Any] = {
            "shop": shop,
            "around": around(database, shop),
            "seen": data_rows.revision_of(database, "products", shop),
        }
    wrong += [f"{fault.id}: {said(fault.reason)}" for fault in preview.wrong[:_FAULTS_SHOWN]]
    kept_fields = {name: told[name] for name in _FIELDS if told.get(name)}
    context |= {
        "preview": preview,
        "wrong": wrong,
        "words": _words(wish, context["around"]),
        "question": Question.of(told),
        "fields": kept_fields,
        "ids": [] if told.get("scope") == "all" else ids,
    }
    return page("goods/bulk.html", request, status=status, **context)


def _ids(database: Connection, shop: str, told: Mapping[str, str], ids: Sequence[str]) -> list[str]:
    if told.get("scope") != "all":
        return list(dict.fromkeys(ids))[:IDS_MAX]
    wanted = Question.of(told).wanted(around(database, shop).categories)
    return search.ids(database, shop, wanted)


def _words(wish: bulk.Change, near: Around) -> list[str]:
    """What a change does, in words; it is its title in the list of changes, too."""
    words = []
    if wish.category is not None:
        words.append(_("category: {name}", name=near.category_name(wish.category) or _("in none")))
    if wish.vat:
        words.append(_("VAT: {letter}", letter=near.vat_name(wish.vat)))
    if wish.unit:
        words.append(_("unit: {name}", name=near.unit_name(wish.unit)))
    if wish.is_active is not None:
        words.append(_("sold: yes") if wish.is_active else _("sold: no"))
    if wish.percent_bp:
        words.append(_("price by {percent}%", percent=typed.as_percent(wish.percent_bp)))
    if wish.amount_gr:
        words.append(_("price by {amount} zł", amount=typed.as_money(wish.amount_gr)))
    if wish.nine:
        words.append(_("prices end with 9"))
    return words


HANDLERS = (look, change, undo)
