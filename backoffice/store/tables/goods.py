"""What the goods of a shop are found by, made of the data sets, and changes of many at once."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
)

from backoffice.store.columns import Prose, Words, metadata, of_company

# One row for each living product; ``printed`` is its name as the printer compares it, ``plu`` 0
# for none, ``codes`` its bar codes, multipacks included, a space before each.
goods = Table(
    "goods",
    metadata,
    of_company(),
    Column("shop", Words(64), nullable=False),
    Column("id", Words(64), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("folded", Words(80), nullable=False),
    Column("printed", Words(80), nullable=False),
    Column("plu", Integer, nullable=False),
    Column("category", Words(64), nullable=False),
    Column("vat", Words(1), nullable=False),
    Column("price_gr", BigInteger, nullable=False),
    Column("unit", Words(64), nullable=False),
    Column("is_open_price", Boolean, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("codes", Prose, nullable=False),
    PrimaryKeyConstraint("company", "shop", "id"),
    Index("ix_goods_folded", "company", "shop", "folded", "id"),
    Index("ix_goods_printed", "company", "shop", "printed"),
    Index("ix_goods_plu", "company", "shop", "plu", "id"),
    Index("ix_goods_price", "company", "shop", "price_gr", "id"),
    Index("ix_goods_revision", "company", "shop", "revision", "id"),
)

# Each code of a product: its own, and with ``is_pack`` those of the set of bar codes.
goods_code = Table(
    "goods_code",
    metadata,
    of_company(),
    Column("shop", Words(64), nullable=False),
    Column("code", Words(14), nullable=False),
    Column("product", Words(64), nullable=False),
    Column("is_pack", Boolean, nullable=False),
    PrimaryKeyConstraint("company", "shop", "code", "product", "is_pack"),
    Index("ix_goods_code_product", "company", "shop", "product"),
)

# An import or a change of many rows: what was handed in, what it did, and what was there before.
goods_change = Table(
    "goods_change",
    metadata,
    of_company(),
    Column("id", Integer, primary_key=True),
    Column("shop", Words(64), nullable=False),
    Column("at", Words(32), nullable=False),
    Column("who", Words(200), nullable=False),
    Column("kind", Words(16), nullable=False),
    Column("title", Words(200), nullable=False),
    Column("state", Words(16), nullable=False),
    Column("seen_revision", BigInteger, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("same", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("faults", Prose, nullable=False),
    Column("sheet", LargeBinary, nullable=True),
    Column("before", LargeBinary, nullable=True),
    Column("last_revision", BigInteger, nullable=False),
    Index("ix_goods_change_shop", "company", "shop", "id"),
    # The number of a sheet that was forgotten never means another one.
    sqlite_autoincrement=True,
)
