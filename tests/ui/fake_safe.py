"""Copies of a journal that is not there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.context import ZONE
from terminal.device.copies import Copy, Tried
from terminal.device.safekeeping import Checked, Kept

if TYPE_CHECKING:
    from concurrent.futures import Future

    from terminal.engine import Engine
    from terminal.errors import TillError

PLACE = Path("/var/lib/kasoterminal/backups")


def copy_of(day: int) -> Copy:
    at = datetime(2026, 11, day, 20, 30, tzinfo=ZONE)
    return Copy(PLACE / f"journal-202611{day}-203000.db", at, 5_000_000)


class FakeSafe:
    """``refuse`` is what each deed raises, if anything."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.refuse: TillError | None = None
        self.copies = [copy_of(21), copy_of(20)]
        self.checked: Checked | None = Checked("2026-11-21T20:29:58.000+01:00", 1234, "")
        self.tried: list[Path] = []

    def kept(self) -> Future:
        return self._do(lambda: Kept(tuple(self.copies), self.checked))

    def make(self) -> Future:
        return self._do(self._make)

    def make_on_medium(self) -> Future:
        return self._do(lambda: copy_of(22))

    def try_out(self, path: Path) -> Future:
        self.tried.append(path)
        return self._do(lambda: Tried(1234, "2026-11-21T20:15:00+01:00"))

    def _make(self) -> Copy:
        self.copies.insert(0, copy_of(22))
        return self.copies[0]

    def _do(self, job) -> Future:
        def do():
            if self.refuse:
                raise self.refuse
            return job()

        return self._engine.call(do)
