"""A till at a counter whose program is installed in a slot, and the launcher around it."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING

from terminal.update import installing, trial, trying, updates
from terminal.update import prepared as store
from terminal.update.installation import Installation
from terminal.update.launcher import begin, ended
from terminal.update.phase import UpdateChanged
from terminal.update.prepared import FOLDER
from tests.terminal.desk import MANAGER, WAIT_S, Desk
from tests.terminal.update.device import NEW, build, device, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from terminal.update.launcher import Boot
    from terminal.update.prepared import Prepared


class Kept:
    """Who proves what is prepared, without a list of releases."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def verify_prepared(self) -> Future[Prepared | None]:
        return done(store.load(self._folder))

    def forget(self) -> Future[None]:
        return done(store.forget(self._folder))


def done(value):
    future: Future = Future()
    future.set_result(value)
    return future


class InstalledDesk(Desk):
    """``ends`` are the codes with which the program wanted to end."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "till")
        self.slots = device(folder)
        self.ends: list[int] = []
        self.source = Kept(self.folder / FOLDER)

    def launch(self, *, login: str = MANAGER) -> Boot:
        """What the launcher does: count the start, and start what the pointer names."""
        self.stop()
        boot = begin(self.slots.prefix)
        self.installation = Installation(self.slots.prefix, boot.active)
        self.start(login=login)
        return boot

    def start(self, *, login: str = MANAGER) -> Desk:
        super().start(login="")
        own = self.till.updates
        own._source = self.source
        own.leave = lambda: self.ends.append(own.exit_code)
        if login:
            self.do(self.till.login, login)
            self.settle()
        return self

    def fall(self) -> None:
        """The program ends badly, and the launcher notes it."""
        self.stop()
        boot = self.slots.boot()
        self.slots._keep(ended(boot, 1, "ended with code 1"))

    def prepare(self, version: str = NEW, counter: int = 2, /, **changes) -> Prepared:
        bundle = prepared(self.folder / FOLDER, version, counter, **changes)
        store.keep(self.folder / FOLDER, bundle)
        return bundle

    def sell_and_close(self):
        """A day with a sale, and its end."""
        self.pay("1")
        return self.close_day()

    def update(self, **changes) -> str:
        """The new version is installed in a day close and armed; gives its slot."""
        self.prepare(**changes)
        self.sell_and_close()
        return self.slots.boot().active

    def shown(self, phase, since: int = 0):
        """The first state in ``phase`` that screens hear of."""
        with self.heard.changed:
            assert self.heard.changed.wait_for(lambda: self._in(phase, since), WAIT_S), phase
            return self._in(phase, since)[0]

    def _in(self, phase, since):
        told = [it.state for it in self.heard.events[since:] if isinstance(it, UpdateChanged)]
        return [state for state in told if state.phase is phase]


@contextmanager
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InstalledDesk]:
    """Waits of people are shortened; what is built is tiny, and passes its own test."""
    monkeypatch.setattr(updates, "_COUNTDOWN_S", 0)
    monkeypatch.setattr(updates, "_READ_S", 0.0)
    monkeypatch.setattr(updates, "_LEAVE_S", 0.0)
    monkeypatch.setattr(updates, "_exit", lambda _: None)
    monkeypatch.setattr(updates, "build", build)
    monkeypatch.setattr(installing, "try_out", lambda *_: None)
    monkeypatch.setattr(trying, "_LOOK_S", 0.01)
    monkeypatch.setattr(trial, "STEADY_S", 0.0)
    desk = InstalledDesk(tmp_path)
    try:
        yield desk
    finally:
        desk.stop()
