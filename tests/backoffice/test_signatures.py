"""What a signature must cover, and what a request without that is answered."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from backoffice.errors import Unauthorized
from backoffice.signatures import Message, claimed_key, key_id_of, verify
from terminal.sync.signing import Signing, id_of, new_key, public_half

KEY = new_key()
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
URL = "https://office.example/v1/terminals/K%201/journal?after=1"


def signed(body=b'{"a":1}', key=KEY, at=NOW, method="POST", url=URL):
    request = httpx2.Request(method, url, content=body)
    Signing(key, now=lambda: at).sign(request)
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Message(method, url, headers, body)


def changed(message, name, old, new):
    headers = {**message.headers, name: message.headers[name].replace(old, new)}
    assert headers != message.headers
    return replace(message, headers=headers)


def check(message, key=KEY, at=NOW):
    return verify(message, public_half(key), at)


@pytest.mark.parametrize("body", [b'{"a":1}', b""])
def test_what_was_signed_is_believed_and_names_its_key(body):
    message = signed(body, method="POST" if body else "GET")
    assert claimed_key(message) == id_of(public_half(KEY)) == key_id_of(public_half(KEY))
    assert len(check(message)) > 16
    assert check(signed(body)) != check(signed(body))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda m: replace(m, body=b'{"a":2}'),
        lambda m: replace(m, body=b""),
        lambda m: replace(m, method="PUT"),
        lambda m: replace(m, url=m.url.replace("after=1", "after=2")),
        lambda m: replace(m, url=m.url.replace("K%201", "K%202")),
        lambda m: replace(m, url=m.url.replace("office.example", "other.example")),
        lambda m: replace(m, url=m.url.replace("https:", "http:")),
        lambda m: changed(m, "content-type", "json", "xml"),
        lambda m: changed(m, "content-digest", "sha-256=:", "sha-256=:A"),
        lambda m: changed(m, "signature-input", 'tag="kaso-v1"', 'tag="other"'),
        lambda m: changed(m, "signature-input", '"@method" ', ""),
        lambda m: changed(m, "signature-input", ' "content-digest"', ""),
        lambda m: changed(m, "signature-input", ";created=", ";expires=4102444800;created="),
        lambda m: changed(m, "signature", ":", ";"),
        lambda m: replace(m, headers={**m.headers, "signature": "x"}),
        lambda m: replace(m, headers={**m.headers, "signature-input": "x"}),
        lambda m: replace(m, headers={}),
    ],
)
def test_whatever_is_changed_on_the_way_is_refused(spoil):
    with pytest.raises(Unauthorized):
        check(spoil(signed()))


def test_a_stranger_signs_for_nobody_else():
    with pytest.raises(Unauthorized):
        check(signed(key=new_key()))


def test_a_signature_that_leaves_something_out_is_no_signature(monkeypatch):
    monkeypatch.setattr("terminal.sync.signing.SIGNED_BODY", ("@method", "content-digest"))
    with pytest.raises(Unauthorized):
        check(signed())


def test_a_signature_over_no_body_does_not_carry_one():
    with pytest.raises(Unauthorized):
        check(replace(signed(b"", method="POST"), body=b'{"a":1}'))


@pytest.mark.parametrize("seconds", [301, 86_400, -121, -(10**9)])
def test_at_the_wrong_time_the_office_tells_its_own(seconds):
    with pytest.raises(Unauthorized) as refused:
        check(signed(at=NOW - timedelta(seconds=seconds)))
    assert refused.value.more["server_time"] == "2026-03-01T12:00:00.000+00:00"


@pytest.mark.parametrize("seconds", [0, 299, -119])
def test_a_few_minutes_do_not_matter(seconds):
    check(signed(at=NOW - timedelta(seconds=seconds)))


def test_the_algorithm_is_agreed_and_not_chosen_by_the_message():
    message = signed()
    named = changed(message, "signature-input", ";created=", ';alg="rsa-v1_5-sha256";created=')
    with pytest.raises(Unauthorized):
        check(named)
    assert ";alg=" not in message.headers["signature-input"]


def test_two_signatures_with_our_tag_are_one_too_many():
    first, second = signed(), signed()
    both = {
        name: f"{first.headers[name]}, {second.headers[name]}".replace("pyhms=", "a=", 1)
        for name in ("signature-input", "signature")
    }
    both = {name: re.sub(r", \w+=", ", b=", value, count=1) for name, value in both.items()}
    with pytest.raises(Unauthorized):
        check(replace(first, headers={**first.headers, **both}))


@pytest.mark.parametrize("bad", ["", "AAAA", "A" * 44, "!" * 43 + "="])
def test_what_is_no_key_has_no_name(bad):
    with pytest.raises(ValueError):  # noqa: PT011 - the library's words are its own
        key_id_of(bad)
