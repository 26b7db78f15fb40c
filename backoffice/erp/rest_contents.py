"""Brings and sends the bytes of attachments over HTTP, going on where the line broke.

A file lies at its hash. How much of one they have, they say in ``Upload-Offset`` of a HEAD; a
piece goes by PATCH with the offset at which it belongs, the last with ``Upload-Complete``.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from backoffice.jobs.work import NeverError, NotNowError
from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _
from terminal.sync.wire import ATTACHMENT_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backoffice.erp.rest_caller import Caller

TRIES = 5
PIECE = 256 * 1024
_DIGITS_MAX = 18
_OK, _PARTIAL, _NOT_FOUND, _CONFLICT = 200, 206, 404, 409


class Contents:
    """The files at an address."""

    def __init__(self, caller: Caller, address: str) -> None:
        self._caller, self._address = caller, address

    def brought(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a file; what was brought is not asked for again after a break."""
        digest, size = hashlib.sha256(), 0
        for tried in range(TRIES):
            before = size
            try:
                for piece in self._from(sha256, size):
                    size += len(piece)
                    if size > ATTACHMENT_BYTES_MAX:
                        raise NeverError(Reason(_("the file is too large")))
                    digest.update(piece)
                    yield piece
                break
            except NotNowError:
                if tried == TRIES - 1 or size == before:
                    raise
        if digest.hexdigest() != sha256:
            raise NeverError(Reason(_("{file} holds something else"), file=sha256))

    def send(self, sha256: str, name: str, parts: Iterator[bytes]) -> None:
        """Send what they do not have; ``name`` is only told."""
        url = f"{self._address}/{sha256}"
        said = self._caller.ask("HEAD", url, allowed=frozenset({_NOT_FOUND}))
        if said.status == _OK and said.headers.get("upload-complete") != "?0":
            return
        has = said.headers.get("upload-offset", "0") if said.status == _OK else "0"
        offset = int(has) if has.isascii() and has.isdecimal() and len(has) <= _DIGITS_MAX else 0
        at = 0
        for piece, is_last in _in_pieces(parts):
            end = at + len(piece)
            if end > offset or is_last:
                rest = piece[max(0, offset - at) :]
                self._sent(url, name, rest, end - len(rest), is_last=is_last)
            at = end

    def _sent(self, url: str, name: str, piece: bytes, offset: int, *, is_last: bool) -> None:
        headers = {
            "Content-Type": "application/partial-upload",
            "Upload-Offset": str(offset),
            "Upload-Complete": "?1" if is_last else "?0",
            "Upload-Name": quote(name),
        }
        said = self._caller.ask(
            "PATCH", url, headers=headers, content=piece, allowed=frozenset({_CONFLICT})
        )
        if said.status == _CONFLICT:
            # Somebody else sends it too, or they lost some: begin again with what they have.
            raise NotNowError(Reason(_("the other program has another part of the file")))

    def _from(self, sha256: str, offset: int) -> Iterator[bytes]:
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        url = f"{self._address}/{sha256}"
        with self._caller.asked("GET", url, headers) as answer:
            self._caller.refuse(answer)
            skipped = 0 if answer.status_code == _PARTIAL else offset
            for piece in self._caller.pieces(answer):
                if skipped < len(piece):
                    yield piece[skipped:]
                skipped = max(0, skipped - len(piece))


def _in_pieces(parts: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The same bytes in pieces of one size, and of each whether it is the last."""
    held = b""
    for part in parts:
        held += part
        while len(held) > PIECE:
            yield held[:PIECE], False
            held = held[PIECE:]
    yield held, True
