"""What the office refuses and with which HTTP status. No HTTP library here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# How many faulty rows the sentence names; the list beside it names all.
SHOWN_MAX = 5


class OfficeError(Exception):
    """A refusal that a caller can read; ``more`` holds further members of the problem."""

    status = 500
    title = "Internal error"

    def __init__(self, *, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.more = more


class BadSetting(OfficeError):
    """The office was started or asked with an option that cannot work."""

    status = 400
    title = "Bad setting"


class BadRequest(OfficeError):
    """The request is not understood."""

    status = 400
    title = "Bad request"


class Unauthorized(OfficeError):
    """No token, or one that nobody has."""

    status = 401
    title = "Unauthorized"


class Forbidden(OfficeError):
    """A valid token that does not open this door, or a code that is not accepted."""

    status = 403
    title = "Forbidden"


class NotFound(OfficeError):
    """There is no such thing."""

    status = 404
    title = "Not found"


class Conflict(OfficeError):
    """It contradicts what is there; nothing was written."""

    status = 409
    title = "Conflict"


class ChainConflict(OfficeError):
    """What was sent contradicts what is stored; nothing was written.

    ``alarm`` is the kind of contradiction, ``seq`` the entry in which it showed.
    """

    status = 409
    title = "Conflict"

    def __init__(self, *, detail: str, alarm: str, seq: int = 0, **more: object) -> None:
        super().__init__(detail=detail, alarm=alarm, seq=seq, **more)
        self.alarm = alarm
        self.seq = seq


class TooLarge(OfficeError):
    """More than the agreed limit in one request."""

    status = 413
    title = "Too large"


class NoRoom(OfficeError):
    """The company's share of the disk is full; something must go before anything comes."""

    status = 507
    title = "No room"


class BadContent(OfficeError):
    """The bytes of a file are not those that its name promised; they were thrown away."""

    status = 422
    title = "Bad content"


class RowChanged(OfficeError):
    """Somebody changed a row after it was looked at; nothing was written.

    ``row`` is how it is now, ``None`` when it is gone.
    """

    status = 409
    title = "Row changed"

    def __init__(self, row_id: str, revision: int, row: dict[str, Any] | None) -> None:
        detail = f"row {row_id} was changed meanwhile" if row else f"row {row_id} is gone"
        super().__init__(detail=detail, revision=revision, row=row)
        self.row_id = row_id
        self.revision = revision
        self.row = row


class BadRange(OfficeError):
    """A part of a file was asked for that begins beyond its end."""

    status = 416
    title = "Range not satisfiable"


class NotNow(OfficeError):
    """It cannot be done at the moment; the same request may succeed later."""

    status = 503
    title = "Not now"


class TooMany(OfficeError):
    """One caller asks faster than the office answers anybody; ``wait_s`` is when to come again."""

    status = 429
    title = "Too many requests"


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong with one row; ``index`` is its place in the request, ``path`` the field."""

    index: int
    id: str
    path: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.index + 1} ({self.id or 'no id'}): {self.path}: {self.reason}"

    def as_told(self) -> dict[str, Any]:
        """As a caller reads it."""
        told = {"id": self.id, "path": self.path, "reason": str(self.reason)}
        return {"index": self.index, **told}


class BadRows(OfficeError):
    """Rows of a data set that cannot be published; nothing was written."""

    status = 422
    title = "Bad rows"

    def __init__(self, faults: list[RowFault]) -> None:
        listed = [fault.as_told() for fault in faults]
        super().__init__(detail="; ".join(map(str, faults[:SHOWN_MAX])), errors=listed)
        self.faults = faults
