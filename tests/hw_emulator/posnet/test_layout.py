from __future__ import annotations

import pytest

from hw_emulator.posnet import layout


@pytest.mark.parametrize(
    ("grosze", "text"), [(0, "0,00"), (5, "0,05"), (-180, "-1,80"), (123456, "1234,56")]
)
def test_money(grosze, text):
    assert layout.money(grosze) == text


def test_pairs_share_a_line_when_they_fit():
    assert layout.pair("a", "b") == ["a" + " " * 38 + "b"]
    assert layout.pair("a" * 39, "b") == ["a" * 39, " " * 39 + "b"]


def test_markup_is_taken_out():
    assert layout.marked_up("&bTłusty&b && &N1&N\n&c&hśrodek") == [
        "Tłusty & 1",
        " " * 17 + "środek",
    ]
    assert layout.marked_up("&") == [""]


def test_the_reference_printout_of_a_receipt(bench):
    bench.device.keep({"header": "Sklep"})
    bench.run(
        *("trinit", "trline|naMleko|vt1|pr999", "trline|naSer żółty|vt0|pr1200|il1,5|jmkg"),
        *("trline|naChleb|vt2|pr500|rd1|rp1500|rnStały klient", "trline|naMleko|vt1|pr999|st1"),
        *("trline|naZnaczek|vt4|pr390|opna list", "showsubtotal", "trdiscntbill|rw100"),
        *("trpayment|ty2|wa2000|naVisa", "trpayment|ty0|wa1000", "trend"),
    )
    signature = bench.device.view().receipts[0].signature
    assert (
        bench.printed
        == f"""\
Sklep
NIP 5222628262                      nr:1
            PARAGON FISKALNY
----------------------------------------
Mleko                  1 x9,99     9,99B
Ser żółty        1,5 kg x12,00    18,00A
Chleb                  1 x5,00     5,00C
OPUST Stały klient 15,00 %        -0,75C
#STORNO#
Mleko                  1 x9,99    -9,99B
Znaczek                1 x3,90     3,90E
  na list
Podsuma:                           26,15
OPUST                              -1,00
----------------------------------------
OPUSTY ŁĄCZNIE                     -1,75
SPRZEDAŻ OPODATKOWANA A            17,31
PTU A 23,00 %                       3,24
SPRZEDAŻ OPODATKOWANA C             4,08
PTU C 5,00 %                        0,19
SPRZEDAŻ ZWOLNIONA E                3,76
SUMA PTU                            3,43
SUMA PLN                           25,15
----------------------------------------
ROZLICZENIE PŁATNOŚCI
Visa                           20,00 PLN
GOTÓWKA                        10,00 PLN
RESZTA GOTÓWKA                  4,85 PLN
----------------------------------------
00001 #001 KIEROWNIK    2026-03-02 10:00
{signature}
          {{PL}} ABC 2101000001

"""
    )


def test_no_line_is_wider_than_the_paper(bench):
    name = "Bardzo długa nazwa towaru która nie mieści się w jednej linii wydruku"
    bench.run("trinit", f"trline|na{name}|vt0|pr123456|il123,456", "trend")
    bench.report()
    bench.run("stocash|kw100", "cash|kw100|wp1")
    assert max(len(line) for line in bench.printed.splitlines()) == 40


def test_a_printer_that_is_not_fiscal_says_so(make_bench):
    bench = make_bench(is_fiscal=False)
    bench.sell()
    assert "N I E F I S K A L N Y" in bench.printed
    assert "{PL}" not in bench.printed
    assert "PARAGON FISKALNY" not in bench.printed
