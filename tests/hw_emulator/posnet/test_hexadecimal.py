from __future__ import annotations

import pytest

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.hexadecimal import read_hex, show_hex


def test_bytes_and_their_digits():
    assert read_hex("a20C") == b"\xa2\x0c"
    assert read_hex("") == b""
    assert show_hex(b"\xa2\x0c") == "A20C"


@pytest.mark.parametrize(("text", "code"), [("A", 2080), ("A20", 2080), ("0G", 2081), ("¹¹", 2081)])
def test_what_is_no_hex(text, code):
    with pytest.raises(Refused) as refused:
        read_hex(text)
    assert refused.value.code == code
