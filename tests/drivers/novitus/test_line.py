"""Requests over a link that breaks, is slow, or was hung up on."""

from __future__ import annotations

import pytest

from drivers.errors import Unreachable
from drivers.link import LinkLost
from drivers.novitus.frame import Request, Response, encode_response
from drivers.novitus.line import Line
from drivers.novitus.session import Ask, Heard, Pause

ANSWER = Response(200, b"{}")
DATA = encode_response(ANSWER)
ASK = Ask(Request("GET", "/queue", token="t"), 0.2)


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
        if self.breaks == "write":
            raise LinkLost("gone", may_have_sent=self.may_have_sent)  # noqa: EM101
        self.written.append(data)

    def read(self, timeout_s: float) -> bytes:
        assert timeout_s > 0
        if not self.chunks and self.breaks == "read":
            raise LinkLost("gone", may_have_sent=True)  # noqa: EM101
        return self.chunks.pop(0) if self.chunks else b""

    def drain(self) -> None:
        self.drained += 1
        if self.breaks == "drain":
            raise LinkLost("gone", may_have_sent=True)  # noqa: EM101

    def close(self) -> None:
        self.is_closed = True


def line_of(*links, slept=None) -> Line:
    waiting = list(links)

    def open_next():
        if not waiting:
            reason = "unplugged"
            raise Unreachable(reason)
        return waiting.pop(0)

    return Line(open_next, "printer", [].append if slept is None else slept.append)


def dialogue(*steps):
    """Do the steps; give what was heard."""
    found = []
    for step in steps:
        found.append((yield step))  # noqa: PERF401 - a comprehension cannot yield
    return found


def test_one_connection_for_all_requests():
    link = Script(DATA[:7], DATA[7:], DATA)
    line = line_of(link)
    first, second = line.run(dialogue(ASK, ASK))
    assert (first.answer, second.answer) == (ANSWER, ANSWER)
    assert first.is_sent
    assert first.waited_s >= 0
    assert (line.openings, link.drained) == (1, 1)
    assert link.written[0].startswith(b"GET /api/v1/queue HTTP/1.1\r\nHost: printer\r\n")


def test_pauses_are_slept():
    slept = []
    (heard,) = line_of(slept=slept).run(dialogue(Pause(0.7)))
    assert (heard, slept) == (Heard(waited_s=0.7), [0.7])


@pytest.mark.parametrize("chunks", [(), (DATA[:-1],), (b"SMTP ready\r\n\r\n",)])
def test_a_connection_without_an_answer_is_closed(chunks):
    silent, good = Script(*chunks), Script(DATA)
    line = line_of(silent, good)
    first, second = line.run(dialogue(ASK, ASK))
    assert (first.answer, first.is_sent, silent.is_closed) == (None, True, True)
    assert (second.answer, line.openings) == (ANSWER, 2)


@pytest.mark.parametrize(
    ("breaks", "may_have_sent", "is_sent"),
    [("write", False, False), ("write", True, True), ("read", False, True)],
)
def test_a_broken_link(breaks, may_have_sent, is_sent):
    link = Script(breaks=breaks, may_have_sent=may_have_sent)
    (heard,) = line_of(link).run(dialogue(ASK))
    assert (heard.answer, heard.is_sent, link.is_closed) == (None, is_sent, True)


def test_nobody_there():
    (heard,) = line_of().run(dialogue(ASK))
    assert (heard.answer, heard.is_sent) == (None, False)


def test_an_answer_that_ends_with_the_connection():
    link = Script(b"HTTP/1.1 200 OK\r\n\r\n{}", breaks="read")
    line = line_of(link, Script(DATA))
    first, second = line.run(dialogue(ASK, ASK))
    assert (first.answer, second.answer) == (ANSWER, ANSWER)
    assert (link.is_closed, line.openings) == (True, 2)


def test_a_connection_the_printer_hung_up_is_opened_anew():
    old, new = Script(DATA), Script(DATA)
    line = line_of(old, new)
    line.run(dialogue(ASK))
    old.breaks = "drain"
    (heard,) = line.run(dialogue(ASK))
    assert heard.answer == ANSWER
    assert (old.is_closed, line.openings, len(old.written)) == (True, 2, 1)


def test_whether_it_is_still_the_same_connection():
    first, second = Script(DATA), Script(DATA)
    line = line_of(first, second)
    assert not line.is_same(0)
    line.run(dialogue(ASK))
    assert line.is_same(1)
    first.breaks = "drain"
    assert not line.is_same(1)
    assert first.is_closed
    line.run(dialogue(ASK))
    assert (line.is_same(1), line.is_same(2)) == (False, True)


def test_what_a_dialogue_raises_comes_through():
    def fails():
        yield ASK
        raise Unreachable("x")  # noqa: EM101

    with pytest.raises(Unreachable):
        line_of(Script(DATA)).run(fails())


def test_giving_back():
    link = Script(DATA)
    line = line_of(link)
    line.close()
    line.run(dialogue(ASK))
    line.close()
    assert link.is_closed
