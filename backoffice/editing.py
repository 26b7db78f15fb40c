"""Changes rows for a person: as he saw them, with a line of the audit, in several shops at once.

All of it happens in the transaction of the caller: every shop and the audit, or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from backoffice import changes, publish
from backoffice.errors import BadRows, NotFound, OfficeError
from backoffice.store import data_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor

_Fields = dict[str, Any]
# Beyond so many rows at once the audit says how many, not what each of them was.
NOTED_MAX = 500


class BadElsewhere(BadRows):
    """The rows of another ``shop`` do not allow the change; nothing was written anywhere."""

    def __init__(self, shop: str, error: BadRows) -> None:
        super().__init__(error.faults)
        self.shop = shop


class NothingToUndo(OfficeError):
    """There is no change of the row, or somebody changed it after that one."""

    status = 409
    title = "Nothing to undo"


@dataclass(frozen=True, slots=True)
class Editor:
    """A person at work in one transaction."""

    connection: Connection
    actor: Actor
    moment: datetime

    def row(self, name: str, shop: str, row_id: str) -> _Fields | None:
        """A living row."""
        body = data_rows.body_of(self.connection, name, shop, row_id)
        return msgspec.json.decode(body) if body else None

    def rows(self, name: str, shop: str) -> dict[str, _Fields]:
        """Every living row by its id."""
        rows = map(msgspec.json.decode, data_rows.living(self.connection, name, shop))
        return {row["id"]: row for row in rows}

    def save(
        self,
        name: str,
        shop: str,
        row: Mapping[str, Any],
        revision: int,
        *,
        elsewhere: Iterable[str] = (),
        act: str = "put",
    ) -> None:
        """Put a row whose editor saw ``revision``, 0 for a new one.

        What he changed is changed in the shops ``elsewhere``, too; what differs there otherwise
        stays. Raises ``RowChanged``, ``BadRows``, ``BadElsewhere``.
        """
        others = sorted(set(elsewhere) - {shop})
        for each in sorted({shop, *others}):  # in one order, so that no two wait for each other
            data_rows.lock(self.connection, name, each)
        row_id = row["id"]
        seen = self.row(name, shop, row_id) or {}
        self.put(name, shop, [dict(row)], act, expected={row_id: revision})
        changed = {key: value for key, value in row.items() if seen.get(key) != value}
        for other in others:
            theirs = self.row(name, other, row_id)
            try:
                self.put(name, other, [{**theirs, **changed} if theirs else dict(row)], act)
            except BadRows as error:
                raise BadElsewhere(other, error) from None

    def put(
        self,
        name: str,
        shop: str,
        raws: Sequence[object],
        act: str = "put",
        *,
        take_good: bool = False,
        expected: Mapping[str, int] | None = None,
    ) -> publish.Outcome:
        """``publish.put``, with a line for each row that changed; for very many, one for all."""
        data_rows.lock(self.connection, name, shop)
        if len(raws) > NOTED_MAX:
            outcome = publish.put(
                self.connection, name, shop, raws, take_good=take_good, expected=expected
            )
            told = f"{name} in {shop}, {outcome.changed} changed"
            changes.record(self.connection, self.actor, self.moment, act, name, shop, detail=told)
            return outcome
        ids = [
            row["id"] for row in raws if isinstance(row, dict) and isinstance(row.get("id"), str)
        ]
        before = self._rows_of(name, shop, ids)
        outcome = publish.put(
            self.connection, name, shop, raws, take_good=take_good, expected=expected
        )
        after = self._rows_of(name, shop, ids)
        for row_id in dict.fromkeys(ids):
            self._note(act, name, shop, row_id, before.get(row_id), after.get(row_id))
        return outcome

    def take(
        self, name: str, shop: str, rows: Sequence[object], *, take_good: bool = False
    ) -> publish.Outcome:
        """Put the rows of a file whatever was there: all if none is wrong, or the good ones.

        What is wrong is in the outcome; nothing is raised for it.
        """
        try:
            return self.put(name, shop, rows, "import", take_good=take_good)
        except BadRows as error:
            return publish.Outcome(0, 0, 0, tuple(error.faults))

    def merge(self, name: str, shop: str, row_id: str, fields: dict[str, Any]) -> publish.Outcome:
        """``publish.merge``, with its line."""
        data_rows.lock(self.connection, name, shop)
        old = self.row(name, shop, row_id)
        outcome = publish.merge(self.connection, name, shop, row_id, fields)
        self._note("merge", name, shop, row_id, old, self.row(name, shop, row_id))
        return outcome

    def remove(
        self, name: str, shop: str, row_id: str, revision: int | None = None
    ) -> publish.Outcome:
        """Take a row off the tills; raises ``RowChanged``, or ``BadRows`` while it is needed."""
        data_rows.lock(self.connection, name, shop)
        old = self.row(name, shop, row_id)
        outcome = publish.remove(self.connection, name, shop, row_id, expected=revision)
        self._note("remove", name, shop, row_id, old, None)
        return outcome

    def put_back(self, name: str, shop: str, row_id: str) -> None:
        """Make a removed row live again as it was; raises ``NotFound`` when it was erased."""
        data_rows.lock(self.connection, name, shop)
        body = data_rows.removed_body(self.connection, name, shop, row_id)
        if body is None:
            raise NotFound(detail=f"{name} has no removed row {row_id!r}")
        self.put(name, shop, [msgspec.json.decode(body)], "restore", expected={row_id: 0})

    def undo(self, name: str, shop: str, row_id: str) -> None:
        """Make the row what it was before its last change.

        Raises ``NothingToUndo`` when it changed in another way since, ``BadRows`` when what was
        does not fit any more.
        """
        data_rows.lock(self.connection, name, shop)
        last = last_change(self.connection, name, shop, row_id)
        now = self.row(name, shop, row_id)
        if last is None or changes.as_text(now) != last.after or last.before == last.after:
            raise NothingToUndo(detail=f"{name} {row_id!r} was changed in another way since")
        revision = publish.revision_of(self.connection, name, shop, row_id)
        if last.before:
            # Secrets are not in the audit: they stay as they are, or were when it was removed.
            gone = data_rows.removed_body(self.connection, name, shop, row_id)
            known = now or (msgspec.json.decode(gone) if gone else {})
            was = {**changes.secrets_of(known), **msgspec.json.decode(last.before)}
            self.put(name, shop, [was], "undo", expected={row_id: revision})
        else:
            publish.remove(self.connection, name, shop, row_id, expected=revision)
            self._note("undo", name, shop, row_id, now, None)

    def move(self, name: str, shop: str, row_id: str, *, is_up: bool) -> None:
        """Change places with the row above or below, in the order of ``position``."""
        data_rows.lock(self.connection, name, shop)
        bodies = data_rows.living(self.connection, name, shop)
        rows: list[_Fields] = sorted(map(msgspec.json.decode, bodies), key=place)
        ids = [row["id"] for row in rows]
        if row_id not in ids:
            raise NotFound(detail=f"{name} has no row {row_id!r}")
        here = ids.index(row_id)
        there = here - 1 if is_up else here + 1
        if not 0 <= there < len(rows):
            return
        rows[here], rows[there] = rows[there], rows[here]
        moved = [
            {**row, "position": number}
            for number, row in enumerate(rows)
            if row["position"] != number
        ]
        self.put(name, shop, moved, "move")

    def _rows_of(self, name: str, shop: str, ids: Sequence[str]) -> dict[str, _Fields]:
        bodies = data_rows.bodies_of(self.connection, name, shop, ids)
        return {row_id: msgspec.json.decode(body) for row_id, body in bodies.items()}

    def _note(
        self, act: str, name: str, shop: str, row_id: str, old: _Fields | None, new: _Fields | None
    ) -> None:
        """A line of the audit for what became of a row; none when nothing did."""
        if new == old:
            return
        what = f"{name}/{row_id}"
        changes.record(self.connection, self.actor, self.moment, act, what, shop, old, new)


def last_change(connection: Connection, name: str, shop: str, row_id: str) -> Any:  # noqa: ANN401
    """The newest line of a row's history, ``None`` when there is none."""
    return next(iter(changes.history(connection, f"{name}/{row_id}", shop, 1)), None)


def can_undo(connection: Connection, name: str, shop: str, row_id: str) -> bool:
    """Whether the last change of a row can be undone."""
    last = last_change(connection, name, shop, row_id)
    body = data_rows.body_of(connection, name, shop, row_id)
    now = changes.as_text(msgspec.json.decode(body)) if body else ""
    return last is not None and last.after == now and last.before != last.after


def place(row: Mapping[str, Any]) -> tuple[int, str]:
    """What rows with a position are ordered by."""
    return row["position"], row["id"]
