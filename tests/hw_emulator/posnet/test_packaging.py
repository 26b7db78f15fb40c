"""Returnable packaging on receipts and by itself (§10)."""

from __future__ import annotations

import pytest

LINE = "trline|naCukierki|vt1|pr9876"


def test_the_vendors_receipt_with_packaging(bench):
    bench.run("trinit", LINE, "trpack|na1000000|pr123", "trend|to9876|op123|om0|fe0")
    bench.run("trpackprnend|na1000000|pr123", "trftrend")
    printed = bench.printed
    assert " Opakowanie zwr.(1000000)  1x1,23   1,23\n" in printed
    assert "OPAKOWANIA ZWROTNE SUMA             1,23" in printed
    assert "DO ZAPŁATY                     99,99 PLN" in printed
    assert "GOTÓWKA                        99,99 PLN" in printed
    assert bench.ask("stot")["pb"] == "9876"
    assert bench.device.view().receipts[0].packs_gr == (123, 0)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ("pr0", 2006),
        ("pr100|il0", 2007),
        ("pr100|il1,5", 2001),
        ("pr100|il2|wa199", 2803),
        ("pr9999999999|il2", 1958),
        ("na123456789012|pr100", 10),
        ("naSkrzynka|pr100", 3),
        ("pr100|st1", 2853),
        ("", 2),
    ],
)
def test_packaging_it_does_not_take(bench, fields, error):
    bench.run("trinit")
    assert bench.error(f"trpack|{fields}" if fields else "trpack") == error
    assert bench.ask("strns")["pp"] == "0"


def test_quantities_and_check_values(bench):
    bench.run("trinit", "trpack|na7|pr50|il2.000|wa100|deSkrzynka drewniana", LINE)
    bench.run("trpack|na7|pr50|st1", "trpack|na8|pr30|il4|ne1|wa120")
    answer = bench.ask("strns")
    assert (answer["pp"], answer["pm"]) == ("50", "120")
    bench.run("trend|to9876|op50|om120|fp9806")


def test_more_packaging_back_than_goods_sold_is_paid_out(bench):
    bench.run("cash|kw1000|wp1", "trinit", "trline|naPiwo|vt0|pr300", "trpack|pr50|il10|ne1")
    assert bench.error("trpayment|ty0|wa1") == 1953
    bench.run("trend|to300|om500|fp0")
    assert "DO ZWROTU                       2,00 PLN" in bench.printed
    assert "RESZTA GOTÓWKA                  2,00 PLN" in bench.printed
    assert bench.ask("scashstate")["cs"] == "800"
    assert bench.ask("strns")["re"] == "200"


def test_packaging_alone_is_no_receipt(bench):
    bench.run("trinit", "trpack|pr100")
    assert bench.error("trend|op100") == 2041


def test_a_settlement_of_packaging_only(bench):
    before = bench.ask("scnt")
    bench.run("trpackinit", "trpack|na5|pr100|il3")
    answer = bench.ask("strns")
    assert (answer["to"], answer["ts"], answer["pp"]) == ("1", "48", "300")
    assert bench.ask("scomm")["ts"] == "48"
    bench.run("trpayment|ty0|wa500", "trend|to0|op300|om0|fp500|re200")
    after = bench.ask("scnt")
    assert [after[name] for name in ("bn", "bt", "hn")] == ["0", "0", "1"]
    assert before["bn"] == "0"
    assert bench.ask("stot")["nf"] == "1"
    assert bench.ask("scomm")["tz"] == "T"
    assert bench.ask("strns")["ts"] == "48"
    assert "N I E F I S K A L N Y" in bench.printed
    assert "{PL}" not in bench.printed


@pytest.mark.parametrize(
    ("steps", "fields", "error"),
    [
        ((), "", 1992),
        (("trpack|pr100", "trpack|pr100|st1"), "", 2810),
        (("trpack|pr100",), "to1", 2805),
        (("trpack|pr100",), "op99", 2806),
        (("trpack|pr100",), "om1", 2807),
        (("trpack|pr100", "trpayment|ty0|wa99"), "", 2054),
    ],
)
def test_settlements_that_do_not_end(bench, steps, fields, error):
    bench.run("trpackinit", *steps)
    assert bench.error(f"trend|{fields}" if fields else "trend") == error
    bench.run("prncancel")
    assert bench.ask("scnt")["bc"] == "0"


def test_no_more_packaging_once_it_is_being_paid(bench):
    bench.run("trpackinit", "trpack|pr100", "trpayment|ty0|wa50")
    assert bench.error("trpack|pr100") == 2060
    bench.run("trpaymentcanc", "trpack|pr100", "trend|op200")


def test_packaging_that_comes_back_is_printed_and_paid(bench):
    bench.run("cash|kw1000|wp1", "packret|kw345")
    assert "DO ZWROTU                       3,45 PLN" in bench.printed
    assert bench.ask("scashstate")["cs"] == "655"
    assert bench.ask("stot")["nf"] == "2"
    assert bench.error("packret|kw0") == 3
