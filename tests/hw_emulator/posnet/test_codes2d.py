from __future__ import annotations

import pytest

from hw_emulator.marks import read_mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("qrcode|txABC", "[QR ECC=L PX=2] ABC"),
        ("qrcode|px4|el3|txABC", "[QR ECC=H PX=4] ABC"),
        ("qrcode|hx1|tx4142C4", "[QR ECC=L PX=2] ABÄ"),
        ("azteccode|el1|txABC", "[AZTEC ECC=23 PX=2] ABC"),
        ("dmcode|px3|txABC", "[DATAMATRIX PX=3] ABC"),
        ("pdf417code|cc2|rt1|txABC", "[PDF417 ECC=0 PX=2 YX=3 COLS=2 ROT=1] ABC"),
    ],
)
def test_a_prepared_code_prints_in_a_form_once(bench, text, mark):
    bench.run(text, "formstart|fn200", "formbarcode2d|fn200")
    assert bench.error("formbarcode2d|fn200") == 3200
    bench.run("formend|fn200")
    assert mark in bench.printed.splitlines()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("qrcode|tx", 3200),
        ("qrcode|px1|txA", 3210),
        ("qrcode|el4|txA", 3209),
        ("qrcode|hx1|txABC", 2080),
        ("qrcode|hx1|txXY", 2081),
        ("qrcode|tx" + "a" * 2001, 3206),
        ("qrcode|hx1|tx" + "A" * 4002, 3206),
        ("qrcode|el3|tx" + "a" * 1274, 3206),
        ("qrcode|px21|txA", 3201),
        ("qrcode|px3|tx" + "a" * 2000, 3201),
        ("azteccode|el4|txA", 3209),
        ("azteccode|px30|txA", 3201),
        ("dmcode|tx" + "a" * 1559, 3206),
        ("pdf417code|yx0|txA", 3203),
        ("pdf417code|yx51|txA", 3203),
        ("pdf417code|el9|txA", 3209),
        ("pdf417code|cc0|txA", 3207),
        ("pdf417code|cc31|txA", 3207),
        ("pdf417code|cc1|tx" + "a" * 200, 3208),
        ("pdf417code|cc30|tx" + "a" * 1200, 3206),
        ("pdf417code|cc20|txA", 3201),
    ],
)
def test_codes_there_cannot_be(bench, text, error):
    bench.run("qrcode|txBEFORE")
    assert bench.error(text) == error
    # What was prepared before is still there.
    assert read_mark(bench.device.ram.code2d).data == "BEFORE"


def test_wide_paper_takes_bigger_codes(bench):
    assert bench.error("qrcode|px21|txA") == 3201
    bench.run("prnwidthset|wd0", "qrcode|px21|txA")


def test_a_restart_forgets_the_code(bench):
    bench.run("qrcode|txABC")
    bench.device.restart()
    bench.run("formstart|fn200")
    assert bench.error("formbarcode2d|fn200") == 3200
