from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile

import pytest

from drivers.escpos.render import KICK, barcode, is_ean, render
from drivers.paper import Slip

SLIP = Slip("Łódź", ("Zażółć", "", "1\u202f234,50 zł"))


def test_a_slip_from_reset_to_cut():
    data = render(SLIP)
    assert data.startswith(b"\x1b@\x1bt\x12")  # ESC @, page 18 = CP852
    assert data.count(b"\x1bt") == 1
    assert "Łódź\n".encode("cp852") in data
    assert "Zażółć\n\n1 234,50 zł\n".encode("cp852") in data
    assert data.endswith(b"\x1dV\x00")


def test_every_slip_stands_alone():
    assert render(SLIP) == render(SLIP)


@pytest.mark.parametrize(
    ("language", "page"), [("pl", 18), ("fr", 16), ("es", 19), ("en", 19), ("de", 19)]
)
def test_one_page_for_each_language(language, page):
    assert render(Slip("", ("x",)), language).startswith(b"\x1b@\x1bt%c" % page)


def test_a_printer_that_has_no_polish_letters():
    data = render(SLIP, profile="simple")
    assert b"\x1bt" not in data
    assert b"Lodz\n" in data
    assert b"Zazolc\n" in data


def test_lines_cannot_smuggle_commands():
    assert render(Slip("", ("a\x1dV\x00b",))).count(b"\x1dV") == 1
    assert b"a Vb\n" in render(Slip("", ("a\x1dV\x00b",)))
    assert b"a\nb\n" in render(Slip("", ("a\nb",)))


def test_codes():
    data = render(Slip("", (), barcode="5901234123457", qr="https://x/ż"))
    assert b"\x1dk\x025901234123457\x00" in data
    assert b"\x1d(k" in data
    assert "https://x/ż".encode() in data


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("5901234123457", b"\x1dk\x025901234123457\x00"),
        ("96385074", b"\x1dk\x0396385074\x00"),
        ("5901234123458", b"\x1dk\x49\x0f{B5901234123458"),
        ("K1-17", b"\x1dk\x49\x07{BK1-17"),
        ("a{b", b"\x1dk\x49\x06{Ba{{b"),
        ("ż\n", b"\x1dk\x49\x04{Bz "),
    ],
)
def test_barcodes(content, expected):
    assert barcode(content) == expected


@pytest.mark.parametrize("code", ["590123412345", "", "59012341234ab", "٥٩٠١٢٣٤١"])
def test_what_is_no_ean(code):
    assert not is_ean(code)


@pytest.mark.parametrize(
    ("slip", "profile"),
    [
        (Slip("", (), barcode="x" * 25), "default"),
        (Slip("", (), qr="x" * 701), "default"),
        (Slip("", ("x",)), "no such printer"),
    ],
)
def test_what_cannot_be_printed(slip, profile):
    with pytest.raises(ValueError, match=r"code of more|unknown"):
        render(slip, profile=profile)


@pytest.mark.parametrize(
    ("profile", "mark"),
    [("default", b"\x1d(k"), ("POS-5890", b"\x1dv0"), ("simple", b"abc\n"), ("AF-240", b"abc\n")],
)
def test_qr_as_the_printer_can(profile, mark, capfd):
    assert mark in render(Slip("", (), qr="abc"), profile=profile)
    assert capfd.readouterr() == ("", "")


def test_importing_the_library_leaves_no_trace(tmp_path):
    program = (
        "import logging; from drivers.escpos.render import render; from drivers.paper import Slip\n"
        "import sys; assert 'escpos' not in sys.modules\n"
        "assert render(Slip('T', ('a',), barcode='x', qr='y'))\n"
        "assert not logging.getLogger().handlers\n"
    )
    environment = {"TMPDIR": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_own_log_handlers_stay():
    handlers = list(logging.getLogger().handlers)
    render(SLIP)
    assert logging.getLogger().handlers == handlers
    assert tempfile.gettempdir()


def test_the_drawer_pulse():
    assert KICK == b"\x1bp\x00\x32\x32"
