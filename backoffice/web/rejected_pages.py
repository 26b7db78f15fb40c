"""The page of documents that are stored and do not count; each may be judged once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from backoffice import changes, rejected
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web import lists, sheet
from backoffice.web.filters import Filters
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from backoffice.web.verdict_wording import reason
from backoffice.web.wording import kind as kind_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Row

OpenOffice = NamedDependency[SkipValidation[Office]]


class Judging(msgspec.Struct, frozen=True):
    """Which document shall be judged again."""

    terminal: str
    epoch: int
    seq: int

    def __str__(self) -> str:
        return f"{self.terminal}/{self.epoch}/{self.seq}"


@get("/rejected", sync_to_thread=True, opt={"right": Right.JUDGE})
def rejected_documents(office: OpenOffice, request: Asked) -> Template | Stream:
    """Documents that are stored and do not count; the latest, and all of them as a file."""
    asked = Filters(request.query_params)
    with reading(office.engine) as database:
        if kind := asked.word("format"):
            rows = _cells(rejected.every(database))
            return sheet.download(kind, "rejected", _headings(), rows)
        documents = rejected.rejected(database, lists.PAGE_ROWS)
    return page("rejected.html", request, documents=documents, asked=asked)


@post("/rejected", sync_to_thread=True, opt={"right": Right.JUDGE})
def judge_again(office: OpenOffice, actor: CurrentActor, data: URLEncodedBody[Judging]) -> Redirect:
    """Judge one of them once more."""
    moment = office.clock()
    with writing(office.engine) as database:
        verdict = rejected.judge_again(database, data.terminal, data.epoch, data.seq, moment)
        told = f"{data}: {verdict.is_accepted}"
        changes.record(database, actor, moment, "judge", str(data), detail=told)
    said = _("Accepted: it counts now.") if verdict.is_accepted else _("Rejected as before.")
    return done("/rejected", said)


def _headings() -> list[str]:
    return [
        *(_("Till"), _("Epoch"), _("Entry"), _("Kind"), _("Identifier"), _("Received")),
        _("Reason"),
    ]


def _cells(rows: Iterable[Row[Any]]) -> Iterator[list[sheet.Cell]]:
    for it in rows:
        yield [
            *(it.terminal, it.epoch, it.seq, kind_in_words(it.kind), it.rid),
            *(sheet.moment(it.received_at), reason(it.reason)),
        ]


HANDLERS = (rejected_documents, judge_again)
