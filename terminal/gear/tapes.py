"""Saves the tapes of the devices with their errors. Never in anybody's way, never without bounds.

A tape is copied where the error happened and written by a thread of its own. The same trouble is
saved once until the device has said something new: a printer that is off all night is one tape.
"""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drivers.tape import Tape
from drivers.tape_file import Header, dump, masked
from terminal.events import DeviceChanged, PaperChanged, SellingBlocked, SlipUnsure
from terminal.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from drivers.errors import DeviceError
    from drivers.tape_file import Passage
    from terminal.engine import Engine
    from terminal.gear import tables

FOLDER = "tapes"
# A technician's request from another process; gone when the tapes are there.
REQUEST = "save-now"
_GAP_S = 60.0
_MIB = 1 << 20
_STOP_S = 5.0
_WHY_MAX = 300
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Device:
    tape: Tape
    header: Header
    saved_s: float = float("-inf")
    saved_heard: int = -1
    saved_why: str = ""


class Tapes:
    """``folder`` is the till's; ``now`` its clock."""

    def __init__(
        self, folder: Path, limits: tables.Tape, now: Callable[[], datetime], thread: Engine
    ) -> None:
        self.folder = folder / FOLDER
        self._limits = limits
        self._now = now
        self._thread = thread
        self._devices: dict[str, _Device] = {}
        self._answer: Future[None] | None = None
        # The till's own, so that a request can be put there and taken away.
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)

    def tape(self, name: str, protocol: str, url: str, **settings: str | int) -> Tape:
        """The tape of the device ``name``; made with the first call."""
        if name not in self._devices:
            header = Header(name, protocol, url, settings, program=VERSION)
            self._devices[name] = _Device(Tape(self._limits.minutes * 60), header)
        return self._devices[name].tape

    def frames(self, name: str) -> tuple[Passage, ...]:
        """What the device ``name`` said lately, without tax numbers; nothing if there is none."""
        device = self._devices.get(name)
        return masked(device.header, device.tape.passages()) if device else ()

    def notice(self, name: str, error: DeviceError) -> None:
        """A device failed: save its tape, unless the same was saved and nothing is new."""
        self._save(name, f"{type(error).__name__}: {error}", kind=type(error).__name__)

    def hear(self, event: object) -> None:
        """Take an event, on whatever thread; returns at once."""
        match event:
            case DeviceChanged(name, False, detail):
                self._save(name, detail, kind="gone")
            case SlipUnsure(job):
                self._save("receipt_printer", job.why, kind="unsure")
            case PaperChanged(_, "line" | "silent" as why):
                self._save("receipt_printer", why, kind=why)
            case SellingBlocked(reason) if reason is not None:
                self._save("printer", str(reason), kind=str(reason.code), is_urgent=True)

    def save_all(self, why: str) -> None:
        """Save every tape now, whatever was saved before."""
        for name in self._devices:
            self._save(name, why, kind="asked", is_urgent=True)

    def look(self) -> None:
        """Save what somebody asked for from another process; called every few seconds."""
        request = self.folder / REQUEST
        if self._answer and not self._answer.done():
            # A slow disk: who asked once gets every tape once.
            return
        with suppress(OSError):
            if request.exists():
                self.save_all("asked for by a technician")
                # In line behind the tapes, so whoever waits for this finds them all.
                self._answer = self._thread.call(request.unlink, missing_ok=True)

    def stop(self) -> None:
        """Write what is waiting and end."""
        self._thread.stop(_STOP_S)

    def _save(self, name: str, why: str, *, kind: str, is_urgent: bool = False) -> None:
        device = self._devices.get(name)
        if device is None:
            return
        now_s, heard = time.monotonic(), device.tape.heard
        is_news = heard != device.saved_heard or kind != device.saved_why
        if not is_urgent and not (is_news and now_s - device.saved_s >= _GAP_S):
            _log.warning("%s: %s; no new tape", name, why)
            return
        device.saved_s, device.saved_heard, device.saved_why = now_s, heard, kind
        at = self._now()
        header = replace(
            device.header,
            saved=at.isoformat(timespec="milliseconds"),
            why=why[:_WHY_MAX],
            lost=device.tape.lost,
        )
        stem = f"{at:%Y%m%dT%H%M%S}{at.microsecond // 1000:03}-{name}-{kind}"
        self._thread.call(self._write, stem, header, device.tape.passages())

    def _write(self, stem: str, header: Header, passages: tuple[Passage, ...]) -> None:
        try:
            path = self._put(stem, dump(header, passages))
            self._prune()
        except OSError as error:
            _log.warning(
                "%s: %s; the tape could not be saved: %s", header.device, header.why, error
            )
        else:
            _log.warning("%s: %s; tape %s", header.device, header.why, path)

    def _put(self, stem: str, lines: Iterable[str]) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{stem}.jsonl"
        number = 1
        while path.exists():
            number += 1
            path = self.folder / f"{stem}-{number}.jsonl"
        part = path.with_suffix(".part")
        # Only the till's own user: a tape may hold a buyer's tax number.
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.writelines(lines)
        part.replace(path)
        return path

    def _prune(self) -> None:
        """Keep the newest tapes, within both limits; the newest one stays whatever its size."""
        room = self._limits.megabytes * _MIB
        for no, path in enumerate(sorted(self.folder.glob("*.jsonl"), reverse=True)):
            room -= path.stat().st_size
            if no and (no >= self._limits.files or room < 0):
                path.unlink(missing_ok=True)
