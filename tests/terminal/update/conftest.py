"""A till's context without a till, a repository of releases, and an office that assigns them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import msgspec
import pytest

from terminal.context import Context
from terminal.engine import Engine
from terminal.store import outbox
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.wire import EventDoc, ReleaseAnswer, platform_here, target_of
from terminal.update import search
from terminal.update.source import Source
from tests.terminal.update.repository import CHANNEL, URL, Repository

TERMINAL, OWN, FLOOR = "T1", "1.1.0", "update.floor"
WAIT_S = 20.0


@pytest.fixture
def repository():
    return Repository()


@pytest.fixture
def context(tmp_path):
    journal = open_writer(tmp_path / "journal.db", "journal")
    with write(journal):
        outbox.begin(journal, 1)
    told = []
    clock = Clock()
    threads = {name: Engine(name) for name in ("engine", "devices", "net", "lookup")}
    threads["engine"].listen(told.append)
    made = Context(
        **threads,
        journal=journal,
        printer=None,
        terminal=TERMINAL,
        shop="lipa",
        epoch=1,
        stopping=Event(),
        now=clock,
    )
    yield made
    made.stopping.set()
    for thread in threads.values():
        assert thread.stop(WAIT_S)
    close_writer(journal)


class Clock:
    """The till's own; ``ahead`` is how wrong it is."""

    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return datetime.now(UTC) + self.ahead


class Office:
    """Assigns ``answer`` to every till."""

    def __init__(self, repository):
        self.repository = repository
        self.answer = ReleaseAnswer("")
        self.asked = []
        self.refusal = None

    def release(self, platform, channel):
        self.asked.append((platform, channel))
        if self.refusal:
            raise self.refusal
        return self.answer

    def assign(self, version, *, target=None, **custom):
        """Offer a version that is published."""
        raw = self.repository.assign(TERMINAL, version, **custom)
        target = target or target_of(CHANNEL, version, platform_here())
        self.answer = ReleaseAnswer(version, target, assignment=raw.decode())

    def pause(self, *, is_paused=True):
        self.answer = msgspec.structs.replace(self.answer, is_paused=is_paused)


@pytest.fixture
def office(repository):
    return Office(repository)


class Bench:
    """A search and what is around it."""

    def __init__(self, tmp_path, context, office, repository):
        self.context, self.office, self.repository = context, office, repository
        self.folder = tmp_path / "updates"
        root = tmp_path / "root.json"
        root.write_bytes(repository.first_root)
        self.source = Source(
            URL, str(root), CHANNEL, self.folder, tmp_path / "tuf", None, repository.transport
        )
        self.installed = (0, frozenset())
        self.woken = []
        self.told = []
        context.engine.listen(self.told.append)
        self.search = self.make()

    def make(self):
        return search.Search(
            self.context,
            self.office,
            self.source,
            lambda: self.installed,
            lambda: self.woken.append("woken"),
        )

    def publish(self, version, counter, **more):
        """Published and assigned."""
        assigned = {name: more.pop(name) for name in ("number", "may_go_back") if name in more}
        name = self.repository.release(version, counter, **more)
        self.office.assign(version, **assigned)
        return name

    def fetch(self):
        return self.search.fetch(lambda: True)

    def without_root(self):
        self.source = replace(self.source, root_file="")
        self.search = self.make()

    def documents(self):
        """Events that the office hears of, as (name, detail)."""
        rows = self.context.journal.execute("SELECT body FROM document ORDER BY seq").fetchall()
        read = [msgspec.json.decode(body, type=EventDoc) for (body,) in rows]
        return [(document.name, document.detail) for document in read]

    def setting(self, key, value):
        with write(self.context.journal) as db:
            db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))


@pytest.fixture
def bench(tmp_path, context, office, repository, monkeypatch):
    monkeypatch.setattr(search, "VERSION", OWN)
    return Bench(tmp_path, context, office, repository)
