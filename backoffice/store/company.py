"""Binds each query and each row to one company, whoever wrote the query. No HTTP, no roles.

One server holds many companies. An engine made by ``of_company`` adds the company to every row that
is inserted and to the condition of every other statement, so that a forgotten ``WHERE`` shows
nothing instead of a stranger's receipts. ``of_all`` is for the few questions that find out whose
company is meant: a token, a session, a code. A statement on any other engine is refused.

A select within another one is refused too, rather than left unbound: none is needed so far.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from sqlalchemy import Delete, Insert, Select, Table, Update, and_, event
from sqlalchemy.sql import visitors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Engine

COLUMN = "company"
# The company of an embedded office, which has no other.
MAIN = "main"
# Rows that belong to the server itself.
SERVER = ""
_OPTION = "office_company"
_ALL = object()


def of_company(engine: Engine, company: str) -> Engine:
    """The same database, with eyes for one company only."""
    return engine.execution_options(**{_OPTION: company})


def of_all(engine: Engine) -> Engine:
    """The same database, every company of it; whoever asks must know why."""
    return engine.execution_options(**{_OPTION: _ALL})


def company_of(connection: Connection) -> str:
    """The company that ``connection`` is bound to."""
    company = connection.get_execution_options().get(_OPTION)
    assert isinstance(company, str), "this connection is bound to no company"  # noqa: S101
    return company


def guard(engine: Engine) -> None:
    """Have every statement of ``engine`` bound from now on."""
    event.listen(engine, "before_execute", _bind, retval=True)


def _bind(
    _connection: Connection,
    statement: Any,  # noqa: ANN401 (whatever can be executed)
    rows: Sequence[Mapping[str, Any]],
    row: Mapping[str, Any],
    options: Mapping[str, Any],
) -> tuple[Any, Any, Any]:
    company = options.get(_OPTION)
    if company is _ALL or not isinstance(statement, Select | Insert | Update | Delete):
        return statement, rows, row
    if isinstance(statement, Insert):
        if COLUMN not in statement.table.c:
            return statement, rows, row
        _check(company, statement.table.name)
        if rows or row:
            bound = {COLUMN: company}
            return statement, [{**each, **bound} for each in rows], {**row, **bound} if row else row
        return statement.values({COLUMN: company}), rows, row
    targets = list(_targets(statement))
    for target in targets:
        _check(company, target.name)
    if not targets:
        return statement, rows, row
    conditions = [target.c[COLUMN] == company for target in targets]
    return statement.where(and_(*conditions)), rows, row


def _check(company: object, table: str) -> None:
    assert isinstance(company, str), f"a query on {table} is bound to no company"  # noqa: S101


def _targets(statement: Select[Any] | Update | Delete) -> Iterable[Table]:
    """Tables of companies that the statement reads or changes.

    Walked, not asked for with ``get_final_froms``: that compiles the statement once more.
    """
    found: dict[Table, None] = {}
    for part in visitors.iterate(statement):
        if isinstance(part, Select) and part is not statement:
            unbound = [each.name for each in part.get_final_froms() if _is_companys(each)]
            assert not unbound, f"a select within another one, on {unbound}, would not be bound"  # noqa: S101
        elif _is_companys(part):
            found[part] = None
    return found


def _is_companys(part: object) -> TypeGuard[Table]:
    return isinstance(part, Table) and COLUMN in part.c
