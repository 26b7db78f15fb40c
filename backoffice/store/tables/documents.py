"""Data sets, journals, and the lists made of them. No queries."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from backoffice.store.columns import Prose, Words, metadata, of_company, of_document

# A row keeps its place for ever: removing it leaves a tombstone with a newer revision.
data_row = Table(
    "data_row",
    metadata,
    of_company(),
    Column("set_name", Words(32), nullable=False),
    Column("shop", Words(64), nullable=False),
    Column("id", Words(64), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("is_removed", Boolean, nullable=False, default=False),
    PrimaryKeyConstraint("company", "set_name", "shop", "id"),
    UniqueConstraint("company", "set_name", "shop", "revision"),
)

set_revision = Table(
    "set_revision",
    metadata,
    of_company(),
    Column("set_name", Words(32), nullable=False),
    Column("shop", Words(64), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("digest", Words(64), nullable=False),
    PrimaryKeyConstraint("company", "set_name", "shop"),
)

journal_entry = Table(
    "journal_entry",
    metadata,
    of_company(),
    *of_document(),
    Column("rid", Words(64), nullable=False),
    Column("prev", Words(64), nullable=False),
    Column("hash", Words(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("kind", Words(32), nullable=False),
    Column("received_at", Words(32), nullable=False),
    UniqueConstraint("company", "rid"),
    PrimaryKeyConstraint("company", "terminal", "epoch", "seq"),
)

# What a document told of a buyer or customer, apart from it; empty once it was erased.
person = Table(
    "person",
    metadata,
    of_company(is_key=True),
    Column("rid", Words(64), primary_key=True),
    Column("told", Text, nullable=False),
    Column("keep_until", Words(10), nullable=False),
    Column("erased_at", Words(32)),
)

verdict = Table(
    "verdict",
    metadata,
    of_company(),
    *of_document(),
    Column("is_accepted", Boolean, nullable=False),
    Column("reason", Prose, nullable=False),
    Column("judged_at", Words(32), nullable=False),
    PrimaryKeyConstraint("company", "terminal", "epoch", "seq"),
    # The few that say no are looked for all the time.
    Index(
        "ix_verdict_rejected",
        "company",
        "terminal",
        sqlite_where=text("is_accepted IS 0"),
        postgresql_where=text("is_accepted IS false"),
    ),
)

# What the pages list and the judge compares; the document itself lies in the journal.
receipt = Table(
    "receipt",
    metadata,
    of_company(),
    Column("id", Integer, primary_key=True),
    *of_document(),
    Column("printer_no", Words(64), nullable=False),
    Column("report_no", BigInteger, nullable=False),
    Column("receipt_no", BigInteger, nullable=False),
    Column("closed_at", Words(40), nullable=False),
    Column("operator", Words(64), nullable=False),
    Column("total_gr", BigInteger, nullable=False),
    Column("payments", Words(200), nullable=False),
    Column("code", Words(20), nullable=False, server_default=""),
    Column("document", Words(16), nullable=False, server_default="receipt"),
    Column("invoice_no", BigInteger, nullable=False, server_default="0"),
    UniqueConstraint("company", "terminal", "epoch", "seq"),
    Index("ix_receipt_number", "company", "terminal", "printer_no", "report_no", "receipt_no"),
    Index("ix_receipt_code", "company", "code"),
)

# The registers of returns, complaints and mistakes, and the corrected payments.
register_entry = Table(
    "register_entry",
    metadata,
    of_company(),
    Column("id", Integer, primary_key=True),
    *of_document(),
    Column("entry", Words(16), nullable=False),
    Column("book", Words(16), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("receipt", Words(64), nullable=False),
    Column("receipt_no", BigInteger, nullable=False),
    Column("sold_at", Words(40), nullable=False),
    Column("at", Words(40), nullable=False),
    Column("operator", Words(64), nullable=False),
    Column("goods", Words(200), nullable=False),
    Column("total_gr", BigInteger, nullable=False),
    UniqueConstraint("company", "terminal", "epoch", "seq"),
    Index("ix_register_entry_receipt", "company", "receipt"),
    Index("ix_register_entry_number", "company", "terminal", "book", "number"),
)

daily_report = Table(
    "daily_report",
    metadata,
    of_company(),
    Column("id", Integer, primary_key=True),
    *of_document(),
    Column("printer_no", Words(64), nullable=False),
    Column("report_no", BigInteger, nullable=False),
    Column("at", Words(40), nullable=False),
    Column("operator", Words(64), nullable=False),
    Column("receipts", Integer, nullable=False),
    Column("cancelled", Integer, nullable=False),
    Column("printer_total_gr", BigInteger, nullable=False),
    Column("local_total_gr", BigInteger, nullable=False),
    Column("route", Words(16), nullable=False),
    UniqueConstraint("company", "terminal", "epoch", "seq"),
    Index("ix_daily_report_number", "company", "terminal", "printer_no", "report_no"),
)

# What each document did to a drawer, and the shifts as they were opened and closed.
cash_entry = Table(
    "cash_entry",
    metadata,
    of_company(),
    Column("id", Integer, primary_key=True),
    *of_document(),
    Column("shift", Words(64), nullable=False),
    Column("kind", Words(32), nullable=False),
    Column("at", Words(40), nullable=False),
    Column("operator", Words(64), nullable=False),
    Column("amount_gr", BigInteger, nullable=False),
    Column("reason", Words(200), nullable=False),
    UniqueConstraint("company", "terminal", "epoch", "seq"),
    Index("ix_cash_entry_shift", "company", "terminal", "shift"),
)

shift = Table(
    "shift",
    metadata,
    of_company(),
    Column("id", Integer, primary_key=True),
    *of_document(),
    Column("shift", Words(64), nullable=False),
    Column("operator", Words(64), nullable=False),
    Column("opened_at", Words(40), nullable=False),
    Column("closed_at", Words(40), nullable=False),
    Column("opening_gr", BigInteger, nullable=True),
    Column("expected_gr", BigInteger, nullable=False),
    Column("counted_gr", BigInteger, nullable=True),
    Column("difference_gr", BigInteger, nullable=False),
    Column("total_gr", BigInteger, nullable=False),
    Column("receipts", Integer, nullable=False),
    Column("reason", Words(200), nullable=False),
    UniqueConstraint("company", "terminal", "epoch", "seq"),
    Index("ix_shift_shift", "company", "terminal", "shift"),
)

# A chain that does not fit: kept once per place, however often the till tries again.
alarm = Table(
    "alarm",
    metadata,
    of_company(),
    Column("id", Integer, primary_key=True),
    *of_document(),
    Column("kind", Words(16), nullable=False),
    Column("detail", Prose, nullable=False),
    Column("first_at", Words(32), nullable=False),
    Column("last_at", Words(32), nullable=False),
    Column("times", Integer, nullable=False),
    UniqueConstraint("company", "terminal", "epoch", "seq", "kind"),
)
