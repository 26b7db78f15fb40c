"""The requests about bytes of files, as they go over the line."""

from __future__ import annotations

import httpx2
import msgspec
import pytest

from terminal.errors import SyncError
from terminal.sync.contents import Contents
from terminal.sync.http import Office
from terminal.sync.wire import CHUNK_BYTES_MAX, Held

SHA256 = "a" * 64


def contents(answer) -> tuple[Contents, list[httpx2.Request]]:
    asked: list[httpx2.Request] = []

    def answered(request: httpx2.Request) -> httpx2.Response:
        request.read()
        asked.append(request)
        return answer(request)

    transport = httpx2.MockTransport(answered)
    office = Office("http://127.0.0.1:1", "T1", "", transport=transport)
    return Contents(office), asked


def held(_request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, content=msgspec.json.encode(Held(SHA256, 7, is_whole=False)))


def test_a_piece_goes_as_it_is(monkeypatch) -> None:
    monkeypatch.setattr("terminal.sync.http.is_whole", lambda *_: True)
    made, asked = contents(held)
    assert made.put(SHA256, 4, 9, b"\0\xff!").received == 7
    assert made.held(SHA256).received == 7
    put, get = asked
    assert (put.method, put.url.path) == ("PUT", f"/v1/terminals/T1/attachments/{SHA256}")
    assert dict(put.url.params) == {"offset": "4", "size": "9"}
    assert (put.content, put.headers["Content-Type"]) == (b"\0\xff!", "application/octet-stream")
    assert (get.method, get.url.path) == ("GET", put.url.path)


def test_a_piece_comes_from_where_it_is_asked() -> None:
    def part(_request: httpx2.Request) -> httpx2.Response:
        headers = {"ETag": f'"{SHA256}"', "Content-Range": "bytes 4-6/9"}
        return httpx2.Response(206, headers=headers, content=iter([b"ab", b"c"]))

    made, _asked = contents(part)
    assert made.piece(SHA256, 4) == (b"abc", 9)
    # An answer that is another part than was asked gives nothing.
    assert made.piece(SHA256, 5) == (b"", 9)


def test_the_range_is_one_piece_long_and_a_no_is_told() -> None:
    made, asked = contents(lambda _: httpx2.Response(404))
    with pytest.raises(SyncError):
        made.piece(SHA256, CHUNK_BYTES_MAX)
    first, last = CHUNK_BYTES_MAX, 2 * CHUNK_BYTES_MAX - 1
    assert asked[0].headers["Range"] == f"bytes={first}-{last}"
