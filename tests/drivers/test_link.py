from __future__ import annotations

import os
import pty
import socket
import time
import tty

import pytest

from drivers import link
from drivers.address import Serial
from drivers.errors import Unreachable
from drivers.link import LinkLost, SerialLink, TcpLink, open_link, open_pins


@pytest.fixture
def terminal():
    """A pseudo-terminal: our side's file descriptor and the path of the other."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    yield ours, os.ttyname(theirs)
    for each in (ours, theirs):
        try:
            os.close(each)
        except OSError:
            continue


@pytest.fixture
def server():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        yield listening


def connect(server) -> tuple[TcpLink, socket.socket]:
    opened = open_link(f"tcp://127.0.0.1:{server.getsockname()[1]}")
    peer, _ = server.accept()
    peer.settimeout(5)
    return opened, peer


def read_all(opened, size: int) -> bytes:
    until_s = time.monotonic() + 5
    data = b""
    while len(data) < size and time.monotonic() < until_s:
        data += opened.read(0.2)
    return data


@pytest.mark.parametrize("form", ["{}", "serial://{}", "serial://{}?baud=115200&stop=2"])
def test_serial_both_ways(terminal, form):
    ours, path = terminal
    opened = open_link(form.format(path))
    opened.write(b"\x02sid\t")
    assert os.read(ours, 100) == b"\x02sid\t"
    os.write(ours, b"x" * 300)
    assert read_all(opened, 300) == b"x" * 300
    opened.close()
    opened.close()


def test_serial_options_reach_the_port(terminal):
    opened = open_link(f"serial://{terminal[1]}?baud=19200&parity=E&stop=2&flow=xonxoff")
    port = opened._port
    assert (port.baudrate, port.parity, port.stopbits) == (19200, "E", 2)
    assert port.xonxoff
    assert not port.rtscts
    assert port.write_timeout == link.WRITE_TIMEOUT_S
    opened.close()


def test_serial_read_waits_no_longer_than_told(terminal):
    opened = SerialLink(terminal[1])
    began_s = time.monotonic()
    assert opened.read(0.05) == b""
    assert 0.04 < time.monotonic() - began_s < 1
    assert opened.read(0) == b""
    assert opened.read(-1) == b""


def test_serial_drain_drops_what_is_there(terminal):
    ours, path = terminal
    opened = SerialLink(path)
    os.write(ours, b"stale" * 100)
    assert opened.read(1)
    os.write(ours, b"stale" * 100)
    opened.drain()
    os.write(ours, b"new")
    assert read_all(opened, 3) == b"new"


def test_a_serial_port_is_locked(terminal):
    first = SerialLink(terminal[1])
    with pytest.raises(Unreachable, match="lock"):
        SerialLink(terminal[1])
    first.close()
    SerialLink(terminal[1]).close()


def test_serial_line_breaks(terminal):
    ours, path = terminal
    opened = SerialLink(path)
    opened.write(b"x")
    os.close(ours)
    with pytest.raises(LinkLost) as caught:
        read_all(opened, 1)
    assert caught.value.may_have_sent
    with pytest.raises(LinkLost):
        opened.write(b"x")


def test_a_closed_port_sends_nothing(terminal):
    opened = SerialLink(terminal[1])
    opened.close()
    with pytest.raises(LinkLost) as caught:
        opened.write(b"x")
    assert not caught.value.may_have_sent
    with pytest.raises(LinkLost):
        opened.read(0)


def test_a_device_that_stops_listening(terminal, monkeypatch):
    monkeypatch.setattr(link, "WRITE_TIMEOUT_S", 0.05)
    opened = SerialLink(terminal[1])
    with pytest.raises(LinkLost) as caught:
        opened.write(b"x" * 1_000_000)
    assert caught.value.may_have_sent


def test_loop():
    opened = open_link("loop://")
    opened.write(b"abc")
    assert read_all(opened, 3) == b"abc"


@pytest.mark.parametrize("scheme", ["tcp", "socket"])
def test_tcp_both_ways(server, scheme):
    opened = open_link(f"{scheme}://127.0.0.1:{server.getsockname()[1]}")
    peer, _ = server.accept()
    opened.write(b"ping")
    assert peer.recv(10) == b"ping"
    peer.sendall(b"y" * 5000)
    assert read_all(opened, 5000) == b"y" * 5000
    assert opened.read(0) == b""
    assert opened.read(0.01) == b""
    assert opened._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    assert opened._socket.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    opened.close()
    assert peer.recv(10) == b""
    peer.close()


def test_tcp_drain(server):
    opened, peer = connect(server)
    peer.sendall(b"stale")
    assert read_all(opened, 5) == b"stale"
    peer.sendall(b"stale")
    time_limit_s = time.monotonic() + 5
    while not opened._socket.recv(1, socket.MSG_PEEK) and time.monotonic() < time_limit_s:
        continue
    opened.drain()
    peer.sendall(b"new")
    assert read_all(opened, 3) == b"new"
    opened.close()
    peer.close()


def test_the_device_hangs_up(server):
    opened, peer = connect(server)
    peer.close()
    with pytest.raises(LinkLost, match="closed"):
        read_all(opened, 1)
    with pytest.raises(LinkLost):
        opened.drain()
    opened.close()


def test_tcp_write_tells_whether_something_left(server, monkeypatch):
    monkeypatch.setattr(link, "WRITE_TIMEOUT_S", 0.05)
    opened, peer = connect(server)
    with pytest.raises(LinkLost) as caught:
        opened.write(b"x" * 30_000_000)  # nobody reads
    assert caught.value.may_have_sent
    opened.close()
    with pytest.raises(LinkLost) as caught:
        opened.write(b"x")
    assert not caught.value.may_have_sent
    peer.close()


def test_nobody_listens(server):
    port = server.getsockname()[1]
    server.close()
    with pytest.raises(Unreachable, match="cannot connect"):
        open_link(f"tcp://127.0.0.1:{port}")


@pytest.mark.parametrize(
    "url",
    [
        "/dev/there-is-no-such-port",
        "serial:///dev/there-is-no-such-port",
        "serial:///dev/null?baud=fast",
        "serial:///dev/null?flow=uphill",
        "serial:///dev/null?parity=X",
        "tcp://127.0.0.1",
        "tcp://127.0.0.1:99999",
        "tcp://127.0.0.1:port",
        "nothing://there",
        "",
    ],
)
def test_bad_addresses_are_unreachable(url):
    with pytest.raises(Unreachable):
        open_link(url)


def test_seven_bits_and_even_parity_for_scales(terminal):
    opened = open_link(f"serial://{terminal[1]}?bits=7&parity=E")
    assert (opened._port.bytesize, opened._port.parity) == (7, "E")
    opened.close()


def test_parity_on_a_pseudo_terminal_does_no_harm(terminal):
    """It cannot be had there, and asking for it a second time is an error of the C library."""
    ours, path = terminal
    opened = open_link(f"serial://{path}?bits=7&parity=E")
    for wait_s in (0.01, 0.02, 0):
        assert opened.read(wait_s) == b""
    os.write(ours, b"W")
    assert read_all(opened, 1) == b"W"
    opened.close()


def test_what_the_address_does_not_say_is_as_usual(terminal):
    opened = open_link(f"serial://{terminal[1]}?stop=2", Serial("", 19200, "E", 7))
    port = opened._port
    assert (port.baudrate, port.bytesize, port.parity, port.stopbits) == (19200, 7, "E", 2)
    opened.close()


def test_modem_lines():
    opened = open_pins("loop://")
    opened._port.rts = True
    assert opened.senses("CTS")
    opened._port.rts = False
    assert not opened.senses("CTS")
    opened.close()


def test_a_pseudo_terminal_has_no_modem_lines(terminal):
    opened = open_pins(terminal[1])
    with pytest.raises(LinkLost) as caught:
        opened.senses("CTS")
    assert not caught.value.may_have_sent
    opened.close()


def test_tcp_has_no_modem_lines():
    with pytest.raises(Unreachable, match="no modem lines"):
        open_pins("tcp://127.0.0.1:9")
