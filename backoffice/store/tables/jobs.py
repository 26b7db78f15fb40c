"""Jobs, what they did, where they wait and when they are due, and who does them. No queries."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table

from backoffice.store.columns import Prose, Words, metadata, of_company

# A job in the state `waiting` is all that is needed for it to be done: a worker will look here.
# `run` counts how often it was begun; `step_no` and `step` are the step it stands at.
job = Table(
    "job",
    metadata,
    of_company(is_key=True),
    Column("id", Words(32), primary_key=True),
    Column("way", Words(16), nullable=False),
    Column("channel", Words(64), nullable=False),
    Column("queue", Words(64), nullable=False),
    Column("what", Prose, nullable=False),
    Column("is_whole", Integer, nullable=False),
    Column("options", Prose, nullable=False),
    Column("schedule", Words(32), nullable=False),
    Column("asked_by", Words(200), nullable=False),
    Column("asked_at", Words(32), nullable=False),
    Column("state", Words(16), nullable=False),
    Column("run", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("step_no", Integer, nullable=False),
    Column("step", Prose, nullable=False),
    Column("total", BigInteger),
    Column("done", BigInteger, nullable=False),
    Column("same", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
    Column("waiting", BigInteger, nullable=False),
    Column("reason", Prose, nullable=False),
    Column("began_at", Words(32), nullable=False),
    Column("ended_at", Words(32), nullable=False),
    Column("next_try_at", Words(32), nullable=False),
    Column("worker", Words(64), nullable=False),
    Column("is_to_stop", Integer, nullable=False),
    Index("ix_job_asked", "company", "asked_at", "id"),
    Index("ix_job_state", "state", "next_try_at"),
)

# A step that was done, written in the transaction of what it wrote: it is not done again.
job_step = Table(
    "job_step",
    metadata,
    of_company(is_key=True),
    Column("job", Words(32), primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("step", Prose, nullable=False),
    Column("at", Words(32), nullable=False),
)

# What became of each record.
job_record = Table(
    "job_record",
    metadata,
    of_company(is_key=True),
    Column("job", Words(32), primary_key=True),
    Column("no", BigInteger, primary_key=True),
    Column("object", Words(32), nullable=False),
    Column("id", Words(200), nullable=False),
    Column("fate", Words(16), nullable=False),
    Column("reason", Prose, nullable=False),
    Column("where", Prose, nullable=False),
    Index("ix_job_record_fate", "company", "job", "fate", "no"),
)

job_log = Table(
    "job_log",
    metadata,
    of_company(is_key=True),
    Column("job", Words(32), primary_key=True),
    Column("no", BigInteger, primary_key=True),
    Column("at", Words(32), nullable=False),
    Column("text", Prose, nullable=False),
)

# A queue without a row is one that nobody changed.
job_queue = Table(
    "job_queue",
    metadata,
    of_company(is_key=True),
    Column("channel", Words(64), primary_key=True),
    Column("name", Words(64), primary_key=True),
    Column("at_once", Integer, nullable=False),
    Column("is_paused", Integer, nullable=False),
)

# Either `at` and `days`, in the shops' own time, or `every_min`.
job_schedule = Table(
    "job_schedule",
    metadata,
    of_company(is_key=True),
    Column("id", Words(32), primary_key=True),
    Column("channel", Words(64), nullable=False),
    Column("way", Words(16), nullable=False),
    Column("queue", Words(64), nullable=False),
    Column("what", Prose, nullable=False),
    Column("is_whole", Integer, nullable=False),
    Column("options", Prose, nullable=False),
    Column("at", Words(5), nullable=False),
    Column("every_min", Integer, nullable=False),
    Column("days", Words(7), nullable=False),
    Column("is_on", Integer, nullable=False),
    Column("next_at", Words(32), nullable=False),
    Index("ix_job_schedule_next", "is_on", "next_at"),
)

# Processes that do jobs, of all companies: the rows belong to the server. Whoever is silent is
# taken for dead, and its jobs go to another.
job_worker = Table(
    "job_worker",
    metadata,
    of_company(is_key=True),
    Column("id", Words(64), primary_key=True),
    Column("release", Words(64), nullable=False),
    Column("began_at", Words(32), nullable=False),
    Column("seen_at", Words(32), nullable=False),
)
