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
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)


def _company(*, is_key: bool = False) -> Column[str]:
    return Column("company", String(64), primary_key=is_key, nullable=False)


company = Table(
    "company",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(256), nullable=False),
    Column("created_at", String(32), nullable=False),
)

# One row per till; epoch 0 was invited but never enrolled. The last heartbeat lies in the same row.
terminal = Table(
    "terminal",
    metadata,
    _company(is_key=True),
    Column("id", String(64), primary_key=True),
    Column("shop", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("token_hash", String(64), unique=True),
    Column("enrolled_at", String(32)),
    Column("seen_at", String(32)),
    Column("version", String(64), nullable=False, default=""),
    Column("unsent", Integer, nullable=False, default=0),
    Column("oldest_unsent_at", String(40), nullable=False, default=""),
    Column("day", String(64), nullable=False, default=""),
    Column("printer", String(200), nullable=False, default=""),
    Column("operator", String(64), nullable=False, default=""),
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    _company(),
    Column("code_hash", String(64), primary_key=True),
    Column("terminal", String(64), nullable=False, index=True),
    Column("shop", String(64), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("used_at", String(32)),
)

# A row keeps its place for ever: removing it leaves a tombstone with a newer revision.
data_row = Table(
    "data_row",
    metadata,
    _company(),
    Column("set_name", String(32), nullable=False),
    Column("shop", String(64), nullable=False),
    Column("id", String(64), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("is_removed", Boolean, nullable=False, default=False),
    PrimaryKeyConstraint("company", "set_name", "shop", "id"),
    UniqueConstraint("company", "set_name", "shop", "revision"),
)

set_revision = Table(
    "set_revision",
    metadata,
    _company(),
    Column("set_name", String(32), nullable=False),
    Column("shop", String(64), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    PrimaryKeyConstraint("company", "set_name", "shop"),
)

journal_entry = Table(
    "journal_entry",
    metadata,
    _company(),
    Column("terminal", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("rid", String(64), nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("received_at", String(32), nullable=False),
    UniqueConstraint("company", "rid"),
    PrimaryKeyConstraint("company", "terminal", "epoch", "seq"),
)

verdict = Table(
    "verdict",
    metadata,
    _company(),
    Column("terminal", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("is_accepted", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("judged_at", String(32), nullable=False),
    PrimaryKeyConstraint("company", "terminal", "epoch", "seq"),
)

# What the pages list and the judge compares; the document itself lies in the journal.
receipt = Table(
    "receipt",
    metadata,
    _company(),
    Column("id", Integer, primary_key=True),
    Column("terminal", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("printer_no", String(64), nullable=False),
    Column("report_no", BigInteger, nullable=False),
    Column("receipt_no", BigInteger, nullable=False),
    Column("closed_at", String(40), nullable=False),
    Column("operator", String(64), nullable=False),
    Column("total_gr", BigInteger, nullable=False),
    Column("payments", String(200), nullable=False),
    UniqueConstraint("company", "terminal", "epoch", "seq"),
    Index("ix_receipt_number", "company", "terminal", "printer_no", "report_no", "receipt_no"),
)

daily_report = Table(
    "daily_report",
    metadata,
    _company(),
    Column("id", Integer, primary_key=True),
    Column("terminal", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("printer_no", String(64), nullable=False),
    Column("report_no", BigInteger, nullable=False),
    Column("at", String(40), nullable=False),
    Column("operator", String(64), nullable=False),
    Column("receipts", Integer, nullable=False),
    Column("cancelled", Integer, nullable=False),
    Column("printer_total_gr", BigInteger, nullable=False),
    Column("local_total_gr", BigInteger, nullable=False),
    Column("route", String(16), nullable=False),
    UniqueConstraint("company", "terminal", "epoch", "seq"),
    Index("ix_daily_report_number", "company", "terminal", "printer_no", "report_no"),
)

# A chain that does not fit: kept once per place, however often the till tries again.
alarm = Table(
    "alarm",
    metadata,
    _company(),
    Column("id", Integer, primary_key=True),
    Column("terminal", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("detail", Text, nullable=False),
    Column("first_at", String(32), nullable=False),
    Column("last_at", String(32), nullable=False),
    Column("times", Integer, nullable=False),
    UniqueConstraint("company", "terminal", "epoch", "seq", "kind"),
)

office_setting = Table(
    "office_setting",
    metadata,
    _company(is_key=True),
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

web_session = Table(
    "web_session",
    metadata,
    _company(),
    Column("id_hash", String(64), primary_key=True),
    Column("started_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
)

# Who did what with the administrator's token; never what the token or a PIN was.
audit = Table(
    "audit",
    metadata,
    _company(),
    Column("id", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("act", String(64), nullable=False),
    Column("detail", Text, nullable=False),
)
