"""The till's own folder of files, each named by the digest of its bytes. No database, no network.

A file that is chosen is copied: the stick may be pulled, the photo deleted. It is there whole or
not at all, and once, however often it is added.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store.db import sync_folder
from terminal.sync.wire import ATTACHMENT_BYTES_MAX, SHA256_PATTERN, is_safe_name

if TYPE_CHECKING:
    import io
    from pathlib import Path

# What is left for selling when a file is taken.
FREE_BYTES_MIN = 256 * 1024 * 1024
NAME_MAX = 120
_PIECE = 64 * 1024
_MIB = 1024 * 1024
_HEAD = 512
# How files begin whose kind people ask for: RFC 2083, ITU T.81, GIF89a, RIFF, ISO 32000, ZIP.
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was copied."""

    name: str
    sha256: str
    size: int
    media_type: str


class Files:
    """``folder`` is made with the first file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes with this digest are, or would be."""
        if not re.fullmatch(SHA256_PATTERN, sha256):
            msg = f"no digest: {sha256!r}"
            raise AssertionError(msg)
        return self.folder / sha256

    def keep(self, source: Path) -> Kept:
        """Copy a file. Raises E-197 with what is wrong with it, or with the disk."""
        name = source.name
        if not is_safe_name(name) or len(name) > NAME_MAX:
            raise _refused(name, translate(_("No file may be called so")))
        try:
            with _opened(source) as file:
                size = os.fstat(file.fileno()).st_size
                _check_size(name, size)
                self.folder.mkdir(parents=True, exist_ok=True)
                if shutil.disk_usage(self.folder).free < size + FREE_BYTES_MIN:
                    raise _refused(name, translate(_("the disk is full")))
                return self._copied(name, file)
        except OSError as error:
            raise _refused(name, _why(error)) from error

    def clean(self) -> None:
        """Remove what a power cut left of files that were being copied."""
        for part in self.folder.glob("*.copy"):
            part.unlink(missing_ok=True)

    def _copied(self, name: str, file: io.BufferedReader) -> Kept:
        part = self.folder / f"{os.getpid()}.copy"
        digest, size, head = hashlib.sha256(), 0, b""
        try:
            with part.open("wb") as copy:
                while piece := file.read(_PIECE):
                    head = head or piece[:_HEAD]
                    size += len(piece)
                    _check_size(name, size)
                    digest.update(piece)
                    copy.write(piece)
                copy.flush()
                os.fsync(copy.fileno())
            _check_size(name, size)
            part.replace(self.path(digest.hexdigest()))
            sync_folder(self.folder)
        finally:
            part.unlink(missing_ok=True)
        return Kept(name, digest.hexdigest(), size, media_type(head))


def media_type(head: bytes) -> str:
    """What a file is by how it begins; its name may say anything."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1"}:
        return "image/heic"
    if b"\0" in head:
        return "application/octet-stream"
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # The head may end within a letter.
        if error.start < len(head) - 3:
            return "application/octet-stream"
    return "text/plain"


def _opened(source: Path) -> io.BufferedReader:
    """Open a plain file; a pipe or a device would keep us waiting."""
    handle = os.open(source, os.O_RDONLY | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _refused(source.name, translate(_("it is no file")))
    return os.fdopen(handle, "rb")


def _check_size(name: str, size: int) -> None:
    if size > ATTACHMENT_BYTES_MAX:
        most = ATTACHMENT_BYTES_MAX // _MIB
        raise _refused(name, translate(_("it has more than {most} MiB"), most=most))
    if not size:
        raise _refused(name, translate(_("The file is empty")))


def _why(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return translate(_("the disk is full"))
    if error.errno == errno.ENOENT:
        return translate(_("it is not there"))
    return error.strerror or type(error).__name__


def _refused(name: str, reason: str) -> Rejected:
    return Rejected(Code.FILE_REFUSED, name=name, reason=reason)
