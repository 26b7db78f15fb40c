"""What programs send and get of the exchange: the shapes of its bodies. No handlers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from backoffice.exchange import channels
from backoffice.exchange.acts import Order
from backoffice.jobs import book, queues, schedules
from backoffice.jobs.work import Way

ExportWord = Literal[
    "basic_data", "representatives", "partners", "categories", "articles", "availability",
    "price_lists", "documents", "attachments",
]  # fmt: skip
ImportWord = Literal["partners", "documents", "attachments", "activities"]
Duplicates = Literal["ignore", "warn", "block"]
NAME_PATTERN = "^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$"
Name = Annotated[str, Meta(pattern=NAME_PATTERN)]


class ExportWish(msgspec.Struct, frozen=True):
    """An export; ``is_whole`` moves what changed at any time, else since the last transfer."""

    what: Annotated[list[ExportWord], Meta(min_length=1, max_length=9)]
    channel: Name = channels.MAIN
    queue: Name = book.MAIN
    is_whole: bool = False


class ImportWish(msgspec.Struct, frozen=True):
    """An import; ``confirm`` accepts warnings of the other program in advance."""

    what: Annotated[list[ImportWord], Meta(min_length=1, max_length=4)]
    channel: Name = channels.MAIN
    queue: Name = book.MAIN
    is_whole: bool = False
    confirm: bool = False
    duplicates: Duplicates = "warn"


class Clock(msgspec.Struct, frozen=True):
    """When: every so many minutes, or with 0 of them at ``at`` on ``days`` (1 is Monday)."""

    at: Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "06:00"
    # Litestar leaves a minimum of 0 out of the OpenAPI document.
    every_min: Annotated[int, Meta(gt=-1, le=schedules.EVERY_MAX)] = 0
    days: Annotated[str, Meta(pattern="^1?2?3?4?5?6?7?$", min_length=1)] = schedules.EVERY_DAY


class TimedExport(msgspec.Struct, frozen=True):
    """An export by the clock."""

    order: ExportWish
    clock: Clock


class TimedImport(msgspec.Struct, frozen=True):
    """An import by the clock."""

    order: ImportWish
    clock: Clock


class JobView(msgspec.Struct, frozen=True):
    """A job; ``counts`` are its records by their fate, ``total`` null while nobody knows."""

    id: str
    way: str
    channel: str
    queue: str
    what: list[str]
    is_whole: bool
    options: dict[str, Any]
    schedule: str
    asked_by: str
    asked_at: str
    state: str
    attempt: int
    total: int | None
    counts: dict[str, int]
    reason: str
    began_at: str
    ended_at: str
    next_try_at: str


class OneJob(msgspec.Struct, frozen=True):
    """A job, and how its records of each object ended; ``log`` is what was said last."""

    job: JobView
    objects: dict[str, dict[str, int]]
    log: list[str]


class Jobs(msgspec.Struct, frozen=True):
    """One page, the newest first; ``before`` of the next one is ``next``, empty at the end."""

    rows: list[JobView]
    next: str


class RecordView(msgspec.Struct, frozen=True):
    """What became of one record."""

    no: int
    object: str
    id: str
    fate: str
    reason: str
    where: str


class Records(msgspec.Struct, frozen=True):
    """One page; ``after`` of the next one is ``next``, 0 at the end."""

    rows: list[RecordView]
    next: int


class CountView(msgspec.Struct, frozen=True):
    """What would move of one object; not ``is_known`` where only the job itself can tell."""

    object: str
    new: int
    changed: int
    removed: int
    refused: int
    is_known: bool


class QueueView(msgspec.Struct, frozen=True):
    """A queue of a channel with the jobs in it."""

    name: str
    channel: str
    at_once: int
    is_paused: bool
    waiting: int
    running: int


class QueueWish(msgspec.Struct, frozen=True):
    """How many jobs of a queue run at once, and whether it is paused."""

    channel: Name
    name: Name
    at_once: Annotated[int, Meta(ge=1, le=queues.AT_ONCE_MAX)] = queues.AT_ONCE
    is_paused: bool = False


class ScheduleView(msgspec.Struct, frozen=True):
    """A schedule and when it is due next."""

    id: str
    channel: str
    way: str
    queue: str
    what: list[str]
    is_whole: bool
    options: dict[str, Any]
    at: str
    every_min: int
    days: str
    is_on: bool
    next_at: str


class Turned(msgspec.Struct, frozen=True):
    """Whether a schedule is on."""

    is_on: bool


class ChannelView(msgspec.Struct, frozen=True):
    """A sales channel with its shops and their tills."""

    id: str
    name: str
    connector: str
    pattern_shop: str
    duplicates: str
    is_active: bool
    shops: list[str]
    terminals: list[str]


class ChannelWish(msgspec.Struct, frozen=True):
    """A channel as it shall be; ``shops`` come into it, and none is put out of it."""

    name: Annotated[str, Meta(min_length=1, max_length=40)]
    connector: Annotated[str, Meta(max_length=64)] = ""
    pattern_shop: Annotated[str, Meta(max_length=64)] = ""
    duplicates: Duplicates = "warn"
    is_active: bool = True
    shops: Annotated[list[str], Meta(max_length=1000)] = []


def export_order(wish: ExportWish) -> Order:
    """What shall be moved."""
    return Order(Way.EXPORT, wish.channel, wish.queue, tuple(wish.what), wish.is_whole)


def import_order(wish: ImportWish) -> Order:
    """What shall be moved."""
    options = {"confirm": wish.confirm, "duplicates": wish.duplicates}
    return Order(Way.IMPORT, wish.channel, wish.queue, tuple(wish.what), wish.is_whole, options)
