"""Takes the contents of attachments from a till, piece by piece, and gives them to one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from litestar import Request, Response, get, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter, QueryParameter, RawBody, SkipValidation
from litestar.status_codes import HTTP_200_OK, HTTP_206_PARTIAL_CONTENT

from backoffice.api.openapi import problems
from backoffice.api.parts import Whole, answer_of
from backoffice.field import contents
from backoffice.office import Office
from backoffice.store.engine import reading, writing
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

MEDIA_TYPE = "application/octet-stream"
_KEPT = "private, max-age=31536000, immutable"

Asked = Request[Any, Any, Any]
OpenOffice = NamedDependency[SkipValidation[Office]]
Sha256 = Annotated[str, PathParameter(pattern=wire.SHA256_PATTERN)]
Bytes = Annotated[int, QueryParameter(ge=0, le=wire.NUMBER_MAX)]
_PART = ResponseSpec(bytes, False, description="the part asked for", media_type=MEDIA_TYPE)


@get("/attachments/{sha256:str}", responses=problems(), sync_to_thread=True)
def attachment_held(office: OpenOffice, sha256: Sha256) -> wire.Held:
    """How much of a content the office has; nothing of it is an answer, too."""
    with reading(office.engine) as database:
        return contents.held(database, sha256)


@put(
    "/attachments/{sha256:str}",
    responses=problems(409, 422, 507),
    status_code=HTTP_200_OK,
    sync_to_thread=True,
    request_max_body_size=wire.CHUNK_BYTES_MAX,
)
def take_piece(
    office: OpenOffice, sha256: Sha256, offset: Bytes, size: Bytes, body: RawBody
) -> wire.Held:
    """Take the next piece of a content of ``size`` bytes.

    409 says how much is here already. When the sum is wrong at the end all of it is thrown away.
    """
    with writing(office.engine) as database:
        known = contents.put(database, sha256, offset, size, body, office.clock())
    if not known.received:
        raise contents.wrong_sum(sha256)
    return known


@get(
    "/attachments/{sha256:str}/content",
    media_type=MEDIA_TYPE,
    # A range counts the bytes as they are.
    no_gzip=True,
    responses={**problems(416), HTTP_206_PARTIAL_CONTENT: _PART},
    sync_to_thread=True,
)
def attachment_content(office: OpenOffice, request: Asked, sha256: Sha256) -> Response[Any]:
    """A whole content, or the part of it that is asked for."""
    with reading(office.engine) as database:
        size = contents.size_of(database, sha256)
    whole = Whole(size, sha256, _KEPT, MEDIA_TYPE)
    pieces: partial[Iterator[bytes]] = partial(contents.between, office.engine, sha256)
    return answer_of(request.headers, whole, pieces)
