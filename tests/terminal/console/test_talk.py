from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.console import talk
from terminal.sync.wire import Scope


@pytest.mark.parametrize(
    "request_",
    [
        talk.Hello("pl", is_script=True),
        talk.Ask([Scope.LOOK, Scope.PRINT]),
        talk.Bring(b"\x00\xff"),
        talk.Pin("3", "3333"),
        talk.Say(["db", "check"]),
        talk.Follow(1, 7),
        talk.Leave(),
    ],
)
def test_a_request_is_one_line_that_says_the_same(request_):
    line = talk.line_of(request_)
    assert line.count(b"\n") == 1
    assert talk.read_request(line) == request_


@given(st.binary(max_size=200))
def test_any_other_line_is_none(line):
    assert talk.read_request(line) is None


@pytest.mark.parametrize(
    "line",
    [
        b'{"do":"say","words":[]}',
        b'{"do":"say","words":["a","a","a","a","a","a","a","a","a"]}',
        b'{"do":"say","words":["' + b"x" * 65 + b'"]}',
        b'{"do":"challenge","scopes":["shell"]}',
        b'{"do":"shell"}',
        b"[" * 5000,
    ],
)
def test_what_is_too_much_is_none(line):
    assert talk.read_request(line) is None


def test_a_reply_is_read():
    reply = talk.Reply(["ą"], {"a": 1}, "E-47", "Log in first", is_well=False)
    assert talk.read_reply(talk.line_of(reply)) == reply
