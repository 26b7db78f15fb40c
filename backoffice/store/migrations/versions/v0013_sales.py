"""Step 13: sales in rows that can be summed, filled from the journals that are there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa
from alembic import op

from backoffice.judge import readable
from backoffice.sale_rows import Filed, sale_rows
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ROWS = 1000
_DOCUMENTS = """
SELECT e.company, e.terminal, e.epoch, e.seq, e.rid, e.body, e.received_at, v.is_accepted
FROM journal_entry e JOIN verdict v ON v.company = e.company AND v.terminal = e.terminal
 AND v.epoch = e.epoch AND v.seq = e.seq
WHERE (e.company, e.terminal, e.epoch, e.seq) > (:company, :terminal, :epoch, :seq)
 AND e.kind IN ('receipt', 'bill', 'return')
ORDER BY e.company, e.terminal, e.epoch, e.seq LIMIT :rows
"""
_CORRECTIONS = """
SELECT r.company, r.receipt, e.body FROM register_entry r
JOIN journal_entry e ON e.company = r.company AND e.terminal = r.terminal
 AND e.epoch = r.epoch AND e.seq = r.seq
JOIN verdict v ON v.company = r.company AND v.terminal = r.terminal
 AND v.epoch = r.epoch AND v.seq = r.seq
WHERE r.entry = 'correction' AND v.is_accepted ORDER BY r.id
"""
_PRODUCTS = "SELECT company, shop, id, body FROM data_row WHERE set_name = 'products'"

_Corrections = dict[tuple[str, str], list[wire.CorrectionDoc]]
_Categories = dict[str, dict[tuple[str, str], str]]


class _Product(msgspec.Struct):
    category: str = ""


def upgrade() -> None:
    """Make the tables and fill them."""
    op.create_table(
        "sale",
        _words("company", 64),
        _words("rid", 64),
        _words("terminal", 64),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        _words("part", 8),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        _words("document", 16),
        _words("shop", 64),
        _words("at", 40),
        _words("day", 10),
        sa.Column("hour", sa.Integer(), nullable=False),
        _words("operator", 64),
        _words("printer_no", 64),
        sa.Column("report_no", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("total_gr", sa.BigInteger(), nullable=False),
        _words("payments", 200),
        _words("kinds", 200),
        sa.Column("goods", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("company", "rid", name="pk_sale"),
    )
    op.create_index("ix_sale_at", "sale", ["company", "at", "rid"])
    op.create_index("ix_sale_day", "sale", ["company", "day", "shop"])
    op.create_index("ix_sale_report", "sale", ["company", "terminal", "printer_no", "report_no"])
    _make_part(
        "sold_line",
        *(_words("product", 64), _words("name", 100), _words("category", 64), _words("vat", 8)),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("qty_milli", "gross_gr")),
    )
    _make_part(
        "sale_payment",
        *(_words("method", 64), _words("name", 100), _words("kind", 32)),
        sa.Column("amount_gr", sa.BigInteger(), nullable=False),
    )
    _fill(op.get_bind())


def downgrade() -> None:
    """Drop them."""
    for name in ("sale_payment", "sold_line", "sale"):
        op.drop_table(name)


def _words(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _make_part(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        _words("company", 64),
        _words("sale", 64),
        sa.Column("no", sa.Integer(), nullable=False),
        *(_words("part", 8), _words("shop", 64), _words("day", 10)),
        *columns,
        sa.PrimaryKeyConstraint("company", "sale", "no", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_day", name, ["company", "day", "shop"])


def _fill(connection: sa.Connection) -> None:
    corrections, categories = _corrections(connection), _categories(connection)
    after: dict[str, Any] = {"company": "", "terminal": "", "epoch": 0, "seq": 0}
    chosen = sa.text(_DOCUMENTS)
    while found := connection.execute(chosen, {**after, "rows": _ROWS}).all():
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in found:
            for name, row in _rows(one, corrections, categories):
                rows[name].append(row)
        for name, several in rows.items():
            connection.execute(_insert(name, several[0]), several)
        after = {name: getattr(found[-1], name) for name in after}


def _rows(
    one: sa.Row[Any], corrections: _Corrections, categories: _Categories
) -> Iterator[tuple[str, dict[str, Any]]]:
    where = one.terminal, one.epoch, one.seq, one.rid
    filed = Filed(*where, bool(one.is_accepted), one.received_at)
    corrected = corrections.get((one.company, one.rid), ())
    known = categories.get(one.company, {})
    for table, row in sale_rows(filed, readable(one.body), corrected, known):
        # What PostgreSQL cannot store; the columns of the tables do it for everybody else.
        words = {
            name: value.replace("\0", "\N{REPLACEMENT CHARACTER}")
            for name, value in row.items()
            if isinstance(value, str)
        }
        yield table.name, {**row, **words, "company": one.company}


def _insert(table: str, row: Sequence[str] | dict[str, Any]) -> sa.TextClause:
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    return sa.text(f"INSERT INTO {table} ({names}) VALUES ({values})")  # noqa: S608 (our own names)


def _corrections(connection: sa.Connection) -> _Corrections:
    found: _Corrections = defaultdict(list)
    for row in connection.execute(sa.text(_CORRECTIONS)):
        made = msgspec.json.decode(row.body, type=wire.CorrectionDoc)
        found[row.company, row.receipt].append(made)
    return found


def _categories(connection: sa.Connection) -> _Categories:
    found: _Categories = defaultdict(dict)
    for row in connection.execute(sa.text(_PRODUCTS)):
        category = msgspec.json.decode(row.body, type=_Product).category
        if category:
            found[row.company][row.shop, row.id] = category
    return found
