from __future__ import annotations

import pytest

LINE = "trline|naKawa|vt0|pr1000"


@pytest.fixture
def receipt(bench):
    bench.run("trinit", LINE)
    return bench


@pytest.mark.parametrize("kind", [0, 2, 3, 4, 5, 6, 7, 8])
def test_every_form_of_payment(receipt, kind):
    receipt.run(f"trpayment|ty{kind}|wa1000|naNazwa", "trend|to1000|fp1000|re0")


@pytest.mark.parametrize("kind", [1, 9])
def test_a_form_of_payment_there_is_not(receipt, kind):
    assert receipt.error(f"trpayment|ty{kind}|wa1000") == 2705


def test_nothing_is_no_payment(receipt):
    assert receipt.error("trpayment|ty0|wa0") == 1962


def test_paying_what_is_paid(receipt):
    receipt.run("trpayment|ty0|wa1000")
    assert receipt.error("trpayment|ty0|wa1") == 1953


def test_payment_before_any_line(bench):
    bench.run("trinit")
    assert bench.error("trpayment|ty0|wa100") == 1992


def test_card_over_the_total_with_change_in_cash(bench):
    bench.run(
        "trinit",
        "trline|naKawa|vt0|pr200",
        "trpayment|ty2|wa500|re0",
        "trpayment|ty0|wa300|re1",
        "trend|to200|re300|fp500",
    )
    answer = bench.ask("strns")
    assert (answer["re"], answer["fp"]) == ("300", "500")
    assert "RESZTA GOTÓWKA                  3,00 PLN" in bench.printed


def test_change_must_be_right(receipt):
    receipt.run("trpayment|ty0|wa2000", "trpayment|ty0|wa999|re1")
    assert receipt.error("trend") == 2054
    assert receipt.error("trpayment|ty0|wa1002|re1") == 1961
    receipt.run("trpayment|ty0|wa1|re1", "trend|re1000")


def test_one_payment_is_withdrawn(receipt):
    receipt.run("trpayment|ty2|wa400|naVisa", "trpayment|ty0|wa600")
    assert receipt.error("trpaymentdelete|ty2|wa400") == 2063
    receipt.run("trpaymentdelete|ty2|wa400|naVisa")
    assert receipt.error("trend") == 2054
    receipt.run("trpayment|ty2|wa400", "trend|fp1000")
    assert [p[:2] for p in receipt.device.view().receipts[0].payments] == [(0, 600), (2, 400)]


def test_all_payments_are_withdrawn(receipt):
    receipt.run("trpayment|ty2|wa400", "trpaymentcanc", LINE, "trend|to2000")


def test_withdrawing_payments_leaves_the_bill_discount(receipt):
    receipt.run("trdiscntbill|rw100", "trpayment|ty2|wa900", "trpaymentcanc")
    assert receipt.error(LINE) == 2060
    receipt.run("trsubtotcanc", "trend|to1000")


EURO = "trpaymentcurr|wc250|ra40000|naEuro|sbEUR"


def test_foreign_currency(receipt):
    receipt.run(EURO + "|wa1000", "trend|to1000|fp1000")
    assert "WALUTA OBCA                         Euro" in receipt.printed
    assert " EUR      PRZELICZNIK 1 EUR = 4,0000 PLN" in receipt.printed
    assert " WPŁATA                         2,50 EUR" in receipt.printed
    assert receipt.device.view().receipts[0].payments == ((1, 1000, "Euro"),)
    assert receipt.ask("scashstate")["cs"] == "0"


def test_the_vendors_dollars(bench):
    bench.run("trinit", "trline|naCukier|vt0|pr100")
    bench.run("trpaymentcurr|wc27|ra37214|naDOLAR|sbUSD|wa100", "trend|to100|fp100")
    assert " USD      PRZELICZNIK 1 USD = 3,7214 PLN" in bench.printed


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ("wc250|wa999|ra40000|naEuro|sbEUR", 2804),
        ("wc250|ra40000|naEuro|sbEur", 3053),
        ("wc250|ra40000|naEuro|sbEU", 3053),
        ("wc250|ra40000|naEuro|sbŁÓD", 3053),
        ("wc250|ra40000|naEuro|sbEURO", 10),
        ("wc250|ra0|naEuro|sbEUR", 3055),
        ("wc250|ra4,0|naEuro|sbEUR", 3),
        ("wc250|ra100000000000|naEuro|sbEUR", 3),
        ("wc0|ra40000|naEuro|sbEUR", 1962),
        ("wc1|ra1|naEuro|sbEUR", 1962),
        ("wc9999999999|ra99999999999|naEuro|sbEUR", 2040),
        ("wc250|ra40000|sbEUR", 2),
        ("wc250|ra40000|naEuro", 2),
    ],
)
def test_currency_it_does_not_take(receipt, fields, error):
    assert receipt.error(f"trpaymentcurr|{fields}") == error
    assert receipt.ask("strns")["fp"] == "0"


def test_currency_is_withdrawn_exactly(receipt):
    receipt.run(EURO)
    assert receipt.error(EURO.replace("wc250", "wc251").replace("curr", "currdelete")) == 2063
    receipt.run(EURO.replace("curr", "currdelete"), LINE)


def test_change_in_foreign_currency(receipt):
    receipt.run("trpayment|ty0|wa2000", EURO + "|re1", "trend|fp2000|re1000")
    assert " RESZTA                         2,50 EUR" in receipt.printed
    assert receipt.ask("scashstate")["cs"] == "2000"


def test_no_payment_goes_while_its_change_stays(receipt):
    receipt.run("trpayment|ty0|wa2000", "trpayment|ty0|wa1000|re1")
    assert receipt.error("trpaymentdelete|ty0|wa2000") == 2094
    receipt.run("trpaymentdelete|ty0|wa1000|re1", "trpaymentdelete|ty0|wa2000")


def test_cash_of_receipts_is_in_the_drawer(receipt):
    receipt.run("trpayment|ty2|wa400", "trpayment|ty0|wa1000", "trend")
    assert receipt.ask("scashstate")["cs"] == "600"
