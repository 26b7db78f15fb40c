"""Requests and answers between a till and its office. No I/O."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from terminal.sync.wire.errands import Errand
from terminal.sync.wire.heads import Seal

if TYPE_CHECKING:
    from collections.abc import Mapping

JOURNAL_ENTRIES_MAX = 1000
JOURNAL_BYTES_MAX = 1024 * 1024
PAGE_ROWS_MAX = 5000
PERSON_MAX = 4096
EPOCH_MAX = 2**31 - 1
NUMBER_MAX = 2**53  # beyond it JSON readers disagree, and databases overflow soon after

# How a till signs its requests, RFC 9421: what a signature covers, and how it is marked.
SIGNATURE_TAG = "kaso-v1"
SIGNED_REQUEST = ("@method", "@target-uri")
SIGNED_BODY = (*SIGNED_REQUEST, "content-type", "content-digest")
DIGEST_HEADER = "Content-Digest"
SIGNATURE_HEADERS = ("Signature-Input", "Signature")
SIGNATURE_AGE_MAX_S, CLOCK_SKEW_MAX_S = 300, 120
# The office's clock, ISO 8601, in the answer to a request that was signed at another time.
TIME_HEADER = "Office-Time"

Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class SetState(Struct, frozen=True):
    """Newest revision of one data set at the office; ``rows`` counts the living rows.

    ``digest`` is that of ``wire.digest`` over them, empty from an office that keeps none.
    ``snapshot`` names the file that holds this revision and those of the other sets, if there is
    one.
    """

    name: str
    revision: int
    rows: int
    digest: str = ""
    snapshot: str = ""


class SetPage(Struct, frozen=True):
    """Changes of one data set after revision ``since`` up to ``to``; at most ``PAGE_ROWS_MAX``.

    Rows stay undecoded: each is judged by itself, so that one bad record does not stop the others.
    ``more`` says that another page follows after ``to``; when none does, ``digest`` is that of the
    whole set at ``to``.
    """

    name: str
    since: int
    to: int
    more: bool
    rows: list[msgspec.Raw]
    removed: list[str] = []
    digest: str = ""


class Entry(Struct, frozen=True):
    """One document in a journal; ``body`` is its canonical JSON (RFC 8785), sent as stored.

    ``person`` is what it tells of a buyer or customer, apart from the chain; empty once erased.
    """

    seq: Annotated[int, Meta(ge=1, le=NUMBER_MAX)]
    rid: Annotated[str, Meta(pattern=r"^[^\x00]{1,64}$")]
    prev: Hash
    hash: Hash
    # Canonical JSON escapes control characters; one that stands there raw no database could keep.
    body: Annotated[str, Meta(pattern=r"^[^\x00]*$")]
    person: Annotated[str, Meta(pattern=r"^[^\x00]*$", max_length=PERSON_MAX)] = ""


class Place(Struct, frozen=True):
    """Where in a terminal's journal a document stands."""

    epoch: Annotated[int, Meta(ge=1, le=EPOCH_MAX)]
    seq: Annotated[int, Meta(ge=1, le=NUMBER_MAX)]


class JournalPush(Struct, frozen=True):
    """Consecutive entries of one epoch; ``rejected`` asks what is thought of older ones now.

    ``unsealed`` are heads of days for which the till holds no seal yet.
    """

    epoch: Annotated[int, Meta(ge=1, le=EPOCH_MAX)]
    entries: list[Entry]
    rejected: list[Place] = []
    unsealed: list[Place] = []


class Verdict(Struct, frozen=True):
    """What the office thinks of a stored document; ``epoch`` 0 is that of the answer."""

    seq: int
    is_accepted: bool
    reason: str = ""
    epoch: int = 0


class JournalAnswer(Struct, frozen=True):
    """How far the office holds the chain, and its head there.

    ``verdicts`` are on what was sent, and on what was asked about; ``seals`` on heads of days.
    """

    epoch: int
    hw: int
    head: str
    verdicts: list[Verdict] = []
    seals: list[Seal] = []


class JournalPage(Struct, frozen=True):
    """The office's copy of a till's own journal; ``verdicts`` are only those that say no."""

    epoch: int
    hw: int
    entries: list[Entry]
    verdicts: list[Verdict] = []


class EnrolRequest(Struct, frozen=True):
    """A technician's one-time code makes an unknown device a terminal.

    ``public_key`` is the public half of the device's Ed25519 key, 32 bytes in base64; the request
    is signed with the other half.
    """

    code: str
    version: str
    public_key: Annotated[str, Meta(pattern="^[A-Za-z0-9+/]{43}=$")]


class EnrolAnswer(Struct, frozen=True):
    """Who the terminal is from now on; ``key_id`` is what the office shows of its key.

    The others are the last words of the device that had its name before, if any.
    """

    terminal: str
    shop: str
    epoch: int
    key_id: str
    unsent: int = 0
    oldest_unsent_at: str = ""
    seen_at: str = ""


class Heartbeat(Struct, frozen=True):
    """How the terminal is.

    ``database`` is the version of its journal's tables, ``reports_left`` how many daily reports the
    fiscal memory still takes, ``disk_free_mib`` the room beside the journal; None where not known.
    ``at`` is the terminal's clock, ``sets`` the revision of each data set that is in force there;
    an older terminal tells neither.
    """

    version: str
    unsent: int
    oldest_unsent_at: str
    day: str
    printer: str
    operator: str
    database: int = 0
    reports_left: int | None = None
    disk_free_mib: int | None = None
    at: str = ""
    sets: dict[str, int] = {}


class HeartbeatAnswer(Struct, frozen=True):
    """The office's clock, ISO 8601, and what it asks of the till."""

    server_time: str
    errands: list[Errand] = []


class SoldAnswer(Struct, frozen=True):
    """A receipt of the company, and what has become of it: accepted entries and corrections.

    Canonical JSON of documents: a till reads of it what it knows.
    """

    receipt: str
    entries: list[str] = []
    corrections: list[str] = []


class Problem(Struct, frozen=True):
    """An error answer, RFC 9457."""

    status: int
    title: str
    detail: str = ""


def content_digest(body: bytes) -> str:
    """Value of ``DIGEST_HEADER`` for a body, RFC 9530."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def is_whole(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether an answer's body is what its digest says; what came packed has a sum of its own."""
    told = headers.get(DIGEST_HEADER)
    return not told or "Content-Encoding" in headers or told == content_digest(body)
