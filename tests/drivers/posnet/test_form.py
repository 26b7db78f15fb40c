from __future__ import annotations

import pytest

from drivers.fiscal import (
    Barcode,
    BarcodeKind,
    Blank,
    Form,
    FreeLine,
    Matrix,
    MatrixKind,
    Separator,
    Span,
    Style,
    TextLine,
    TinyLine,
)
from drivers.posnet.form import form_calls, form_frames


def frames(*lines: str) -> list[tuple[str, dict[str, str]]]:
    return [(each.frame.mnemonic, dict(each.frame.fields)) for each in form_frames(lines)]


def test_title_lines_and_empty_lines():
    assert frames("Raport", "a  b", "", "c") == [
        ("formstart", {"fn": "200", "fh": "84", "al": "Raport"}),
        ("formline", {"s1": "a  b", "fn": "200", "fl": "711"}),
        ("formcmd", {"fn": "200", "cm": "0"}),
        ("formline", {"s1": "c", "fn": "200", "fl": "711"}),
        ("formend", {"fn": "200"}),
    ]


def test_long_lines_go_on():
    texts = [fields["s1"] for name, fields in frames("T", "x" * 80) if name == "formline"]
    assert [len(text) for text in texts] == [38, 38, 4]


def test_no_lines_at_all():
    assert frames() == [("formstart", {"fn": "200", "fh": "84"}), ("formend", {"fn": "200"})]


def parts(*found, is_wide: bool = False) -> list[tuple[str, dict[str, str]]]:
    calls = form_calls(Form("T", found, is_wide=is_wide))
    return [(each.frame.mnemonic, dict(each.frame.fields)) for each in calls[1:-1]]


def test_everything_a_form_can_hold():
    look = frozenset({Style.CENTRED, Style.UNDERLINED})
    assert parts(
        TextLine("Razem", is_wide=True, is_high=True),
        FreeLine((Span("A&B", look), Span(" c"))),
        TinyLine("drobny druk"),
        Blank(),
        Separator(),
        Barcode("K1000017"),
        Barcode("590123412345", BarcodeKind.EAN_13),
        Matrix("https://a.example", MatrixKind.QR, dots=4, correction=0),
        Matrix("x", MatrixKind.DATA_MATRIX, correction=1),
    ) == [
        ("formline", {"s1": "Razem", "fn": "200", "fl": "711", "sw": "1", "sh": "1"}),
        ("formformattedline", {"s1": "&u&cA&&B&u&c c", "fn": "200"}),
        ("formtinyline", {"fn": "200", "s1": "drobny druk"}),
        ("formcmd", {"fn": "200", "cm": "0"}),
        ("formcmd", {"fn": "200", "cm": "1"}),
        ("formbarcode", {"fn": "200", "bc": "K1000017", "bt": "0"}),
        ("formbarcode", {"fn": "200", "bc": "590123412345", "bt": "1"}),
        ("qrcode", {"px": "4", "el": "0", "tx": "https://a.example"}),
        ("formbarcode2d", {"fn": "200"}),
        ("dmcode", {"tx": "x"}),
        ("formbarcode2d", {"fn": "200"}),
    ]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (MatrixKind.AZTEC, "azteccode"),
        (MatrixKind.PDF417, "pdf417code"),
        (MatrixKind.DATA_MATRIX, "dmcode"),
        (MatrixKind.QR, "qrcode"),
    ],
)
def test_every_code_has_its_command(kind, name):
    assert parts(Matrix("x", kind))[0] == (name, {"tx": "x"})


@pytest.mark.parametrize(
    ("part", "is_wide", "lengths"),
    [
        (TextLine("x" * 80), False, [38, 38, 4]),
        (TextLine("x" * 80), True, [54, 26]),
        (TextLine("x" * 40, is_wide=True), False, [19, 19, 2]),
        (TinyLine("x" * 60), False, [51, 9]),
        (TinyLine("x" * 90), True, [80, 10]),
    ],
)
def test_long_parts_go_on_in_the_next_line(part, is_wide, lengths):
    found = parts(part, is_wide=is_wide)
    assert [len(fields["s1"]) for _, fields in found] == lengths
    assert {fields["fn"] for _, fields in found} == {"201" if is_wide else "200"}


def test_a_free_line_is_as_long_as_the_printer_takes_it():
    spans = (Span("x" * 50, frozenset({Style.WIDE})), Span("y" * 50), Span("z"))
    ((_, fields),) = parts(FreeLine(spans))
    assert fields["s1"] == "&b" + "x" * 50 + "&b" + "y" * 6
