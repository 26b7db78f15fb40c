from __future__ import annotations

import pytest

from drivers.novitus.address import Address, BadAddress


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://192.168.1.20:8890", "192.168.1.20:8890"),
        ("http://printer.lan", "printer.lan:8888"),
        ("http://printer.lan/", "printer.lan:8888"),
        ("HTTP://user:secret@Printer:8888", "printer:8888"),
        ("http://[::1]:8890", "[::1]:8890"),
    ],
)
def test_addresses(url, host):
    assert Address.read(url) == Address(f"tcp://{host}", host)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://printer:8888", "HTTP only"),
        ("tcp://printer:8888", "is not http://host:port"),
        ("/dev/ttyUSB0", "is not http://host:port"),
        ("192.168.1.20:8888", "is not http://host:port"),
        ("http://", "is not http://host:port"),
        ("http://printer:8888/api/v2", "is not http://host:port"),
        ("http://łódź:8888", "is not http://host:port"),
        ("http://a b:8888", "is not http://host:port"),
        ("http://printer:99999", "is no address"),
        ("http://printer:x", "is no address"),
        ("http://[::1:8888", "is no address"),
    ],
)
def test_what_is_none(url, why):
    with pytest.raises(BadAddress, match=why):
        Address.read(url)
