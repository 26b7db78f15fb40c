"""Gives a till the file with all data sets of its shop, whole or from where it broke off."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, Response, get
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, SkipValidation
from litestar.status_codes import HTTP_206_PARTIAL_CONTENT

from backoffice import contacts
from backoffice.api.openapi import problems
from backoffice.api.parts import answer
from backoffice.contacts import Contact
from backoffice.errors import NotNow
from backoffice.moments import stamp
from backoffice.office import Office
from backoffice.store.engine import writing

MEDIA_TYPE = "application/gzip"
_KEPT = "private, max-age=31536000, immutable"
# Shorter than the patience of a till that waits for an answer.
_MADE_WITHIN_S = 4.0

Asked = Request[Any, Any, Any]
OpenOffice = NamedDependency[SkipValidation[Office]]
_PART = ResponseSpec(bytes, False, description="the part asked for", media_type=MEDIA_TYPE)


@get(
    "/snapshots/{key:str}",
    media_type=MEDIA_TYPE,
    # It is compressed already, and a range counts the bytes as they are.
    no_gzip=True,
    responses={**problems(416), HTTP_206_PARTIAL_CONTENT: _PART},
)
async def snapshot(
    office: OpenOffice, request: Asked, terminal: FromPath[str], key: FromPath[str]
) -> Response[Any]:
    """The snapshot that the data sets were announced with; 503 while it is being made."""
    company, shop = request.state.company, request.state.shop
    file = await sync_to_thread(office.snapshots.find, company, shop, key)
    if file is None:
        begun = office.snapshots.begin(office.engine, shop, key)
        try:
            async with asyncio.timeout(_MADE_WITHIN_S):
                file = await asyncio.shield(asyncio.wrap_future(begun))
        except TimeoutError:
            raise NotNow(detail="the snapshot is being made: ask again") from None
    if "Range" not in request.headers:
        await sync_to_thread(_note, office, terminal)
    return await sync_to_thread(answer, request.headers, file.path, file.etag, _KEPT, MEDIA_TYPE)


def _note(office: Office, terminal: str) -> None:
    """A whole load has begun; what is asked for from a place on is the rest of one."""
    with writing(office.engine) as database:
        contacts.note(database, terminal, Contact.FILE, stamp(office.clock()))
