"""Fetches a bundle into the till's folder, proves it, and goes on where it broke off.

What is here of it is called by its hash, so that no part of another one can get into it. It has
its own name only once all of it is proven and on the disk. Nothing of it is ever opened here.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from terminal.errors import Code, SyncError
from terminal.events import ReleaseComes
from terminal.store.db import sync_folder
from terminal.update.durable import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from httpx2 import Response

    from terminal.sync.http import Caller
    from terminal.update.trust import Target

_PART = ".part"
# A full disk is worse than an old program: this much stays free.
_RESERVE_BYTES = 64 << 20
_TRIES_MAX = 20
# Who drips below this is left; it goes on later where it broke off.
_SLOWEST_BYTES, _SLOWEST_S = 16 * 1024, 30.0
_TELL_S = 0.25
_PARTIAL, _BEYOND_END = 206, 416
_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15})")


class Cancelled(Exception):
    """Somebody does not want it now; what is here stays."""


@dataclass(slots=True)
class _Pace:
    """How fast it comes."""

    clock: Callable[[], float]
    first: int
    began: float = field(init=False)
    looked: tuple[float, int] = field(init=False)
    told: float = 0.0

    def __post_init__(self) -> None:
        self.began = self.clock()
        self.looked = self.began, self.first

    def per_s(self, held: int) -> int:
        return round((held - self.first) / max(self.clock() - self.began, _TELL_S))

    def is_too_slow(self, held: int) -> bool:
        at, before = self.looked
        if self.clock() - at < _SLOWEST_S:
            return False
        self.looked = self.clock(), held
        return held - before < _SLOWEST_BYTES

    def is_news(self) -> bool:
        if self.clock() - self.told < _TELL_S:
            return False
        self.told = self.clock()
        return True


class Download:
    """``url_path`` is where bundles are below the address of ``caller``.

    ``is_wanted`` is asked all the time; once it says no, ``Cancelled`` is raised.
    """

    def __init__(
        self,
        caller: Caller,
        url_path: str,
        folder: Path,
        is_wanted: Callable[[], bool],
        tell: Callable[[object], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._caller = caller
        self._url_path = url_path
        self._folder = folder
        self._is_wanted = is_wanted
        self._tell = tell
        self._clock = clock

    def fetch(self, target: Target, version: str) -> Path:
        """The bundle, proven and on the disk.

        Raises ``SyncError`` E-60, E-164 when it came damaged twice, E-165, E-166; ``Cancelled``.
        """
        final = self._folder / target.name.rpartition("/")[2]
        if final.is_file() and is_proven(final, target):
            return final
        part = self._folder / f"{target.sha256}{_PART}"
        with _on_disk():
            self._make_room(part, target)
        try:
            self._whole(part, target, version)
        except SyncError as error:
            if error.code in {Code.BAD_BUNDLE, Code.NO_ROOM}:
                part.unlink(missing_ok=True)
            if error.code is not Code.BAD_BUNDLE:
                raise
            # What was here of it may be to blame: once more from its first byte.
            self._whole(part, target, version)
        with _on_disk():
            part.replace(final)
            sync_folder(self._folder)
        return final

    def _make_room(self, part: Path, target: Target) -> None:
        make_folder(self._folder)
        for other in self._folder.glob(f"*{_PART}"):
            if other != part:
                other.unlink()
        needed = target.size - _size(part) + _RESERVE_BYTES
        free = shutil.disk_usage(self._folder).free
        if free < needed:
            raise SyncError(Code.NO_ROOM, needed=needed >> 20, free=free >> 20)

    def _whole(self, part: Path, target: Target, version: str) -> None:
        for _try in range(_TRIES_MAX):
            held = _size(part)
            if held >= target.size and part.is_file():
                break
            try:
                self._continue(part, target, version)
            except SyncError as error:
                if error.code is not Code.NO_RELEASES or _size(part) <= held:
                    raise
        with _on_disk(), part.open("rb") as file:
            try:
                target.check(file)
            except SyncError:
                part.unlink()
                raise
            os.fsync(file.fileno())

    def _continue(self, part: Path, target: Target, version: str) -> None:
        held = _size(part)
        folder, _, name = target.name.rpartition("/")
        path = f"{self._url_path}/{folder}/{target.sha256}.{name}"
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if held:
            headers["Range"] = f"bytes={held}-"
        try:
            with self._caller.download(path, headers) as response:
                first = _first(response, held, target.size)
                pieces = response.iter_raw()
                self._keep(part, first, target.size, pieces, version)
        except SyncError as error:
            if error.params.get("status") == _BEYOND_END:
                part.unlink()
            if error.code in {Code.NO_NETWORK, Code.OFFICE_REFUSED}:
                detail = error.params.get("detail", "")
                raise SyncError(Code.NO_RELEASES, detail=detail) from error
            raise

    def _keep(
        self, part: Path, first: int, size: int, pieces: Iterator[bytes], version: str
    ) -> None:
        held = first
        pace = _Pace(self._clock, first)
        with _on_disk(), part.open("r+b" if first else "wb") as file:
            file.seek(first)
            for piece in pieces:
                if not self._is_wanted():
                    raise Cancelled
                held += len(piece)
                if held > size:
                    raise SyncError(Code.BAD_BUNDLE, detail=f"{held} > {size}")
                if pace.is_too_slow(held):
                    raise SyncError(Code.NO_RELEASES, detail=f"{pace.per_s(held)} B/s")
                file.write(piece)
                if held == size or pace.is_news():
                    self._tell(ReleaseComes(version, held, size, pace.per_s(held)))
        if held < size:
            raise SyncError(Code.NO_RELEASES, detail=f"{held} < {size}")


def _first(response: Response, held: int, size: int) -> int:
    """At which byte an answer begins; raises E-164 when it is about something else."""
    headers = response.headers
    if response.status_code == _PARTIAL:
        told = headers.get("Content-Range", "")
        if (found := _RANGE.fullmatch(told)) and (int(found[1]), int(found[2])) == (held, size):
            return held
        raise SyncError(Code.BAD_BUNDLE, detail=f"Content-Range: {told[:80]}")
    told = headers.get("Content-Length", str(size))
    if told != str(size):
        raise SyncError(Code.BAD_BUNDLE, detail=f"Content-Length: {told[:80]} != {size}")
    return 0


def is_proven(path: Path, target: Target) -> bool:
    """Whether the file is there and is the one."""
    try:
        with path.open("rb") as file:
            target.check(file)
    except (OSError, SyncError):
        return False
    return True


def received(folder: Path, target: Target) -> int:
    """How many bytes of it are here."""
    return _size(folder / f"{target.sha256}{_PART}")


def _size(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0


@contextmanager
def _on_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise SyncError(Code.NO_ROOM, needed=_RESERVE_BYTES >> 20, free=0) from error
        raise SyncError(Code.STORAGE, detail=error) from error
