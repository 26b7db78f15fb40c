"""What the administrator may ask about data sets. The command line uses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from litestar import Router, delete, get, patch, put
from litestar.di import NamedDependency
from litestar.params import (
    FromPath,
    FromQuery,
    QueryParameter,
    RawBody,
    SkipValidation,
)
from litestar.status_codes import HTTP_200_OK

from backoffice import publish, rights
from backoffice.actor import Actor, CurrentActor
from backoffice.api.access import admin_only
from backoffice.api.openapi import problems
from backoffice.editing import Editor
from backoffice.errors import BadRequest
from backoffice.office import Office
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Connection

ROWS_PAGE = 1000

PROBLEMS = problems(422)
OpenOffice = NamedDependency[SkipValidation[Office]]
# It stands in addresses and in names of files.
_SHOP_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_TO_READ = {"right": lambda path: rights.to_read(path["name"])}
_TO_CHANGE = {"right": lambda path: rights.to_change(path["name"])}


class Listed(msgspec.Struct, frozen=True):
    """Living rows of a data set; ``after`` for the next page is ``next``, empty at the end."""

    name: str
    shop: str
    rows: list[msgspec.Raw]
    next: str


class Changed(msgspec.Struct, frozen=True):
    """What a change did; ``errors`` is empty unless only good rows were to be taken."""

    shop: str
    revision: int
    taken: int
    changed: int
    errors: list[dict[str, Any]]


@get("/{name:str}", opt=_TO_READ, responses=PROBLEMS, sync_to_thread=True)
def rows(
    office: OpenOffice,
    actor: CurrentActor,
    name: FromPath[str],
    shop: FromQuery[str] = "",
    after: FromQuery[str] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=wire.PAGE_ROWS_MAX)] = ROWS_PAGE,
) -> Listed:
    """Living rows of a data set in the order of their ids."""
    with reading(office.engine) as database:
        chosen = _shop(database, actor, shop)
        found = publish.living(database, name, chosen, after, limit)
    last = msgspec.json.decode(found[-1])["id"] if len(found) >= limit else ""
    return Listed(name, chosen, found, last)


@get("/{name:str}/{row_id:str}", opt=_TO_READ, responses=PROBLEMS, sync_to_thread=True)
def row(
    office: OpenOffice,
    actor: CurrentActor,
    name: FromPath[str],
    row_id: FromPath[str],
    shop: FromQuery[str] = "",
) -> msgspec.Raw:
    """One row."""
    with reading(office.engine) as database:
        return publish.one(database, name, _shop(database, actor, shop), row_id)


@put("/{name:str}", opt=_TO_CHANGE, responses=PROBLEMS, sync_to_thread=True)
def put_rows(
    office: OpenOffice,
    actor: CurrentActor,
    name: FromPath[str],
    body: RawBody,
    shop: FromQuery[str] = "",
    take: FromQuery[Literal["all", "good"]] = "all",
) -> Changed:
    """Add or replace a row or a list of rows; all or none, or with ``take=good`` the good ones."""
    raw = _json(body)
    raws = raw if isinstance(raw, list) else [raw]
    with writing(office.engine) as database:
        chosen = _shop_to_change(database, actor, shop)
        editor = Editor(database, actor, office.clock())
        return _changed(chosen, editor.put(name, chosen, raws, take_good=take == "good"))


@put("/{name:str}/{row_id:str}", opt=_TO_CHANGE, responses=PROBLEMS, sync_to_thread=True)
def put_row(
    office: OpenOffice,
    actor: CurrentActor,
    name: FromPath[str],
    row_id: FromPath[str],
    body: RawBody,
    shop: FromQuery[str] = "",
) -> Changed:
    """Add or replace one row."""
    with writing(office.engine) as database:
        chosen = _shop_to_change(database, actor, shop)
        row = {**_fields(body), "id": row_id}
        return _changed(chosen, Editor(database, actor, office.clock()).put(name, chosen, [row]))


@patch("/{name:str}/{row_id:str}", opt=_TO_CHANGE, responses=PROBLEMS, sync_to_thread=True)
def merge_row(
    office: OpenOffice,
    actor: CurrentActor,
    name: FromPath[str],
    row_id: FromPath[str],
    body: RawBody,
    shop: FromQuery[str] = "",
) -> Changed:
    """Change some fields of a row."""
    with writing(office.engine) as database:
        chosen = _shop_to_change(database, actor, shop)
        editor = Editor(database, actor, office.clock())
        return _changed(chosen, editor.merge(name, chosen, row_id, _fields(body)))


@delete(
    "/{name:str}/{row_id:str}",
    opt=_TO_CHANGE,
    status_code=HTTP_200_OK,
    responses=PROBLEMS,
    sync_to_thread=True,
)
def remove_row(
    office: OpenOffice,
    actor: CurrentActor,
    name: FromPath[str],
    row_id: FromPath[str],
    shop: FromQuery[str] = "",
) -> Changed:
    """Take a row off the tills."""
    with writing(office.engine) as database:
        chosen = _shop_to_change(database, actor, shop)
        editor = Editor(database, actor, office.clock())
        return _changed(chosen, editor.remove(name, chosen, row_id))


admin_routes = Router(
    "/v1/admin",
    guards=[admin_only],
    security=[{"administrator": []}],
    route_handlers=[rows, row, put_rows, put_row, merge_row, remove_row],
)


def _shop(database: Connection, actor: Actor, named: str) -> str:
    """The shop that is named, or the only one that the actor sees."""
    if named:
        actor.must_see(named)
        return named
    known = actor.of_these(data_rows.shops(database))
    if len(known) != 1:
        raise BadRequest(detail=f"name the shop with ?shop=; there are: {', '.join(known) or '-'}")
    return known[0]


def _shop_to_change(database: Connection, actor: Actor, named: str) -> str:
    """The same; with its first rows begins a shop that is not there yet, which not everybody may.

    Raises ``Forbidden``, and ``BadRequest`` for what no shop can be called.
    """
    shop = _shop(database, actor, named)
    if shop not in data_rows.shops(database):
        actor.must(rights.Right.SHOPS)
        if not _SHOP_ID.fullmatch(shop):
            raise BadRequest(detail="a new shop has 1 to 64 letters, digits, dots, - and _")
    return shop


def _json(body: bytes) -> Any:  # noqa: ANN401 (whatever JSON holds; rows are judged one by one)
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise BadRequest(detail=f"not JSON: {error}") from None


def _fields(body: bytes) -> dict[str, Any]:
    fields = _json(body)
    if not isinstance(fields, dict):
        raise BadRequest(detail="expected an object with the fields of a row")
    return fields


def _changed(shop: str, outcome: publish.Outcome) -> Changed:
    errors = [fault.as_told() for fault in outcome.faults]
    return Changed(shop, outcome.revision, outcome.taken, outcome.changed, errors)
