from __future__ import annotations

import gzip
import json
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import httpx2
import msgspec
import pytest

from terminal.errors import Code, SyncError
from terminal.sync import http
from terminal.sync.http import Office
from terminal.sync.signing import id_of, new_key, public_half
from terminal.sync.wire import (
    DIGEST_HEADER,
    Entry,
    Heartbeat,
    JournalPush,
    SetState,
    content_digest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

URL = "http://127.0.0.1:8440"
KEY = new_key()
BEAT = Heartbeat("1.0", 0, "", "OPEN", "ready", "Ala")


def office(answer: Callable[[httpx2.Request], httpx2.Response], url: str = URL) -> Office:
    return Office(url, "T 1", KEY, transport=httpx2.MockTransport(answer))


def answering(status: int, body: object, **headers: str) -> Office:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return office(lambda _: httpx2.Response(status, content=content, headers=headers))


def failing(error: Exception) -> Office:
    def answer(_: httpx2.Request) -> httpx2.Response:
        raise error

    return office(answer)


def refused(call: Callable[[], object]) -> SyncError:
    with pytest.raises(SyncError) as caught:
        call()
    return caught.value


def test_every_request_goes_to_its_path_signed() -> None:
    seen: list[tuple[str, str, bytes]] = []
    answers = {
        "/sets": b'[{"name":"units","revision":3,"rows":2}]',
        "/sets/units": b'{"name":"units","since":1,"to":3,"more":false,"rows":[]}',
        "/journal": b'{"epoch":1,"hw":0,"head":"0","entries":[]}',
        "/heartbeat": b'{"server_time":"2026-11-20T08:00:00+01:00"}',
        "/release": b'{"version":"1.1"}',
    }

    def answer(request: httpx2.Request) -> httpx2.Response:
        assert f'keyid="{id_of(public_half(KEY))}"' in request.headers["signature-input"]
        path = request.url.path.removeprefix("/v1/terminals/T 1")
        seen.append((request.method, request.url.raw_path.decode(), request.read()))
        return httpx2.Response(200, content=answers[path])

    till = office(answer)
    assert till.states() == [SetState("units", 3, 2)]
    assert till.page("units", 1, 500).to == 3
    push = JournalPush(1, [Entry(1, "r", "0" * 64, "1" * 64, "{}")])
    assert till.push(push).hw == 0
    assert till.journal(1, 7).entries == []
    assert till.heartbeat(BEAT).server_time.startswith("2026")
    assert till.release("cp311-linux_x86_64", "stable").version == "1.1"
    base = "/v1/terminals/T%201"
    assert [(method, path) for method, path, _ in seen] == [
        ("GET", f"{base}/sets"),
        ("GET", f"{base}/sets/units?since=1&limit=500"),
        ("POST", f"{base}/journal"),
        ("GET", f"{base}/journal?epoch=1&after=7"),
        ("POST", f"{base}/heartbeat"),
        ("GET", f"{base}/release?platform=cp311-linux_x86_64&channel=stable"),
    ]
    assert msgspec.json.decode(seen[2][2], type=JournalPush) == push


@pytest.mark.parametrize(
    "error",
    [
        httpx2.ConnectError("refused"),
        httpx2.ConnectTimeout("slow"),
        httpx2.ReadTimeout("slow"),
        httpx2.ReadError("cut"),
        httpx2.RemoteProtocolError("cut"),
        httpx2.WriteError("cut"),
        OSError("no route"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_trouble_on_the_way_is_no_network(error: Exception) -> None:
    found = refused(failing(error).states)
    assert found.code is Code.NO_NETWORK
    assert found.params["detail"] == str(error)


def test_a_problem_is_told_in_the_words_of_the_office() -> None:
    problem = {"status": 409, "title": "Fork", "detail": "seq 7 differs", "type": "about:blank"}
    found = refused(answering(409, problem).states)
    assert (found.code, found.params) == (
        Code.OFFICE_REFUSED,
        {"detail": "Fork: seq 7 differs", "status": 409},
    )


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"status": "x"}'])
@pytest.mark.parametrize("status", [301, 404, 500, 502])
def test_an_error_without_words_is_told_by_its_number(status: int, body: bytes) -> None:
    found = refused(answering(status, body, location="/elsewhere").states)
    assert (found.code, found.params["detail"]) == (Code.OFFICE_REFUSED, f"HTTP {status}")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xb0",
        b'["\xb0"]',
        b"<html>login</html>",
        b"{",
        b'[{"name":1}]',
        b'[{"name":"x","revision":1',
    ],
)
def test_an_answer_that_is_not_the_contract_is_unreadable(body: bytes) -> None:
    found = refused(answering(200, body).states)
    assert found.code is Code.OFFICE_REFUSED
    assert str(found.params["detail"]).startswith("unreadable answer")
    assert found.params["status"] == 200


def test_an_answer_whose_digest_does_not_fit_is_unreadable() -> None:
    body = b'[{"name":"units","revision":3,"rows":2}]'
    told = {DIGEST_HEADER: content_digest(body)}
    assert answering(200, body, **told).states() == [SetState("units", 3, 2)]
    flipped = body.replace(b"3", b"7")
    error = refused(answering(200, flipped, **told).states)
    assert (error.code, error.params["status"]) == (Code.OFFICE_REFUSED, 200)
    assert "unreadable" in str(error)
    packed = {**told, "Content-Encoding": "gzip"}
    assert answering(200, gzip.compress(body), **packed).states() == [SetState("units", 3, 2)]


def test_a_spoilt_compression_is_unreadable() -> None:
    class Spoilt(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b"not gzip"

    headers = {"content-encoding": "gzip"}
    till = office(lambda _: httpx2.Response(200, stream=Spoilt(), headers=headers))
    found = refused(till.states)
    assert found.params["detail"] == "unreadable answer"


def test_compressed_answers_are_read() -> None:
    packed = gzip.compress(b'[{"name":"units","revision":3,"rows":2}]')
    assert answering(200, packed, **{"content-encoding": "gzip"}).states()[0].revision == 3


def test_an_endless_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "_ANSWER_BYTES_MAX", 1000)
    given = 0

    class Endless(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            nonlocal given
            while True:
                given += 100
                yield b" " * 100

    found = refused(office(lambda _: httpx2.Response(200, stream=Endless())).states)
    assert found.params["detail"] == "the answer is too long"
    assert given <= 1200


def test_a_dripping_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0

    class Dripping(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            nonlocal now
            while True:
                now += 9.0
                yield b" "

    monkeypatch.setattr(http.time, "monotonic", lambda: now)
    found = refused(office(lambda _: httpx2.Response(200, stream=Dripping())).states)
    assert (found.code, found.params["detail"]) == (Code.NO_NETWORK, "answer too slow")
    assert now < 100


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://office.example", "plain http"),
        ("http://192.0.2.1:8440", "plain http"),
        ("http://127.0.0.1.example", "plain http"),
        ("ftp://office.example", "not an https address"),
        ("office.example", "not an https address"),
        ("", "not an https address"),
        ("https://office.example:port", ""),
    ],
)
def test_an_address_that_proves_nothing_is_never_called(url: str, why: str) -> None:
    calls: list[httpx2.Request] = []
    found = refused(office(calls.append, url).states)  # type: ignore[arg-type]
    assert found.code is Code.OFFICE_REFUSED
    assert why in str(found.params["detail"])
    assert "status" not in found.params
    assert not calls


@pytest.mark.parametrize("url", ["http://localhost:1", "http://[::1]:1", "https://office.example"])
def test_these_addresses_are_good(url: str) -> None:
    assert office(lambda _: httpx2.Response(200, content=b"[]"), url).states() == []


@pytest.mark.parametrize("text", [None, "no certificate here"])
def test_a_file_of_certificates_that_does_not_serve_is_named(
    tmp_path: Path, text: str | None
) -> None:
    ca = tmp_path / "ca.pem"
    if text is not None:
        ca.write_text(text)
    till = Office("https://office.example", "T1", KEY, ca=ca)
    found = refused(till.states)
    assert found.code is Code.OFFICE_REFUSED
    assert "ca.pem" in str(found.params["detail"])


def test_the_environment_does_not_lead_requests_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    till = answering(200, b"[]")
    assert till.states() == []
    assert not till.caller._client._mounts  # type: ignore[union-attr]


def test_close_hangs_up_and_the_next_request_calls_again() -> None:
    till = answering(200, b"[]")
    till.close()
    till.states()
    first = till.caller._client
    assert first is not None
    till.states()
    assert till.caller._client is first
    till.close()
    assert first.is_closed
    assert till.states() == []


def served(answer: bytes, *, hold: threading.Event | None = None) -> tuple[str, socket.socket]:
    """A server for one caller: it reads a request, sends ``answer`` and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        caller, _ = listener.accept()
        with caller:
            caller.recv(65536)
            caller.sendall(answer)
            if hold is not None:
                hold.wait(10)

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}", listener


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 O",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[{",
        b"SSH-2.0-OpenSSH_9.6\r\n",
    ],
    ids=["nothing", "half a line", "half an answer", "not http"],
)
def test_a_line_that_breaks_is_no_network(answer: bytes) -> None:
    url, listener = served(answer)
    till = Office(url, "T1", KEY, timeout_s=2)
    with listener:
        assert refused(till.states).code is Code.NO_NETWORK
    till.close()


def test_nobody_there_is_no_network() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    listener.close()
    till = Office(f"http://127.0.0.1:{port}", "T1", KEY)
    assert refused(till.states).code is Code.NO_NETWORK
    till.close()


def test_a_silent_office_is_no_network_after_the_timeout() -> None:
    hold = threading.Event()
    url, listener = served(b"", hold=hold)
    till = Office(url, "T1", KEY, timeout_s=0.1)
    with listener:
        assert refused(till.states).code is Code.NO_NETWORK
        hold.set()
    till.close()


def test_the_client_library_is_not_loaded_at_start() -> None:
    modules = "http, datasets, enrolment, postman"
    code = f"import sys; from terminal.sync import {modules}; print('httpx2' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert result.stdout.strip() == "False"


ETAG = "a" * 64


def file_of(content: bytes, status: int = 200, **headers: str) -> Office:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return office(lambda _: httpx2.Response(status, content=content, headers=told))


def test_a_file_is_asked_for_from_where_it_broke_off() -> None:
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        headers = {"ETag": f'"{ETAG}"', "Content-Range": "bytes 3-9/10"}
        return httpx2.Response(206, content=iter([b"def", b"ghij"]), headers=headers)

    with office(answer).snapshot("k/1", 3, ETAG) as found:
        assert (found.etag, found.first, found.size) == (ETAG, 3, 10)
        assert b"".join(found.pieces) == b"defghij"
    assert seen[0].url.raw_path == b"/v1/terminals/T%201/snapshots/k%2F1"
    assert (seen[0].headers["range"], seen[0].headers["if-range"]) == ("bytes=3-", f'"{ETAG}"')
    assert "signature" in seen[0].headers


def test_a_file_from_its_start_is_asked_for_without_a_range() -> None:
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        headers = {"ETag": f'"{ETAG}"', "Content-Length": "3"}
        return httpx2.Response(200, content=iter([b"abc"]), headers=headers)

    with office(answer).snapshot("k", 0, "") as found:
        assert (found.first, found.size, b"".join(found.pieces)) == (0, 3, b"abc")
    assert "range" not in seen[0].headers


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, {}),
        (200, {"ETag": 'W/"weak"'}),
        (200, {"ETag": '"../../x"'}),
        (206, {"ETag": f'"{ETAG}"'}),
        (206, {"ETag": f'"{ETAG}"', "Content_Range": "bytes */3"}),
        (204, {"ETag": f'"{ETAG}"'}),
    ],
)
def test_a_file_whose_headers_do_not_fit_is_refused(status: int, headers: dict[str, str]) -> None:
    def fetch() -> None:
        with file_of(b"abc", status, **headers).snapshot("k", 0, ""):
            pass

    assert refused(fetch).code is Code.OFFICE_REFUSED


def test_an_office_without_the_file_says_so() -> None:
    def fetch() -> None:
        with answering(404, {"status": 404, "title": "Not found"}).snapshot("k", 0, ""):
            pass

    error = refused(fetch)
    assert (error.code, error.params["status"]) == (Code.OFFICE_REFUSED, 404)


def test_a_line_that_breaks_within_a_file_is_told() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"ab"
        message = "broken"
        raise httpx2.ReadError(message)

    headers = {"ETag": f'"{ETAG}"', "Content-Length": "9"}
    broken = office(lambda _: httpx2.Response(200, content=pieces(), headers=headers))
    got: list[bytes] = []

    def fetch() -> None:
        with broken.snapshot("k", 0, "") as found:
            got.extend(found.pieces)

    assert refused(fetch).code is Code.NO_NETWORK
    assert got == [b"ab"]
