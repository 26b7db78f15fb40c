from __future__ import annotations

import socket

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


def test_nothing_is_sent_on_connect(line):
    with dial(line) as client:
        client.settimeout(0.05)
        with pytest.raises(TimeoutError):
            client.recv(1)
