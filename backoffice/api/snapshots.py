"""Gives a till the file with all data sets of its shop, whole or from where it broke off."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

from litestar import Request, get
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, SkipValidation
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK, HTTP_206_PARTIAL_CONTENT

from backoffice.api.openapi import problems
from backoffice.errors import BadRange, NotNow
from backoffice.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from backoffice.snapshots import File

MEDIA_TYPE = "application/gzip"
_PART_BYTES = 256 * 1024
# Shorter than the patience of a till that waits for an answer.
_MADE_WITHIN_S = 4.0
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{1,18})?")

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
async def snapshot(office: OpenOffice, request: Asked, key: FromPath[str]) -> Stream:
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
    return await sync_to_thread(_answer, request, file)


def _answer(request: Asked, file: File) -> Stream:
    size = file.path.stat().st_size
    etag = f'"{file.etag}"'
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, max-age=31536000, immutable",
    }
    status, first, last = HTTP_200_OK, 0, size - 1
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    # Without this condition the parts of two files could come together.
    if asked and request.headers.get("if-range", etag) == etag:
        first, last = int(asked[1]), min(int(asked[2] or last), last)
        if first > last:
            raise BadRange(detail=f"the file has {size} bytes")
        status = HTTP_206_PARTIAL_CONTENT
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    headers["Content-Length"] = str(last - first + 1)
    parts = _parts(file.path, first, last)
    return Stream(parts, status_code=status, headers=headers, media_type=MEDIA_TYPE)


def _parts(path: Path, first: int, last: int) -> Iterator[bytes]:
    """Opens the file for each part: a till that hangs up leaves nobody to close it."""
    while first <= last:
        with path.open("rb") as opened:
            opened.seek(first)
            part = opened.read(min(_PART_BYTES, last - first + 1))
        if not part:
            return
        yield part
        first += len(part)
