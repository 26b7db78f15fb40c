from __future__ import annotations

import httpx2
import pytest

from backoffice.client import OfficeAbsent, OfficeClient, OfficeRefused


def client(answer, **how):
    return OfficeClient("http://office/", "token", transport=httpx2.MockTransport(answer), **how)


def test_pages_are_put_together():
    asked = []

    def answer(request):
        asked.append(str(request.url))
        after = request.url.params["after"]
        rows = [{"id": "a"}] if not after else [{"id": "b"}]
        return httpx2.Response(200, json={"rows": rows, "next": "" if after else "a"})

    assert client(answer, shop="lipa").rows("units") == [{"id": "a"}, {"id": "b"}]
    assert asked == [
        "http://office/v1/admin/units?shop=lipa&after=",
        "http://office/v1/admin/units?shop=lipa&after=a",
    ]


def test_the_token_and_odd_ids_travel_whole():
    def answer(request):
        assert request.headers["authorization"] == "Bearer token"
        return httpx2.Response(200, json={"path": request.url.raw_path.decode()})

    assert client(answer).row("units", "a b%/ż")["path"] == "/v1/admin/units/a%20b%25%2F%C5%BC"


def test_a_problem_is_told_with_its_rows():
    def answer(request):
        error = {"index": 0, "id": "a", "path": "$.name", "reason": "no"}
        return httpx2.Response(422, json={"detail": "bad", "title": "t", "errors": [error]})

    with pytest.raises(OfficeRefused, match="bad") as caught:
        client(answer).put("units", [{}], take_good=False)
    assert caught.value.status == 422
    assert caught.value.errors[0]["path"] == "$.name"


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]"])
def test_an_answer_of_something_else_is_a_refusal_too(content):
    with pytest.raises(OfficeRefused, match="HTTP 502"):
        client(lambda _: httpx2.Response(502, content=content)).terminals()


def test_nobody_there_is_an_absent_office():
    def answer(request):
        raise httpx2.ConnectError("refused")  # noqa: EM101

    office = client(answer)
    with pytest.raises(OfficeAbsent):
        office.terminals()
    office.close()
