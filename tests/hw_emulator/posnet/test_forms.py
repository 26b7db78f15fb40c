from __future__ import annotations

import pytest

from hw_emulator.posnet.forms import check_digit
from hw_emulator.posnet.profile import PROFILES


def test_a_card_slip(bench):
    bench.run(
        "formstart|fn200|fh52",
        "formline|fn200|fl711|s1Kwota: 12,34 PLN",
        "formline|fn200|fl664|s1Karta\n**** 1234",
        "formline|fn200|fl622|s1",
        "formcmd|fn200|cm0",
        "formcmd|fn200|cm1",
        "formformattedline|fn200|s1&cRazem && osobno",
        "formtinyline|fn200|s1drobny druk",
        "formbarcode|fn200|bc590123412345|bt1",
    )
    assert bench.ask("formisstarted") == {"is": "T"}
    assert not bench.printed
    bench.run("formend|fn200")
    assert bench.ask("formisstarted") == {"is": "N"}
    printed = bench.printed.splitlines()
    assert printed[3].strip() == "N I E F I S K A L N Y"
    assert printed[4].strip() == "Potwierdzenie płatności kartą"
    assert "Kwota: 12,34 PLN" in printed
    assert "Karta".ljust(17) + "**** 1234" in printed
    assert ("." * 21).center(40).rstrip() in printed
    assert "Razem & osobno".center(40).rstrip() in printed
    assert "[BARCODE EAN13] 5901234123457" in printed
    assert (bench.ask("scnt")["hn"], bench.ask("stot")["nf"]) == ("1", "1")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("fn1", 2501),
        ("fn44", 2501),
        ("fn202", 2501),
        ("fn200|fh86", 2503),
        ("fn2|fh2", 2503),
        ("fn43|fh1", 2503),
        ("fn201", 2508),
    ],
)
def test_forms_there_are_not(bench, text, error):
    assert bench.error(f"formstart|{text}") == error


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("formline|fn201|fl711|s1x", 2501),
        ("formline|fn200|fl9999|s1x", 2502),
        ("formline|fn200|fl664|s1only one", 2504),
        ("formline|fn200|fl711|s1to jest PARAGON fiskalny", 2502),
        ("formcmd|fn200|cm2", 2507),
        ("formbarcode|fn200|bcABC", 2059),
        ("formbarcode|fn200|bc123|bt1", 2059),
        ("formbarcode|fn200|bc5901234123458|bt1", 2059),
        ("formbarcode|fn200|bc12345678901234|bt1", 2059),
        ("formbarcode|fn200|bc|bt0", 2059),
        ("formbarcode|fn200|bc123|bt2", 2059),
        ("formline|fn200|fl712|s1x", 2502),
        ("formline|fn200|fl711", 2504),
        ("formimage|fn200|no501", 3250),
        ("formimage|fn200|no1", 3251),
        ("formbarcode2d|fn200", 3200),
        ("formtinyline|fn200|s1" + "x" * 52, 10),
        ("formformattedline|fn200|s1" + "x" * 57, 2057),
        ("formformattedline|fn200|s1tajne|ma*****", 2509),
        ("formend|fn201", 2501),
    ],
)
def test_lines_it_does_not_take(bench, text, error):
    bench.run("formstart|fn200")
    assert bench.error(text) == error
    assert bench.ask("formisstarted") == {"is": "T"}


def test_free_lines_belong_to_free_forms(bench):
    bench.run("formstart|fn10")
    assert bench.error("formtinyline|fn10|s1x") == 2501


def test_own_words_on_top(bench):
    bench.run("formstart|fn200|fh84|alBON PODARUNKOWY", "formend|fn200")
    assert "BON PODARUNKOWY" in bench.printed


def test_a_cancelled_form_is_a_printout_all_the_same(bench):
    bench.run("formstart|fn200", "formline|fn200|fl711|s1x", "prncancel")
    assert "WYDRUK ANULOWANY" in bench.printed
    assert bench.ask("stot")["nf"] == "1"
    assert bench.ask("scnt")["bc"] == "0"


def copies(bench) -> str:
    before = bench.printed
    bench.run("eclastprintouts|no1")
    return bench.printed[len(before) :]


def test_double_width_goes_on_at_the_right_of_the_next_line(bench):
    bench.run(
        "formstart|fn200|fh85",
        "formline|fn200|fl602|s1123456789012345678|sw1",
        "formline|fn200|fl669|sw1",
        "formend|fn200",
    )
    lines = bench.printed.splitlines()
    first = lines.index("Kwota 12345678901234")
    assert lines[first + 1] == "5678".rjust(40)
    assert "PODPIS KASJERA" in lines


def test_a_fixed_form_is_a_window_on_the_super_form(bench):
    bench.run("login|naAnna", "formstart|fn9", "formline|fn9|fl0", "formline|fn9|fl1|s1100,00")
    bench.run("formline|fn9|fl2", "formline|fn9|fl3|s12026-03-02\n10:00\nSklep 7", "formend|fn9")
    lines = bench.printed.splitlines()
    assert "BON UPOMINKOWY" in [line.strip() for line in lines]
    assert "*** ZREALIZOWANO ***" in lines
    assert "Kwota: " + "100,00".rjust(33) in lines
    assert "Kasjer: Anna" in lines
    at = lines.index("Data: 2026-03-02 Godz.:" + "10:00".rjust(17))
    assert lines[at + 1] == "Sklep: Sklep 7"


@pytest.mark.parametrize("form", [2, 22, 43])
def test_a_fixed_form_has_only_its_own_lines(bench, form):
    last = {2: 2, 22: 133, 43: 24}[form]
    bench.run(f"formstart|fn{form}", f"formline|fn{form}|fl{last}|s1a\nb\nc\nd")
    assert bench.error(f"formline|fn{form}|fl{last + 1}|s1a\nb\nc\nd") == 2502


def test_the_wide_form_needs_wide_paper(bench, make_bench):
    bench.run("prnwidthset|wd0", "formstart|fn201|alZAMÓWIENIE")
    bench.run("formline|fn201|fl0|s1" + "x" * 60, "formcmd|fn201|cm1", "formend|fn201")
    lines = bench.printed.splitlines()
    assert "x" * 54 in lines
    assert "-" * 56 in lines
    narrow = make_bench(profile=PROFILES["trio"])
    assert narrow.error("formstart|fn201") == 2501


def test_only_the_free_lines_must_not_look_fiscal(bench):
    bench.run("formstart|fn200", "formline|fn200|fl572|s1Do: paragon fiskalny 12")
    assert bench.error("formline|fn200|fl664|s1Paragon fiskalny\nx") == 2502


def test_a_mask_hides_in_the_copy_only(bench):
    bench.run("formstart|fn200", "formformattedline|fn200|s1123456789|ma  ####", "formend|fn200")
    assert "123456789" in bench.printed.splitlines()
    copy = copies(bench).splitlines()
    assert "12****789" in copy
    assert "123456789" not in copy


def test_a_top_up_code_is_stars_in_the_copy(bench):
    bench.run("formstart|fn200", "formline|fn200|fl268|s1" + "9876543210", "formend|fn200")
    assert "Kod doładowujący: 9876543210" in bench.printed
    copy = copies(bench)
    assert "Kod doładowujący: **********" in copy
    assert "9876543210" not in copy


def test_an_image_in_a_form(bench):
    bench.run("imgslotset|no5|wx8|hx2|txAA55", "formstart|fn200", "formimage|fn200|no5")
    bench.run("formend|fn200")
    assert "[IMAGE 5 8x2]" in bench.printed.splitlines()


@pytest.mark.parametrize(
    ("digits", "last"), [("590123412345", "7"), ("400638133393", "1"), ("978014300723", "4")]
)
def test_check_digits(digits, last):
    assert check_digit(digits) == last


def test_long_tiny_lines_need_wide_paper(bench):
    bench.run("prnwidthset|wd2", "formstart|fn200", "formtinyline|fn200|s1" + "x" * 80)
    assert bench.error("formtinyline|fn200|s1" + "x" * 81) == 10


def test_documents_may_be_kept_without_paper(bench):
    bench.run("prncfgset|nf0", "formstart|fn200|fh75", "formend|fn200")
    assert not bench.printed
    assert "POTWIERDZENIE" in copies(bench)
    assert bench.ask("stot")["nf"] == "1"
