"""The page of documents that are stored and do not count; each may be judged once more."""

from __future__ import annotations

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import changes, rejected
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web import lists
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page

OpenOffice = NamedDependency[SkipValidation[Office]]


class Judging(msgspec.Struct, frozen=True):
    """Which document shall be judged again."""

    terminal: str
    epoch: int
    seq: int

    def __str__(self) -> str:
        return f"{self.terminal}/{self.epoch}/{self.seq}"


@get("/rejected", sync_to_thread=True, opt={"right": Right.JUDGE})
def rejected_documents(office: OpenOffice, request: Asked) -> Template:
    """Documents that are stored and do not count."""
    with reading(office.engine) as database:
        documents = rejected.rejected(database, lists.PAGE_ROWS)
    return page("rejected.html", request, documents=documents)


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


HANDLERS = (rejected_documents, judge_again)
