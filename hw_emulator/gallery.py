"""Pictures and pages of printouts in files, made beside the device by a thread of its own.

DIR/0001.png DIR/0002.png …      one picture for each printout
FILE.html                        one page with the last printouts, which renews itself
DIR/0001.html …                  one page for each, when the path is a directory
"""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING

from hw_emulator.markup import rows_of
from hw_emulator.page import PRINTOUTS_MAX, page
from hw_emulator.paper import Printout

if TYPE_CHECKING:
    from pathlib import Path

    from hw_emulator.paper import Paper

log = logging.getLogger(__name__)

WAITING_MAX = 1_000
_REFRESH_S = 2
_END_S = 30.0


class NoPictures(ValueError):
    """Pictures were asked for and cannot be made."""


def picture_of(printout: Printout, columns: int) -> bytes:
    """PNG of one printout; raises NoPictures."""
    try:
        from hw_emulator import glyphs, picture  # noqa: PLC0415 - Pillow, which devices do not need
    except ImportError as error:
        raise NoPictures(str(error)) from error
    try:
        return picture.png(rows_of(printout.printed, columns), columns)
    except glyphs.NoFont as error:
        raise NoPictures(str(error)) from error


class Gallery:
    """Follows ``paper``. Raises OSError when a directory cannot be made, NoPictures."""

    def __init__(self, paper: Paper, png: Path | None, html: Path | None) -> None:
        self._paper, self._png = paper, png
        is_each = html is not None and (html.is_dir() or not html.suffix)
        self._pages = html if is_each else None
        self._page = None if is_each else html
        folders = [folder for folder in (png, self._pages) if folder]
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        if png:
            picture_of(Printout(0, datetime.now().astimezone(), ("x",), ("x",)), 1)
        # What an earlier run left is not written over.
        self._offset = max((_highest(folder) for folder in folders), default=0)
        self._shown: deque[Printout] = deque(maxlen=PRINTOUTS_MAX)
        self._queue: queue.Queue[Printout | None] = queue.Queue(WAITING_MAX)
        self._thread = threading.Thread(target=self._run, name="gallery", daemon=True)
        self._thread.start()
        paper.on_end = self._take

    def close(self) -> None:
        """Finish what is waiting. May be repeated."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join(_END_S)

    def _take(self, printout: Printout) -> None:
        try:
            self._queue.put_nowait(printout)
        except queue.Full:
            log.warning("printout %d has no picture: too many are waiting", printout.number)

    def _run(self) -> None:
        while printout := self._queue.get():
            try:
                self._keep(printout)
            except (OSError, NoPictures) as error:
                log.warning("printout %d has no picture: %s", printout.number, error)

    def _keep(self, printout: Printout) -> None:
        name = f"{self._offset + printout.number:04d}"
        columns = self._paper.columns
        if self._png:
            _write(self._png / f"{name}.png", picture_of(printout, columns))
        if self._pages:
            _write(self._pages / f"{name}.html", page([printout], columns).encode())
        if self._page:
            self._shown.append(printout)
            _write(self._page, page(self._shown, columns, refresh_s=_REFRESH_S).encode())


def _highest(folder: Path) -> int:
    return max((int(path.stem) for path in folder.iterdir() if path.stem.isdecimal()), default=0)


def _write(path: Path, data: bytes) -> None:
    """Whoever looks finds the old file or the new one, and no half of either."""
    half = path.with_name(f".{path.name}.half")
    half.write_bytes(data)
    half.replace(path)
