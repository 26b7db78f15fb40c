"""Paper: what a printer has printed, as text, optionally also in a file. No layout."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Paper:
    """A roll that only grows; may be read from any thread."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._lines: list[str] = []
        self._file = path.open("a", encoding="utf-8") if path else None

    def write(self, lines: list[str]) -> None:
        """Print ``lines``; the file is up to date when this returns."""
        with self._lock:
            self._lines.extend(lines)
            if self._file:
                self._file.write("".join(line + "\n" for line in lines))
                self._file.flush()

    @property
    def text(self) -> str:
        """Everything printed since the start."""
        with self._lock:
            return "".join(line + "\n" for line in self._lines)

    def close(self) -> None:
        """Give the file back; the text stays readable."""
        with self._lock:
            if self._file:
                self._file.close()
                self._file = None
