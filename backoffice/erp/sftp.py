"""A shared folder on a server, by SFTP. The server's key must be known beforehand.

A connection is made when it is needed and again after it broke; files are read from a copy here.
"""

from __future__ import annotations

import base64
import binascii
import posixpath
import stat
import tempfile
import threading
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import paramiko

from backoffice.erp.disk import Entry
from backoffice.erp.inbox import FILE_BYTES_MAX
from backoffice.errors import BadSetting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PORT = 22
_PIECE = 32 * 1024
_SPOOL_BYTES = 1024 * 1024
_TIMEOUT_S = 20.0


def disk_at(address: str, *, host_key: str, password: str, key_file: Path | None) -> SftpDisk:
    """The folder at ``sftp://USER@HOST[:PORT]/FOLDER``; raises ``BadSetting``."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORT
    except ValueError as error:
        raise BadSetting(detail=f"address: {error}") from None
    if not parts.hostname or not parts.username or parts.password:
        raise BadSetting(detail="address: expected sftp://USER@HOST[:PORT]/FOLDER, no password")
    if bool(password) == bool(key_file):
        detail = "key_file: say it, or password_file, or password_env; one of them"
        raise BadSetting(detail=detail)
    kind, _space, rest = host_key.partition(" ")
    try:
        base64.b64decode(rest, validate=True)
    except binascii.Error:
        rest = ""
    if not rest:
        detail = 'host_key: expected the server\'s key, such as "ssh-ed25519 AAAA…" (ssh-keyscan)'
        raise BadSetting(detail=detail)
    if key_file and not key_file.is_file():
        raise BadSetting(detail=f"key_file: there is no {key_file}")
    where = (parts.hostname, port, unquote(parts.username))
    return SftpDisk(where, unquote(parts.path) or ".", (kind, rest), password, key_file)


class SftpDisk:
    """As ``Disk`` says; one request at a time. ``where`` is host, port and user."""

    def __init__(
        self,
        where: tuple[str, int, str],
        root: str,
        host_key: tuple[str, str],
        password: str,
        key_file: Path | None,
    ) -> None:
        self._where, self._root, self._host_key = where, root, host_key
        self._password, self._key_file = password, key_file
        self._client: paramiko.SSHClient | None = None
        self._sftp: paramiko.SFTPClient | None = None
        self._alone = threading.RLock()

    def __str__(self) -> str:
        return f"sftp://{self._where[2]}@{self._where[0]}:{self._where[1]}{self._root}"

    def entries(self, folder: str) -> list[Entry]:
        """As ``Disk`` says."""
        with self._session() as sftp:
            sftp.stat(self._root)
            try:
                found = sftp.listdir_attr(self._place(folder))
            except FileNotFoundError:
                return []
        return [
            Entry(it.filename, it.st_size or 0, float(it.st_mtime or 0), stat.S_ISREG(it.st_mode))
            for it in found
            if it.st_mode is not None and not stat.S_ISDIR(it.st_mode)
        ]

    def open(self, folder: str, name: str) -> IO[bytes]:
        """A copy of the file, on disk when it is large."""
        # It lives as long as its reader.
        copy = tempfile.SpooledTemporaryFile(_SPOOL_BYTES)  # noqa: SIM115
        try:
            with self._session() as sftp:
                place = self._place(folder, name)
                _make_sure_of(sftp, place)
                with sftp.open(place, "rb") as file:
                    while piece := file.read(_PIECE):
                        copy.write(piece)
                        # What a server says of a size it need not keep to.
                        if copy.tell() > FILE_BYTES_MAX:
                            message = f"{place} is too large"
                            raise OSError(message)  # noqa: TRY301
        except BaseException:
            copy.close()
            raise
        copy.seek(0)
        return copy

    def put(self, folder: str, name: str, parts: Iterable[bytes]) -> None:
        """Beside it first, then renamed."""
        with self._session() as sftp:
            self._make(sftp, folder)
            half = self._place(folder, f".{name}.part")
            with sftp.open(half, "wb") as file:
                file.set_pipelined(True)
                for part in parts:
                    file.write(part)
            sftp.posix_rename(half, self._place(folder, name))

    def move(self, folder: str, name: str, to_folder: str, new_name: str) -> None:
        """Within the same server."""
        with self._session() as sftp:
            self._make(sftp, to_folder)
            sftp.posix_rename(self._place(folder, name), self._place(to_folder, new_name))

    def remove(self, folder: str, name: str) -> None:
        """Whether it is there or not."""
        with self._session() as sftp, suppress(FileNotFoundError):
            sftp.remove(self._place(folder, name))

    def close(self) -> None:
        """End the connection; the next request makes another."""
        with self._alone:
            if self._client:
                self._client.close()
            self._client = self._sftp = None

    def _place(self, *names: str) -> str:
        return posixpath.join(self._root, *names)

    def _make(self, sftp: paramiko.SFTPClient, folder: str) -> None:
        made = self._root
        for name in folder.split("/"):
            made = posixpath.join(made, name)
            try:
                sftp.stat(made)
            except FileNotFoundError:
                sftp.mkdir(made)

    @contextmanager
    def _session(self) -> Iterator[paramiko.SFTPClient]:
        with self._alone:
            try:
                # Servers end connections that are idle, and say nothing.
                transport = self._client.get_transport() if self._client else None
                if transport is None or not transport.is_active():
                    self.close()
                if self._sftp is None:
                    self._sftp = self._connected()
                yield self._sftp
            except FileNotFoundError:
                raise
            except (paramiko.SSHException, EOFError) as error:
                self.close()
                raise OSError(str(error) or "the connection ended") from error
            except OSError:
                self.close()
                raise

    def _connected(self) -> paramiko.SFTPClient:
        host, port, user = self._where
        client = paramiko.SSHClient()
        client.set_missing_host_key_policy(paramiko.RejectPolicy())
        kind, key = self._host_key
        known = host if port == _PORT else f"[{host}]:{port}"
        made = paramiko.PKey.from_type_string(kind, base64.b64decode(key))
        client.get_host_keys().add(known, kind, made)
        self._client = client
        client.connect(
            host,
            port,
            user,
            password=self._password or None,
            key_filename=str(self._key_file) if self._key_file else None,
            allow_agent=False,
            look_for_keys=False,
            timeout=_TIMEOUT_S,
            banner_timeout=_TIMEOUT_S,
            auth_timeout=_TIMEOUT_S,
        )
        sftp = client.open_sftp()
        channel = sftp.get_channel()
        if channel is not None:
            channel.settimeout(_TIMEOUT_S)
        return sftp


def _make_sure_of(sftp: paramiko.SFTPClient, place: str) -> None:
    """That a file is a plain one, and of a size."""
    found = sftp.lstat(place)
    if not stat.S_ISREG(found.st_mode or 0) or (found.st_size or 0) > FILE_BYTES_MAX:
        message = f"{place} is no plain file, or too large"
        raise OSError(message)
