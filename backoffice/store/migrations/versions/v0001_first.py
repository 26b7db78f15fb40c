"""Step 1: every table of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _companies()
    _terminals()
    _data_sets()
    _journal()
    _alarms()
    _receipts()
    _reports()
    _office()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("audit")
    op.drop_table("web_session")
    op.drop_table("office_setting")
    op.drop_table("daily_report")
    op.drop_table("receipt")
    op.drop_table("alarm")
    op.drop_table("verdict")
    op.drop_table("journal_entry")
    op.drop_table("set_revision")
    op.drop_table("data_row")
    op.drop_table("enrolment_code")
    op.drop_table("nonce")
    op.drop_table("terminal")
    op.drop_table("company")


def _company() -> sa.Column[str]:
    return sa.Column("company", sa.String(length=64), nullable=False)


def _companies() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
    )


def _terminals() -> None:
    op.create_table(
        "terminal",
        _company(),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("shop", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=True),
        sa.Column("public_key", sa.String(length=44), nullable=True),
        sa.Column("is_blocked", sa.Boolean(), nullable=False),
        sa.Column("enrolled_at", sa.String(length=32), nullable=True),
        sa.Column("seen_at", sa.String(length=32), nullable=True),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("unsent", sa.Integer(), nullable=False),
        sa.Column("oldest_unsent_at", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=64), nullable=False),
        sa.Column("printer", sa.String(length=200), nullable=False),
        sa.Column("operator", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("company", "id", name=op.f("pk_terminal")),
        sa.UniqueConstraint("key_id", name=op.f("uq_terminal_key_id")),
    )
    op.create_table(
        "nonce",
        _company(),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("company", "key_id", "nonce", name=op.f("pk_nonce")),
    )
    op.create_table(
        "enrolment_code",
        _company(),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("shop", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.Column("used_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_enrolment_code")),
    )
    op.create_index(
        op.f("ix_enrolment_code_terminal"), "enrolment_code", ["terminal"], unique=False
    )


def _data_sets() -> None:
    op.create_table(
        "data_row",
        _company(),
        sa.Column("set_name", sa.String(length=32), nullable=False),
        sa.Column("shop", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("company", "set_name", "shop", "id", name=op.f("pk_data_row")),
        sa.UniqueConstraint(
            "company",
            "set_name",
            "shop",
            "revision",
            name=op.f("uq_data_row_company_set_name_shop_revision"),
        ),
    )
    op.create_table(
        "set_revision",
        _company(),
        sa.Column("set_name", sa.String(length=32), nullable=False),
        sa.Column("shop", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("company", "set_name", "shop", name=op.f("pk_set_revision")),
    )


def _journal() -> None:
    op.create_table(
        "journal_entry",
        _company(),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("rid", sa.String(length=64), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("received_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint(
            "company", "terminal", "epoch", "seq", name=op.f("pk_journal_entry")
        ),
        sa.UniqueConstraint("company", "rid", name=op.f("uq_journal_entry_company_rid")),
    )
    op.create_table(
        "verdict",
        _company(),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("judged_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("company", "terminal", "epoch", "seq", name=op.f("pk_verdict")),
    )


def _alarms() -> None:
    op.create_table(
        "alarm",
        _company(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("first_at", sa.String(length=32), nullable=False),
        sa.Column("last_at", sa.String(length=32), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        sa.UniqueConstraint(
            "company",
            "terminal",
            "epoch",
            "seq",
            "kind",
            name=op.f("uq_alarm_company_terminal_epoch_seq_kind"),
        ),
    )


def _receipts() -> None:
    op.create_table(
        "receipt",
        _company(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("printer_no", sa.String(length=64), nullable=False),
        sa.Column("report_no", sa.BigInteger(), nullable=False),
        sa.Column("receipt_no", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.String(length=40), nullable=False),
        sa.Column("operator", sa.String(length=64), nullable=False),
        sa.Column("total_gr", sa.BigInteger(), nullable=False),
        sa.Column("payments", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint(
            "company",
            "terminal",
            "epoch",
            "seq",
            name=op.f("uq_receipt_company_terminal_epoch_seq"),
        ),
    )
    op.create_index(
        "ix_receipt_number",
        "receipt",
        ["company", "terminal", "printer_no", "report_no", "receipt_no"],
        unique=False,
    )


def _reports() -> None:
    op.create_table(
        "daily_report",
        _company(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("printer_no", sa.String(length=64), nullable=False),
        sa.Column("report_no", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("operator", sa.String(length=64), nullable=False),
        sa.Column("receipts", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Integer(), nullable=False),
        sa.Column("printer_total_gr", sa.BigInteger(), nullable=False),
        sa.Column("local_total_gr", sa.BigInteger(), nullable=False),
        sa.Column("route", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_report")),
        sa.UniqueConstraint(
            "company",
            "terminal",
            "epoch",
            "seq",
            name=op.f("uq_daily_report_company_terminal_epoch_seq"),
        ),
    )
    op.create_index(
        "ix_daily_report_number",
        "daily_report",
        ["company", "terminal", "printer_no", "report_no"],
        unique=False,
    )


def _office() -> None:
    op.create_table(
        "office_setting",
        _company(),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("company", "name", name=op.f("pk_office_setting")),
    )
    op.create_table(
        "web_session",
        _company(),
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.String(length=32), nullable=False),
        sa.Column("seen_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_web_session")),
    )
    op.create_table(
        "audit",
        _company(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
