from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.gs1 import GS, TEXT_MAX
from drivers.scan import Scan, read_scan

EAN = "5901234123457"
GTIN = "0" + EAN


@pytest.mark.parametrize(
    ("text", "code", "symbology"),
    [
        (EAN, EAN, ""),
        (f"]E0{EAN}", EAN, "EAN-13"),
        (f"]E3{EAN}12", EAN, "EAN-13"),
        ("]E496385074", "96385074", "EAN-8"),
        ("]C0ABC-1", "ABC-1", "Code 128"),
        ("]A0ABC-1", "ABC-1", "Code 39"),
        ("]I115901234123454", "15901234123454", "ITF"),
        ("]Q1https://example.com/a?b=1", "https://example.com/a?b=1", "QR"),
        ("]L2text", "text", "PDF417"),
        (f"]C101{GTIN}", EAN, "GS1-128"),
        (f"]e001{GTIN}", EAN, "GS1 DataBar"),
        (f"]d201{GTIN}21X1", EAN, "GS1 Data Matrix"),
        (f"]Q301{GTIN}10L", EAN, "GS1 QR"),
        (f"]J101{GTIN}", EAN, "GS1 DotCode"),
        ("]C10100000096385074", "96385074", "GS1-128"),
        ("]C10115901234123454", "15901234123454", "GS1-128"),
        ("]*not an identifier", "]*not an identifier", ""),
        ("]", "]", ""),
    ],
)
def test_what_the_scanner_says_it_read(text, code, symbology):
    scan = read_scan(text)
    assert (scan.code, scan.symbology) == (code, symbology)


def test_gs1_fields():
    scan = read_scan(f"]C101{GTIN}310300125010LOT{GS}17261231")
    assert scan.elements.pairs == (
        ("01", GTIN),
        ("3103", "001250"),
        ("10", "LOT"),
        ("17", "261231"),
    )
    assert scan.elements.qty_milli == 1250
    assert scan.raw == f"]C101{GTIN}310300125010LOT 17261231"


@pytest.mark.parametrize(
    "text", [f"{GS}01{GTIN}3103001250", f"01{GTIN}3103001250", f"01{GTIN}10A{GS}21B"]
)
def test_element_strings_of_a_scanner_that_does_not_say_so(text):
    scan = read_scan(text)
    assert scan.code == EAN
    assert scan.elements.gtin == GTIN


@pytest.mark.parametrize(
    "text",
    [
        "0105901234123458",  # the check digit is wrong: some number of 16 digits
        "]C1hello",
        f"]C110{'x' * 21}",
        f"]C101{GTIN}99",
    ],
)
def test_what_is_no_element_string_is_a_code_as_it_stands(text):
    scan = read_scan(text)
    assert scan.code == scan.raw == text
    assert scan.elements.pairs == ()


def test_a_case_without_an_article_number_is_looked_up_as_it_is():
    scan = read_scan("]C100106141411234567897")
    assert scan.code == "]C100106141411234567897"
    assert scan.elements.get("00") == "106141411234567897"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (EAN, (EAN, GTIN)),
        ("036000291452", ("036000291452", "0036000291452", "00036000291452")),
        ("0036000291452", ("0036000291452", "036000291452", "00036000291452")),
        ("]C10100000096385074", ("96385074", "0000096385074", "000096385074", "00000096385074")),
        ("12345", ("12345",)),
        ("ABC", ("ABC",)),
        ("", ()),
    ],
)
def test_every_form_in_which_a_shop_may_keep_the_code(text, codes):
    scan = read_scan(text)
    assert scan.codes[0:1] == codes[0:1]
    assert set(codes) <= set(scan.codes)
    assert all(code.isdigit() or code == scan.code for code in scan.codes)


def test_the_scanners_own_prefix_and_suffix_go():
    assert read_scan(f"~~{EAN}##\r\n", "~~", "##").code == EAN
    assert read_scan(f"{EAN}\r", "~~", "##").code == EAN
    assert read_scan(f"\x02]E0{EAN}\x03").code == EAN


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J\x1b[31m590\x07",
        "\x1b[200~paste\x1b[201~",
        "59\x00012\x0334",
        "\x9b31m5901",
        "\u202e1234567",
        "a\x1dGS\x1d",
        "\ud800surrogate",
    ],
)
def test_control_characters_never_come_through(hostile):
    scan = read_scan(hostile)
    for text in (scan.raw, scan.code, *scan.codes, *(v for _, v in scan.elements.pairs)):
        assert all(sign.isprintable() for sign in text), text


def test_a_long_text_is_cut():
    scan = read_scan("7" * 10_000)
    assert scan.is_cut
    assert len(scan.raw) == len(scan.code) == TEXT_MAX
    assert read_scan(f"]C101{GTIN}" + "x" * 10_000).elements.pairs == ()


@given(st.text(max_size=80), st.sampled_from(["", "~", "]C1", f"]C101{GTIN}", f"01{GTIN}{GS}"]))
def test_anything_becomes_a_scan(text, before):
    scan = read_scan(before + text)
    assert isinstance(scan, Scan)
    assert scan.raw.isprintable()
    assert scan.code.isprintable()
    assert len(scan.code) <= TEXT_MAX
