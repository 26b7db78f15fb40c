"""Choosing a language where nobody is signed in: a cookie keeps it. An account has its own."""

from __future__ import annotations

import msgspec
from litestar import post
from litestar.datastructures import Cookie
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from backoffice.errors import BadRequest
from backoffice.web import i18n
from backoffice.web.page import LANGUAGE_COOKIE

_YEAR_S = 365 * 24 * 3600


class Choice(msgspec.Struct, frozen=True):
    """What a button of the languages says."""

    language: str


@post("/language", sync_to_thread=False)
def choose(data: URLEncodedBody[Choice]) -> Redirect:
    """Keep the language and go back to the door."""
    if data.language not in i18n.LANGUAGES:
        raise BadRequest(detail=f"$.language: expected one of {', '.join(i18n.LANGUAGES)}")
    kept = Cookie(
        key=LANGUAGE_COOKIE,
        value=data.language,
        path="/",
        max_age=_YEAR_S,
        httponly=True,
        samesite="lax",
    )
    return Redirect("/", status_code=HTTP_303_SEE_OTHER, cookies=[kept])


OPEN_HANDLERS = (choose,)
