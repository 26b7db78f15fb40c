"""Told while data moves, and when the office was heard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from terminal.errors import Code, SyncError
from terminal.events import DataMoves, ErrandsCame, OfficeClock, OfficeHeard
from terminal.sync.on_air import OnAir
from terminal.sync.wire import (
    GENESIS,
    Entry,
    Errand,
    Heartbeat,
    HeartbeatAnswer,
    JournalAnswer,
    JournalPush,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ENTRY = Entry(1, "r1", GENESIS, GENESIS, "{}")
STARTS, ENDS, HEARD = DataMoves(is_moving=True), DataMoves(is_moving=False), OfficeHeard(NOON)
NOTHING_ASKED = ErrandsCame(())


class Office:
    def __init__(self, told: list[object]) -> None:
        self.told = told
        self.is_away = False
        self.errands: list[Errand] = []

    def push(self, push):
        self.told.append(push)
        if self.is_away:
            raise SyncError(Code.NO_NETWORK, detail="away")
        return JournalAnswer(push.epoch, 1, GENESIS)

    def heartbeat(self, heartbeat):
        return HeartbeatAnswer(heartbeat.printer, self.errands)


@pytest.fixture
def told() -> list[object]:
    return []


@pytest.fixture
def office(told: list[object]) -> Office:
    return Office(told)


@pytest.fixture
def air(office: Office, told: list[object]) -> OnAir:
    return OnAir(office, told.append, lambda: NOON)


def test_documents_move(air: OnAir, told: list[object]) -> None:
    push = JournalPush(1, [ENTRY])
    assert air.push(push) == JournalAnswer(1, 1, GENESIS)
    assert told == [STARTS, push, HEARD, ENDS]


def test_a_question_and_a_heartbeat_move_nothing(air: OnAir, told: list[object]) -> None:
    push = JournalPush(1, [])
    air.push(push)
    assert air.heartbeat(Heartbeat("1", 0, "", "", "", "")).server_time == ""
    assert told == [push, HEARD, HEARD, NOTHING_ASKED]


def test_what_breaks_off_moves_no_more_and_was_not_heard(
    air: OnAir, office: Office, told: list[object]
) -> None:
    office.is_away = True
    push = JournalPush(1, [ENTRY])
    with pytest.raises(SyncError):
        air.push(push)
    assert told == [STARTS, push, ENDS]


def test_whoever_moves_data_otherwise_is_seen_too(air: OnAir, told: list[object]) -> None:
    with air.moving():
        told.append("rows")
    assert told == [STARTS, "rows", HEARD, ENDS]


@pytest.mark.parametrize("told_time", ["", "noon", "2026-11-23T12:00:00"])
def test_a_time_that_is_none_is_not_told(air: OnAir, told: list[object], told_time: str) -> None:
    air.heartbeat(Heartbeat("1", 0, "", "", told_time, ""))
    assert told == [HEARD, NOTHING_ASKED]


def test_the_offices_time_is_held_against_ours(air: OnAir, told: list[object]) -> None:
    air.heartbeat(Heartbeat("1", 0, "", "", "2026-11-23T13:01:30+01:00", ""))
    assert told == [HEARD, OfficeClock(timedelta(seconds=90)), NOTHING_ASKED]


def test_what_the_office_asks_is_told(air: OnAir, office: Office, told: list[object]) -> None:
    office.errands = [Errand("0" * 36, "lock")]
    air.heartbeat(Heartbeat("1", 0, "", "", "", ""))
    assert told == [HEARD, ErrandsCame((Errand("0" * 36, "lock"),))]
