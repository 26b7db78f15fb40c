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
