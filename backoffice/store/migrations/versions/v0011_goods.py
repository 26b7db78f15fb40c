"""Step 11: what goods are found by, filled from the rows; changes of many rows at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa
from alembic import op

from backoffice.folding import folded
from backoffice.names import compared

if TYPE_CHECKING:
    from collections.abc import Iterator

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

Key = tuple[str, str, str]
Body = dict[str, Any]

_ROWS = 2000
_SAME = ("category", "vat", "price_gr", "unit", "is_open_price", "is_active")
_GOODS = sa.table(
    "goods",
    *map(sa.column, ("company", "shop", "id", "revision", "folded", "printed", "plu", *_SAME)),
    sa.column("codes"),
)
_CODES = sa.table("goods_code", *map(sa.column, ("company", "shop", "code", "product", "is_pack")))
_LIVING = sa.text(
    "SELECT company, shop, id, revision, body FROM data_row"
    " WHERE set_name = :name AND NOT is_removed"
    " AND (company, shop, id) > (:company, :shop, :id) ORDER BY company, shop, id LIMIT :rows"
)


def upgrade() -> None:
    """Make the tables and fill them."""
    op.create_table(
        "goods",
        sa.Column("company", sa.String(length=64), nullable=False),
        sa.Column("shop", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("folded", sa.String(length=80), nullable=False),
        sa.Column("printed", sa.String(length=80), nullable=False),
        sa.Column("plu", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("vat", sa.String(length=1), nullable=False),
        sa.Column("price_gr", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("is_open_price", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("company", "shop", "id", name=op.f("pk_goods")),
    )
    op.create_table(
        "goods_code",
        sa.Column("company", sa.String(length=64), nullable=False),
        sa.Column("shop", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=14), nullable=False),
        sa.Column("product", sa.String(length=64), nullable=False),
        sa.Column("is_pack", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "company", "shop", "code", "product", "is_pack", name=op.f("pk_goods_code")
        ),
    )
    _make_changes()
    _fill(op.get_bind())
    op.create_index("ix_goods_folded", "goods", ["company", "shop", "folded", "id"])
    op.create_index("ix_goods_printed", "goods", ["company", "shop", "printed"])
    op.create_index("ix_goods_plu", "goods", ["company", "shop", "plu", "id"])
    op.create_index("ix_goods_price", "goods", ["company", "shop", "price_gr", "id"])
    op.create_index("ix_goods_revision", "goods", ["company", "shop", "revision", "id"])
    op.create_index("ix_goods_code_product", "goods_code", ["company", "shop", "product"])


def downgrade() -> None:
    """Drop them: the rows hold all of it but what was done to many at once."""
    op.drop_table("goods_change")
    op.drop_table("goods_code")
    op.drop_table("goods")


def _make_changes() -> None:
    op.create_table(
        "goods_change",
        sa.Column("company", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("seen_revision", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Text(), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=True),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("last_revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_change")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_goods_change_shop", "goods_change", ["company", "shop", "id"])


def _fill(connection: sa.Connection) -> None:
    """Codes first: those of a product stand beside it."""
    several: defaultdict[Key, list[str]] = defaultdict(list)
    for page in _living(connection, "barcodes"):
        packs = [_code(key, key[2], body["product"], is_pack=True) for key, _, body in page]
        for row in packs:
            several[row["company"], row["shop"], row["product"]].append(row["code"])
        connection.execute(_CODES.insert(), packs)
    for page in _living(connection, "products"):
        codes = [
            _code(key, code, key[2], is_pack=False)
            for key, _, body in page
            for code in sorted(set(body["barcodes"]))
        ]
        if codes:
            connection.execute(_CODES.insert(), codes)
        rows = [_row(key, number, body, several[key]) for key, number, body in page]
        connection.execute(_GOODS.insert(), rows)


def _living(connection: sa.Connection, name: str) -> Iterator[list[tuple[Key, int, Body]]]:
    key: Key = ("", "", "")
    while True:
        after = dict(zip(("company", "shop", "id"), key, strict=True))
        rows = connection.execute(_LIVING, {"name": name, "rows": _ROWS, **after}).all()
        if not rows:
            return
        key = (rows[-1].company, rows[-1].shop, rows[-1].id)
        yield [
            ((row.company, row.shop, row.id), row.revision, msgspec.json.decode(row.body))
            for row in rows
        ]


def _code(key: Key, code: str, product: str, *, is_pack: bool) -> Body:
    here = {"company": key[0], "shop": key[1]}
    return {**here, "code": code, "product": product, "is_pack": is_pack}


def _row(key: Key, number: int, body: Body, packs: list[str]) -> Body:
    return {
        **dict(zip(("company", "shop", "id"), key, strict=True)),
        **{column: body[column] for column in _SAME},
        "revision": number,
        "folded": folded(body["name"]),
        "printed": compared(body["name"]),
        "plu": int(body["plu"] or 0),
        "codes": "".join(f" {code}" for code in sorted({*body["barcodes"], *packs})),
    }
