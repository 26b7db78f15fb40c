"""Says who uses the file of a database: offices share it, a restore wants it for itself.

The lock goes with the process, however that ends.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from backoffice.errors import NotNow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OWNER_ONLY = 0o600


@contextmanager
def shared(lock: Path) -> Iterator[None]:
    """As long as an office runs; raises ``NotNow`` while its database is being put back."""
    with _held(lock, fcntl.LOCK_SH, "its database is being restored: wait for the end of that"):
        yield


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """With no office running; raises ``NotNow`` when there is one."""
    with _held(lock, fcntl.LOCK_EX, "the office runs: stop it first"):
        yield


@contextmanager
def _held(lock: Path, kind: int, otherwise: str) -> Iterator[None]:
    lock.touch(_OWNER_ONLY)
    with lock.open("rb") as opened:
        try:
            fcntl.flock(opened, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotNow(detail=otherwise) from None
        yield
