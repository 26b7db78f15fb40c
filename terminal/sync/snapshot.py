"""Fetches the file with all data sets, checks it, and gives its rows. Decides nothing about them.

The download goes on where it broke off, also after a restart. Nothing of the file is used before
all of it has been checked, and whoever reads its rows judges them like those of a page.
"""

from __future__ import annotations

import gzip
import sqlite3
import zlib
from contextlib import ExitStack, contextmanager
from hashlib import file_digest
from typing import TYPE_CHECKING, Protocol

import msgspec

from terminal.errors import Code, SyncError
from terminal.events import Downloading
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.wire import APPLICATION_ID, FORMAT, SCHEMA, SetState, snapshot_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from threading import Event

    from terminal.sync.http import Download

_NAME = "snapshot"
_ROWS = 5000
_COPY_BYTES = 1 << 20
_BYTES_MAX, _PLAIN_BYTES_MAX = 1 << 30, 1 << 32
# The office makes the file when the first till asks; of a million products in half a minute.
_TRIES_MAX, _RETRY_S = 600, 1.0
_NOT_FOUND, _BEYOND_END, _NOT_NOW = 404, 416, 503
_DAMAGED = _("it is damaged")


class FileOffice(Protocol):
    """The request that a depot makes; ``Office`` is one."""

    def snapshot(self, key: str, first: int, etag: str) -> AbstractContextManager[Download]:
        """The file called ``key`` from byte ``first`` on, if it is still the one of ``etag``."""


class Depot:
    """The one snapshot of a pull, in the till's ``folder``; ``close`` removes what is done with.

    Every method raises ``SyncError``: E-50 and E-51 as of ``Office``, E-60 when the disk is full,
    E-67 for a file that is damaged, of another shop, of a format that we do not know, or not what
    was announced.
    """

    def __init__(
        self,
        office: FileOffice,
        folder: Path,
        shop: str,
        stop: Event,
        tell: Callable[[object], None],
    ) -> None:
        self._office = office
        self._folder = folder
        self._shop = shop
        self._stop = stop
        self._tell = tell
        self._ends = ExitStack()
        self._db: sqlite3.Connection | None = None

    def rows(self, key: str, name: str) -> tuple[int, Iterator[list[msgspec.Raw]]]:
        """Revision and rows of one data set; the file called ``key`` is fetched the first time."""
        if self._db is None:
            self._db = self._fetched(key)
        with _readable():
            sql = "SELECT revision FROM data_set WHERE name = ?"
            row = self._db.execute(sql, (name,)).fetchone()
        if row is None:
            raise _unusable(translate(_("it has no {name}"), name=name))
        return row[0], self._bodies(self._db, name)

    def close(self) -> None:
        """Remove the file; of a download that broke off the part that is here stays."""
        self._ends.close()
        self._db = None

    def _bodies(self, db: sqlite3.Connection, name: str) -> Iterator[list[msgspec.Raw]]:
        with _readable():
            found = db.execute("SELECT body FROM data_row WHERE set_name = ? ORDER BY no", (name,))
            while rows := found.fetchmany(_ROWS):
                yield [msgspec.Raw(body.encode()) for (body,) in rows]

    def _fetched(self, key: str) -> sqlite3.Connection:
        part = self._downloaded(key)
        self._ends.callback(part.unlink, missing_ok=True)
        _, key, etag, _ = part.name.split(".")
        plain = self._folder / f"{_NAME}.db"
        self._ends.callback(plain.unlink, missing_ok=True)
        with part.open("rb") as packed:
            if file_digest(packed, "sha256").hexdigest() != etag:
                raise _unusable(translate(_DAMAGED))
        _unpack(part, plain)
        return self._checked(plain, key)

    def _downloaded(self, key: str) -> Path:
        """The whole file as it came.

        One that broke off is gone on with, though it be older: what changed since comes as rows.
        """
        begun = sorted(self._folder.glob(f"{_NAME}.*.*.part"))
        for part in begun[1:]:
            part.unlink()
        if begun:
            _, older, _, _ = begun[0].name.split(".")
            try:
                return self._download(older)
            except SyncError as error:
                if older == key or error.params.get("status") != _NOT_FOUND:
                    raise
                begun[0].unlink()
        return self._download(key)

    def _download(self, key: str) -> Path:
        for _try in range(_TRIES_MAX):
            held = self._held(key)
            try:
                return self._continue(key)
            except SyncError as error:
                part = self._part(key)
                if part and error.params.get("status") == _BEYOND_END:
                    return part  # all of it was here already
                is_early = error.params.get("status") == _NOT_NOW
                went_on = error.code is Code.NO_NETWORK and self._held(key) > held
                if not (is_early or went_on) or self._stop.wait(_RETRY_S if is_early else 0):
                    raise
        detail = "no snapshot in time"
        raise SyncError(Code.NO_NETWORK, detail=detail)

    def _part(self, key: str) -> Path | None:
        return next(iter(self._folder.glob(f"{_NAME}.{key}.*.part")), None)

    def _held(self, key: str) -> int:
        part = self._part(key)
        return part.stat().st_size if part else 0

    def _continue(self, key: str) -> Path:
        """Fetch what is missing of the file."""
        part, first = self._part(key), self._held(key)
        etag = part.name.split(".")[2] if part else ""
        with self._office.snapshot(key, first, etag) as download:
            if download.size > _BYTES_MAX:
                raise _unusable(translate(_("it is too long")))
            if download.first not in {0, first}:
                raise _unusable(translate(_DAMAGED))
            if part and (download.etag != etag or not download.first):
                part.unlink()
            part = self._folder / f"{_NAME}.{key}.{download.etag}.part"
            held = download.first
            with _on_disk(), part.open("r+b" if held else "wb") as file:
                file.seek(held)
                for piece in download.pieces:
                    held += len(piece)
                    if held > download.size or self._stop.is_set():
                        break
                    file.write(piece)
                    self._tell(Downloading(held, download.size))
        if held < download.size:
            detail = f"{held} of {download.size} bytes"
            raise SyncError(Code.NO_NETWORK, detail=detail)
        return part

    def _checked(self, plain: Path, key: str) -> sqlite3.Connection:
        """Open the file; nothing in it can run."""
        uri = f"{plain.absolute().as_uri()}?mode=ro&immutable=1"
        with _readable():
            db = sqlite3.connect(uri, uri=True, isolation_level=None)
            self._ends.callback(db.close)
            for pragma in ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON"):
                db.execute(f"PRAGMA {pragma}")
            _check_form(db)
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise _unusable(translate(_DAMAGED))
            company, shop = db.execute("SELECT company, shop FROM head").fetchone() or ("", "")
            if shop != self._shop:
                message = _("it is of shop {found}, not of {own}")
                raise _unusable(translate(message, found=shop, own=self._shop))
            states = [
                SetState(*row)
                for row in db.execute("SELECT name, revision, rows, digest FROM data_set")
            ]
        if snapshot_key(company, shop, states) != key:
            raise _unusable(translate(_("it is not the one that was announced")))
        return db


def _check_form(db: sqlite3.Connection) -> None:
    found = [
        db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    ]
    if found[0] != APPLICATION_ID:
        raise _unusable(translate(_("it is something else")))
    if found[1] != FORMAT:
        message = _("it has format {found}, this program reads {own}")
        raise _unusable(translate(message, found=found[1], own=FORMAT))
    # Triggers and views of somebody else have no place in it.
    schema = {row[0] for row in db.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    if schema != set(SCHEMA):
        raise _unusable(translate(_("its tables are not those of a snapshot")))


def _unpack(part: Path, plain: Path) -> None:
    with _on_disk(), plain.open("wb") as target:
        try:
            with gzip.open(part) as source:
                while piece := source.read(_COPY_BYTES):
                    target.write(piece)
                    if target.tell() > _PLAIN_BYTES_MAX:
                        raise _unusable(translate(_("it is too long")))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise _unusable(translate(_DAMAGED)) from error


@contextmanager
def _on_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SyncError(Code.STORAGE, detail=error) from error


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, UnicodeError) as error:
        detail = f"{translate(_DAMAGED)}: {error}"
        raise _unusable(detail) from error


def _unusable(detail: str) -> SyncError:
    return SyncError(Code.BAD_SNAPSHOT, detail=detail)
