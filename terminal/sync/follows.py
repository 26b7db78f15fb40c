"""Whether what the office says follows from what the till has. Pure.

An office that was restored from a copy, or that is empty, must never be read as "everything was
deleted".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.wire import PAGE_ROWS_MAX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terminal.sync.wire import SetPage, SetState


def check_state(
    name: str, own: int, states: Mapping[str, SetState], *, may_be_older: bool = False
) -> None:
    """Raise E-51 for a data set that the office lacks, or has only older than revision ``own``.

    ``may_be_older`` allows the latter, unless it never published any of it.
    """
    if name not in states:
        raise SyncError(Code.OFFICE_REFUSED, detail=translate(_("it has no {name}"), name=name))
    newest = states[name].revision
    if newest < own and not (may_be_older and newest):
        raise _older(name, newest, own)


def check_page(page: SetPage, name: str, since: int) -> None:
    """Raise E-51 for a page that does not follow what the till has, before anything is touched."""
    if page.to < since or page.since != since:
        raise _older(name, page.to, since)
    if page.name != name or len(page.rows) > PAGE_ROWS_MAX or (page.more and page.to == since):
        raise SyncError(Code.OFFICE_REFUSED, detail=translate(_("wrong page of {name}"), name=name))


def _older(name: str, theirs: int, own: int) -> SyncError:
    message = _("its {name} are older ({theirs}) than those of the till ({own}), see 8 4 8")
    detail = translate(message, name=name, theirs=theirs, own=own)
    return SyncError(Code.OFFICE_REFUSED, detail=detail)
