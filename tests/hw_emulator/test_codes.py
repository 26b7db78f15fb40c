from __future__ import annotations

import pytest

from hw_emulator import codes
from hw_emulator.codes import NotDrawn, is_square, matrix
from hw_emulator.rows import Code

# A finder pattern as the standard draws it, seven by seven.
FINDER = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]


def shown(squares) -> list[str]:
    return ["".join("#" if dark else "." for dark in line) for line in squares]


@pytest.mark.parametrize("level", ["L", "M", "q", "H"])
def test_a_qr_code_has_its_three_finders(level):
    lines = shown(matrix(Code("qr", "zażółć gęślą jaźń", level=level)))
    assert len(lines) == len(lines[0]) == 21 + 4 * ((len(lines) - 21) // 4)
    assert [line[:7] for line in lines[:7]] == FINDER
    assert [line[-7:] for line in lines[:7]] == FINDER
    assert [line[:7] for line in lines[-7:]] == FINDER


def test_more_correction_needs_more_room():
    sizes = [len(matrix(Code("QR", "x" * 70, level=level))) for level in "LMQH"]
    assert sizes == sorted(set(sizes))


@pytest.mark.parametrize(
    ("kind", "data", "pattern"),
    [
        # Digits of the left half by the parity of the first, guards 101 / 01010 / 101.
        (
            "EAN13",
            "5901234123457",
            "10100010110100111011001100100110111101001110101010110011011011001000010101110010011101000100101",
        ),
        ("CODE39", "A", "10001011101110101110101000101110100010111011101"),
    ],
)
def test_bars(kind, data, pattern):
    (line,) = matrix(Code(kind, data))
    assert "".join("01"[dark] for dark in line) == pattern


@pytest.mark.parametrize(
    "kind", ["EAN8", "UPC-A", "CODE128", "GS1-128", "EAN128", "ITF", "CODABAR"]
)
def test_other_bars_begin_and_end_dark(kind):
    data = {"EAN8": "12345670", "UPC-A": "123456789012", "CODABAR": "A1234B"}.get(kind, "123456")
    (line,) = matrix(Code(kind, data))
    assert line[0]
    assert line[-1]


@pytest.mark.parametrize(
    ("kind", "data"), [("AZTEC", "x"), ("EAN13", "kawa"), ("QR", "x" * 5000), ("CODE39", "ą")]
)
def test_what_cannot_be_drawn_says_so(kind, data):
    with pytest.raises(NotDrawn, match=kind):
        matrix(Code(kind, data))


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setattr(codes.importlib, "import_module", _absent)
    with pytest.raises(NotDrawn, match="qrcode is not installed"):
        matrix(Code("QR", "x"))


def _absent(name: str):
    raise ImportError(name)


def test_squares_and_bars():
    assert is_square("qr")
    assert not is_square("EAN13")
