"""Requests to another program over HTTP: who we are, limits, and what its refusals mean.

Its address is trusted, its answers are not: they end at a size and at a time, and no redirect is
followed, for a token must not travel to a host that nobody wrote down.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import httpx2

from backoffice.erp.json_records import decoded
from backoffice.jobs.work import NeverError, NotNowError
from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Mapping

ANSWER_BYTES_MAX = 32 * 1024 * 1024
TOKEN_BYTES_MAX = 64 * 1024
WAIT_S_MAX = 3600.0
# A peer that drips never meets the limit of a single wait.
_TIMEOUTS_MAX = 6
_EARLY_S = 30.0
_TOKEN_S = 300.0
_OK, _REDIRECT, _NOT_MODIFIED, _UNAUTHORIZED, _FAILED = 200, 300, 304, 401, 500
_LATER = frozenset({408, 423, 425, 429})
_SHOWN = 300
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Client:
    """Who we are over there; without an id nobody asks."""

    token_address: str = ""
    id: str = ""
    secret: str = ""
    scope: str = ""

    def __repr__(self) -> str:
        return f"Client({self.id!r})"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that was read whole."""

    status: int
    headers: httpx2.Headers
    content: bytes
    address: str = ""

    @property
    def value(self) -> Any:  # noqa: ANN401 (whatever JSON says)
        """What its JSON says; raises ``NeverError``."""
        try:
            return decoded(self.content)
        except ValueError:
            raise NeverError(Reason(_("the other program answered no JSON"))) from None

    @property
    def detail(self) -> str:
        """What a refusal says about itself, as far as people can read it."""
        try:
            said = decoded(self.content)
        except ValueError:
            return f"HTTP {self.status}"
        words = said if isinstance(said, dict) else {}
        told = next(
            (words[it] for it in ("detail", "message", "title", "error") if it in words), ""
        )
        shown = "".join(it for it in str(told)[:_SHOWN] if it.isprintable())
        return f"HTTP {self.status}: {shown}" if shown else f"HTTP {self.status}"


class Caller:
    """Asks one program; ``address`` is what all paths begin with, without a last slash."""

    def __init__(
        self,
        address: str,
        client: Client,
        *,
        timeout_s: float = 30.0,
        trust: ssl.SSLContext | bool = True,
    ) -> None:
        self.address = address
        self._client, self._timeout_s = client, timeout_s
        # Nothing is packed: a small answer must not unfold to a large one.
        self._http = httpx2.Client(
            timeout=timeout_s,
            follow_redirects=False,
            verify=trust,
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
        )
        self._token, self._until = "", 0.0
        self._alone = threading.Lock()

    def ask(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        content: bytes | None = None,
        allowed: frozenset[int] = frozenset(),
    ) -> Said:
        """Ask and read the answer; raises for a refusal that is not ``allowed``."""
        more = {"params": query or None, "content": content} | ({"json": body} if body else {})
        with self.asked(method, url, headers or {}, **more) as answer:
            content_read = self._read(answer, ANSWER_BYTES_MAX)
            said = Said(answer.status_code, answer.headers, content_read, str(answer.url))
        self._judge(said, allowed)
        return said

    @contextmanager
    def asked(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        **more: Any,  # noqa: ANN401 (what the HTTP client takes)
    ) -> Iterator[httpx2.Response]:
        """The answer while it comes; a token that is refused is renewed once."""
        with _reaching(self.address):
            for is_last in (False, True):
                token = self._current_token()
                own = {**headers, **({"Authorization": f"Bearer {token}"} if token else {})}
                with self._http.stream(method, url, headers=own, **more) as answer:
                    if answer.status_code == _UNAUTHORIZED and token and not is_last:
                        self._forget(token)
                        continue
                    yield answer
                    return

    def pieces(self, answer: httpx2.Response) -> Iterator[bytes]:
        """What an answer brings, until it takes too long."""
        deadline = time.monotonic() + self._timeout_s * _TIMEOUTS_MAX
        for piece in answer.iter_raw(_PIECE):
            yield piece
            if time.monotonic() > deadline:
                raise NotNowError(Reason(_("the other program answers too slowly")))

    def refuse(self, answer: httpx2.Response) -> None:
        """Raise for an answer that ``asked`` gave, if it is a refusal."""
        if not _OK <= answer.status_code < _REDIRECT:
            content = self._read(answer, ANSWER_BYTES_MAX)
            self._judge(Said(answer.status_code, answer.headers, content), frozenset())

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def _read(self, answer: httpx2.Response, most: int) -> bytes:
        parts, size = [], 0
        for piece in self.pieces(answer):
            size += len(piece)
            if size > most:
                message = _("the other program answered more than {most} MiB")
                raise NeverError(Reason(message, most=most // 2**20))
            parts.append(piece)
        return b"".join(parts)

    def _judge(self, said: Said, allowed: frozenset[int]) -> None:
        if _OK <= said.status < _REDIRECT or said.status in allowed:
            return
        if _REDIRECT <= said.status < _UNAUTHORIZED - 1:
            message = _("the other program sends us to another address ({address}): write it down")
            raise NeverError(Reason(message, address=said.headers.get("location", "-")[:_SHOWN]))
        if said.status >= _FAILED or said.status in _LATER:
            raise NotNowError(
                Reason(_("the other program is busy ({detail})"), detail=said.detail),
                retry_after(said.headers.get("retry-after", ""), datetime.now(UTC)),
            )
        raise NeverError(Reason(_("the other program refuses: {detail}"), detail=said.detail))

    def _current_token(self) -> str:
        if not self._client.id:
            return ""
        with self._alone:
            if not self._token or time.monotonic() > self._until:
                self._token, seconds = self._new_token()
                self._until = time.monotonic() + max(0.0, seconds - _EARLY_S)
            return self._token

    def _forget(self, token: str) -> None:
        with self._alone:
            if self._token == token:
                self._token = ""

    def _new_token(self) -> tuple[str, float]:
        asked = {"grant_type": "client_credentials"}
        if self._client.scope:
            asked["scope"] = self._client.scope
        who = httpx2.BasicAuth(self._client.id, self._client.secret)
        with self._http.stream("POST", self._client.token_address, data=asked, auth=who) as answer:
            said = Said(answer.status_code, answer.headers, self._read(answer, TOKEN_BYTES_MAX))
        self._judge(said, frozenset())
        value = said.value
        token = value.get("access_token") if isinstance(value, dict) else None
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise NeverError(Reason(_("the other program gave no token")))
        seconds = value.get("expires_in", _TOKEN_S)
        is_known = isinstance(seconds, int) and 0 <= seconds <= WAIT_S_MAX
        return token, float(seconds) if is_known else _TOKEN_S


def retry_after(text: str, now: datetime) -> float:
    """Seconds that a ``Retry-After`` asks for: a number of them, or a date."""
    if text.strip().isascii() and text.strip().isdecimal():
        return min(float(text.strip()[:9]), WAIT_S_MAX)
    try:
        moment = parsedate_to_datetime(text)
        seconds = (moment - now).total_seconds() if moment.tzinfo else 0.0
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), WAIT_S_MAX)


@contextmanager
def _reaching(address: str) -> Iterator[None]:
    try:
        yield
    except (httpx2.HTTPError, httpx2.StreamError, OSError) as error:
        why = str(error)[:_SHOWN] or type(error).__name__
        told = Reason(_("{address} cannot be reached: {why}"), address=address, why=why)
        raise NotNowError(told) from error
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise NeverError(Reason(_("the other program gave an address that is none"))) from error
