from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.address import Serial, Tcp, read_address


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("/dev/ttyS0", Serial("/dev/ttyS0")),
        ("serial:///dev/ttyUSB0", Serial("/dev/ttyUSB0")),
        ("./printer", Serial("./printer")),
        (
            "serial:///dev/ttyUSB0?baud=115200&parity=e&bits=7&stop=2&flow=RTSCTS",
            Serial("/dev/ttyUSB0", 115_200, "E", 7, 2, "rtscts"),
        ),
        ("tcp://192.168.1.20:6666", Tcp("192.168.1.20", 6666)),
        ("socket://[::1]:1", Tcp("::1", 1)),
        ("rfc2217://127.0.0.1:2217", Serial("rfc2217://127.0.0.1:2217")),
    ],
)
def test_an_address(url, meant):
    assert read_address(url) == meant


def test_what_the_address_leaves_out_is_as_told():
    usual = Serial("", 9600, "E", 7)
    assert read_address("/dev/ttyS1", usual) == Serial("/dev/ttyS1", 9600, "E", 7)
    assert read_address("serial:///dev/ttyS1?parity=N", usual).parity == "N"
    assert read_address("loop://", usual) == Serial("loop://", 9600, "E", 7)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "named by its path"),
        ("ttyS0", "named by its path"),
        ("tcp://127.0.0.1", "from 1 to 65535"),
        ("tcp://127.0.0.1:0", "from 1 to 65535"),
        ("tcp://127.0.0.1:99999", "from 1 to 65535"),
        ("tcp://:6666", "from 1 to 65535"),
        ("tcp://127.0.0.1:port", "from 1 to 65535"),
        ("serial:///dev/ttyS0?baud=9601", "baud=9601 is none of 300, 600"),
        ("serial:///dev/ttyS0?baud=fast", "baud=fast is none of"),
        ("serial:///dev/ttyS0?parity=X", "parity=X is none of N, E, O"),
        ("serial:///dev/ttyS0?bits=9", "bits=9 is none of 7, 8"),
        ("serial:///dev/ttyS0?flow=uphill", "flow=uphill is none of none, rtscts, xonxoff"),
        ("serial:///dev/ttyS0?speed=9600", "speed is none of the options baud"),
    ],
)
def test_what_is_impossible_is_said(url, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_address(url)


@given(st.text(max_size=60))
def test_nothing_else_comes_of_any_text(url):
    try:
        read_address(url)
    except ValueError:
        return
