from __future__ import annotations

import socket
import threading

import pytest

from hw_emulator.tcp_line import TcpLine


@pytest.fixture
def line():
    line = TcpLine(lambda send, interface: lambda data: send(b"%d:" % interface + data), *HERE)
    line.start()
    yield line
    line.stop()


HERE = ("127.0.0.1", 0, 2)


def dial(line: TcpLine) -> socket.socket:
    return socket.create_connection((line.host, line.port), 5)


def test_several_clients_at_once_each_with_its_own_answers(line):
    with dial(line) as first, dial(line) as second:
        second.sendall(b"b")
        first.sendall(b"a")
        assert (first.recv(9), second.recv(9)) == (b"2:a", b"2:b")


def test_a_client_that_hangs_up_harms_nobody(line):
    with dial(line) as client:
        client.sendall(b"a")
    with dial(line) as client:
        client.sendall(b"b")
        assert client.recv(9) == b"2:b"


def test_stopping_hangs_up(line):
    with dial(line) as client:
        client.sendall(b"a")
        assert client.recv(9) == b"2:a"
        line.stop()
        assert client.recv(9) == b""
    with pytest.raises(ConnectionError):
        dial(line)


def test_a_flood_of_clients_fills_nothing(line, monkeypatch):
    monkeypatch.setattr("hw_emulator.tcp_line.CLIENTS_MAX", 2)
    with dial(line) as first, dial(line) as second:
        for client in (first, second):
            client.sendall(b"a")
            assert client.recv(9) == b"2:a"
        with dial(line) as third:
            assert third.recv(9) == b""
        first.sendall(b"b")
        assert first.recv(9) == b"2:b"


def test_nothing_is_sent_on_connect(line):
    with dial(line) as client:
        client.settimeout(0.05)
        with pytest.raises(TimeoutError):
            client.recv(1)


def test_a_device_without_power_refuses_and_comes_back_at_its_port(line):
    with dial(line) as client:
        client.sendall(b"a")
        assert client.recv(9) == b"2:a"
        line.down()
        assert client.recv(9) == b""
    with pytest.raises(ConnectionRefusedError):
        dial(line)
    line.up()
    with dial(line) as client:
        client.sendall(b"b")
        assert client.recv(9) == b"2:b"


class Debtor:
    """A device that answers when it is told to, and says that it owes an answer."""

    def __init__(self) -> None:
        self.peer = None
        self.took = threading.Event()

    def connect(self, send, _interface):
        self.peer = send

        def feed(_data: bytes) -> None:
            send.owe()
            self.took.set()

        return feed

    def answer(self, data: bytes) -> None:
        self.peer(data)
        self.peer.settle()


@pytest.fixture
def debtor():
    return Debtor()


@pytest.fixture
def debtors_line(debtor):
    line = TcpLine(debtor.connect, "127.0.0.1", 0)
    line.start()
    yield line
    line.stop()


def test_who_has_said_all_still_gets_what_is_owed(debtors_line, debtor):
    with dial(debtors_line) as client:
        client.sendall(b"a")
        client.shutdown(socket.SHUT_WR)
        assert debtor.took.wait(5)
        debtor.answer(b"late but sure")
        assert client.recv(99) == b"late but sure"
        assert client.recv(9) == b""


def test_a_line_that_stops_owes_nobody(debtors_line, debtor):
    before = threading.active_count()
    with dial(debtors_line) as client:
        client.sendall(b"a")
        client.shutdown(socket.SHUT_WR)
        assert debtor.took.wait(5)
        debtors_line.stop()
        assert client.recv(9) == b""
    for thread in threading.enumerate():
        if thread.name in {"tcp client", "tcp listener"}:
            thread.join(5)
    assert threading.active_count() <= before


def test_hanging_up_lets_out_what_was_sent(debtors_line, debtor):
    with dial(debtors_line) as client:
        client.sendall(b"a")
        assert debtor.took.wait(5)
        debtor.peer(b"last")
        debtor.peer.hang_up()
        assert client.recv(9) == b"last"
        assert client.recv(9) == b""


def test_the_speed_may_change_for_all_and_for_those_to_come(line):
    with dial(line) as client:
        client.sendall(b"a")
        assert client.recv(9) == b"2:a"
        line.set_baud(96_000)
        assert {each.pace_out.baud for each in line._clients} == {96_000}
        with dial(line) as other:
            other.sendall(b"b")
            assert other.recv(9) == b"2:b"
            assert {each.pace_in.baud for each in line._clients} == {96_000}
