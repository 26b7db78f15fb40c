"""HTTP and JSON as NoviAPI uses them: slicing, limits, and bytes from an enemy."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.novitus.frame import (
    BODY_MAX,
    HEAD_MAX,
    Malformed,
    Request,
    Response,
    Scanner,
    encode_request,
    encode_response,
    is_token,
    read_json,
    write_json,
)

ID = "8eb1ac171a8410aa303030df33c68a07"
REQUESTS = (
    Request("GET", ""),
    Request("GET", "/token"),
    Request("PATCH", "/token", token="a.b-c_d"),
    Request("POST", "/receipt", write_json({"receipt": {"items": ["żółw"]}}), "t"),
    Request("PUT", f"/receipt/{ID}", token="t"),
    Request("GET", f"/receipt/{ID}", token="t", timeout_ms=1500),
    Request("DELETE", "/queue", token="t"),
)
RESPONSES = (
    Response(200, b'{"token":"t"}'),
    Response(201, b""),
    Response(507, b'{"exception":{"code":14}}'),
)
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'4;x=1\r\n{"a"\r\n3\r\n:1}\r\n0\r\nTrailer: 1\r\n\r\n'
)


def requests(data: bytes) -> list:
    return Scanner(of_answers=False).feed(data)


def answers(data: bytes) -> list:
    return Scanner().feed(data)


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_a_request_comes_back(request_):
    assert requests(encode_request(request_, "10.0.0.1:8888")) == [request_]


@given(st.lists(st.integers(1, 60), max_size=40))
def test_however_it_is_sliced(cuts):
    stream = b"".join(encode_request(each, "h") for each in REQUESTS)
    scanner, found = Scanner(of_answers=False), []
    for size in cuts:
        found += scanner.feed(stream[:size])
        stream = stream[size:]
    assert found + scanner.feed(stream) == list(REQUESTS)


def test_answers_one_byte_at_a_time():
    stream = b"".join(encode_response(each) for each in RESPONSES) + CHUNKED
    scanner = Scanner()
    found = [message for byte in stream for message in scanner.feed(bytes([byte]))]
    assert found == [*RESPONSES, Response(200, b'{"a":1}')]


def test_an_answer_that_ends_with_the_connection():
    scanner = Scanner()
    assert scanner.feed(b'HTTP/1.0 200 OK\r\nServer: x\r\n\r\n{"a"') == []
    assert scanner.feed(b":1}") == []
    assert scanner.hang_up() == Response(200, b'{"a":1}')
    assert scanner.hang_up() is None
    assert Scanner().hang_up() is None


def test_continue_and_no_content_have_no_body():
    stream = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
    assert answers(stream + encode_response(RESPONSES[0])) == [Response(204), RESPONSES[0]]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"SSH-2.0-x\r\n\r\n", "first line"),
        (b"HTTP/1.1 2000 OK\r\n\r\n", "first line"),
        (b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n", "bad header"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "bad length"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n", "bad length"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "two lengths"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "encoding"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxx\r\n", "bad chunk"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n", "body too long"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", "chunk too long"),
        (b"HTTP/1.1 200 OK\r\n" + b"x" * (HEAD_MAX + 1), "head too long"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (BODY_MAX + 1), "body too long"),
    ],
)
def test_no_http_silences_the_scanner(data, why):
    scanner = Scanner()
    (found,) = scanner.feed(data)
    assert isinstance(found, Malformed)
    assert why in found.why
    assert scanner.feed(encode_response(RESPONSES[0])) == []
    scanner.reset()
    assert scanner.feed(encode_response(RESPONSES[0])) == [RESPONSES[0]]


@pytest.mark.parametrize("line", [b"GET / HTTP/1.1", b"GET /api/v12 HTTP/1.1", b"get /api/v1 x"])
def test_a_request_for_something_else(line):
    assert isinstance(requests(line + b"\r\n\r\n")[0], Malformed)


def test_an_answer_cannot_smuggle_headers_into_the_next_request():
    for token in ("a\r\nX: 1", "a b", "", "ż"):
        assert not is_token(token)
    with pytest.raises(ValueError, match="no path or token"):
        encode_request(Request("GET", "/queue", token="a\r\nX: 1"), "h")
    with pytest.raises(ValueError, match="no path or token"):
        encode_request(Request("GET", "/receipt/../x y"), "h")


@pytest.mark.parametrize(
    "body", [b"", b"[1]", b'{"a":NaN}', b"\xff", b'{"a":', b"[" * 100_000, b'{"a":' * 50_000]
)
def test_no_object(body):
    assert read_json(body) is None


def test_mutations_never_raise_and_memory_is_bounded():
    dice = random.Random(11)
    seeds = [
        *(encode_request(each, "h") for each in REQUESTS),
        *(encode_response(each) for each in RESPONSES),
        CHUNKED,
    ]
    seen = 0
    for _ in range(31_000):
        data = bytearray(dice.choice(seeds))
        is_answer = data.startswith(b"HTTP") ^ (dice.random() < 0.1)
        for _ in range(dice.randrange(1, 4)):
            match dice.randrange(3):
                case 0:
                    data[dice.randrange(len(data))] = dice.randrange(256)
                case 1:
                    data.insert(dice.randrange(len(data)), dice.choice(b"\r\n: 0f{\x00"))
                case 2:
                    del data[dice.randrange(len(data)) :]
                    data += dice.choice(seeds)
        scanner = Scanner(of_answers=is_answer)
        found = [*scanner.feed(bytes(data)), scanner.hang_up()]
        for message in found:
            if isinstance(message, Request | Response):
                seen += 1
                document = read_json(message.body)
                assert document is None or isinstance(document, dict)
        assert len(scanner._bytes) + len(scanner._body) <= HEAD_MAX + BODY_MAX
    assert seen > 5_000
