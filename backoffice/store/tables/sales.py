"""What was sold and taken back, in rows that can be summed and searched. No queries.

Everything here follows from the journals and their verdicts and can be made anew from them.
``sale`` lists every document that could be read, lines and payments only those that count.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table

from backoffice.store.columns import Prose, Words, metadata, of_company, of_document

# ``part`` is what a document does to the sums: sold, back, or bill for what is no turnover yet.
# ``number`` is the one that people know it by; ``kinds`` and ``goods`` are only searched.
sale = Table(
    "sale",
    metadata,
    of_company(),
    Column("rid", Words(64), nullable=False),
    *of_document(),
    Column("part", Words(8), nullable=False),
    Column("is_accepted", Boolean, nullable=False),
    Column("document", Words(16), nullable=False),
    Column("shop", Words(64), nullable=False),
    Column("at", Words(40), nullable=False),
    Column("day", Words(10), nullable=False),
    Column("hour", Integer, nullable=False),
    Column("operator", Words(64), nullable=False),
    Column("printer_no", Words(64), nullable=False),
    Column("report_no", BigInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("total_gr", BigInteger, nullable=False),
    Column("payments", Words(200), nullable=False),
    Column("kinds", Words(200), nullable=False),
    Column("goods", Prose, nullable=False),
    PrimaryKeyConstraint("company", "rid"),
    Index("ix_sale_at", "company", "at", "rid"),
    Index("ix_sale_day", "company", "day", "shop"),
    Index("ix_sale_report", "company", "terminal", "printer_no", "report_no"),
)

# ``gross_gr`` is what was paid for it, after every discount.
sold_line = Table(
    "sold_line",
    metadata,
    of_company(),
    Column("sale", Words(64), nullable=False),
    Column("no", Integer, nullable=False),
    Column("part", Words(8), nullable=False),
    Column("shop", Words(64), nullable=False),
    Column("day", Words(10), nullable=False),
    Column("product", Words(64), nullable=False),
    Column("name", Words(100), nullable=False),
    Column("category", Words(64), nullable=False),
    Column("vat", Words(8), nullable=False),
    Column("qty_milli", BigInteger, nullable=False),
    Column("gross_gr", BigInteger, nullable=False),
    PrimaryKeyConstraint("company", "sale", "no"),
    Index("ix_sold_line_day", "company", "day", "shop"),
)

# What came in by a payment method, less change, as it was corrected since.
sale_payment = Table(
    "sale_payment",
    metadata,
    of_company(),
    Column("sale", Words(64), nullable=False),
    Column("no", Integer, nullable=False),
    Column("part", Words(8), nullable=False),
    Column("shop", Words(64), nullable=False),
    Column("day", Words(10), nullable=False),
    Column("method", Words(64), nullable=False),
    Column("name", Words(100), nullable=False),
    Column("kind", Words(32), nullable=False),
    Column("amount_gr", BigInteger, nullable=False),
    PrimaryKeyConstraint("company", "sale", "no"),
    Index("ix_sale_payment_day", "company", "day", "shop"),
)
