from __future__ import annotations

import pytest

from hw_emulator.gear.scanner import BarcodeScanner


def scanned(code="590", aim="", **options):
    sent = []
    scanner = BarcodeScanner(**options)
    scanner.start()
    scanner.connect(sent.append, 1)(b"a scanner does not listen")
    scanner.scan(code, aim)
    scanner.stop()
    return sent


@pytest.mark.parametrize(
    ("options", "data"),
    [
        ({}, b"590\r"),
        ({"end": "crlf"}, b"590\r\n"),
        ({"end": "none"}, b"590"),
        ({"end": "etx", "begins_with_stx": True}, b"\x02590\x03"),
        ({"prefix": "~", "suffix": "#", "end": "tab"}, b"~590#\t"),
        ({"aim": "E0"}, b"]E0590\r"),
        ({"code": "ż", "end": "lf"}, "ż\n".encode()),
    ],
)
def test_what_it_sends(options, data):
    assert scanned(**options) == [data]


def test_slices_and_noise():
    assert scanned(slice_bytes=2, slice_pause_s=0) == [b"59", b"0\r"]
    (data,) = scanned(noise_bytes=5)
    assert len(data) == 9
    assert data.endswith(b"590\r")
    assert scanned(noise_bytes=5) == [data]  # chance is seeded


def test_every_client_gets_every_scan():
    first, second = [], []
    scanner = BarcodeScanner()
    for sent in (first, second):
        scanner.connect(sent.append, 1)
    scanner.send(b"x")
    assert first == second == [b"x"]


def test_an_end_that_is_none():
    with pytest.raises(ValueError, match="none of the ends"):
        BarcodeScanner(end="bell")
