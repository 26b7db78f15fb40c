"""What a job is to whoever does its work, and what work is to whoever runs jobs. No I/O.

A job is a chain of steps: each is begun with a word, its ``cursor``, and names the next one.
``fetch`` may take long, ask other programs and be repeated after a power cut; ``apply`` writes, in
the transaction that also notes the step as done, so that what it writes is written once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from backoffice.office import Office

FIRST = ""


def storable(text: str) -> str:
    """The text without halves of letters, which other programs send and no database stores."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class Way(StrEnum):
    """Which way objects go: to the tills of a channel, or from them to the other program."""

    EXPORT = "export"
    IMPORT = "import"


class Fate(StrEnum):
    """How a record ended."""

    DONE = "done"
    SAME = "same"  # was so already: nothing moved
    REFUSED = "refused"
    WAITING = "waiting"  # for something that another record or a person must bring


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record: ``object`` is a word of ``exchange.objects``, ``id`` its own.

    ``reason`` is for people; ``where`` says where it stood, such as a file and its line.
    """

    object: str
    id: str
    fate: Fate
    reason: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it was asked for. ``what`` are words of ``exchange.objects``, in their order.

    ``is_whole``: changed at any time, else since the last transfer. ``options`` are what the page
    of its way offers besides, such as ``confirm`` and ``duplicates``.
    """

    id: str
    company: str
    way: Way
    channel: str
    queue: str
    what: tuple[str, ...]
    is_whole: bool
    asked_by: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """What a step did: ``next`` is the cursor of the one after it, None at the end of the job.

    ``total`` is how many records the job has in all, None while nobody knows; ``said`` are lines
    for its log.
    """

    next: str | None
    outcomes: Sequence[Outcome] = ()
    total: int | None = None
    said: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """What a job would move of one object, as far as can be told before it runs."""

    object: str
    new: int = 0
    changed: int = 0
    removed: int = 0
    refused: int = 0
    is_known: bool = True


class NotNowError(Exception):
    """The other side is slow, down or busy: the step is tried again, later and later.

    ``after_s`` is how long the other side wants to be left alone, 0 where it says nothing.
    """

    def __init__(self, reason: str = "", after_s: float = 0.0) -> None:
        super().__init__(reason)
        self.after_s = after_s


class NeverError(Exception):
    """No repetition would help: the job ends among the dead letters until a person sends it on."""


class Work(Protocol):
    """What is done in the jobs of one way; one for the whole office."""

    def preview(self, office: Office, job: Job) -> list[Count]:
        """What the job would move; writes nothing."""

    def fetch(self, office: Office, job: Job, cursor: str) -> Any:  # noqa: ANN401 - its own affair
        """What ``apply`` needs. Outside of any transaction; after a power cut it comes again.

        Raises ``NotNowError`` and ``NeverError``.
        """

    def apply(self, connection: Connection, job: Job, cursor: str, fetched: Any) -> Step:  # noqa: ANN401 - as above
        """Write what was fetched. Once, together with the note that the step is done."""
