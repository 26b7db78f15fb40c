"""A shop of this office in the place of another program: what is changed there goes to the others.

Its marks are revisions. It answers the one question that an export asks; nothing is written to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from backoffice.erp.connector import Batch, Record
from backoffice.exchange.objects import EXPORTS
from backoffice.store import data_rows
from backoffice.store.engine import reading

if TYPE_CHECKING:
    from sqlalchemy import Engine

AT_A_TIME = 2000
_decode_marks = msgspec.json.Decoder(dict[str, int]).decode


class _At(msgspec.Struct, frozen=True):
    """Where a reading stands: the place of the set, and the revision reached in each."""

    place: int
    reached: dict[str, int]


_decode_at = msgspec.json.Decoder(_At).decode


class PatternShop:
    """Reads one shop as an export reads another program."""

    def __init__(self, engine: Engine, shop: str) -> None:
        self.name = shop
        self._engine = engine

    def read(self, object_name: str, since: str, cursor: str) -> Batch:
        """Rows of one export that changed after the revisions ``since``, oldest change first.

        A row that changes meanwhile comes once more at the end, and a revision that this office
        never gave starts over, as for a till.
        """
        sets = EXPORTS[object_name]
        at = _decode_at(cursor) if cursor else _At(0, _decode_marks(since) if since else {})
        name = sets[at.place]
        with reading(self._engine) as connection:
            newest = data_rows.revision_of(connection, name, self.name)
            start = at.reached.get(name, 0)
            start = start if start <= newest else 0
            rows = data_rows.changes(connection, name, self.name, start, AT_A_TIME)
        records = [_record(name, row.id, row.body, is_removed=row.is_removed) for row in rows]
        reached = {**at.reached, name: rows[-1].revision if rows else start}
        place = at.place if len(rows) == AT_A_TIME else at.place + 1
        on = msgspec.json.encode(_At(place, reached)).decode() if place < len(sets) else None
        return Batch(records, on, msgspec.json.encode(reached).decode())

    def done(self, object_name: str, mark: str) -> None:
        """Nothing to put away: rows stay where they are."""


def _record(name: str, row_id: str, body: str, *, is_removed: bool) -> Record:
    fields = {} if is_removed else msgspec.json.decode(body)
    return Record(name, row_id, fields, is_removed=is_removed)
