"""The connector of a shared folder: files from the other program in ``out``, to it in ``in``.

What the files hold is turned by the forms of their data sets; which of them count, the inbox says.
The folder gives no answers of its own: what lies there whole is taken.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from backoffice.erp import csv_records, json_records, xml_records
from backoffice.erp.connector import Answer, Batch, Record, Reply
from backoffice.erp.text import PIECE
from backoffice.exchange.objects import EXPORTS
from backoffice.jobs.work import NeverError, NotNowError
from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _
from terminal.sync.wire import SHA256_PATTERN

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from backoffice.erp.connector import Outgoing
    from backoffice.erp.disk import Disk
    from backoffice.erp.filenames import FileName
    from backoffice.erp.form import Form
    from backoffice.erp.inbox import Inbox
    from backoffice.erp.outbox import Outbox
    from backoffice.erp.text import Raw

# The data set that an import is made of.
SENT = {
    "partners": "customers",
    "documents": "sales_documents",
    "attachments": "attachments",
    "activities": "visits",
}
CONTENTS = "contents"
BATCH_RECORDS = 500
# The mark names each file that was read; what is more comes with the next transfer.
FILES_MAX = 500
# Readers that are kept open between two batches.
_GOING_MAX = 8
# A file of which nothing is left to read.
_OVER = -1
_SHA256 = re.compile(SHA256_PATTERN)


@dataclass(frozen=True, slots=True)
class FileSet:
    """How the files of a data set are named, and how they are read."""

    stem: str
    form: Form
    encoding: str = "auto"


@dataclass(frozen=True, slots=True)
class _Reader:
    """An open file and what is left of its records."""

    file: IO[bytes]
    raws: Generator[Raw]

    def close(self) -> None:
        # The records first: they still hold the file.
        self.raws.close()
        self.file.close()


@dataclass(slots=True)
class _Place:
    """Where a transfer stands: the set, its file, the records of it that were read, all files."""

    set: int = 0
    file: str = ""
    at: int = 0
    read: dict[str, str] = field(default_factory=dict)

    def packed(self) -> str:
        return json.dumps([self.set, self.file, self.at, self.read], separators=(",", ":"))


class FolderConnector:
    """Another program that shares a folder; ``suffix`` is that of the files written to it."""

    def __init__(
        self,
        name: str,
        disk: Disk,
        inbox: Inbox,
        outbox: Outbox,
        sets: Mapping[str, FileSet],
        *,
        suffix: str = "csv",
        folders: tuple[str, str] = ("out", "in"),
        is_guarded: bool = True,
    ) -> None:
        self.name = name
        self._disk, self._inbox, self._outbox, self._sets = disk, inbox, outbox, sets
        self._suffix, self._is_guarded = suffix, is_guarded
        self._from, self._to = (f"{folder}/{CONTENTS}" for folder in folders)
        self._going: dict[str, _Reader] = {}
        self._alone = threading.Lock()

    def read(self, object_name: str, since: str, cursor: str) -> Batch:  # noqa: ARG002 (what lies there is new)
        """The next records of the files that are whole."""
        place = _place(cursor)
        names = [name for name in EXPORTS[object_name] if name in self._sets]
        with self._reaching():
            records: list[Record] = []
            while place.set < len(names):
                records += self._some(names[place.set], place)
                if records and place.file:
                    return Batch(records, place.packed(), _mark(place), is_changes=True)
                if not place.file:
                    place.set += 1
        return Batch(records, None, _mark(place), is_changes=True)

    def done(self, object_name: str, mark: str) -> None:  # noqa: ARG002 (the mark names the files)
        """Archive the files that the mark names."""
        today = datetime.now(UTC).date()
        with self._reaching():
            for name, digest in _read_of(mark).items():
                self._inbox.archive(name, digest, today)

    def write(
        self,
        object_name: str,
        records: Sequence[Outgoing],
        *,
        confirm: bool,  # noqa: ARG002 (a folder warns of nothing)
    ) -> list[Answer]:
        """Write the records that were never written as one more file."""
        set_name = SENT[object_name]
        chosen = self._sets[set_name]

        def encode(new: Iterable[Outgoing]) -> bytes:
            rows = [{"key": it.key} | chosen.form.outgoing(it.body) for it in new]
            if self._suffix == "csv":
                return csv_records.written(rows, chosen.form, is_guarded=self._is_guarded)
            if self._suffix == "xml":
                return xml_records.written(rows, chosen.stem)
            return json_records.written(rows)

        with self._reaching():
            self._outbox.send(chosen.stem, self._suffix, records, encode)
        return [Answer(it.id, Reply.TAKEN) for it in records]

    def partners_with(self, nip: str) -> list[str]:  # noqa: ARG002 (nobody is there to ask)
        """Nobody is there to be asked."""
        return []

    def content(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a file of ``contents``, checked by its name."""
        checked(sha256)
        digest = hashlib.sha256()
        with self._reaching():
            try:
                file = self._disk.open(self._from, sha256)
            except FileNotFoundError:
                message = _("there is no file {file}")
                raise NeverError(Reason(message, file=f"{self._from}/{sha256}")) from None
            with file:
                while piece := file.read(PIECE):
                    digest.update(piece)
                    yield piece
        if digest.hexdigest() != sha256:
            raise NeverError(Reason(_("{file} holds something else"), file=sha256))

    def put_content(self, sha256: str, name: str, parts: Iterator[bytes]) -> None:  # noqa: ARG002 (a name is not trusted)
        """Write a file of ``contents``, unless it is there."""
        checked(sha256)
        with self._reaching():
            if sha256 not in {it.name for it in self._disk.entries(self._to)}:
                self._disk.put(self._to, sha256, parts)

    def close(self) -> None:
        """Close what is still being read."""
        with self._alone:
            while self._going:
                self._going.popitem()[1].close()

    def _some(self, set_name: str, place: _Place) -> list[Record]:
        """The next records of a set; ``place`` moves on, its file "" at the end of the set."""
        chosen = self._sets[set_name]
        ready, held = self._inbox.ready(chosen.stem)
        for name in ready:
            is_going_on = name.name == place.file and place.at >= 0
            if name.name in place.read and not is_going_on:
                continue
            if len(place.read) >= FILES_MAX and name.name != place.file:
                break
            if name.name != place.file:
                place.file, place.at = name.name, 0
            found, is_over, fault = self._of_file(set_name, chosen, name, place)
            if fault:
                place.file, place.at = "", 0
                return [Record(set_name, "", {}, name.name, fault)]
            if found or not is_over:
                return found
        place.file, place.at = "", 0
        if held and held.reason:
            return [Record(set_name, "", {}, held.name, held.reason)]
        return []

    def _of_file(
        self, set_name: str, chosen: FileSet, name: FileName, place: _Place
    ) -> tuple[list[Record], bool, str]:
        going = self._taken(place)
        if going is None:
            file, said = self._inbox.open(name.name)
            if file is None:
                return [], True, said
            place.read[name.name] = said
            raws = _raws(file, name.suffix, chosen)
            for _skipped in islice(raws, place.at):
                pass
            going = _Reader(file, raws)
        found = [
            _record(set_name, chosen.form, name, it) for it in islice(going.raws, BATCH_RECORDS)
        ]
        place.at += len(found)
        is_over = len(found) < BATCH_RECORDS
        if is_over:
            going.close()
            place.at = _OVER
        else:
            with self._alone:
                self._going[place.packed()] = going
                if len(self._going) > _GOING_MAX:
                    self._going.pop(next(iter(self._going))).close()
        return found, is_over, ""

    def _taken(self, place: _Place) -> _Reader | None:
        """The reader that stands at this place, if there still is one."""
        with self._alone:
            return self._going.pop(place.packed(), None) if place.at > 0 else None

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            message = _("the folder {folder} cannot be reached: {why}")
            told = Reason(message, folder=self._disk, why=error.strerror or error)
            raise NotNowError(told) from error


def _raws(file: IO[bytes], suffix: str, chosen: FileSet) -> Generator[Raw]:
    if suffix == "csv":
        return csv_records.read(file, chosen.form, chosen.encoding)
    if suffix == "xml":
        return xml_records.read(file)
    return json_records.read(file, chosen.encoding)


def _record(set_name: str, form: Form, name: FileName, raw: Raw) -> Record:
    where = f"{name.name}, {raw.place}"
    if raw.fault:
        return Record(set_name, "", {}, where, raw.fault)
    read = form.incoming(raw.fields)
    return Record(set_name, read.id, read.body, where, read.fault, read.is_removed)


def _place(cursor: str) -> _Place:
    if not cursor:
        return _Place()
    try:
        number, file, at, read = json.loads(cursor)
        return _Place(int(number), str(file), int(at), dict(read))
    except (ValueError, TypeError) as error:
        raise NeverError(Reason(_("this place in a transfer is unknown"))) from error


def _mark(place: _Place) -> str:
    return json.dumps(place.read, separators=(",", ":"))


def _read_of(mark: str) -> dict[str, Any]:
    try:
        found = json.loads(mark or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def checked(sha256: str) -> None:
    """Raise ``NeverError`` for what is no hash, and might be a path."""
    if not _SHA256.fullmatch(sha256):
        raise NeverError(Reason(_("{file} is no checksum of a file"), file=sha256[:80]))
