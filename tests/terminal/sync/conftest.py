"""A back office in memory that keeps the rules of the journal, with faults; and a till's outbox."""

from __future__ import annotations

import random
from collections import Counter, deque
from typing import TYPE_CHECKING, Any, TypeVar

import httpx2
import msgspec
import pytest

from terminal.engine import Engine
from terminal.store import outbox
from terminal.store.db import close_writer, open_writer, write
from terminal.sync import wire
from terminal.sync.http import Office
from terminal.sync.postman import Postman
from terminal.sync.signing import new_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

EPOCH = 1
FAULTS = ("refuse", "lost", "cut", "500", "502 after", "slow", "twice")

KEY = new_key()


class MemoryOffice:
    """Answers journal pushes and heartbeats; ``faults`` come first, then those that ``rng`` draws.

    refuse: nobody there; lost: stored, answer lost; cut: stored, half an answer; slow: stored, too
    late; twice: the request arrives a second time, later than the answer.
    """

    def __init__(self) -> None:
        self.entries: list[wire.Entry] = []
        self.faults: deque[str] = deque()
        self.rng: random.Random | None = None
        self.rate = 0.35
        self.seen: Counter[str] = Counter()
        self.pushes: list[wire.JournalPush] = []
        self.heartbeats: list[wire.Heartbeat] = []

    def client(self, timeout_s: float = 10.0) -> Office:
        transport = httpx2.MockTransport(self.handle)
        return Office("http://127.0.0.1:1", "T1", KEY, timeout_s=timeout_s, transport=transport)

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        fault = self._fault()
        self.seen[fault] += 1
        if fault == "refuse":
            raise httpx2.ConnectError(fault)
        if fault == "500":
            return httpx2.Response(500, content=b'{"status":500,"title":"Broken"}')
        answer = self.answer(request)
        if fault == "twice":
            self.answer(request)
        if fault == "lost":
            raise httpx2.ReadError(fault)
        if fault == "slow":
            raise httpx2.ReadTimeout(fault)
        if fault == "502 after":
            return httpx2.Response(502, content=b"<html>bad gateway</html>")
        if fault == "cut":
            return httpx2.Response(200, content=answer.content[: len(answer.content) // 2])
        return answer

    def _fault(self) -> str:
        if self.faults:
            return self.faults.popleft()
        if self.rng is not None and self.rng.random() < self.rate:
            return self.rng.choice(FAULTS)
        return "none"

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/heartbeat"):
            self.heartbeats.append(msgspec.json.decode(request.read(), type=wire.Heartbeat))
            body: Any = wire.HeartbeatAnswer("2026-11-20T08:00:00+01:00")
        else:
            push = msgspec.json.decode(request.read(), type=wire.JournalPush)
            self.pushes.append(push)
            body = self.take(push)
        status = body.status if isinstance(body, wire.Problem) else 200
        return httpx2.Response(status, content=msgspec.json.encode(body))

    def take(self, push: wire.JournalPush) -> wire.JournalAnswer | wire.Problem:
        for entry in push.entries:
            if entry.seq <= len(self.entries):
                if self.entries[entry.seq - 1].hash != entry.hash:
                    return wire.Problem(409, "Fork", f"seq {entry.seq} differs")
                continue
            is_next = entry.seq == len(self.entries) + 1 and entry.prev == self.head()
            if not is_next or wire.chain_hash(entry.prev, entry.body) != entry.hash:
                break
            self.entries.append(entry)
        return wire.JournalAnswer(push.epoch, len(self.entries), self.head())

    def head(self) -> str:
        return self.entries[-1].hash if self.entries else wire.GENESIS

    def forget(self, kept: int) -> None:
        """What remains after an old copy was restored."""
        del self.entries[kept:]


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Widest(random.Random):
    """Draws the longest wait, so that a test sees the ceiling."""

    def uniform(self, a: float, b: float) -> float:
        return max(a, b)


class TillOutbox:
    """A journal on disk, its two threads, and what it told."""

    def __init__(self, folder: Path) -> None:
        self.db = open_writer(folder / "journal.db", "journal")
        outbox.begin(self.db, EPOCH)
        self.engine, self.net = Engine("engine"), Engine("net")
        self.told: list[object] = []
        self.rewinds = 0
        self.entries_max = 1000
        self.state = wire.Heartbeat("1.0", 0, "", "OPEN", "ready", "Ala")
        self.prefix = "r"
        self._made = 0

    def sell(self, count: int = 1, reason: str = "utarg") -> None:
        """Journal ``count`` documents in one transaction."""
        self.engine.call(self._sell, count, reason).result(10)

    def _sell(self, count: int, reason: str) -> None:
        with write(self.db):
            for _ in range(count):
                self._made += 1
                at = f"2026-11-20T08:00:{self._made % 60:02}+01:00"
                document = wire.CashDoc(
                    f"{self.prefix}{self._made}", "K1", "lipa", at, "Ala", 1, reason
                )
                outbox.append(self.db, document, at)

    def read_pending(self) -> outbox.Batch:
        return outbox.pending(self.db, self.entries_max, wire.JOURNAL_BYTES_MAX)

    def read_unsent(self) -> outbox.Unsent:
        return outbox.unsent(self.db)

    def read_heartbeat(self) -> wire.Heartbeat:
        unsent = outbox.unsent(self.db)
        return msgspec.structs.replace(
            self.state, unsent=unsent.count, oldest_unsent_at=unsent.oldest_at
        )

    def deliver(self, answer: wire.JournalAnswer) -> bool:
        with write(self.db):
            went_back = outbox.deliver(self.db, answer)
        self.rewinds += went_back
        return went_back

    def callables(self) -> dict[str, Callable[..., Any]]:
        """What a Postman wants to know of a till."""
        return {
            "read_pending": self.read_pending,
            "deliver": self.deliver,
            "read_unsent": self.read_unsent,
            "read_heartbeat": self.read_heartbeat,
            "tell": self.told.append,
        }

    def postman(self, office: MemoryOffice, **changed: object) -> tuple[Postman, Clock]:
        clock = Clock()
        arguments = {"clock": clock, "rng": Widest(), **self.callables(), **changed}
        return Postman(office.client(), self.net, self.engine, **arguments), clock

    def events(self, kind: type[T]) -> list[T]:
        return [event for event in self.told if isinstance(event, kind)]

    def unsent(self) -> int:
        return self.engine.call(outbox.unsent, self.db).result(10).count

    def all(self) -> list[wire.Entry]:
        rows = self.db.execute("SELECT seq, rid, prev, hash, body FROM document ORDER BY seq")
        return [wire.Entry(*row) for row in rows]

    def close(self) -> None:
        self.net.stop()
        self.engine.stop()
        close_writer(self.db)


@pytest.fixture
def office() -> MemoryOffice:
    return MemoryOffice()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[TillOutbox]:
    made = TillOutbox(tmp_path)
    yield made
    made.close()
