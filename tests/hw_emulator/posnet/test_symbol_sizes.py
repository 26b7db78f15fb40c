from __future__ import annotations

import pytest

from hw_emulator.posnet.symbol_sizes import aztec_size, data_matrix_size, pdf417_size, qr_size


@pytest.mark.parametrize(
    ("data", "level", "side"),
    [
        # Capacities of the standard: version 1-L holds 41 digits, 25 alphanumeric, 17 bytes.
        (b"1" * 41, "L", 21),
        (b"1" * 42, "L", 25),
        (b"A" * 25, "L", 21),
        (b"A" * 26, "L", 25),
        (b"a" * 17, "L", 21),
        (b"a" * 18, "L", 25),
        (b"a" * 7, "H", 21),
        (b"a" * 8, "H", 25),
        (b"a" * 230, "L", 53),
        (b"a" * 231, "L", 57),
        (b"a" * 2331, "M", 177),
        (b"a" * 2332, "M", None),
        (b"a" * 1273, "H", 177),
        (b"a" * 1274, "H", None),
        (b"1" * 7089, "L", 177),
        (b"A" * 4296, "L", 177),
    ],
)
def test_qr(data, level, side):
    assert qr_size(data, level) == side


@pytest.mark.parametrize(
    ("data", "side"),
    [
        (b"123456", 10),
        (b"1234567", 12),
        (b"abc", 10),
        (b"abcd", 12),
        (b"a" * 1558, 144),
        (b"a" * 1559, None),
        (b"1" * 3116, 144),
        (b"\xff" * 1000, 120),
    ],
)
def test_data_matrix(data, side):
    assert data_matrix_size(data) == side


def test_aztec_grows_with_data_and_correction():
    sizes = [aztec_size(b"x" * count, 23) for count in range(1, 1400, 50)]
    assert sizes == sorted(sizes)
    assert sizes[0] == 15
    assert aztec_size(b"x" * 100, 50) > aztec_size(b"x" * 100, 10)
    assert aztec_size(b"x" * 2000, 50) is None
    assert max(size for size in sizes if size) <= 151


def test_pdf417():
    assert pdf417_size(b"a" * 6, 0, 1) == (86, 9)
    assert pdf417_size(b"a", 0, 30) == (579, 3)
    assert pdf417_size(b"a" * 1200, 0, 30) is None
