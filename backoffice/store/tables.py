"""The tables of the back office. No queries here.

Times are text, ISO 8601 in UTC with milliseconds, so that both databases order them alike.
Hashes and tokens are 64 hex digits of SHA-256. Every table but ``company`` holds rows of companies:
``store.company`` sees to it that each query is bound to one.
"""

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
)

from backoffice.store.columns import Prose, Words, metadata, of_company, of_document

company = Table(
    "company",
    metadata,
    Column("id", Words(64), primary_key=True),
    Column("name", Words(256), nullable=False),
    Column("created_at", Words(32), nullable=False),
)

# One row per till; epoch 0 was invited but never enrolled. The last heartbeat lies in the same row.
terminal = Table(
    "terminal",
    metadata,
    of_company(is_key=True),
    Column("id", Words(64), primary_key=True),
    Column("shop", Words(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("key_id", Words(32), unique=True),
    Column("public_key", Words(44)),
    Column("is_blocked", Boolean, nullable=False, default=False),
    Column("enrolled_at", Words(32)),
    Column("seen_at", Words(32)),
    Column("version", Words(64), nullable=False, default=""),
    Column("unsent", Integer, nullable=False, default=0),
    Column("oldest_unsent_at", Words(40), nullable=False, default=""),
    Column("day", Words(64), nullable=False, default=""),
    Column("printer", Words(200), nullable=False, default=""),
    Column("operator", Words(64), nullable=False, default=""),
    Column("database", Integer, nullable=False, server_default="0"),
    Column("reports_left", Integer),
    Column("disk_free_mib", Integer),
)

# Signatures that were used, for as long as they would still be good.
nonce = Table(
    "nonce",
    metadata,
    of_company(is_key=True),
    Column("key_id", Words(32), primary_key=True),
    Column("nonce", Words(64), primary_key=True),
    Column("expires_at", Words(32), nullable=False),
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    of_company(),
    Column("code_hash", Words(64), primary_key=True),
    Column("terminal", Words(64), nullable=False, index=True),
    Column("shop", Words(64), nullable=False),
    Column("expires_at", Words(32), nullable=False),
    Column("used_at", Words(32)),
)

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

verdict = Table(
    "verdict",
    metadata,
    of_company(),
    *of_document(),
    Column("is_accepted", Boolean, nullable=False),
    Column("reason", Prose, nullable=False),
    Column("judged_at", Words(32), nullable=False),
    PrimaryKeyConstraint("company", "terminal", "epoch", "seq"),
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

office_setting = Table(
    "office_setting",
    metadata,
    of_company(is_key=True),
    Column("name", Words(32), primary_key=True),
    Column("value", Prose, nullable=False),
)

web_session = Table(
    "web_session",
    metadata,
    of_company(),
    Column("id_hash", Words(64), primary_key=True),
    Column("started_at", Words(32), nullable=False),
    Column("seen_at", Words(32), nullable=False),
)

# Who did what with the administrator's token; never what the token or a PIN was.
audit = Table(
    "audit",
    metadata,
    of_company(),
    Column("id", Integer, primary_key=True),
    Column("at", Words(32), nullable=False),
    Column("act", Words(64), nullable=False),
    Column("detail", Prose, nullable=False),
)

# Parked receipts that the tills of a shop share: each is taken once, and then kept for a while, so
# that an answer that was lost can be given again.
parked_receipt = Table(
    "parked_receipt",
    metadata,
    of_company(is_key=True),
    Column("share", Words(64), primary_key=True),
    Column("shop", Words(64), nullable=False),
    Column("terminal", Words(64), nullable=False),
    Column("offered_at", Words(32), nullable=False),
    Column("head", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("taken_by", Words(64), nullable=False),
    Column("request", Words(64), nullable=False),
    Column("taken_at", Words(32), nullable=False),
    Index("ix_parked_receipt_shop", "company", "shop", "taken_by"),
)
