"""What the API says of itself, as OpenAPI at ``/openapi/openapi.json``. No pages in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from backoffice.api.problems import MEDIA_TYPE
from terminal.sync import wire
from terminal.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

_ABOUT = """\
Between the tills of a shop, their back office and whoever administers it. Errors are problems as
in RFC 9457. Every answer concerns the one company whose terminal or administrator asks.
"""
_SIGNED = """\
RFC 9421 with the device's Ed25519 key: `@method`, `@target-uri` and, with a body, `content-type`
and `content-digest`; parameters `created`, `keyid`, `nonce` and `tag="kaso-v1"`.
"""
_BEARER = """\
The administrator's token of a company, or a person's, which begins with `kaso_`: it opens what its
rights name, in the shops of the person.
"""
_MEANINGS = {
    400: "the request is not understood; `detail` says where",
    401: "nobody, or a stranger, is asking",
    403: "known, but not allowed here",
    404: "there is no such thing",
    409: "it contradicts what is stored; nothing was written",
    413: "more than one request may hold",
    416: "the file ends before the range begins",
    422: "understood, but it breaks a rule; `errors` names each place",
    429: "too many requests: wait `Retry-After` seconds",
    503: "not now: ask again later",
    507: "the company's room for attachments is full",
}
_COMMON = (400, 401, 403, 404, 413, 429, 503)


def problems(*more: int) -> Mapping[int, ResponseSpec]:
    """Answers that an operation may give besides the good one."""
    return {
        status: ResponseSpec(
            wire.Problem, False, description=_MEANINGS[status], media_type=MEDIA_TYPE
        )
        for status in sorted({*_COMMON, *more})
    }


def config() -> OpenAPIConfig:
    """The document: one operation for each route of the API, and who may call it."""
    bearer: dict[str, Any] = {"type": "http", "scheme": "bearer"}
    signed: dict[str, Any] = {"type": "apiKey", "name": "Signature", "security_scheme_in": "header"}
    return OpenAPIConfig(
        title="kasoterminal back office",
        version=VERSION,
        description=_ABOUT,
        path="/openapi",
        render_plugins=[JsonRenderPlugin()],
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                "terminal": SecurityScheme(**signed, description=_SIGNED),
                "administrator": SecurityScheme(**bearer, description=_BEARER),
            }
        ),
    )
