"""Gives a till metadata and bundles, without a login: what they hold is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter, SkipValidation
from litestar.status_codes import HTTP_206_PARTIAL_CONTENT, HTTP_304_NOT_MODIFIED

from backoffice.api.openapi import problems
from backoffice.api.parts import answer
from backoffice.errors import NotFound
from backoffice.office import Office

if TYPE_CHECKING:
    from backoffice.releases.shelf import Served, Shelf

BUNDLE_TYPE, METADATA_TYPE = "application/octet-stream", "application/json"
# Proxies between may keep what never changes; what does is asked for each time.
_FINAL = "public, max-age=31536000, immutable"
_FRESH = "no-cache"

Asked = Request[Any, Any, Any]
TheServer = NamedDependency[SkipValidation[Office]]
Name = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,249}$")]
Channel = Annotated[str, PathParameter(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")]
_RESPONSES = {
    **problems(416),
    HTTP_206_PARTIAL_CONTENT: ResponseSpec(
        bytes, False, description="the part asked for", media_type=BUNDLE_TYPE
    ),
    HTTP_304_NOT_MODIFIED: ResponseSpec(None, False, description="it is the one you have"),
}


@get("/metadata/{name:str}", media_type=METADATA_TYPE, responses=_RESPONSES, sync_to_thread=True)
def release_metadata(server: TheServer, request: Asked, name: Name) -> Response[Any]:
    """Signed metadata, such as timestamp.json or 1.root.json."""
    return _sent(request, _shelf(server).metadata(name), METADATA_TYPE)


@get(
    "/targets/kasoterminal/{channel:str}/{name:str}",
    media_type=BUNDLE_TYPE,
    responses=_RESPONSES,
    sync_to_thread=True,
)
def release_target(
    server: TheServer, request: Asked, channel: Channel, name: Name
) -> Response[Any]:
    """A bundle, by the name that begins with its SHA-256."""
    return _sent(request, _shelf(server).target(channel, name), BUNDLE_TYPE)


# Packed, a range would count other bytes.
release_routes = Router(
    "/releases", route_handlers=[release_metadata, release_target], opt={"no_gzip": True}
)


def _shelf(server: Office) -> Shelf:
    if server.shelf is None:
        raise NotFound(detail="this office has no releases")
    return server.shelf


def _sent(request: Asked, served: Served, media_type: str) -> Response[Any]:
    kept = _FINAL if served.is_final else _FRESH
    return answer(request.headers, served.path, served.etag, kept, media_type)
