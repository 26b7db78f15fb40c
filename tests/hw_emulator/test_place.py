from __future__ import annotations

import pytest

from hw_emulator.place import Lines
from hw_emulator.pty_line import PtyLine
from hw_emulator.tcp_line import TcpLine


def echo(send, _interface):
    return send


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ({}, [TcpLine]),
        ({"pty": True}, [PtyLine]),
        ({"pty": True, "tcp": 0}, [PtyLine, TcpLine]),
        ({"tcp": 0, "tcp_second": 0}, [TcpLine, TcpLine]),
    ],
)
def test_lines_that_were_asked_for_are_opened(asked, kinds):
    lines = Lines(**asked).open(echo)
    assert [type(line) for line in lines] == kinds
    for line in lines:
        line.start()
        line.stop()
