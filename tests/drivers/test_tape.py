from __future__ import annotations

import threading
import time

import pytest

from drivers import tape as tapes
from drivers.errors import Unreachable
from drivers.link import LinkLost, open_link, open_pins
from drivers.tape import Tape
from drivers.tape_file import Kind


def read_all(opened, size: int) -> bytes:
    until_s = time.monotonic() + 5
    data = b""
    while len(data) < size and time.monotonic() < until_s:
        data += opened.read(0.2)
    return data


def loop() -> object:
    return open_link("loop://")


def said(tape: Tape) -> list[tuple[str, bytes]]:
    return [(one.kind.value, one.data) for one in tape.passages()]


class Broken:
    """A link on which everything breaks."""

    def write(self, data):
        raise LinkLost("cable", may_have_sent=True)  # noqa: EM101

    def read(self, timeout_s):
        raise LinkLost("cable", may_have_sent=True)  # noqa: EM101

    def close(self):
        return


def test_both_directions_and_what_became_of_the_line():
    tape = Tape()
    taped = tape.opens(loop)
    taped.write(b"one")
    assert read_all(taped, 3) == b"one"
    taped.close()
    taped.close()
    assert said(tape) == [("open", b""), (">", b"one"), ("<", b"one"), ("close", b"")]
    first, last = tape.passages()[0], tape.passages()[-1]
    assert first.at_s <= last.at_s <= time.monotonic()
    assert abs(last.wall_s - time.time()) < 60
    assert tape.lines()[1].endswith(" > one")
    assert tape.heard == 3


def test_what_is_dropped_was_said_all_the_same():
    tape = Tape()
    taped = tape.wrap(loop())
    taped.write(b"\x02sid\t#8A94\x03")
    taped.drain()
    assert said(tape) == [(">", b"\x02sid\t#8A94\x03"), ("<", b"\x02sid\t#8A94\x03")]
    assert tape.lines()[-1].endswith("< <02>sid<09>#8A94<03>")
    taped.drain()
    assert len(tape.passages()) == 2


def test_a_device_that_is_not_there_is_on_the_tape():
    tape = Tape()
    with pytest.raises(Unreachable):
        tape.opens(lambda: open_link("/dev/there-is-no-such-port"))
    (only,) = tape.passages()
    assert only.kind is Kind.ERROR
    assert "there-is-no-such-port" in only.text


@pytest.mark.parametrize("do", [lambda t: t.write(b"x"), lambda t: t.read(0), lambda t: t.drain()])
def test_a_line_that_breaks_is_on_the_tape(do):
    tape = Tape()
    with pytest.raises(LinkLost):
        do(tape.wrap(Broken()))
    assert said(tape)[-1] == ("error", b"cable")


def test_what_broke_the_line_is_kept():
    tape = Tape()
    with pytest.raises(LinkLost):
        tape.wrap(Broken()).write(b"last words")
    assert said(tape) == [(">", b"last words"), ("error", b"cable")]


def test_changes_of_a_modem_line_are_noted_once():
    tape = Tape()
    port = open_pins("loop://")
    taped = tape.opens_pins(lambda: port)
    for is_up in (False, False, True, True, False):
        port._port.rts = is_up
        assert taped.senses("CTS") is is_up
    notes = [one.text for one in tape.passages() if one.kind is Kind.NOTE]
    assert notes == ["CTS down", "CTS up", "CTS down"]


def test_old_passages_go(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(tapes.time, "monotonic", lambda: now)
    tape = Tape(keep_s=60)
    tape.record(b"old", is_ours=True)
    now = 1050.0
    tape.record(b"young", is_ours=True)
    assert len(tape.passages()) == 2
    now = 1061.0
    assert said(tape) == [(">", b"young")]
    assert tape.lost == 0


def test_memory_is_bounded_by_bytes_and_the_newest_stay():
    tape = Tape(bytes_max=10_000)
    for no in range(1000):
        tape.record(b"%04d" % no * 25, is_ours=False)
    kept = tape.passages()
    assert sum(len(one.data) for one in kept) < 10_000
    assert kept[-1].data.startswith(b"0999")
    assert tape.lost == 1000 - len(kept)
    assert tape.heard == 100_000


def test_many_empty_entries_are_bounded_too():
    tape = Tape(bytes_max=10_000)
    for _ in range(10_000):
        tape.note(Kind.OPEN, "")
    assert len(tape.passages()) < 200


def test_one_passage_larger_than_the_tape_is_kept_alone():
    tape = Tape(bytes_max=100)
    tape.record(b"x", is_ours=True)
    tape.record(b"y" * 1000, is_ours=True)
    assert [len(one.data) for one in tape.passages()] == [1000]


def test_it_outlives_links_and_is_read_from_another_thread():
    tape = Tape(bytes_max=20_000)
    stop = threading.Event()
    seen: list[int] = []

    def look() -> None:
        while not stop.is_set():
            seen.append(len(tape.lines()))

    looking = threading.Thread(target=look)
    looking.start()
    for _ in range(20):
        taped = tape.wrap(open_link("loop://"))
        for _ in range(20):
            taped.write(b"x")
        taped.close()
    stop.set()
    looking.join(5)
    assert not looking.is_alive()
    assert max(seen) <= 420
    assert len(tape.passages()) + tape.lost == 420


def test_nothing_heard_is_not_recorded():
    tape = Tape()
    taped = tape.wrap(open_link("loop://"))
    assert taped.read(0) == b""
    assert tape.passages() == ()
