"""Keeps the rows by which sales are summed in step with the journals and their verdicts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import and_, delete, insert, select

from backoffice import sold
from backoffice.judge import readable
from backoffice.sale_rows import Filed, sale_rows
from backoffice.store.tables import (
    data_row,
    journal_entry,
    sale,
    sale_payment,
    sold_line,
    verdict,
)
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Table

IDS_MAX = 500  # ids in one IN (…)
_PLACE = ("terminal", "epoch", "seq")
_decode_correction = msgspec.json.Decoder(wire.CorrectionDoc).decode


class _InCategory(msgspec.Struct):
    category: str = ""


_decode_category = msgspec.json.Decoder(_InCategory).decode


def keep(connection: Connection, filed: Sequence[tuple[Filed, wire.Document]]) -> None:
    """Take documents in that were stored just now."""
    known = categories(connection, [document for _, document in filed])
    rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    for where, document in filed:
        for table, row in sale_rows(where, document, categories=known):
            rows[table].append(row)
    for table, several in rows.items():
        connection.execute(insert(table), several)
    for where, document in filed:
        if where.is_accepted and isinstance(document, wire.CorrectionDoc):
            count_again(connection, document.receipt)


def count_again(connection: Connection, rid: str) -> None:
    """Make the rows of document ``rid`` anew, by what the office thinks of it now."""
    # Whoever counts it at the same time waits, and then sees what the other has done.
    here = select(journal_entry.c.rid).where(journal_entry.c.rid == rid)
    connection.execute(here.with_for_update()).first()
    chosen = (
        select(journal_entry, verdict.c.is_accepted)
        .select_from(journal_entry.join(verdict, _same_place()))
        .where(journal_entry.c.rid == rid)
    )
    row = connection.execute(chosen).first()
    if row is None:
        return
    for table, column in (
        (sale, sale.c.rid),
        (sold_line, sold_line.c.sale),
        (sale_payment, sale_payment.c.sale),
    ):
        connection.execute(delete(table).where(column == rid))
    filed = Filed(*(row.terminal, row.epoch, row.seq, rid), row.is_accepted, row.received_at)
    document = readable(row.body)
    corrections = [
        _decode_correction(body)
        for entry, body in sold.after(connection, rid)
        if entry == sold.CORRECTION
    ]
    known = categories(connection, [document])
    for table, values in sale_rows(filed, document, corrections, known):
        connection.execute(insert(table), [values])


def categories(connection: Connection, documents: Iterable[object]) -> dict[tuple[str, str], str]:
    """Category in which each product of the documents lies now, by shop and product."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        if isinstance(document, wire.ReceiptDoc | wire.ReturnDoc):
            wanted[document.shop].update(line.product for line in document.lines)
    found: dict[tuple[str, str], str] = {}
    columns = data_row.c
    for shop, products in wanted.items():
        ids = sorted(products)
        for start in range(0, len(ids), IDS_MAX):
            chosen = select(columns.id, columns.body).where(
                columns.set_name == "products",
                columns.shop == shop,
                columns.id.in_(ids[start : start + IDS_MAX]),
            )
            for row in connection.execute(chosen):
                found[shop, row.id] = _decode_category(row.body).category
    return found


def _same_place() -> Any:  # noqa: ANN401 (a condition in SQL)
    return and_(*(journal_entry.c[name] == verdict.c[name] for name in _PLACE))
