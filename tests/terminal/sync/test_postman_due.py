from __future__ import annotations

import logging
import random
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx2
import msgspec
import pytest

from terminal.errors import Code
from terminal.events import Failed, NetworkChanged, UnsentChanged
from terminal.sync import postman as module
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.store.outbox import Batch
    from tests.terminal.sync.conftest import MemoryOffice, TillOutbox

    Answer = wire.JournalAnswer | wire.Problem

WAIT_S = 10.0


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not is_so():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.005)


def test_retries_wait_longer_and_longer_and_start_over_after_success(
    till: TillOutbox, office: MemoryOffice
) -> None:
    till.sell()
    office.faults.extend(["refuse"] * 9)
    postman, clock = till.postman(office)
    waits = []
    for _ in range(9):
        waits.append(postman.step())
        clock.now += waits[-1]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert till.events(NetworkChanged) == [NetworkChanged(is_online=False)]
    assert postman.step() == 60
    assert till.events(NetworkChanged)[1:] == [NetworkChanged(is_online=True)]
    assert office.entries == till.all()
    till.sell()
    office.faults.append("refuse")
    assert postman.step() == 1


def test_waits_are_spread_over_the_whole_span(till: TillOutbox, office: MemoryOffice) -> None:
    till.sell()
    office.faults.extend(["refuse"] * 200)
    postman, clock = till.postman(office, rng=random.Random(7))
    waits = []
    for _ in range(200):
        waits.append(postman.step())
        clock.now += waits[-1]
    late = waits[7:]
    assert max(late) <= 60
    assert min(late) < 6
    assert 25 < sum(late) / len(late) < 35


def test_waking_does_not_cut_a_retry_short_but_counts_what_waits(
    till: TillOutbox, office: MemoryOffice
) -> None:
    till.sell()
    office.faults.extend(["refuse"] * 3)
    postman, clock = till.postman(office)
    postman.step()
    clock.now += postman.step()
    seen = sum(office.seen.values())
    till.sell()
    assert postman.step() > 0
    assert sum(office.seen.values()) <= seen + 1
    assert till.events(UnsentChanged)[-1].unsent.count == 2


def test_asking_by_hand_does_not_wait_for_the_retry(till: TillOutbox, office: MemoryOffice) -> None:
    till.sell()
    office.faults.append("refuse")
    postman, _ = till.postman(office)
    assert postman.step() == 1
    assert postman.post().sent == 1
    assert postman.step() == 60


@pytest.mark.parametrize("kind", ["fork", "head", "token"])
def test_a_refusal_is_told_once_and_tried_again_much_later(
    till: TillOutbox, office: MemoryOffice, kind: str
) -> None:
    till.sell()
    refusals: dict[str, Any] = {
        "fork": wire.Problem(409, "Fork", "seq 1 differs"),
        "head": wire.JournalAnswer(1, 1, "f" * 64),
        "token": wire.Problem(401, "Unknown token"),
    }
    good, office.take = office.take, lambda _: refusals[kind]
    postman, clock = till.postman(office)
    start = clock.now
    assert postman.step() == 60
    for _ in range(9):
        clock.now += 60
        postman.step()
        postman.step()
    assert len(office.pushes) == 1
    assert len(office.heartbeats) == 10
    assert [event.error.code for event in till.events(Failed)] == [Code.OFFICE_REFUSED]
    assert till.events(NetworkChanged) == [NetworkChanged(is_online=True)]
    clock.now = start + 600
    postman.step()
    assert len(office.pushes) == 2
    assert len(till.events(Failed)) == 1
    office.take = good
    clock.now += 600
    postman.step()
    assert till.unsent() == 0


def test_a_heartbeat_goes_each_minute_and_when_the_state_changes(
    till: TillOutbox, office: MemoryOffice
) -> None:
    postman, clock = till.postman(office)
    assert postman.step() == 60
    clock.now += 30
    assert postman.step() == 30
    assert len(office.heartbeats) == 1
    till.state = msgspec.structs.replace(till.state, day="CLOSED")
    assert postman.step() == 60
    assert [beat.day for beat in office.heartbeats] == ["OPEN", "CLOSED"]
    clock.now += 60
    till.sell()
    postman.step()
    assert [beat.unsent for beat in office.heartbeats] == [0, 0, 0]
    assert len(office.heartbeats) == 3


def test_new_data_in_force_is_told_at_once(till: TillOutbox, office: MemoryOffice) -> None:
    postman, clock = till.postman(office)
    postman.step()
    clock.now += 1
    till.state = msgspec.structs.replace(till.state, at="later", sets={"products": 8})
    assert postman.step() == 60
    assert [beat.sets for beat in office.heartbeats] == [{}, {"products": 8}]
    till.state = msgspec.structs.replace(till.state, at="later still")
    assert postman.step() == 60
    assert len(office.heartbeats) == 2


def test_a_heartbeat_that_fails_does_not_hold_up_the_journal(
    till: TillOutbox, office: MemoryOffice, caplog: pytest.LogCaptureFixture
) -> None:
    postman, clock = till.postman(office)
    office.faults.extend(["none", "500"])
    with caplog.at_level(logging.WARNING):
        assert postman.step() == 60
    assert "heartbeat" in caplog.text
    assert till.events(Failed) == []
    till.sell()
    postman.step()
    assert till.unsent() == 0
    clock.now += 60
    office.faults.extend(["none", "refuse"])
    postman.step()
    assert till.events(NetworkChanged)[-1] == NetworkChanged(is_online=False)


def test_it_posts_by_itself_when_woken(till: TillOutbox, office: MemoryOffice) -> None:
    postman, _ = till.postman(office, clock=time.monotonic)
    postman.start()
    until(lambda: len(office.heartbeats) == 1)
    till.sell(3)
    postman.wake()
    until(lambda: len(office.entries) == 3)
    until(lambda: till.events(UnsentChanged)[-1].unsent.count == 0)
    postman.stop()
    assert not postman._thread.is_alive()  # type: ignore[union-attr]


def test_it_retries_by_itself(
    till: TillOutbox, office: MemoryOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BACKOFF_FIRST_S", 0.001)
    till.sell(3)
    office.faults.extend(["refuse", "lost", "500", "cut"])
    postman, _ = till.postman(office, clock=time.monotonic)
    postman.start()
    until(lambda: till.unsent() == 0)
    postman.stop()
    assert office.entries == till.all()


def test_the_engine_never_waits_for_the_network(till: TillOutbox, office: MemoryOffice) -> None:
    till.sell()
    arrived, release = threading.Event(), threading.Event()
    take = office.take

    def slow(push: wire.JournalPush) -> Answer:
        arrived.set()
        assert release.wait(WAIT_S)
        return take(push)

    office.take = slow
    postman, _ = till.postman(office, clock=time.monotonic)
    postman.start()
    assert arrived.wait(WAIT_S)
    # The request hangs; selling goes on.
    till.sell(2)
    assert till.unsent() == 3
    release.set()
    postman.wake()
    until(lambda: till.unsent() == 0)
    postman.stop()
    assert max(len(push.entries) for push in office.pushes) == 2


def test_it_stops_while_a_request_hangs(till: TillOutbox, office: MemoryOffice) -> None:
    arrived, release = threading.Event(), threading.Event()

    def hanging(request: httpx2.Request) -> httpx2.Response:
        arrived.set()
        assert release.wait(WAIT_S)
        raise httpx2.ReadTimeout(str(request.url))

    office.handle = hanging
    postman, _ = till.postman(office, clock=time.monotonic)
    postman.start()
    assert arrived.wait(WAIT_S)
    start = time.monotonic()
    postman.stop()
    assert time.monotonic() - start < 3
    release.set()


def test_a_fault_of_ours_is_logged_and_posting_goes_on(
    till: TillOutbox,
    office: MemoryOffice,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_BACKOFF_MAX_S", 0.01)
    broken = [OSError("disk full")]

    def pending() -> Batch:
        if broken:
            raise broken.pop()
        return till.read_pending()

    till.sell()
    postman, _ = till.postman(office, clock=time.monotonic, read_pending=pending)
    postman.start()
    until(lambda: till.unsent() == 0)
    postman.stop()
    assert "disk full" in caplog.text
