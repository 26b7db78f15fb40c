"""Turns refusals and errors into ``application/problem+json``, for the pages into a page.

Never a stack trace: that goes to the log.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from backoffice.errors import OfficeError
from backoffice.web import i18n
from backoffice.web.i18n import gettext_noop
from backoffice.web.page import bare_page, language_of
from terminal.sync import wire

if TYPE_CHECKING:
    from litestar.types import ExceptionHandlersMap

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)

Asked = Request[Any, Any, Any]

_SAID = {
    400: gettext_noop("The address or the form is not right"),
    403: gettext_noop("The form is out of date or does not come from this page"),
    404: gettext_noop("There is no such page"),
    413: gettext_noop("That is too much at once. Go back: what you typed is still there"),
    500: gettext_noop("Something went wrong; the program's log says what"),
}


def problem(status: int, title: str, detail: str, more: dict[str, Any]) -> Response[dict[str, Any]]:
    """Answer with a problem; ``more`` are members that a till may ignore."""
    content = {**more, **msgspec.to_builtins(wire.Problem(status, title, detail))}
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
    if told := more.get("server_time"):
        headers[wire.TIME_HEADER] = told
    return Response(content, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def _refusal(request: Asked, error: OfficeError) -> Response[Any]:
    return _answer(request, error.status, error.title, error.detail, error.more)


def _http_error(request: Asked, error: HTTPException) -> Response[Any]:
    title = HTTPStatus(error.status_code).phrase
    faults = error.extra if isinstance(error.extra, list) else []
    places = [f"{fault.get('key', '$')}: {fault['message']}" for fault in faults]
    detail = "; ".join(places) or error.detail
    answer = _answer(request, error.status_code, title, detail, {})
    answer.headers.update(error.headers or {})
    if wait_s := answer.headers.get("RateLimit-Reset"):
        answer.headers["Retry-After"] = str(wait_s)
    return answer


def _too_deep(request: Asked, error: RecursionError) -> Response[Any]:
    """What is nested without end is the sender's fault where it was being read."""
    if "deserializing" not in str(error):
        return _unexpected(request, error)
    status = HTTPStatus.BAD_REQUEST
    return _answer(request, status, status.phrase, "the body is nested too deeply", {})


def _unexpected(request: Asked, error: Exception) -> Response[Any]:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    detail = "the office could not do it; its log says why"
    return _answer(request, status, status.phrase, detail, {})


def _answer(
    request: Asked, status: int, title: str, detail: str, more: dict[str, Any]
) -> Response[Any]:
    if request.url.path.startswith(("/v1/", "/releases/")):
        return problem(status, title, detail, more)
    if status == HTTPStatus.UNAUTHORIZED:
        page = str(more.get("page", "/sign-in"))
        if "hx-request" in request.headers:
            # A part of a page is no place for the door: the whole page goes there.
            return Response(None, status_code=status, headers={"HX-Redirect": page})
        return Redirect(page, status_code=HTTP_303_SEE_OTHER)
    i18n.use(language_of(request))
    said = i18n._(_SAID.get(status, gettext_noop("It did not work")))
    return bare_page("trouble.html", request, status=status, trouble=said, code=int(status))


HANDLERS: ExceptionHandlersMap = {
    OfficeError: _refusal,
    HTTPException: _http_error,
    RecursionError: _too_deep,
    Exception: _unexpected,
}
