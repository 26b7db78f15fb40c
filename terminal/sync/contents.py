"""Requests about the bytes of files: how much of one the office has, a piece to it or from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.sync.http import download_of
from terminal.sync.wire import CHUNK_BYTES_MAX, Held

if TYPE_CHECKING:
    from terminal.sync.http import Office


class Contents:
    """Each method is one request and raises ``SyncError`` as ``Caller.ask`` does."""

    def __init__(self, office: Office) -> None:
        self._caller = office.caller
        self._path = f"{office.path}/attachments"

    def held(self, sha256: str) -> Held:
        """How much of it the office has."""
        return self._caller.ask("GET", f"{self._path}/{sha256}", Held)

    def put(self, sha256: str, offset: int, size: int, piece: bytes) -> Held:
        """Hand over the next piece of a file of ``size`` bytes."""
        path = f"{self._path}/{sha256}"
        return self._caller.ask("PUT", path, Held, piece, offset=offset, size=size)

    def piece(self, sha256: str, first: int) -> tuple[bytes, int]:
        """The next piece of it from byte ``first`` on, and how long all of it is."""
        headers = {
            "Accept": "application/octet-stream",
            "Accept-Encoding": "identity",
            "Range": f"bytes={first}-{first + CHUNK_BYTES_MAX - 1}",
        }
        with self._caller.download(f"{self._path}/{sha256}/content", headers) as response:
            download = download_of(response)
            if download.first != first:
                return b"", download.size
            piece = bytearray()
            for part in download.pieces:
                piece += part
                if len(piece) > CHUNK_BYTES_MAX:
                    break
            return bytes(piece[:CHUNK_BYTES_MAX]), download.size
