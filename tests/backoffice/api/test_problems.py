from __future__ import annotations

import logging

import msgspec
import pytest
from litestar import Litestar, get
from litestar.testing import AsyncTestClient

from backoffice.api.problems import HANDLERS
from terminal.sync import wire


def test_everything_unknown_is_a_problem(http):
    answer = http.get("/v1/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert msgspec.json.decode(answer.content, type=wire.Problem).status == 404
    assert http.put("/v1/enrol").status_code == 405


@pytest.mark.parametrize(
    ("body", "place"),
    [(b"{", "truncated"), (b"[]", "data"), (b'{"code":1,"version":""}', "code")],
)
def test_a_body_that_cannot_be_read_says_where(http, body, place):
    answer = http.post("/v1/enrol", content=body)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert place in answer.text


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"x":' + b"[" * 100_000])
def test_a_body_that_is_nested_without_end_is_refused(http, admin, body):
    """Read by the framework, and by ourselves."""
    for answer in (
        http.post("/v1/enrol", content=body),
        http.put("/v1/admin/units?shop=lipa", content=body, headers=admin),
    ):
        assert answer.status_code == 400
        assert "nested too deeply" in answer.json()["detail"]


async def test_an_unexpected_error_tells_nothing_but_the_log_does(caplog):
    @get("/v1/broken", sync_to_thread=False)
    def broken() -> None:
        secret = "the secret of the trace"
        raise RuntimeError(secret)

    app = Litestar([broken], exception_handlers=HANDLERS, openapi_config=None, logging_config=None)
    with caplog.at_level(logging.ERROR):
        async with AsyncTestClient(app, raise_server_exceptions=False) as client:
            answer = await client.get("/v1/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "the secret of the trace" in caplog.text
