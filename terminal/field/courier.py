"""Brings the bytes of files to the office, and those of others from there: one piece at a time.

Each piece is a task of its own on ``net``, behind whatever else is to be sent or fetched: a photo
holds up no document and no day close. The office says how much it has, so a cut costs a piece.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol

from terminal.errors import Code, Rejected, SyncError
from terminal.events import OfficeHeard, UnsentChanged
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store import attachments, outbox
from terminal.store.db import sync_folder, write
from terminal.sync.wire import ATTACHMENT_BYTES_MAX, CHUNK_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from terminal.context import Context
    from terminal.field.files import Files
    from terminal.store.attachments import Content
    from terminal.sync.wire import Held

_TRIES_MAX = 3
_CONFLICT, _TOO_LARGE, _WRONG_SUM = 409, 413, 422


class Depot(Protocol):
    """The requests that the courier makes; ``Contents`` is one."""

    def held(self, sha256: str) -> Held:
        """How much of it the office has."""

    def put(self, sha256: str, offset: int, size: int, piece: bytes) -> Held:
        """Hand over the next piece."""

    def piece(self, sha256: str, first: int) -> tuple[bytes, int]:
        """The next piece from byte ``first`` on, and how long all of it is."""


class Courier:
    """``is_held`` says that nothing may be sent now."""

    def __init__(
        self, context: Context, depot: Depot, files: Files, is_held: Callable[[], bool]
    ) -> None:
        self._context = context
        self._depot = depot
        self._files = files
        self._is_held = is_held
        self._is_due = False
        # On ``net`` only: the file under way, how much of it the office has, how often it failed.
        self._sha256 = ""
        self._offset = 0
        self._tries = 0

    def hear(self, event: object) -> None:
        """Something new waits, or the office is there again; from any thread."""
        has_news = isinstance(event, UnsentChanged) and event.unsent.contents
        if has_news or isinstance(event, OfficeHeard):
            self.wake()

    def wake(self) -> None:
        """Send what waits, behind everything that waits already."""
        if not self._is_due and not self._context.stopping.is_set():
            self._is_due = True
            self._context.net.call(self._step)

    def fetch(self, sha256: str) -> Future[Path]:
        """The file with these bytes, from the office when it is not here; E-198 when it is nowhere.

        What came of it stays here when the line breaks, and the next time goes on from there.
        """
        done: Future[Path] = Future()
        self._context.net.call(self._fetch, sha256, done)
        return done

    # --- on the net thread ---------------------------------------------------------------------

    def _step(self) -> None:
        self._is_due = False
        if self._is_held():
            return
        content = self._context.engine.call(self._next).result()
        if content is None:
            return
        try:
            self._send(content)
        except SyncError as error:
            self._sha256 = ""
            if not self._is_over(content, error):
                return  # until the office is heard again
        self.wake()

    def _send(self, content: Content) -> None:
        if content.sha256 != self._sha256:
            held = self._depot.held(content.sha256)
        else:
            piece = self._read(content)
            if not piece:
                self._settle(content, translate(_("its bytes are not here any more")))
                return
            held = self._depot.put(content.sha256, self._offset, content.size, piece)
            if held.received <= self._offset:
                raise SyncError(
                    Code.OFFICE_REFUSED, detail=f"{held.received} bytes", status=_CONFLICT
                )
        self._sha256, self._offset = content.sha256, held.received
        if held.is_whole:
            self._settle(content, "")

    def _read(self, content: Content) -> bytes:
        try:
            with self._files.path(content.sha256).open("rb") as file:
                file.seek(self._offset)
                return file.read(CHUNK_BYTES_MAX)
        except OSError:
            return b""

    def _is_over(self, content: Content, error: SyncError) -> bool:
        """Whether to go on at once: with the same file from what the office has, or with the next.

        What the office will never take is noted, with its reason.
        """
        status = error.params.get("status")
        self._tries += status in {_CONFLICT, _WRONG_SUM}
        if status == _TOO_LARGE or (status == _WRONG_SUM and self._tries >= _TRIES_MAX):
            self._settle(content, str(error.params.get("detail", "")) or str(error))
            return True
        return status in {_CONFLICT, _WRONG_SUM} and self._tries < _TRIES_MAX

    def _settle(self, content: Content, reason: str) -> None:
        self._sha256, self._tries = "", 0
        self._context.engine.call(self._note, content.sha256, reason).result()

    def _fetch(self, sha256: str, done: Future[Path]) -> None:
        try:
            path = self._fetched(sha256)
        except SyncError as error:
            done.set_exception(error)
        except (Rejected, OSError) as error:
            known = error if isinstance(error, Rejected) else _away(sha256, str(error.strerror))
            done.set_exception(known)
        else:
            if path is None:
                self._context.net.call(self._fetch, sha256, done)
            else:
                done.set_result(path)

    def _fetched(self, sha256: str) -> Path | None:
        """The file when all of it is here; else one more piece came."""
        path = self._files.path(sha256)
        if path.is_file():
            return path
        self._files.folder.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{sha256}.part")
        first = part.stat().st_size if part.exists() else 0
        piece, size = self._depot.piece(sha256, first)
        if not piece or size > ATTACHMENT_BYTES_MAX or first + len(piece) > size:
            part.unlink(missing_ok=True)
            raise _away(sha256, translate(_("it comes damaged")))
        with part.open("ab") as file:
            file.write(piece)
        if first + len(piece) < size:
            return None
        with part.open("rb") as whole:
            if hashlib.file_digest(whole, "sha256").hexdigest() != sha256:
                part.unlink()
                raise _away(sha256, translate(_("it comes damaged")))
        part.replace(path)
        sync_folder(path.parent)
        return path

    # --- on the engine's thread ----------------------------------------------------------------

    def _next(self) -> Content | None:
        return attachments.next_waiting(self._context.journal)

    def _note(self, sha256: str, reason: str) -> None:
        with write(self._context.journal) as db:
            if reason:
                attachments.refuse(db, sha256, reason)
            else:
                attachments.sent(db, sha256)
        self._context.tell(UnsentChanged(outbox.unsent(self._context.journal)))


def _away(sha256: str, reason: str) -> Rejected:
    return Rejected(Code.FILE_AWAY, name=sha256[:8], reason=reason)
