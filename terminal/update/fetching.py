"""TUF's way to the network: one kept connection, files of bounded length in bounded time.

Import this module where something is fetched and not before: it brings TUF along.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient.fetcher import FetcherInterface

from terminal.errors import Code, SyncError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from terminal.sync.http import Caller

# All lists together have a few kilobytes. Who needs longer drips, or stands still.
_LISTS_MAX_S = 120.0
_NOT_FOUND = 404
_IDENTITY = {"Accept": "*/*", "Accept-Encoding": "identity"}


class Fetcher(FetcherInterface):
    """Fetches the lists of one session by ``caller``, whose address is the start of every ``url``.

    How much may come is checked by whoever reads, piece by piece. Raises ``SyncError`` when nobody
    answers, or not in time.
    """

    def __init__(
        self, caller: Caller, base_url: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._caller = caller
        self._base_url = base_url.rstrip("/")
        self._clock = clock
        self._deadline = clock() + _LISTS_MAX_S

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = url.removeprefix(self._base_url)
        try:
            yield from self._pieces(path)
        except SyncError as error:
            status, detail = error.params.get("status"), error.params.get("detail", "")
            if isinstance(status, int):
                said = f"{path}: HTTP {status}"
                raise DownloadHTTPError(said, status) from error
            raise SyncError(Code.NO_RELEASES, detail=detail) from error

    def _pieces(self, path: str) -> Iterator[bytes]:
        with self._caller.download(path, _IDENTITY) as response:
            # What comes packed would have no bounds.
            for piece in response.iter_raw():
                if self._clock() > self._deadline:
                    raise SyncError(Code.NO_RELEASES, detail=f"{path}: too slow")
                yield piece


class Offline(FetcherInterface):
    """No network: the newest list is ``timestamp``, fetched before; the others lie in the cache."""

    def __init__(self, timestamp: bytes) -> None:
        self._timestamp = timestamp

    def _fetch(self, url: str) -> Iterator[bytes]:
        if not url.endswith("/timestamp.json"):
            raise DownloadHTTPError(url, _NOT_FOUND)
        yield self._timestamp
