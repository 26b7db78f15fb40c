"""What can be wrong with a copy, or with making one."""

from __future__ import annotations

from backoffice.errors import OfficeError


class BadCopy(OfficeError):
    """A file that is no whole copy of an office which this program could open."""

    status = 422
    title = "Bad copy"


class CopyFailed(OfficeError):
    """A copy was not made or not put back; what was there before is as it was."""

    status = 503
    title = "No copy"
