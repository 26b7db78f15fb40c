"""What to do next with a document: store, confirm, wait for its end, or give up. No I/O.

Three rules carry everything:

1. Nothing is carried out before it is confirmed, so storing may be repeated as often as one likes.
2. It is confirmed a second time only after the printer said that it is still stored.
3. Silence after that proves nothing: the document is in doubt, and the counters decide.

    POST ─▶ number ─▶ remember it ─▶ PUT ─▶ GET … ─▶ DONE │ ERROR: refused
                                      ▲      │ STORED: the PUT was lost
                                      └──────┘ gone, unknown, silent: in doubt

Source: docs/novitus.md, "Documents".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.errors import DeviceError, InDoubt, NotDone, NotReady, Unreachable
from drivers.novitus.codes import http_refusal, refusal
from drivers.novitus.frame import Document, Request, write_json
from drivers.novitus.session import Answer, Pause, number
from drivers.novitus.watch import Timings, Watch, device_status

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.fiscal import Status
    from drivers.novitus.session import Dialogue, Session

_TRIES_MAX = 3
_BUSY = "busy"
_NUMBER = re.compile(r"[0-9A-Za-z]{32}\Z")
_CREATED, _BAD, _FORBIDDEN, _MISSING = 201, 400, 403, 404
# No set: what stands in an answer may not be hashable.
_WORKING = ("QUEUED", "PENDING", "CONFIRMED")


class Gone(InDoubt):
    """The printer does not know the document any more: it has ended, nobody can say how."""


@dataclass(frozen=True, slots=True)
class Done:
    """A document that was carried out; ``response`` is what it was asked for."""

    number: str
    response: Document = field(default_factory=dict)


class Documents:
    """Stores, confirms and follows documents of one session.

    ``on_wait`` hears how the device is while it blocks, ``is_abandoned`` says when nobody wants to
    wait any longer.
    """

    def __init__(
        self,
        session: Session,
        timings: Timings,
        on_wait: Callable[[Status], None] | None = None,
        is_abandoned: Callable[[], bool] = lambda: False,
    ) -> None:
        self._session = session
        self._timings = timings
        self._on_wait = on_wait
        self._is_abandoned = is_abandoned

    def carry_out(
        self, kind: str, document: Document, remember: Callable[[str], None] = lambda _: None
    ) -> Dialogue[Done]:
        """Have a document carried out; ``remember`` hears its number before it is confirmed.

        Raises ``Refused``, ``Unreachable`` or ``NotReady`` when it was not, ``InDoubt`` when
        nothing settled whether it was.
        """
        found, has_orphans = yield from self._store(kind, document)
        remember(found)
        try:
            done = yield from self._confirm(kind, found)
        except DeviceError:
            yield from self._tidy(has_orphans=has_orphans)
            raise
        yield from self._tidy(has_orphans=has_orphans)
        return done

    def _tidy(self, *, has_orphans: bool) -> Dialogue[None]:
        # Copies that were stored and never confirmed would stand in the way of a daily report.
        if has_orphans:
            yield from self._session.ask(Request("DELETE", "/queue"))

    def _store(self, kind: str, document: Document) -> Dialogue[tuple[str, bool]]:
        body = write_json(document)
        for tried in range(_TRIES_MAX):
            answer = yield from self._session.ask(Request("POST", f"/{kind}", body))
            found = answer.part("request").get("id")
            if answer.status == _CREATED and isinstance(found, str) and _NUMBER.match(found):
                return found, tried > 0
            if answer.status == _FORBIDDEN:
                raise NotReady(_BUSY)
            if answer.status and not answer.is_good:
                raise http_refusal(answer.status, answer.code, answer.told, kind)
            if not answer.is_sent:
                break
        msg = f"no answer to {kind}; nothing was confirmed"
        raise Unreachable(msg)

    def _confirm(self, kind: str, found: str) -> Dialogue[Done]:
        watch = self._watch()
        for tried in range(_TRIES_MAX):
            answer = yield from self._session.ask(Request("PUT", f"/{kind}/{found}"))
            if not tried:
                # Later ones may be refused because the first was late and did arrive.
                _check_confirmed(answer, kind)
            done = yield from self._follow(kind, found, watch)
            if done:
                return done
        if (yield from self._is_dropped(kind, found)):
            msg = f"{kind} could not be confirmed"
            raise NotDone(msg)
        msg = f"{kind} was not confirmed, and then it was"
        raise InDoubt(msg)

    def _watch(self) -> Watch:
        return Watch(self._timings, self._on_wait, self._is_abandoned)

    def _is_dropped(self, kind: str, found: str) -> Dialogue[bool]:
        """Drop a stored document; a confirmation that was late may have been faster.

        Raises ``InDoubt`` when that was not answered: it might still be confirmed by bytes on their
        way.
        """
        answer = yield from self._session.ask(Request("DELETE", f"/{kind}/{found}"))
        if answer.is_good or answer.status == _MISSING:
            return True
        if answer.status == _BAD:
            return False
        msg = f"{kind} could not be dropped"
        raise InDoubt(msg)

    def _follow(self, kind: str, found: str, watch: Watch) -> Dialogue[Done | None]:
        """Wait for the end; None when the document was not confirmed after all."""
        while True:
            answer = yield from self._look(kind, found)
            request = answer.part("request")
            match answer.status, request.get("status"):
                case 200, "DONE":
                    response = request.get("response")
                    return Done(found, response if isinstance(response, dict) else {})
                case 200, "ERROR":
                    raise self._failed(kind, request)
                case 200, "STORED":
                    return None
                case 200, status if status in _WORKING:
                    watch.heard(device_status(answer), max(answer.waited_s, self._timings.poll_s))
                case (_, "UNKNOWN") | (404, _):
                    msg = f"the printer does not know {kind} {found} any more"
                    raise Gone(msg)
                case _:
                    watch.silent(max(answer.waited_s, self._timings.poll_s))
            if watch.given_up:
                msg = f"{kind}: {watch.given_up}"
                raise InDoubt(msg)
            yield from self._rest(answer)

    def _rest(self, answer: Answer) -> Dialogue[None]:
        """An interface that answers at once, or not at all, is not asked without a pause."""
        rest_s = self._timings.poll_s - answer.waited_s
        if rest_s > 0:
            yield Pause(rest_s)

    def _look(self, kind: str, found: str) -> Dialogue[Answer]:
        poll_s = self._timings.poll_s
        request = Request("GET", f"/{kind}/{found}", timeout_ms=int(poll_s * 1000))
        return (yield from self._session.ask(request, poll_s))

    def _failed(self, kind: str, request: Document) -> Exception:
        error = request.get("error")
        known = error if isinstance(error, dict) else {}
        return refusal(number(known.get("code")), str(known.get("description", "")), kind)

    # What was begun before

    def await_end(self, kind: str, found: str) -> Dialogue[bool]:
        """Wait for a document that somebody confirmed; tells whether it was carried out.

        One that is still stored is dropped. Raises ``InDoubt`` when nothing is heard of it, or it
        does not end.
        """
        watch = self._watch()
        for _ in range(_TRIES_MAX):
            try:
                done = yield from self._follow(kind, found, watch)
            except (NotDone, Gone):
                return False
            if done:
                return True
            if (yield from self._is_dropped(kind, found)):
                return False
        msg = f"{kind} is neither stored nor confirmed"
        raise InDoubt(msg)

    def clear(self) -> Dialogue[None]:
        """Drop everything unconfirmed. Raises ``Unreachable`` when that was not answered."""
        answer = yield from self._session.ask(Request("DELETE", "/queue"))
        if not answer.is_good:
            raise _unanswered(answer, "queue")

    def queued(self) -> Dialogue[int]:
        """How many documents wait. Raises ``Unreachable`` when that was not answered."""
        answer = yield from self._session.ask(Request("GET", "/queue"))
        if not answer.is_good:
            raise _unanswered(answer, "queue")
        return number(answer.document.get("requests_in_queue"))

    def peek(self) -> Dialogue[Status]:
        """How the device is, even while it works: a question that is stored, seen and dropped."""
        found, _ = yield from self._store("status", {"status": {"type": "device"}})
        answer = yield from self._session.ask(Request("GET", f"/status/{found}"))
        yield from self._session.ask(Request("DELETE", f"/status/{found}"))
        if not answer.is_good:
            raise _unanswered(answer, "status")
        return device_status(answer)


def _check_confirmed(answer: Answer, kind: str) -> None:
    if answer.status == _FORBIDDEN:
        raise NotReady(_BUSY)
    if answer.status == _MISSING:
        msg = f"{kind} was gone before it was confirmed"
        raise NotDone(msg)
    if answer.is_refusal:
        raise http_refusal(answer.status, answer.code, answer.told, kind)


def _unanswered(answer: Answer, what: str) -> Exception:
    if answer.status:
        return http_refusal(answer.status, answer.code, answer.told, what)
    return Unreachable(f"no answer to {what}")
