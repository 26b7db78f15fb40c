"""A finder whose office and line do what a test says."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.update.prepared import Prepared
from terminal.update.search import Found

if TYPE_CHECKING:
    from terminal.errors import SyncError

SIZE = 31_400_000


class FakeFinder:
    """``found`` is what the office offers; ``fetching`` ends when a test says how."""

    def __init__(self) -> None:
        self.is_on = self.is_installable = True
        self.found = Found()
        self.prepared: Prepared | None = None
        self.trouble: SyncError | None = None
        self.fetching: Future[Prepared | None] = Future()
        self.cancelled = 0

    def offer(self, version: str, received: int = 0, **more: bool) -> None:
        self.found = Found(version, SIZE, received, **more)

    def prepare(self, version: str) -> Prepared:
        target = f"kasoterminal/stable/kasoterminal-{version}-any.tar"
        self.prepared = Prepared(version, 7, "0.0", Path("bundle.tar"), "0" * 64, target)
        return self.prepared

    def look(self) -> Future[Found]:
        done: Future[Found] = Future()
        if self.trouble:
            done.set_exception(self.trouble)
        else:
            done.set_result(self.found)
        return done

    def fetch(self) -> Future[Prepared | None]:
        return self.fetching

    def cancel(self) -> None:
        self.cancelled += 1
