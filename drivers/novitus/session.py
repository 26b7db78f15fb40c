"""Asks the interface one thing at a time, with a token that is good. No I/O.

A dialogue is a generator. It yields ``Ask`` or ``Pause``, is told what was ``Heard``, and returns
what it found out; whoever runs it owns the line and the clock.

The printer gives ten tokens an hour and refreshes the last one for nothing, so the last one is
kept, across restarts, and a new one is asked for only when that is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from drivers.novitus.codes import http_refusal
from drivers.novitus.frame import Document, Request, Response, is_token, read_json

_UNAUTHORISED, _FORBIDDEN, _BAD, _BROKEN = 401, 403, 400, 500

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Ask:
    """Send this, and listen at most so long for the answer."""

    request: Request
    wait_s: float


@dataclass(frozen=True, slots=True)
class Pause:
    """Do nothing for a while."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of the last step: an answer, or none within the time waited.

    ``is_sent`` tells whether bytes of the request may have left.
    """

    answer: Response | None = None
    waited_s: float = 0.0
    is_sent: bool = True


Step: TypeAlias = Ask | Pause
Dialogue: TypeAlias = Generator[Step, Heard, Result]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the interface said; ``status`` 0 is silence."""

    status: int = 0
    document: Document = field(default_factory=dict)
    waited_s: float = 0.0
    is_sent: bool = True

    @property
    def is_good(self) -> bool:
        """Whether it was understood and done."""
        return 0 < self.status < _BAD

    @property
    def is_refusal(self) -> bool:
        """Whether it was understood and not done; the interface's own trouble is neither."""
        return _BAD <= self.status < _BROKEN

    def part(self, name: str) -> Document:
        """The object called ``name``; an empty one when there is none."""
        found = self.document.get(name)
        return found if isinstance(found, dict) else {}

    @property
    def code(self) -> int:
        """The interface's number of what is wrong."""
        return number(self.part("exception").get("code"))

    @property
    def told(self) -> str:
        """The interface's words for what is wrong."""
        exception = self.part("exception")
        errors = exception.get("errors")
        details = [str(each) for each in errors] if isinstance(errors, list) else []
        until = exception.get("allowed_refresh_date")
        if until:
            details.append(f"not before {until}")
        return ": ".join(str(each) for each in (exception.get("description", ""), *details) if each)


def number(value: object) -> int:
    """``value`` when it is a whole number, else 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


class Session:
    """Holds the token; ``keep`` hears of each change."""

    def __init__(self, token: str, keep: Callable[[str], None], reply_s: float) -> None:
        self._token = token if is_token(token) else ""
        self._keep = keep
        self._reply_s = reply_s

    def ask(self, request: Request, wait_s: float = 0.0) -> Dialogue[Answer]:
        """Ask once; again, should the token have been the trouble.

        ``wait_s`` is how long the interface itself may take. Raises ``Refused`` when no token can
        be had.
        """
        if not self._token and not (yield from self._mint()):
            return Answer()
        answer = yield from self._once(request, wait_s)
        if answer.status == _UNAUTHORISED and (yield from self._refresh()):
            answer = yield from self._once(request, wait_s)
        if answer.status == _FORBIDDEN:
            # The printer has deleted it: two things at once were asked of it.
            self._set("")
        return answer

    def _once(self, request: Request, wait_s: float = 0.0) -> Dialogue[Answer]:
        heard = yield Ask(replace(request, token=self._token), wait_s + self._reply_s)
        return _read(heard)

    def _refresh(self) -> Dialogue[bool]:
        answer = yield from self._once(Request("PATCH", "/token"))
        if answer.status == _UNAUTHORISED:
            self._set("")
            return (yield from self._mint())
        return self._take(answer)

    def _mint(self) -> Dialogue[bool]:
        heard = yield Ask(Request("GET", "/token"), self._reply_s)
        answer = _read(heard)
        if answer.status >= _BAD:
            raise http_refusal(answer.status, answer.code, answer.told, "token")
        return self._take(answer)

    def _take(self, answer: Answer) -> bool:
        token = answer.document.get("token")
        if not answer.is_good or not isinstance(token, str) or not is_token(token):
            return False
        self._set(token)
        return True

    def _set(self, token: str) -> None:
        if token != self._token:
            self._token = token
            self._keep(token)


def _read(heard: Heard) -> Answer:
    """What was heard as an answer; bytes that are no JSON object are as good as silence."""
    if heard.answer is None:
        return Answer(waited_s=heard.waited_s, is_sent=heard.is_sent)
    status, body = heard.answer.status, heard.answer.body
    document = read_json(body)
    if document is None and (body or status < _BAD):
        return Answer(waited_s=heard.waited_s)
    return Answer(status, document or {}, heard.waited_s)
