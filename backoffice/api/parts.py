"""Answers with a file, whole or from where a till broke off: ranges, ETag, what may be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from litestar import MediaType, Response
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK, HTTP_206_PARTIAL_CONTENT, HTTP_304_NOT_MODIFIED

from backoffice.errors import BadRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_PART_BYTES = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{1,18})?")


def answer(
    asked: Mapping[str, str], path: Path, sha256: str, kept: str, media_type: str
) -> Response[Any]:
    """The file at ``path``, as much of it as the headers ask for.

    ``sha256`` is that of its bytes, ``kept`` how long others may keep it (Cache-Control). Raises
    ``BadRange`` for a part behind the end.
    """
    whole = Whole(path.stat().st_size, sha256, kept, media_type)
    return answer_of(asked, whole, partial(_parts, path))


@dataclass(frozen=True, slots=True)
class Whole:
    """What an answer says of the whole file, wherever its bytes lie."""

    size: int
    sha256: str
    kept: str
    media_type: str


def answer_of(
    asked: Mapping[str, str], whole: Whole, parts: Callable[[int, int], Iterator[bytes]]
) -> Response[Any]:
    """The same for bytes that ``parts`` reads, from the first to the last of them."""
    etag = f'"{whole.sha256}"'
    headers = {"ETag": etag, "Accept-Ranges": "bytes", "Cache-Control": whole.kept}
    if asked.get("if-none-match") == etag:
        nothing = HTTP_304_NOT_MODIFIED
        return Response(None, status_code=nothing, headers=headers, media_type=MediaType.TEXT)
    status, first, last = HTTP_200_OK, 0, whole.size - 1
    part = _RANGE.fullmatch(asked.get("range", ""))
    # Without this condition the parts of two files could come together.
    if part and asked.get("if-range", etag) == etag:
        first, last = int(part[1]), min(int(part[2] or last), last)
        if first > last:
            raise BadRange(detail=f"the file has {whole.size} bytes")
        status = HTTP_206_PARTIAL_CONTENT
        headers["Content-Range"] = f"bytes {first}-{last}/{whole.size}"
    headers["Content-Length"] = str(last - first + 1)
    return Stream(
        parts(first, last), status_code=status, headers=headers, media_type=whole.media_type
    )


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
