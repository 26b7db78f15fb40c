r"""Bytes ↔ requests and answers of NoviAPI: as much HTTP/1.1 and JSON as it needs. No I/O.

    request  = METHOD SP "/api/v1" path ["?" query] SP "HTTP/1.1" CRLF headers CRLF [body]
    response = "HTTP/1.1" SP status SP reason CRLF headers CRLF [body]

A body has a length, comes in chunks or, in an answer, ends with the connection. The scanner never
raises, keeps a bounded number of bytes, and after bytes that are no HTTP hears nothing more until
it is reset: where the next message begins could only be guessed.

Driver and emulator share this module and ``packet``, and nothing else. Source: docs/novitus.md.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, TypeAlias

ROOT = "/api/v1"
AGENT = "NoviApi"
HEAD_MAX = 16 * 1024
BODY_MAX = 256 * 1024

Document: TypeAlias = dict[str, Any]

_REASONS = {200: "OK", 201: "Created", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden"}
_REQUEST = re.compile(rb"([A-Z]{3,7}) (/[!-~]{0,2000}) HTTP/1\.[01]\Z")
_RESPONSE = re.compile(rb"HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?\Z")
_HEADER = re.compile(rb"([!#-'*+\-.0-9A-Z^-z|~]+):[ \t]*([^\r\n]*?)[ \t]*\Z")
_LENGTH = re.compile(rb"\d{1,9}\Z")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,6})[ \t]*(?:;[^\r\n]*)?\Z")
_BEARER = re.compile(rb"[Bb]earer +([!-~]+)\Z")
_TOKEN = re.compile(r"[!-~]{1,4096}\Z")
_PATH = re.compile(r"(?:/[A-Za-z0-9_.-]+)*\Z")
_LINE_END = b"\r\n"
_NO_BODY = frozenset({204, 304})
_FINAL = 200


@dataclass(frozen=True, slots=True)
class Request:
    """One request; ``path`` is what follows the root, ``timeout_ms`` how long a GET may wait.

    ``token`` is the bearer token, ``body`` JSON or nothing.
    """

    method: str
    path: str
    body: bytes = b""
    token: str = ""
    timeout_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """One answer."""

    status: int
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Malformed:
    """Bytes that are no HTTP, or more of it than anybody sends."""

    why: str


Message: TypeAlias = Request | Response | Malformed


def is_token(text: str) -> bool:
    """Whether ``text`` can be carried as a token."""
    return bool(_TOKEN.match(text))


def write_json(document: Document) -> bytes:
    """The document as it is sent."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def read_json(body: bytes) -> Document | None:
    """The JSON object in ``body``; None when it holds anything else. Never raises."""
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _refuse_constant(name: str) -> None:
    msg = f"{name} is no JSON"
    raise ValueError(msg)


def encode_request(request: Request, host: str) -> bytes:
    """Bytes of ``request``; raises ValueError for what would not be read back as one."""
    if not _PATH.match(request.path) or (request.token and not is_token(request.token)):
        msg = f"no path or token: {request.path!r}"
        raise ValueError(msg)
    query = "" if request.timeout_ms is None else f"?timeout={request.timeout_ms}"
    lines = [
        f"{request.method} {ROOT}{request.path}{query} HTTP/1.1",
        f"Host: {host}",
        f"User-Agent: {AGENT}",
        "Accept: application/json",
    ]
    if request.token:
        lines.append(f"Authorization: Bearer {request.token}")
    if request.method not in {"GET", "DELETE"}:
        kind = "application/json" if request.body else "text/plain"
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(request.body)}"]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + request.body


def encode_response(response: Response) -> bytes:
    """Bytes of ``response``."""
    head = (
        f"HTTP/1.1 {response.status} {_REASONS.get(response.status, 'Error')}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(response.body)}\r\n\r\n"
    )
    return head.encode("ascii") + response.body


class _Part(Enum):
    HEAD = auto()
    BODY = auto()
    CHUNK_SIZE = auto()
    CHUNK = auto()
    CHUNK_END = auto()
    TRAILER = auto()
    UNTIL_CLOSED = auto()
    BROKEN = auto()


@dataclass(slots=True)
class Scanner:
    """Cuts a stream into messages, however it was sliced; ``of_answers`` is the driver's side."""

    of_answers: bool = True
    _bytes: bytearray = field(default_factory=bytearray)
    _body: bytearray = field(default_factory=bytearray)
    _part: _Part = _Part.HEAD
    _left: int = 0
    _head: Request | Response | None = None

    def feed(self, data: bytes) -> list[Message]:
        """Take ``data``; give every message that it completes."""
        found: list[Message] = []
        if self._part is _Part.BROKEN:
            return found
        self._bytes += data
        while (message := self._step()) is not None:
            if isinstance(message, Malformed):
                self.reset()
                self._part = _Part.BROKEN
            if message is not _MORE:
                found.append(message)
        return found

    def hang_up(self) -> Message | None:
        """The other side has closed; give the message that ends with that."""
        if self._part is not _Part.UNTIL_CLOSED:
            return None
        self._body += self._bytes
        self._bytes.clear()
        return self._done()

    def reset(self) -> None:
        """Forget an unfinished message."""
        self._bytes.clear()
        self._body.clear()
        self._part = _Part.HEAD
        self._left = 0
        self._head = None

    def _step(self) -> Message | None:
        """One message, ``_MORE`` when it went on, None when bytes are missing."""
        match self._part:
            case _Part.HEAD:
                return self._read_head()
            case _Part.BODY | _Part.CHUNK:
                return self._read_counted()
            case _Part.CHUNK_SIZE | _Part.CHUNK_END | _Part.TRAILER:
                return self._read_chunk_line()
            case _Part.UNTIL_CLOSED if len(self._bytes) > BODY_MAX:
                return Malformed("body too long")
        return None

    def _read_head(self) -> Message | None:
        end = self._bytes.find(b"\r\n\r\n")
        if end < 0 or end > HEAD_MAX:
            return Malformed("head too long") if len(self._bytes) > HEAD_MAX else None
        first, *rest = bytes(self._bytes[:end]).split(_LINE_END)
        del self._bytes[: end + 4]
        headers: dict[bytes, bytes] = {}
        for line in rest:
            read = _HEADER.match(line)
            if not read:
                return Malformed("bad header")
            name = read[1].lower()
            if name == b"content-length" and headers.get(name, read[2]) != read[2]:
                return Malformed("two lengths")
            headers[name] = read[2]
        self._head = (
            _response(first) if self.of_answers else _request(first, headers.get(b"authorization"))
        )
        return self._begin_body(headers) if self._head else Malformed("bad first line")

    def _begin_body(self, headers: dict[bytes, bytes]) -> Message:
        status = self._head.status if isinstance(self._head, Response) else _FINAL
        if status < _FINAL or status in _NO_BODY:
            return self._done()
        encoding = headers.get(b"transfer-encoding", b"identity").lower()
        length = headers.get(b"content-length", b"0" if not self.of_answers else b"")
        if encoding == b"chunked":
            self._part = _Part.CHUNK_SIZE
        elif encoding != b"identity":
            return Malformed("unknown encoding")
        elif not length:
            self._part = _Part.UNTIL_CLOSED
        elif not _LENGTH.match(length) or int(length) > BODY_MAX:
            return Malformed("bad length")
        else:
            self._part, self._left = _Part.BODY, int(length)
        return _MORE

    def _read_counted(self) -> Message | None:
        taken = self._bytes[: self._left]
        self._body += taken
        del self._bytes[: len(taken)]
        self._left -= len(taken)
        if self._left:
            return None
        if self._part is _Part.BODY:
            return self._done()
        self._part = _Part.CHUNK_END
        return _MORE

    def _read_chunk_line(self) -> Message | None:
        end = self._bytes.find(_LINE_END)
        if end < 0:
            return Malformed("line too long") if len(self._bytes) > HEAD_MAX else None
        line = bytes(self._bytes[:end])
        del self._bytes[: end + 2]
        if self._part is _Part.TRAILER:
            return _MORE if line else self._done()
        if self._part is _Part.CHUNK_END:
            self._part = _Part.CHUNK_SIZE
            return Malformed("chunk too long") if line else _MORE
        size = _CHUNK.match(line)
        if not size:
            return Malformed("bad chunk")
        self._left = int(size[1], 16)
        if len(self._body) + self._left > BODY_MAX:
            return Malformed("body too long")
        self._part = _Part.CHUNK if self._left else _Part.TRAILER
        return _MORE

    def _done(self) -> Message:
        head, body = self._head, bytes(self._body)
        self._body.clear()
        self._part, self._head = _Part.HEAD, None
        if isinstance(head, Response):
            # "100 Continue" and its like announce the answer.
            return _MORE if head.status < _FINAL else Response(head.status, body)
        assert isinstance(head, Request)  # noqa: S101 - a message is done once its head is read
        return Request(head.method, head.path, body, head.token, head.timeout_ms)


# Stands for "go on": no client or printer sends it.
_MORE = Response(0)


def _response(line: bytes) -> Response | None:
    read = _RESPONSE.match(line)
    return Response(int(read[1])) if read else None


def _request(line: bytes, authorization: bytes | None) -> Request | None:
    read = _REQUEST.match(line)
    if not read:
        return None
    path, _, query = read[2].decode("ascii").partition("?")
    if path != ROOT and not path.startswith(ROOT + "/"):
        return None
    bearer = _BEARER.match(authorization or b"")
    wait = re.search(r"(?:^|&)timeout=(\d{1,6})(?:&|\Z)", query)
    return Request(
        read[1].decode("ascii"),
        path.removeprefix(ROOT).rstrip("/"),
        token=bearer[1].decode("ascii") if bearer else "",
        timeout_ms=int(wait[1]) if wait else None,
    )
