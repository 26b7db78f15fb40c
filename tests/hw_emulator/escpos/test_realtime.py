from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw_emulator.escpos.realtime import Request, Watcher

CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"abc", [(b"abc", None)]),
        (b"a\x10\x04\x01b", [(b"a\x10\x04\x01", Request("status", b"\x01")), (b"b", None)]),
        (b"\x10\x05\x02", [(b"\x10\x05\x02", Request("recover", b"\x02"))]),
        (b"\x10\x14\x01\x00\x05", [(b"\x10\x14\x01\x00\x05", Request("pulse", b"\x00\x05"))]),
        (CLEAR, [(CLEAR, Request("clear", b""))]),
        (CLEAR[:-1] + b"\x09", [(CLEAR[:-1] + b"\x09", None)]),
        (b"\x10\x10\x04\x04", [(b"\x10\x10\x04\x04", Request("status", b"\x04"))]),
        (b"\x10\x14\x63\x10\x04\x01", [(b"\x10\x14\x63\x10\x04\x01", Request("status", b"\x01"))]),
        (b"\x10\x14\x07\x01", [(b"\x10\x14\x07\x01", None)]),
        (b"", []),
    ],
)
def test_requests_end_their_part(data, expected):
    assert list(Watcher().split(data)) == expected


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=5), st.sampled_from([b"\x10", b"\x04", b"\x10\x04\x01", CLEAR])
        ),
        max_size=20,
    )
)
def test_nothing_is_taken_out_and_slices_do_not_matter(pieces):
    whole, sliced = Watcher(), Watcher()
    data = b"".join(pieces)
    parts = list(whole.split(data))
    assert b"".join(part for part, _ in parts) == data
    found = [request for piece in pieces for _, request in sliced.split(piece) if request]
    assert found == [request for _, request in parts if request]
