"""Jobs of one empty step, from the wish to the end, beside empty workflows of bare DBOS.

Both end up in durable rows. Ours is asked for in the office's database, given to a worker there,
begun in DBOS's, done, noted and ended in both; the peer is begun and ended in DBOS's alone.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dbos import DBOS
from sqlalchemy import func, select

from backoffice.jobs import book
from backoffice.jobs.engine import place
from backoffice.jobs.patience import Patience
from backoffice.jobs.work import Step, Way
from backoffice.jobs.worker import Worker
from backoffice.moments import now
from backoffice.running import open_office
from backoffice.store.engine import reading, writing
from backoffice.store.tables import job
from bench.measure import Row, middle, ratio, short
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from backoffice.office import Office
    from bench.measure import Run

GOAL = 8.0
CHANNELS = 8


@dataclass(frozen=True, slots=True)
class Nothing:
    """Work of one step in which nothing is done."""

    def preview(self, _office: object, _job: object) -> list[Any]:
        """Nothing."""
        return []

    def fetch(self, _office: object, _job: object, _cursor: str) -> None:
        """Nothing."""

    def apply(self, _connection: object, _job: object, _cursor: str, _fetched: object) -> Step:
        """Nothing, and that is the end."""
        return Step(None)


def rows(run: Run) -> Iterator[Row]:
    """One row for each kind of database."""
    folder = run.folder / "jobs"
    folder.mkdir()
    yield _row(run, "SQLite", lambda name: f"sqlite:///{folder / name}.db")
    cluster = Cluster(is_durable=True)
    try:
        yield _row(run, "PostgreSQL", lambda _name: cluster.url(cluster.create()))
    finally:
        cluster.stop()


def _row(run: Run, kind: str, url_of: Callable[[str], str]) -> Row:
    count, rounds = run.some(200, 40), run.some(3, 2)
    ours: list[float] = []
    peer: list[float] = []
    for number in range(rounds + 1):
        ours_s, peer_s = (
            _ours(url_of(f"ours{number}"), count),
            _bare(url_of(f"bare{number}"), count),
        )
        if number:  # the first round warms up
            ours.append(ours_s)
            peer.append(peer_s)
    rates = [count / each for each in ours]
    return Row(
        f"jobs done a second, {kind}",
        middle(rates),
        f"empty DBOS workflows {middle([count / each for each in peer])}",
        ratio(ours, peer),
        GOAL,
        f"{count} jobs of {CHANNELS} channels, one worker, {short(1000 / max(rates))} ms a job;"
        f" {rounds} rounds; ratio of times",
    )


def _ours(url: str, count: int) -> float:
    office = open_office(url)
    stopped = threading.Event()
    worker = Worker(office, dict.fromkeys(Way, Nothing()), "bench", Patience(look_s=0.02))
    thread = threading.Thread(target=worker.run, args=(stopped,))
    thread.start()
    try:
        _ask(office, 1)
        _wait(office)
        began_s = time.perf_counter()
        _ask(office, count)
        _wait(office)
        return time.perf_counter() - began_s
    finally:
        stopped.set()
        thread.join()
        office.engine.dispose()


def _ask(office: Office, count: int) -> None:
    with writing(office.engine) as database:
        for number in range(count):
            channel = f"c{number % CHANNELS}"
            told = {"way": Way.EXPORT, "channel": channel, "queue": "main", "what": ["articles"]}
            book.ask(database, "bench", now(), **told, is_whole=True)


def _wait(office: Office) -> None:
    is_open = select(func.count()).select_from(job).where(job.c.state != book.DONE)
    while True:
        with reading(office.engine) as database:
            if not database.scalar(is_open):
                return
        time.sleep(0.01)


def _bare(url: str, count: int) -> float:
    office = open_office(url)
    DBOS.destroy(destroy_registry=True)
    DBOS(
        config={
            "name": "bench",
            "system_database_url": place(office.engine.url),
            "application_version": "1",
            "use_listen_notify": False,
            "enable_otlp": False,
        }
    )

    @DBOS.workflow()
    def nothing() -> None:
        return None

    DBOS.launch()
    try:
        DBOS.start_workflow(nothing).get_result()
        began_s = time.perf_counter()
        handles = [DBOS.start_workflow(nothing) for _ in range(count)]
        for handle in handles:
            handle.get_result()
        return time.perf_counter() - began_s
    finally:
        DBOS.destroy(destroy_registry=True)
        office.engine.dispose()
