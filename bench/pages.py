"""The office's pages on a first visit: bytes on the wire, requests, and how long the office takes.

The office has a week of sales behind it, and every page is asked for that a link leads to.
"""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

import httpx2

from backoffice.running import start_office
from bench.measure import MS, Row, short
from tests.backoffice.web.signed import cookie_of, new_account
from tests.pages.seeded import seed
from tests.pages.walk import first_visit, places

if TYPE_CHECKING:
    from bench.measure import Run

WEIGHT_MAX, REQUESTS_MAX = 150_000, 5
# What still feels as if it had been there already.
AT_ONCE_S = 0.1


def rows(run: Run) -> list[Row]:
    """The heaviest page, the most requests, the slowest page."""
    folder = run.folder / "pages"
    folder.mkdir()
    running = start_office(f"sqlite:///{folder / 'office.db'}")
    run.ends.callback(running.stop)
    seed(running.office)
    cookies = {"office": cookie_of(running.office, new_account(running.office))}
    with httpx2.Client(base_url=running.url, cookies=cookies) as client:
        found = places(client)
        visits = {address: first_visit(client, address) for address in found.values()}
        rounds = run.some(20, 5)
        times = {address: _time_s(client, address, rounds) for address in found.values()}
    heaviest = max(visits, key=lambda address: visits[address][1])
    most = max(requests for requests, _size in visits.values())
    slowest = max(times, key=lambda address: times[address])
    return [
        Row(
            "page on a first visit, the heaviest",
            f"{visits[heaviest][1] / 1000:.0f} KB",
            f"limit {WEIGHT_MAX / 1000:.0f} KB",
            visits[heaviest][1] / WEIGHT_MAX,
            1.0,
            f"{heaviest} of {len(visits)} pages; style, script and pictures with it",
        ),
        Row(
            "its requests",
            str(most),
            f"limit {REQUESTS_MAX}",
            most / REQUESTS_MAX,
            1.0,
            "no other host",
        ),
        Row(
            "page made, the slowest",
            f"{short(times[slowest] * MS)} ms",
            f"limit {AT_ONCE_S * MS:.0f} ms",
            times[slowest] / AT_ONCE_S,
            1.0,
            f"{slowest.partition('?')[0]}; the median page {short(median(times.values()) * MS)} ms",
        ),
    ]


def _time_s(client: httpx2.Client, address: str, rounds: int) -> float:
    taken = []
    for _round in range(rounds):
        began_s = time.perf_counter()
        client.get(address).raise_for_status()
        taken.append(time.perf_counter() - began_s)
    return median(taken)
