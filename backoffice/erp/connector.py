"""What the office asks of another program; folders, SFTP and REST are ways to answer. No I/O.

Bodies are what our data sets hold: the mapping of names and units of the other program is the
connector's own affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it came: ``set_name`` is the data set, ``body`` its fields under our names.

    ``fault`` says why it cannot be read, in words for people; the body then holds what could.
    ``where`` is its place: a file and its line, or the address of a page. ``is_removed``: only the
    id counts, the other program has it no more.
    """

    set_name: str
    id: str
    body: Mapping[str, Any]
    where: str = ""
    fault: str = ""
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records; ``next`` is where to read on, None at the end.

    ``mark`` is what to give as ``since`` of the next transfer: it counts only once the last batch
    was applied. ``total`` is how many records there are in all, None where nobody knows.
    ``is_changes``: what is not among the records is as it was, also when everything was asked for.
    """

    records: Sequence[Record]
    next: str | None
    mark: str
    total: int | None = None
    is_changes: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record on its way: ``key`` is the same whenever the same content is sent again."""

    object: str
    id: str
    key: str
    body: Mapping[str, Any]


class Reply(StrEnum):
    """What the other program says to a record."""

    TAKEN = "taken"
    REFUSED = "refused"
    WARNED = "warned"  # taken only by whoever confirms its warnings


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one record; ``their_id`` is its id over there, where they give one."""

    id: str
    reply: Reply
    reason: str = ""
    their_id: str = ""


class Connector(Protocol):
    """Another program. Each method raises ``jobs.work.NotNowError`` or ``NeverError``."""

    name: str

    def read(self, object_name: str, since: str, cursor: str) -> Batch:
        """Records of one export, changed after ``since`` ("" for ever), from ``cursor`` on."""

    def done(self, object_name: str, mark: str) -> None:
        """Everything up to ``mark`` was applied: a folder archives its files now. May repeat."""

    def write(
        self, object_name: str, records: Sequence[Outgoing], *, confirm: bool
    ) -> list[Answer]:
        """Hand records over, each with its answer in order; ``confirm`` accepts warnings.

        A record whose ``key`` was taken before is answered ``TAKEN`` again and is not doubled.
        """

    def partners_with(self, nip: str) -> list[str]:
        """Their ids of partners with this tax number."""

    def content(self, sha256: str) -> Iterator[bytes]:
        """The bytes of an attachment that a record named."""

    def put_content(self, sha256: str, name: str, parts: Iterator[bytes]) -> None:
        """The bytes of an attachment, before the record that names it. May repeat."""
