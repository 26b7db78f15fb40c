"""A search for updates in a process of its own, whose disk is recorded; not a test itself.

    update_process.py FOLDER SERVED [MISTAKE]

FOLDER gets the cache and the bundles, SERVED/1 and SERVED/2 hold what a repository serves, the
older first; SERVED/root.json is what came with the till. Says "listed 1" once the lists are here,
"prepared 1" once the bundle is, and the same of 2.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import httpx2
import msgspec

from terminal.context import Context
from terminal.engine import Engine
from terminal.store import outbox
from terminal.store.db import open_writer, write
from terminal.sync.wire import ReleaseAnswer
from terminal.update import durable, search, trust
from terminal.update.source import Source
from tests.terminal.update.repository import CHANNEL, URL, Repository


class Office:
    """Assigns what lies in ``folder``, and serves its releases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def release(self, platform: str, channel: str) -> ReleaseAnswer:
        del platform, channel
        return msgspec.json.decode((self.folder / "answer.json").read_bytes(), type=ReleaseAnswer)

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        path = self.folder / request.url.path.lstrip("/")
        if not path.is_file():
            return httpx2.Response(404, content=b"")
        return Repository.answer(request, path.read_bytes())


def make_search(disk: Path, office: Office, root: Path, journal: Path) -> search.Search:
    """Of a till whose journal lies elsewhere."""
    db = open_writer(journal, "journal")
    with write(db):
        outbox.begin(db, 1)
    context = Context(
        engine=Engine("engine"),
        devices=Engine("printer"),
        net=Engine("net"),
        lookup=Engine("lookup"),
        journal=db,
        printer=None,
        terminal="T1",
        shop="lipa",
        epoch=1,
        stopping=Event(),
        now=lambda: datetime.now(UTC),
    )
    transport = httpx2.MockTransport(office.handle)
    source = Source(URL, str(root), CHANNEL, disk / "updates", disk / "tuf", None, transport)
    return search.Search(context, office, source, lambda: (0, frozenset()), lambda: None)


def main(disk: Path, served: Path, mistake: str = "") -> None:
    if mistake == "no fsync of the cache":
        trust.sync_tree = lambda _: None
    elif mistake == "note first":
        keep = search.prepared.keep
        search.prepared.keep = lambda *_: None
        fetch = search.Download.fetch

        def note_first(self, target, version):
            bundle = self._folder / target.name.rpartition("/")[2]
            bundle.parent.mkdir(exist_ok=True)
            bundle.touch()
            durable.sync_tree(bundle.parent)
            custom = target.custom
            keep(
                bundle.parent,
                search.Prepared(
                    version, custom["counter"], "0.0", bundle, target.sha256, target.name
                ),
            )
            return fetch(self, target, version)

        search.Download.fetch = note_first
    office = Office(served / "1")
    it = make_search(disk, office, served / "root.json", disk.with_name("own.db"))
    for number in ("1", "2"):
        office.folder = served / number
        it.look()
        print(f"listed {number}", flush=True)  # noqa: T201 - a promise to the world
        it.fetch(lambda: True)
        print(f"prepared {number}", flush=True)  # noqa: T201 - a promise to the world
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
