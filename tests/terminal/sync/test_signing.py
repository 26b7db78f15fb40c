"""The key of a device, and the clock it signs by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from terminal.errors import Code, SyncError
from terminal.sync.http import Office
from terminal.sync.signing import Signing, id_of, new_key, public_half
from terminal.sync.wire import TIME_HEADER

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
URL = "https://office.example"


def created(request: httpx2.Request) -> datetime:
    text = request.headers["signature-input"].partition(";created=")[2].partition(";")[0]
    return datetime.fromtimestamp(int(text), tz=UTC)


def test_keys_differ_and_their_public_half_is_derived() -> None:
    one, other = new_key(), new_key()
    assert one != other
    assert public_half(one) == public_half(one) != public_half(other)
    assert len(id_of(public_half(one))) == 32


@pytest.mark.parametrize("bad", ["", "AAAA", "not base64!", "A" * 100])
def test_a_damaged_key_is_told_before_anything_is_sent(bad: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's words are its own
        public_half(bad)
    if bad:
        office = Office(URL, "T1", bad, transport=httpx2.MockTransport(pytest.fail))
        with pytest.raises(SyncError, match="enrol again") as caught:
            office.states()
        assert caught.value.code is Code.OFFICE_REFUSED


@pytest.mark.parametrize(
    "wrong", [timedelta(days=3650), timedelta(days=-3650), timedelta(hours=-1)]
)
def test_a_wrong_clock_is_put_right_for_signing_alone(wrong: timedelta) -> None:
    times = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        times.append(created(request))
        if abs(times[-1] - NOW) > timedelta(minutes=2):
            return httpx2.Response(401, headers={TIME_HEADER: NOW.isoformat()})
        return httpx2.Response(200)

    signing = Signing(new_key(), now=lambda: NOW + wrong)
    with httpx2.Client(auth=signing, transport=httpx2.MockTransport(answer)) as client:
        assert client.get(URL).status_code == 200
        assert client.get(URL).status_code == 200
    assert times == [NOW + wrong, NOW, NOW]


@pytest.mark.parametrize("told", ["", "yesterday", "2026-03-01T12:00:00"])
def test_a_refusal_without_a_usable_time_is_final(told: str) -> None:
    asked = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(401, headers={TIME_HEADER: told} if told else {})

    transport = httpx2.MockTransport(answer)
    with httpx2.Client(auth=Signing(new_key()), transport=transport) as client:
        assert client.get(URL).status_code == 401
    assert len(asked) == 1


def test_a_request_that_goes_out_again_is_signed_anew() -> None:
    signing = Signing(new_key())
    request = httpx2.Request("POST", URL, content=b"{}")
    signing.sign(request)
    first = dict(request.headers)
    signing.sign(request)
    assert request.headers["signature"] != first["signature"]
    assert len(request.headers.get_list("signature")) == 1
