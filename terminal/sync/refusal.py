"""How the no of an office becomes an error: its own words where it has some. No I/O."""

from __future__ import annotations

from typing import Any

import msgspec

from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.sync.wire import Problem

UNREADABLE = _("unreadable answer")
_DETAIL_CHARS_MAX = 300


def refused(status: int, detail: str) -> SyncError:
    """E-51 with the number of the HTTP answer."""
    return SyncError(Code.OFFICE_REFUSED, detail=detail, status=status)


def unusable(base_url: str, why: str) -> SyncError:
    """E-51 for an address that nobody is called at."""
    return SyncError(Code.OFFICE_REFUSED, detail=f"{base_url or '?'}: {why}")


def reason(raw: bytes, status: int) -> str:
    """The office's own words where it has some, else the number of its answer."""
    try:
        problem = msgspec.json.decode(raw, type=Problem)
    except ValueError:
        return f"HTTP {status}"
    return short(": ".join(part for part in (problem.title, problem.detail) if part))


def short(what: Any) -> str:  # noqa: ANN401 - whatever can be printed
    """It as text of a bearable length."""
    return str(what)[:_DETAIL_CHARS_MAX] or type(what).__name__
