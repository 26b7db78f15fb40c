from __future__ import annotations

import pytest


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
    assert printed[4].strip() == "POTWIERDZENIE PŁATNOŚCI KARTĄ"
    assert "Kwota: 12,34 PLN" in printed
    assert "Karta" + "**** 1234".rjust(35) in printed
    assert "." * 40 in printed
    assert "Razem & osobno".center(40).rstrip() in printed
    assert "||| 590123412345 |||" in bench.printed
    assert (bench.ask("scnt")["hn"], bench.ask("stot")["nf"]) == ("1", "1")


@pytest.mark.parametrize(
    ("text", "error"),
    [("fn1", 2501), ("fn44", 2501), ("fn202", 2501), ("fn200|fh99", 2503), ("fn200|fh1", 2503)],
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
