"""Tills that one processor of the office serves: single receipts, each signed and stored at once.

The office and its database run on one processor, the callers on another: sixteen connections that
send what was signed before. The peer is the same web server with an application that checks
nothing: it stores the body and commits. A till sells a receipt every thirty seconds.
"""

from __future__ import annotations

import http.client
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2
import msgspec

from bench.measure import MS, Row, middle, percentile, ratio, short
from bench.office import EPOCH, journal, office
from bench.servers import serve
from terminal.sync.signing import Signing
from terminal.sync.wire import JournalPush
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.measure import Run
    from terminal.sync.wire import Entry

TILLS = 64
CONNECTIONS = 16
RECEIPT_EVERY_S = 30.0
ROUNDS = 5
TILLS_GOAL, TAIL_S, BARE_GOAL = 2000, 0.250, 2.0

Request = tuple[str, bytes, dict[str, str]]


def rows(run: Run) -> list[Row]:
    """Tills and tail for each kind of database, and the way to the bare server."""
    folder = run.folder / "fleet"
    folder.mkdir()
    callers, servers = {0}, {max(os.sched_getaffinity(0))}
    with ExitStack() as ends:
        ends.callback(os.sched_setaffinity, 0, os.sched_getaffinity(0))
        os.sched_setaffinity(0, servers)  # what is started from here on stays there
        cluster = Cluster(is_durable=True)
        ends.callback(cluster.stop)
        log = ends.enter_context((folder / "bare.log").open("w"))
        bare = [sys.executable, "-m", "bench.bare_server", str(folder / "bare.db")]
        bare_url = ends.enter_context(serve(bare, log)).split()[1]
        found: list[Row] = []
        for kind, url in (
            ("SQLite", f"sqlite:///{folder / 'office.db'}"),
            ("PostgreSQL", cluster.url(cluster.create())),
        ):
            os.sched_setaffinity(0, servers)
            with office(folder, url, TILLS) as (office_url, _engine, keys):
                os.sched_setaffinity(0, callers)
                found += _rows(kind, Fleet(office_url, keys, ROUNDS + 2, run.some(20, 4)), bare_url)
    return found


def _rows(kind: str, fleet: Fleet, bare_url: str) -> list[Row]:
    ours: list[float] = []
    bare: list[float] = []
    for number in range(-1, ROUNDS):
        requests = fleet.next_requests()
        took = [_send(url, requests) for url in (bare_url, fleet.url)]
        if number >= 0:  # the first round warms up
            for each, waits_s in zip((bare, ours), took, strict=True):
                each.append(sum(waits_s) / CONNECTIONS / len(requests))
    paced_s = _send(fleet.url, fleet.next_requests(), every_s=RECEIPT_EVERY_S / TILLS_GOAL)
    tills = RECEIPT_EVERY_S / median(ours)
    tail_s = percentile(paced_s, 0.99)
    how = f"{len(requests)} signed receipts a round, {CONNECTIONS} connections; {len(ours)} rounds"
    return [
        Row(
            f"tills a processor, {kind}",
            f"{tills:.0f} tills",
            f"{TILLS_GOAL} tills",
            TILLS_GOAL / tills,
            1.0,
            f"a receipt in {RECEIPT_EVERY_S:.0f} s each; {how}",
        ),
        Row(
            f"answer at the pace of {TILLS_GOAL} tills, {kind}, p99",
            f"{short(tail_s * MS)} ms",
            f"limit {TAIL_S * MS:.0f} ms",
            tail_s / TAIL_S,
            1.0,
            f"p50 {short(median(paced_s) * MS)} ms; {len(paced_s)} receipts",
        ),
        Row(
            f"a receipt a request, {kind}",
            middle(ours, MS, " ms"),
            f"bare ASGI {middle(bare, MS, ' ms')}",
            ratio(ours, bare),
            BARE_GOAL,
            f"the peer neither checks nor judges, and commits each; {how}",
        ),
    ]


class Fleet:
    """Tills whose journals go on from round to round."""

    def __init__(self, url: str, keys: dict[str, str], rounds: int, each: int) -> None:
        self.url = url
        self._each = each
        self._sent = 0
        self._tills = [
            (f"/v1/terminals/{till}/journal", Signing(key), journal(till, rounds * each))
            for till, key in keys.items()
        ]

    def next_requests(self) -> list[Request]:
        """The next receipts: one of each till, then the next one of each; signed just now."""
        begin, self._sent = self._sent, self._sent + self._each
        return [
            self._signed(path, signing, entries[no])
            for no in range(begin, self._sent)
            for path, signing, entries in self._tills
        ]

    def _signed(self, path: str, signing: Signing, entry: Entry) -> Request:
        body = msgspec.json.encode(JournalPush(EPOCH, [entry]))
        request = httpx2.Request("POST", self.url + path, content=body)
        signing.sign(request)
        return path, body, dict(request.headers)


def _send(url: str, requests: Sequence[Request], *, every_s: float = 0.0) -> list[float]:
    """Seconds of each request; a till has its connection, and its receipts stay in their order.

    One is sent ``every_s`` on the average, at once after the answer before it when that is 0.
    """
    address = urlsplit(url)

    start_s = time.perf_counter()

    def call(first: int) -> list[float]:
        line = http.client.HTTPConnection(address.hostname or "", address.port)
        waits_s = []
        for number in range(first, len(requests), CONNECTIONS):
            path, body, headers = requests[number]
            time.sleep(max(0.0, start_s + number * every_s - time.perf_counter()))
            began_s = time.perf_counter()
            line.request("POST", path, body, {**headers, "host": address.netloc})
            answer = line.getresponse()
            answer.read()
            waits_s.append(time.perf_counter() - began_s)
            assert answer.status == 200, answer.status
        line.close()
        return waits_s

    with ThreadPoolExecutor(CONNECTIONS) as callers:
        return [wait_s for waits_s in callers.map(call, range(CONNECTIONS)) for wait_s in waits_s]
