"""The interface of the printer: one request in, one answer out. No threads, no bytes, no waiting.

Whatever a request changes is in ``jobs`` when its answer is made. Source: docs/novitus.md,
"Transport" and "Documents".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drivers.novitus.frame import Request, Response, read_json, write_json
from hw_emulator.novitus import codes
from hw_emulator.novitus.jobs import WAITING, State
from hw_emulator.novitus.schema import ROOTS, check
from hw_emulator.novitus.tokens import Exhausted, Tokens, shown

if TYPE_CHECKING:
    from hw_emulator.novitus.codes import Trouble
    from hw_emulator.novitus.device import Device
    from hw_emulator.novitus.jobs import Job, Jobs

_DOCUMENT = re.compile(r"/([a-z_]+)(?:/([0-9a-f]{32}))?\Z")
_OK, _CREATED = 200, 201
_ERRORS_SHOWN = 20
STORED_MAX = 256
_TROUBLES = {
    trouble.status: trouble
    for trouble in (
        codes.NOT_VALID,
        codes.TOKEN,
        codes.MULTIPLE,
        codes.NOT_FOUND,
        codes.REPORT_WAITS,
        codes.TOO_MANY_TOKENS,
        codes.PROTECTED_FULL,
    )
}


def name(request: Request) -> str:
    """What faults call a request: ``receipt-put``, ``token-get``, ``root-get``."""
    kind = request.path.strip("/").partition("/")[0] or "root"
    return f"{kind}-{request.method.lower()}"


def refused(status: int) -> Response:
    """The answer of an interface that refuses with ``status``."""
    trouble = _TROUBLES.get(status, codes.Trouble(status, 13, "Internal error"))
    return _exception(trouble)


@dataclass(slots=True)
class Interface:
    """Takes documents for a device, whose thread carries out what is QUEUED."""

    device: Device
    jobs: Jobs
    tokens: Tokens

    def answer(self, request: Request) -> Response:
        """Carry out one request."""
        if not request.path:
            return _answer({}) if request.method == "GET" else _exception(codes.NOT_FOUND)
        if request.path == "/token":
            return self._token(request)
        if not self.tokens.is_good(request.token):
            return _exception(codes.TOKEN)
        if request.path == "/queue":
            return self._queue(request)
        return self._document(request)

    def awaited(self, request: Request) -> Job | None:
        """The document whose end a GET may wait for."""
        found = _DOCUMENT.match(request.path)
        if request.method != "GET" or not request.timeout_ms or not found or not found[2]:
            return None
        job = self.jobs.find(found[2], found[1])
        return job if job and job.state in WAITING else None

    def _token(self, request: Request) -> Response:
        try:
            if request.method == "GET":
                token = self.tokens.mint()
            elif request.method == "PATCH":
                token = self.tokens.refresh(request.token)
            else:
                return _exception(codes.NOT_FOUND)
        except Exhausted as exhausted:
            return _exception(codes.TOO_MANY_TOKENS, allowed_refresh_date=shown(exhausted.again))
        if not token:
            return _exception(codes.TOKEN)
        return _answer({"token": token, "expiration_date": shown(self.tokens.expires)})

    def _queue(self, request: Request) -> Response:
        match request.method:
            case "GET":
                waiting = self.jobs.count(State.STORED, *WAITING)
                return _answer({"requests_in_queue": waiting})
            case "DELETE":
                self.jobs.drop_stored()
                return _answer({"status": "DELETED"})
        return _exception(codes.NOT_FOUND)

    def _document(self, request: Request) -> Response:
        found = _DOCUMENT.match(request.path)
        kind, number = found.groups() if found else ("", None)
        if kind in ROOTS and number is None and request.method == "POST":
            return self._store(kind, request.body)
        job = self.jobs.find(number, kind) if number else None
        match request.method:
            case "PUT" if job:
                return self._confirm(job)
            case "GET" if job:
                return _answer({"device": self.device.shown(), "request": _shown(job)})
            case "DELETE" if job:
                return self._delete(job)
        return _exception(codes.NOT_FOUND)

    def _store(self, kind: str, body: bytes) -> Response:
        document = read_json(body)
        if document is None:
            return _exception(codes.NO_JSON)
        if errors := check(document, kind):
            return _exception(codes.NOT_VALID, errors=errors[:_ERRORS_SHOWN])
        if self.jobs.count(State.STORED) >= STORED_MAX:
            return _exception(codes.PROTECTED_FULL)
        if self.jobs.waiting_report:
            return _exception(codes.REPORT_WAITS)
        if kind == "daily_report" and self.jobs.count(State.STORED):
            return _exception(codes.STORED_IN_QUEUE)
        job = self.jobs.store(kind, document, self.device.books.next_report_no)
        return _answer({"request": {"id": job.number, "status": job.state}}, _CREATED)

    def _confirm(self, job: Job) -> Response:
        if job.state is State.STORED:
            if self.jobs.is_working:
                self.tokens.delete()
                return _exception(codes.MULTIPLE)
            self.jobs.change(job, state=State.QUEUED)
        return _answer({"request": {"id": job.number, "status": "CONFIRMED"}})

    def _delete(self, job: Job) -> Response:
        if job.state is not State.STORED:
            return _exception(codes.NOT_DELETED)
        self.jobs.drop(job)
        return _answer({"request": {"id": job.number, "status": "DELETED"}})


def _shown(job: Job) -> dict[str, Any]:
    shown_job: dict[str, Any] = {"id": job.number, "status": job.state}
    if job.jpkid:
        shown_job["jpkid"] = job.jpkid
    if job.response:
        shown_job["response"] = job.response
    if job.state is State.ERROR:
        shown_job["error"] = {"code": job.code, "description": job.description}
    return shown_job


def _answer(document: dict[str, Any], status: int = _OK) -> Response:
    return Response(status, write_json(document))


def _exception(trouble: Trouble, **more: Any) -> Response:  # noqa: ANN401 - what JSON can hold
    told = {"code": trouble.code, "description": trouble.description, **more}
    return Response(trouble.status, write_json({"exception": told}))
