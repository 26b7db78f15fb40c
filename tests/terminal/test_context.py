"""The clock and the names that every part of a till shares."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from terminal.context import local_now, new_rid
from tests.terminal.desk import Desk, desk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path):
    with desk(tmp_path) as one:
        yield one.start(login="")


def test_a_stamp_has_milliseconds_and_its_zone(here: Desk) -> None:
    assert here.context.stamp() == "2026-11-23T10:00:00.000+01:00"
    here.wait(seconds=1, microseconds=2500)
    assert here.context.stamp() == "2026-11-23T10:00:01.002+01:00"


def test_summer_stamps_say_so(here: Desk) -> None:
    here.now = here.now.replace(month=7)
    assert here.context.stamp().endswith("+02:00")


def test_what_the_context_tells_reaches_who_listens_to_the_till(here: Desk) -> None:
    since = here.heard.mark()
    here.context.tell("something")
    assert here.heard.events[since:] == ["something"]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
def test_the_day_is_polish_whatever_the_machine_is_set_to(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        now = local_now()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert str(now.tzinfo) == "Europe/Warsaw"
    assert now.utcoffset() in {timedelta(hours=1), timedelta(hours=2)}
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_every_identity_is_new() -> None:
    made = {new_rid() for _ in range(1000)}
    assert len(made) == 1000
    assert all(str(uuid.UUID(rid)) == rid for rid in made)
