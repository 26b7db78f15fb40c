"""Step 16: jobs that go on by themselves, their queues, schedules and workers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TABLES = (
    "job",
    "job_step",
    "job_record",
    "job_log",
    "job_queue",
    "job_schedule",
    "job_worker",
)


def upgrade() -> None:
    """Make the tables."""
    _make_jobs()
    _make_what_they_did()
    _make_queues()


def downgrade() -> None:
    """Drop them."""
    for name in reversed(_TABLES):
        op.drop_table(name)


def _make_jobs() -> None:
    op.create_table(
        "job",
        _company(),
        *(_words("id", 32), _words("way", 16), _words("channel", 64), _words("queue", 64)),
        *(_prose("what"), _number("is_whole"), _prose("options"), _words("schedule", 32)),
        *(_words("asked_by", 200), _words("asked_at", 32), _words("state", 16)),
        *(_number("run"), _number("attempt"), _number("step_no"), _prose("step")),
        sa.Column("total", sa.BigInteger()),
        *(_big(name) for name in ("done", "same", "refused", "waiting")),
        *(_prose("reason"), _words("began_at", 32), _words("ended_at", 32)),
        *(_words("next_try_at", 32), _words("worker", 64), _number("is_to_stop")),
        sa.PrimaryKeyConstraint("company", "id", name="pk_job"),
    )
    op.create_index("ix_job_asked", "job", ["company", "asked_at", "id"])
    op.create_index("ix_job_state", "job", ["state", "next_try_at"])


def _make_what_they_did() -> None:
    op.create_table(
        "job_step",
        *(_company(), _words("job", 32), _number("no"), _prose("step"), _words("at", 32)),
        sa.PrimaryKeyConstraint("company", "job", "no", name="pk_job_step"),
    )
    op.create_table(
        "job_record",
        *(_company(), _words("job", 32), _big("no"), _words("object", 32), _words("id", 200)),
        *(_words("fate", 16), _prose("reason"), _prose("where")),
        sa.PrimaryKeyConstraint("company", "job", "no", name="pk_job_record"),
    )
    op.create_index("ix_job_record_fate", "job_record", ["company", "job", "fate", "no"])
    op.create_table(
        "job_log",
        *(_company(), _words("job", 32), _big("no"), _words("at", 32), _prose("text")),
        sa.PrimaryKeyConstraint("company", "job", "no", name="pk_job_log"),
    )


def _make_queues() -> None:
    op.create_table(
        "job_queue",
        *(_company(), _words("channel", 64), _words("name", 64)),
        *(_number("at_once"), _number("is_paused")),
        sa.PrimaryKeyConstraint("company", "channel", "name", name="pk_job_queue"),
    )
    op.create_table(
        "job_schedule",
        *(_company(), _words("id", 32), _words("channel", 64), _words("way", 16)),
        *(_words("queue", 64), _prose("what"), _number("is_whole"), _prose("options")),
        *(_words("at", 5), _number("every_min"), _words("days", 7), _number("is_on")),
        _words("next_at", 32),
        sa.PrimaryKeyConstraint("company", "id", name="pk_job_schedule"),
    )
    op.create_index("ix_job_schedule_next", "job_schedule", ["is_on", "next_at"])
    op.create_table(
        "job_worker",
        *(_company(), _words("id", 64), _words("release", 64)),
        *(_words("began_at", 32), _words("seen_at", 32)),
        sa.PrimaryKeyConstraint("company", "id", name="pk_job_worker"),
    )


def _company() -> sa.Column[str]:
    return _words("company", 64)


def _words(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _prose(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)
