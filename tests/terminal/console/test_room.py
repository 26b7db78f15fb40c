"""The socket: who may speak, how much, and that selling never waits for whoever speaks."""

from __future__ import annotations

import os
import socket
import stat
import threading
from concurrent.futures import Future
from contextlib import ExitStack

import pytest

from terminal.console import room, talk
from terminal.console.entrance import Entrance
from terminal.console.room import SESSIONS_MAX, reachable
from terminal.errors import Blocked, Code
from tests.shop import wait_until

WAIT_S = 20.0


def call(folder):
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(WAIT_S)
    with reachable(folder) as place:
        line.connect(place)
    return line


def answer(line):
    kept = b""
    while not kept.endswith(b"\n"):
        came = line.recv(65536)
        if not came:
            return None
        kept += came
    return talk.read_reply(kept)


def hung_up(line):
    try:
        return line.recv(10) == b""
    except ConnectionResetError:
        return True


def ask(line, request):
    line.sendall(talk.line_of(request))
    return answer(line)


def test_a_console_is_answered(one):
    with call(one.folder) as line:
        assert ask(line, talk.Hello("en")).data["terminal"] == "T1"
        assert ask(line, talk.Say(["status"])).code == "E-47"
        line.sendall(b"garbage\n")
        assert answer(line).code == "E-180"


def test_the_socket_is_for_the_tills_user_and_group(one):
    mode = (one.folder / talk.SOCKET).stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert mode & 0o777 == 0o660


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be somebody else")
def test_another_user_is_sent_away_even_if_the_group_lets_him(one, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    monkeypatch.setattr(room, "_PEER", _Stranger())
    with call(one.folder) as line:
        assert hung_up(line)


class _Stranger:
    """What the kernel says of a peer who is neither root nor the till's user."""

    size = 12

    def unpack(self, _raw):
        return (1, 54321, 54321)


def test_only_so_many_sessions_at_a_time(one):
    with ExitStack() as stack:
        lines = [stack.enter_context(call(one.folder)) for _ in range(SESSIONS_MAX)]
        for line in lines:
            assert ask(line, talk.Hello()).code == ""
        with call(one.folder) as more:
            assert hung_up(more)
        lines[0].close()
        wait_until(lambda: len(one.till.console._talking) < SESSIONS_MAX, "a place is free")
        with call(one.folder) as line:
            assert ask(line, talk.Hello()).code == ""


def test_a_line_without_an_end_is_cut_off(one):
    with call(one.folder) as line:
        line.sendall(b"x" * (talk.LINE_MAX + 5000))
        assert hung_up(line)


def test_selling_never_waits_for_a_console(one, papers, monkeypatch):
    """Consoles that hold on to everything they can: half a line, an answer that nobody reads."""
    waits = []
    before = Future.result

    def noted(self, timeout=None):
        if threading.current_thread().name == "engine" and not self.done():
            waits.append(self)
        return before(self, timeout)

    monkeypatch.setattr(Future, "result", noted)
    with ExitStack() as stack:
        lines = [stack.enter_context(call(one.folder)) for _ in range(SESSIONS_MAX)]
        assert ask(lines[0], talk.Hello("en", is_script=True)).code == ""
        lines[1].sendall(b'{"do":"say"')
        asked = ask(lines[2], talk.Ask(["look", "print"]))
        ask(lines[2], talk.Bring(papers.answer(asked.lines)))
        flood = threading.Thread(target=_flood, args=(lines[0],), daemon=True)
        flood.start()
        lines[2].sendall(talk.line_of(talk.Say(["test", "printer"])))
        for _ in range(3):
            assert one.pay("1").receipt_no
        lines[0].shutdown(socket.SHUT_RDWR)
        flood.join(WAIT_S)
    assert waits == []


def _flood(line):
    try:
        for _ in range(5000):
            line.sendall(talk.line_of(talk.Say(["sets"])))
    except OSError:
        return


def test_questions_are_taken_no_faster_than_somebody_asks(monkeypatch):
    slept = []
    monkeypatch.setattr(room.time, "sleep", slept.append)
    list(room._paced(iter([b""] * 300), clock=lambda: 0.0))
    assert len(slept) == 200


def test_a_till_that_stops_hangs_up_and_takes_its_socket_away(one):
    with call(one.folder) as line:
        ask(line, talk.Hello())
        one.stop()
        assert hung_up(line)
    assert not (one.folder / talk.SOCKET).exists()


def test_a_socket_that_a_power_cut_left_is_replaced(one):
    one.stop()
    (one.folder / talk.SOCKET).write_text("left")
    one.start()
    with call(one.folder) as line:
        assert ask(line, talk.Hello()).code == ""


def test_a_till_without_a_socket_sells(one, monkeypatch):
    one.stop()
    monkeypatch.setattr(room, "listening", _fails)
    one.start()
    assert not one.till.console.is_listening
    assert one.pay("1").receipt_no


def test_a_till_whose_disk_is_full_starts_and_sells_without_a_console(one, monkeypatch):
    one.stop()
    monkeypatch.setattr(Entrance, "start", _full)
    one.start()
    assert not one.till.console.is_listening
    assert one.pay("1").receipt_no


def _full(_entrance):
    raise Blocked(Code.STORAGE, detail="disk full")


def _fails(_folder):
    raise OSError


def test_who_is_logged_in_is_told(one, papers):
    with call(one.folder) as line:
        asked = ask(line, talk.Ask(["look"]))
        assert one.till.console.names() == []
        ask(line, talk.Bring(papers.answer(asked.lines)))
        assert one.till.console.names() == ["J. Kowal"]
    wait_until(lambda: one.till.console.names() == [], "the session ends with its line")
    wait_until(lambda: one.named("console_logout"), "and is told")
