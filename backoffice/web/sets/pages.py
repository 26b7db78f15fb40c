"""What the pages of a data set answer: list, form, its buttons. The same for every declared set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlencode

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from backoffice import editing
from backoffice.actor import CurrentActor
from backoffice.errors import BadRows, NotFound, RowChanged
from backoffice.office import Office
from backoffice.reach import reach
from backoffice.rows import row_type
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.web import sheet
from backoffice.web.chosen import chosen_shop, shops_of
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from backoffice.web.sets import listing, row_page, submission
from backoffice.web.sets.fault_wording import said
from backoffice.web.sets.shape import DataSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from backoffice.actor import Actor

OpenOffice = NamedDependency[SkipValidation[Office]]
ChosenSet = NamedDependency[SkipValidation[DataSet]]
Typed = URLEncodedBody[dict[str, Any]]
Start = Annotated[int, QueryParameter(ge=0, le=10_000_000)]


class Act(msgspec.Struct, frozen=True):
    """What a button of a row says."""

    act: Literal["rest", "wake", "remove", "restore", "undo", "up", "down"]
    id: str
    shop: str = ""
    revision: int = 0
    everywhere: str = ""


@get("/", sync_to_thread=True)
def rows(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    data_set: ChosenSet,
    shop: FromQuery[str] = "",
    find: FromQuery[str] = "",
    resting: FromQuery[bool] = False,  # noqa: FBT002 (a query parameter)
    start: Start = 0,
    format: FromQuery[str] = "",  # noqa: A002 (its name in the address)
) -> Stream | Template:
    """The rows that fit, a part at a time, or all of them as a file."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        if format:
            return file_of(database, data_set, shop, format)
        context = list_context(database, actor, data_set, shop, find, start, resting=resting)
    return page("sets/list.html", request, **context)


@get("/row", sync_to_thread=True)
def row(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    data_set: ChosenSet,
    shop: FromQuery[str] = "",
    id: FromQuery[str] = "",  # noqa: A002 (its name in the address)
) -> Template:
    """The form of a row, or an empty one."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        draft = row_page.opened(database, data_set, shop, id) if id else row_page.fresh(data_set)
        context = row_page.context(database, data_set, actor, shop, draft)
    return page("sets/row.html", request, **context)


@post("/row", sync_to_thread=True)
def save(
    office: OpenOffice, actor: CurrentActor, request: Asked, data_set: ChosenSet, data: Typed
) -> Redirect | Template:
    """Save what was typed; a form that is wrong, or too late, comes back as it was typed."""
    sent = submission.of(data_set, data)
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, sent.shop)
        shops = shops_of(database, actor)
    status = 422
    try:
        with writing(office.engine) as database:
            editor = editing.Editor(database, actor, office.clock())
            row = submission.typed_row(editor, data_set, shop, sent)
            if not sent.form.is_wrong:
                others = shops if sent.draft.is_everywhere else ()
                editor.save(data_set.name, shop, row, sent.draft.revision, elsewhere=others)
    except RowChanged as error:
        if submission.is_the_same(data_set, sent, error):
            return _saved(data_set, shop, error.row_id)
        status = error.status
        submission.too_late(data_set, sent, error)
    except BadRows as error:
        submission.refused(data_set, sent, error, shops)
    if not sent.form.is_wrong:
        return _saved(data_set, shop, row["id"])
    with reading(office.engine) as database:
        context = row_page.context(database, data_set, actor, shop, sent.draft)
    return page("sets/row.html", request, status=status, **context)


@post("/act", sync_to_thread=True)
def act(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    data_set: ChosenSet,
    data: URLEncodedBody[Act],
) -> Redirect | Template:
    """What the buttons of a row do; what cannot be done is said above its form."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, data.shop)
        shops = shops_of(database, actor)
    try:
        with writing(office.engine) as database:
            editor = editing.Editor(database, actor, office.clock())
            _do(editor, data_set, shop, data, shops if data.everywhere else ())
    except (BadRows, RowChanged, editing.NothingToUndo) as error:
        with reading(office.engine) as database:
            draft = row_page.opened(database, data_set, shop, data.id)
            draft.form.general += _why_not(error, shops)
            context = row_page.context(database, data_set, actor, shop, draft)
        return page("sets/row.html", request, status=error.status, **context)
    if data.act in {"up", "down"}:
        return done(address(data_set.path, shop=shop) + f"#{data.act}-{data.id}")
    return _saved(data_set, shop, data.id)


LOOKING, CHANGING = (rows, row), (save, act)


def address(path: str, **asked: str) -> str:
    """A path with what is asked there."""
    return f"{path}?{urlencode(asked)}"


def list_context(
    database: Connection,
    actor: Actor,
    data_set: DataSet,
    shop: str,
    find: str = "",
    start: int = 0,
    *,
    resting: bool = False,
) -> dict[str, Any]:
    """What the template of a list needs."""
    newest = data_rows.revision_of(database, data_set.name, shop)
    return {
        "data_set": data_set,
        "shop": shop,
        "shops": shops_of(database, actor),
        "find": find,
        "resting": resting,
        "listed": listing.part(
            listing.lines(database, data_set, shop, find, resting=resting), start
        ),
        "tills": reach(database, shop, data_set.name, newest) if newest else [],
        "may_change": actor.may(data_set.right),
    }


def _do(
    editor: editing.Editor, data_set: DataSet, shop: str, asked: Act, shops: Iterable[str]
) -> None:
    name, row_id = data_set.name, asked.id
    match asked.act:
        case "rest" | "wake":
            row = editor.row(name, shop, row_id)
            if row is None or not data_set.can_rest:
                raise NotFound(detail=f"{name} has no row {row_id!r} to take out of use")
            row["is_active"] = asked.act == "wake"
            having = [each for each in shops if editor.row(name, each, row_id)]
            editor.save(name, shop, row, asked.revision, elsewhere=having, act=asked.act)
        case "remove":
            editor.remove(name, shop, row_id, asked.revision)
        case "restore":
            editor.put_back(name, shop, row_id)
        case "undo":
            editor.undo(name, shop, row_id)
        case "up" | "down":
            if not data_set.is_ordered:
                raise NotFound(detail=f"rows of {name} have no order")
            editor.move(name, shop, row_id, is_up=asked.act == "up")


def _why_not(
    error: BadRows | RowChanged | editing.NothingToUndo, shops: Mapping[str, str]
) -> list[str]:
    if isinstance(error, editing.BadElsewhere):
        return submission.elsewhere(error, shops)
    if isinstance(error, BadRows):
        return [said(fault.reason) for fault in error.faults]
    if isinstance(error, RowChanged):
        return [_("Somebody changed it meanwhile. Look at it as it is now, and try again.")]
    return [_("It was changed in another way since: this cannot be undone.")]


def _saved(data_set: DataSet, shop: str, row_id: str) -> Redirect:
    told = " ".join([_("Saved."), *([_(data_set.said_after)] if data_set.said_after else [])])
    return done(address(f"{data_set.path}/row", shop=shop, id=row_id), told)


def file_of(database: Connection, data_set: DataSet, shop: str, kind: str) -> Stream:
    """Every living row with the columns that an import takes."""
    columns = row_type(data_set.name).__struct_fields__
    living = map(msgspec.json.decode, data_rows.living(database, data_set.name, shop))
    cells = ([_cell(row.get(column, "")) for column in columns] for row in living)
    return sheet.download(kind, f"{data_set.name}-{shop}", columns, cells)


def _cell(value: Any) -> str | int:  # noqa: ANN401 (whatever a row holds)
    if isinstance(value, bool):
        return str(value).lower()
    return "|".join(value) if isinstance(value, list) else value
