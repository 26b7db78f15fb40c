from __future__ import annotations

MAX = 499_999_999_999


def test_cash_in_and_out(bench):
    bench.run("cash|kw1000|wpT", "cash|kw300|wpN")
    assert bench.ask("scashstate") == {"cs": "700"}
    assert "Wpłata do kasy                     10,00" in bench.printed
    assert "Wypłata z kasy                      3,00" in bench.printed
    assert bench.ask("stot")["nf"] == "2"


def test_more_out_than_there_is(bench):
    bench.run("cash|kw100|wp1")
    assert bench.error("cash|kw101|wp0") == 503
    assert bench.ask("scashstate") == {"cs": "0"}


def test_more_in_than_the_drawer_can_count(bench):
    bench.run(f"cash|kw{MAX}|wp1")
    assert bench.error("cash|kw7|wp1") == 502
    assert bench.ask("scashstate") == {"cs": "7"}


def test_amounts_it_does_not_take(bench):
    assert bench.error("cash|kw0|wp1") == 3
    assert bench.error("cash|kw5000000000000|wp1") == 3
    assert bench.error("cash|kw100") == 2
    assert bench.error("cash|kw100|wpx") == 3


def test_a_goods_return_moves_no_total(bench):
    bench.sell()
    before = bench.ask("stot")
    bench.run("stocash|kw456")
    after = bench.ask("stot")
    assert {name for name in after if after[name] != before[name]} == {"nf"}
    assert bench.ask("scnt")["hn"] == "2"
    assert "Zwrot towaru                        4,56" in bench.printed


def test_a_cashier_is_printed_from_login_to_logout(bench):
    bench.run("login|naAnna|nk005")
    assert not bench.printed
    bench.sell()
    assert "00001 #005 Anna" in bench.printed
    bench.run("login|naKajtek|nk11|dr1", "logout|dr1")
    assert "Rozpoczęcie pracy" in bench.printed
    assert "Zakończenie pracy" in bench.printed
    assert bench.printed.count("Kasjer                            Kajtek") == 2
    assert bench.device.books.cashier == ""


def test_everything_not_fiscal_says_so_twice_and_is_signed(bench):
    bench.run("cash|kw100|wp1")
    assert bench.printed.count("N I E F I S K A L N Y") == 2
    (document,) = bench.memory.documents()
    assert bench.device.books.signature in document.lines
    assert "{PL}" not in bench.printed
