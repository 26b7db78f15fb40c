from __future__ import annotations


def test_cash_in_and_out(bench):
    bench.run("cash|kw1000|wpT", "cash|kw300|wpN")
    assert bench.ask("scashstate") == {"cs": "700"}
    assert "WPŁATA                             10,00" in bench.printed
    assert bench.ask("stot")["nf"] == "2"


def test_more_out_than_there_is(bench):
    bench.run("cash|kw100|wp1")
    assert bench.error("cash|kw101|wp0") == 503
    assert bench.ask("scashstate") == {"cs": "0"}


def test_amounts_it_does_not_take(bench):
    assert bench.error("cash|kw0|wp1") == 3
    assert bench.error("cash|kw5000000000000|wp1") == 3
    assert bench.error("cash|kw100") == 2
    assert bench.error("cash|kw100|wpx") == 3


def test_a_goods_return_moves_no_total(bench):
    bench.sell()
    before = bench.ask("stot")
    bench.run("stocash|kw500")
    after = bench.ask("stot")
    assert {name for name in after if after[name] != before[name]} == {"nf"}
    assert bench.ask("scnt")["hn"] == "2"


def test_a_cashier_is_printed_from_login_to_logout(bench):
    bench.run("login|naAnna|nk005")
    assert not bench.printed
    bench.sell()
    assert "00001 #005 Anna" in bench.printed
    bench.run("logout|dr1")
    assert "ZAKOŃCZENIE PRACY KASJERA" in bench.printed


def test_non_fiscal_reports(bench):
    bench.sell()
    bench.run("cash|kw700|wp1", "cashstaterep", "shiftrep|shRANO")
    printed = bench.printed[bench.printed.index("RAPORT STANU KASY") :]
    assert "STAN KASY                           7,00" in printed
    assert "ZMIANA                              RANO" in printed
    assert "SPRZEDAŻ                            1,00" in printed
    assert bench.ask("stot")["nf"] == "3"
