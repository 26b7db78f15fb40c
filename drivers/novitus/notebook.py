"""What the driver must not forget when the till goes dark: one small file, replaced as a whole.

    tally      what the printer's numbers add up to
    token      the printer gives ten an hour, so one is kept and refreshed
    confirmed  the last document that the printer was told to carry out, written before the telling

Unreadable, it is as good as missing: the tally begins anew, and the till sees that.
"""

from __future__ import annotations

import contextlib
import logging
import os
from typing import TYPE_CHECKING

import msgspec

from drivers.novitus.tally import Tally

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)


class Confirmed(msgspec.Struct, frozen=True):
    """A document the printer was told to carry out; ``mark`` is the till's token for it."""

    kind: str
    number: str
    mark: int = 0


class Page(msgspec.Struct, frozen=True):
    """Everything in the notebook."""

    tally: Tally | None = None
    token: str = ""
    confirmed: Confirmed | None = None


class Notebook:
    """Keeps one page; without a path it lives as long as the process.

    Writing raises OSError.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.page = _read(path) if path else Page()

    def write(
        self,
        *,
        tally: Tally | None = None,
        token: str | None = None,
        confirmed: Confirmed | None = None,
    ) -> None:
        """Change what is given; it is on the disk when this returns."""
        page = Page(
            tally=tally or self.page.tally,
            token=self.page.token if token is None else token,
            confirmed=confirmed or self.page.confirmed,
        )
        if page == self.page:
            return
        if self._path:
            _replace(self._path, msgspec.json.encode(page))
        self.page = page


def _read(path: Path) -> Page:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Page)
    except FileNotFoundError:
        return Page()
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError) as error:
        _log.warning("%s cannot be read, the printer's tally begins anew: %s", path, error)
        return Page()


def _replace(path: Path, data: bytes) -> None:
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    # The name must survive a power cut, too.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # not every file system can
            os.fsync(folder)
    finally:
        os.close(folder)
