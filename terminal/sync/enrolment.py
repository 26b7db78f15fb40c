"""Makes this device a terminal of a shop, and keeps the proof in a file. No tables here."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

import msgspec

from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store.db import sync_folder
from terminal.sync.http import Caller
from terminal.sync.wire import EnrolAnswer, EnrolRequest

if TYPE_CHECKING:
    from pathlib import Path

    from httpx2 import BaseTransport

_IDENTITY_BYTES_MAX = 64 * 1024
_OTHERS = 0o077
_log = logging.getLogger(__name__)


class LastWords(msgspec.Struct, frozen=True):
    """What the terminal's device before this one last told: nobody has what it never sent."""

    unsent: int
    oldest_unsent_at: str
    seen_at: str


class Identity(msgspec.Struct, frozen=True):
    """Who this terminal is, and where its office is; ``key`` is its private key, a secret."""

    terminal: str
    shop: str
    key: str
    epoch: int
    office_url: str
    last_words: LastWords | None = None

    def __repr__(self) -> str:
        return f"Identity({self.terminal!r} of {self.shop!r} at {self.office_url!r})"


def enrol(
    base_url: str,
    code: str,
    version: str,
    *,
    ca: Path | None = None,
    timeout_s: float = 10.0,
    transport: BaseTransport | None = None,
) -> Identity:
    """Make a key, and with the one-time ``code`` an identity; ``version`` is of this program.

    Raises ``SyncError`` E-50 without an office, E-51 for a wrong, used or expired code. When the
    answer is lost the code may be spent: ask the office for another.
    """
    from terminal.sync.signing import new_key, public_half  # noqa: PLC0415 - slow to import

    key = new_key()
    asked = EnrolRequest(code.strip(), version, public_half(key))
    caller = Caller(base_url, key=key, ca=ca, timeout_s=timeout_s, transport=transport)
    try:
        answer = caller.ask("POST", "/v1/enrol", EnrolAnswer, asked)
    finally:
        caller.close()
    said = LastWords(answer.unsent, answer.oldest_unsent_at, answer.seen_at)
    last_words = said if answer.seen_at else None
    return Identity(answer.terminal, answer.shop, key, answer.epoch, base_url, last_words)


def save(identity: Identity, path: Path) -> None:
    """Write ``identity`` so that after a power cut the old or the new file is there, whole.

    Only the owner may read it. Raises ``SyncError`` E-60 when the disk does not take it.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle has its mode from the start
            file.write(msgspec.json.format(msgspec.json.encode(identity)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise SyncError(Code.STORAGE, detail=f"{path}: {error.strerror}") from error


def load(path: Path) -> Identity | None:
    """The identity kept in ``path``; None when this device was never enrolled.

    Raises ``SyncError`` E-51 that names the file when it is there but cannot be used.
    """
    try:
        if path.stat().st_mode & _OTHERS:
            _log.warning("%s was readable by others, now it is not", path)
            path.chmod(0o600)
        with path.open("rb") as file:
            raw = file.read(_IDENTITY_BYTES_MAX)
        return msgspec.json.decode(raw, type=Identity)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        detail = f"{translate(_('Enrol again'))}: {path}: {error}"
        raise SyncError(Code.OFFICE_REFUSED, detail=detail) from error
