"""Requests to the back office over HTTP: addresses, trust, limits, errors. No retries here.

The client library is loaded with the first request: a till that starts without a network does not
wait for it. Paths are those of docs/architecture.md, "Wire".
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlsplit

import msgspec

from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.refusal import UNREADABLE, reason, refused, short, unusable
from terminal.sync.wire import (
    HeartbeatAnswer,
    JournalAnswer,
    JournalPage,
    LogKept,
    ReleaseAnswer,
    SetPage,
    SetState,
    SoldAnswer,
    is_whole,
)

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from httpx2 import Auth, BaseTransport, Client, Response

    from terminal.sync.wire import Heartbeat, JournalPush, TillLog

T = TypeVar("T")

_ANSWER_BYTES_MAX = 16 * 1024 * 1024
# A peer that drips one byte at a time never meets the timeout of a single read.
_ANSWER_TIMEOUTS_MAX = 6
_RAW = {"Content-Type": "application/octet-stream"}
_OK, _PARTIAL, _REDIRECT = 200, 206, 300
_ETAG = re.compile(r'"([0-9a-f]{64})"')
_LENGTH = re.compile(r"\d{1,15}")
_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15})")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Caller:
    """One kept-alive connection to the office, for one thread; ``key`` signs what it asks.

    ``ca`` is a file of trusted certificates, None for those of the system. ``timeout_s`` limits
    each wait for the network, six times that the whole answer. ``transport`` replaces the network
    in tests. Plain HTTP goes to this machine only.
    """

    def __init__(
        self,
        base_url: str,
        *,
        key: str = "",
        ca: Path | None = None,
        timeout_s: float = 10.0,
        transport: BaseTransport | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._key = key
        self._ca = ca
        self._timeout_s = timeout_s
        self._transport = transport
        self._client: Client | None = None

    def ask(
        self, method: str, path: str, answer: type[T], body: object = None, **query: int | str
    ) -> T:
        """Send ``body`` as JSON, bytes as they are, and decode the answer.

        Raises ``SyncError``: E-50 when nobody answered, E-51 when the office said no or said
        something unreadable; its ``params["status"]`` is then the number of the HTTP answer.
        """
        client = self._opened()
        import httpx2  # noqa: PLC0415 - costs a third of the start-up budget

        content, headers = _packed(body)
        url, params = self._base_url + path, query or None
        try:
            asked = client.stream(method, url, content=content, headers=headers, params=params)
            with asked as response:
                raw = self._read(response)
        except (httpx2.HTTPError, OSError) as error:
            raise SyncError(Code.NO_NETWORK, detail=short(error)) from error
        if not _OK <= response.status_code < _REDIRECT:
            raise refused(response.status_code, reason(raw, response.status_code))
        if not is_whole(response.headers, raw):
            raise refused(response.status_code, translate(UNREADABLE))
        try:
            return msgspec.json.decode(raw, type=answer)
        except ValueError as error:  # bytes that are no text, or no JSON, or no such answer
            detail = f"{translate(UNREADABLE)}: {short(error)}"
            raise refused(response.status_code, detail) from error

    @contextmanager
    def download(self, path: str, headers: Mapping[str, str]) -> Iterator[Response]:
        """Ask for a file; whoever reads it decides how much of it there may be.

        Raises as ``ask`` does, also when the line breaks within the block.
        """
        client = self._opened()
        import httpx2  # noqa: PLC0415 - see ``ask``

        try:
            with client.stream("GET", self._base_url + path, headers=headers) as response:
                status = response.status_code
                if not _OK <= status < _REDIRECT:
                    raise refused(status, reason(self._read(response), status))
                yield response
        except httpx2.HTTPError as error:
            raise SyncError(Code.NO_NETWORK, detail=short(error)) from error

    def close(self) -> None:
        """Hang up; the next request calls again."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _opened(self) -> Client:
        if self._client is None:
            trust = self._trust()
            from httpx2 import Client, Timeout  # noqa: PLC0415 - see ``ask``

            headers = {"Accept": "application/json", "Content-Type": "application/json"}
            self._client = Client(
                headers=headers,
                auth=self._signing(),
                timeout=Timeout(self._timeout_s),
                transport=self._transport,
                verify=trust,
                # The environment must not lead requests elsewhere.
                trust_env=False,
            )
        return self._client

    def _signing(self) -> Auth | None:
        if not self._key:
            return None
        from terminal.sync.signing import Signing  # noqa: PLC0415 - see ``ask``

        try:
            return Signing(self._key)
        except ValueError as error:
            detail = translate(_("the key of this device is damaged: enrol again"))
            raise SyncError(Code.OFFICE_REFUSED, detail=detail) from error

    def _trust(self) -> ssl.SSLContext | bool:
        """What proves the office to us; refuses an address that proves nothing."""
        try:
            parts = urlsplit(self._base_url)
            host, _port = parts.hostname, parts.port
        except ValueError as error:
            raise unusable(self._base_url, short(error)) from error
        if not host or parts.scheme not in {"http", "https"}:
            raise unusable(self._base_url, translate(_("not an https address")))
        if parts.scheme == "http":
            if host not in _LOOPBACK:
                why = _("plain http is for this machine only, use https")
                raise unusable(self._base_url, translate(why))
            return False
        import ssl  # noqa: PLC0415 - see ``ask``

        try:
            return ssl.create_default_context(cafile=self._ca)
        except OSError as error:
            detail = f"{self._ca}: {short(error)}"
            raise SyncError(Code.OFFICE_REFUSED, detail=detail) from error

    def _read(self, response: Response) -> bytes:
        deadline = time.monotonic() + _ANSWER_TIMEOUTS_MAX * self._timeout_s
        from httpx2 import DecodingError  # noqa: PLC0415 - see ``ask``

        raw = bytearray()
        try:
            for part in response.iter_bytes():
                raw += part
                if len(raw) > _ANSWER_BYTES_MAX:
                    raise refused(response.status_code, translate(_("the answer is too long")))
                if time.monotonic() > deadline:
                    raise SyncError(Code.NO_NETWORK, detail="answer too slow")
        except DecodingError as error:
            raise refused(response.status_code, translate(UNREADABLE)) from error
        return bytes(raw)


@dataclass(frozen=True, slots=True)
class Download:
    """A file, or its end from byte ``first`` on; ``size`` is that of the whole."""

    etag: str
    first: int
    size: int
    pieces: Iterator[bytes]


class Office:
    """The back office as one enrolled terminal sees it; arguments as of ``Caller``.

    Every method raises ``SyncError`` as ``Caller.ask`` does.
    """

    def __init__(
        self,
        base_url: str,
        terminal: str,
        key: str,
        *,
        ca: Path | None = None,
        timeout_s: float = 10.0,
        transport: BaseTransport | None = None,
    ) -> None:
        self.caller = Caller(base_url, key=key, ca=ca, timeout_s=timeout_s, transport=transport)
        self.path = f"/v1/terminals/{quote(terminal, safe='')}"

    def states(self) -> list[SetState]:
        """Newest revision of every data set."""
        return self.caller.ask("GET", f"{self.path}/sets", list[SetState])

    def page(self, name: str, since: int, limit: int) -> SetPage:
        """At most ``limit`` changes of the data set ``name`` after revision ``since``."""
        path = f"{self.path}/sets/{quote(name, safe='')}"
        return self.caller.ask("GET", path, SetPage, since=since, limit=limit)

    @contextmanager
    def snapshot(self, key: str, first: int, etag: str) -> Iterator[Download]:
        """The file with all data sets called ``key``, from byte ``first`` on.

        When the office's is not that of ``etag``, all of it comes.
        """
        headers = {"Accept": "application/gzip", "Accept-Encoding": "identity"}
        if first:
            headers |= {"Range": f"bytes={first}-", "If-Range": f'"{etag}"'}
        path = f"{self.path}/snapshots/{quote(key, safe='')}"
        with self.caller.download(path, headers) as response:
            yield download_of(response)

    def push(self, push: JournalPush) -> JournalAnswer:
        """Hand over documents; the same ones again are answered like the first time."""
        return self.caller.ask("POST", f"{self.path}/journal", JournalAnswer, push)

    def journal(self, epoch: int, after: int) -> JournalPage:
        """The office's copy of this terminal's documents of ``epoch`` after number ``after``."""
        path = f"{self.path}/journal"
        return self.caller.ask("GET", path, JournalPage, epoch=epoch, after=after)

    def sold(self, code: str) -> SoldAnswer:
        """A receipt of the company by its bar code, and what came back of it."""
        return self.caller.ask("GET", f"{self.path}/receipts/{quote(code, safe='')}", SoldAnswer)

    def heartbeat(self, heartbeat: Heartbeat) -> HeartbeatAnswer:
        """Say how the terminal is."""
        return self.caller.ask("POST", f"{self.path}/heartbeat", HeartbeatAnswer, heartbeat)

    def keep_log(self, errand: str, log: TillLog) -> LogKept:
        """Hand the log over that an errand asked for; the same again replaces it."""
        path = f"{self.path}/logs/{quote(errand, safe='')}"
        return self.caller.ask("PUT", path, LogKept, log)

    def release(self, platform: str, channel: str) -> ReleaseAnswer:
        """The program version the office wants here, as it is for ``platform`` in ``channel``."""
        path = f"{self.path}/release"
        return self.caller.ask("GET", path, ReleaseAnswer, platform=platform, channel=channel)

    def close(self) -> None:
        """Hang up; the next request calls again."""
        self.caller.close()


def _packed(body: object) -> tuple[bytes | None, Mapping[str, str] | None]:
    """What is sent of ``body``, and the headers that are not the usual ones."""
    if isinstance(body, bytes):
        return body, _RAW
    return None if body is None else msgspec.json.encode(body), None


def download_of(response: Response) -> Download:
    """What the headers say of a file; raises E-51 when they do not fit together."""
    status, headers = response.status_code, response.headers
    etag = _ETAG.fullmatch(headers.get("ETag", ""))
    length, part = headers.get("Content-Length", ""), headers.get("Content-Range", "")
    if etag and status == _OK and _LENGTH.fullmatch(length):
        return Download(etag[1], 0, int(length), response.iter_raw())
    if etag and status == _PARTIAL and (told := _CONTENT_RANGE.fullmatch(part)):
        return Download(etag[1], int(told[1]), int(told[2]), response.iter_raw())
    raise refused(status, translate(UNREADABLE))
