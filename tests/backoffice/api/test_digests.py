from __future__ import annotations

import pytest
from litestar import Litestar, Response, get
from litestar.response import Stream
from litestar.testing import TestClient

from backoffice.api import problems
from backoffice.api.digests import digesting
from backoffice.errors import NotFound
from terminal.sync import wire


@get("/v1/whole")
async def whole() -> dict[str, int]:
    return {"hw": 12}


@get("/v1/nothing", status_code=204)
async def nothing() -> None:
    return None


@get("/v1/streamed")
async def streamed() -> Stream:
    return Stream(iter([b"a", b"b"]))


@get("/v1/missing")
async def missing() -> Response[bytes]:
    raise NotFound(detail="not here")


@pytest.fixture(scope="module")
def client():
    app = Litestar(
        [whole, nothing, streamed, missing],
        middleware=[digesting],
        exception_handlers=problems.HANDLERS,
        openapi_config=None,
    )
    with TestClient(app) as made:
        yield made


@pytest.mark.parametrize(("path", "status"), [("whole", 200), ("nothing", 204), ("missing", 404)])
def test_an_answer_bears_the_digest_of_its_body(client, path, status):
    answer = client.get(f"/v1/{path}")
    assert answer.status_code == status
    assert answer.headers[wire.DIGEST_HEADER] == wire.content_digest(answer.content)


def test_what_is_streamed_bears_none(client):
    answer = client.get("/v1/streamed")
    assert answer.content == b"ab"
    assert wire.DIGEST_HEADER not in answer.headers
