from __future__ import annotations

import pytest

from drivers.errors import InDoubt, Refused, Unreachable
from drivers.link import LinkLost
from drivers.posnet.codes import refusal
from drivers.posnet.frame import Frame, encode
from drivers.posnet.line import Line
from drivers.posnet.steps import Heard, Send, Wait

ANSWER = encode(Frame("sid"))


class Script:
    """A link that gives the chunks it was told to give, and breaks where it was told to."""

    def __init__(self, *chunks: bytes, breaks: str = "", may_have_sent: bool = False) -> None:
        self.chunks = list(chunks)
        self.breaks = breaks
        self.may_have_sent = may_have_sent
        self.written: list[bytes] = []
        self.drained = 0
        self.is_closed = False

    def write(self, data: bytes) -> None:
        if self.breaks == "write" or (self.breaks == "second write" and self.written):
            raise LinkLost("gone", may_have_sent=self.may_have_sent)  # noqa: EM101
        self.written.append(data)

    def read(self, timeout_s: float) -> bytes:
        assert timeout_s > 0
        if self.breaks == "read":
            raise LinkLost("gone", may_have_sent=True)  # noqa: EM101
        return self.chunks.pop(0) if self.chunks else b""

    def drain(self) -> None:
        self.drained += 1

    def close(self) -> None:
        self.is_closed = True


def dialogue(*steps):
    """Do the steps; give what was heard."""
    found = []
    for step in steps:
        found.append((yield step))  # noqa: PERF401 - a comprehension cannot yield
    return found


def test_frames_are_put_together_and_kept_for_later():
    line = Line(Script(ANSWER[:4], ANSWER[4:] + ANSWER))
    sent, first, second, nothing = line.run(dialogue(Send(b"x"), Wait(1), Wait(1), Wait(0.01)))
    assert sent == Heard()
    assert first.frame == second.frame == Frame("sid")
    assert second.waited_s < 0.5
    assert nothing.frame is None
    assert nothing.waited_s >= 0.01


def test_a_new_operation_forgets_what_came_before():
    link = Script(ANSWER * 2 + ANSWER[:4], ANSWER[4:])
    line = Line(link)
    line.run(dialogue(Wait(1)))
    line.begin()
    assert link.drained == 1
    (heard,) = line.run(dialogue(Wait(0.01)))
    assert heard.frame is None


@pytest.mark.parametrize(
    ("breaks", "may_have_sent", "expected"),
    [
        ("write", False, Unreachable),
        ("write", True, InDoubt),
        ("second write", False, InDoubt),
        ("read", False, InDoubt),
    ],
)
def test_a_broken_link(breaks, may_have_sent, expected):
    line = Line(Script(breaks=breaks, may_have_sent=may_have_sent))
    line.begin()
    with pytest.raises(expected):
        line.run(dialogue(Send(b"x"), Send(b"y"), Wait(0.01)))


def test_earlier_dialogues_of_the_operation_count():
    link = Script()
    line = Line(link)
    line.begin()
    line.run(dialogue(Send(b"x")))
    link.breaks = "write"
    with pytest.raises(InDoubt):
        line.run(dialogue(Send(b"y")))
    line.begin()
    with pytest.raises(Unreachable):
        line.run(dialogue(Send(b"y")))


def test_errors_of_the_dialogue_pass():
    def refuse():
        yield Send(b"x")
        raise refusal(2005, "trend")

    with pytest.raises(Refused):
        Line(Script()).run(refuse())


def test_close():
    link = Script()
    Line(link).close()
    assert link.is_closed
