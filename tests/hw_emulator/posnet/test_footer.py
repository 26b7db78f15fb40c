from __future__ import annotations

import pytest

LINE = "trline|naKawa|vt0|pr1000"


@pytest.fixture
def receipt(bench):
    bench.run("trinit", LINE, "trend|fe0")
    return bench


def test_the_receipt_is_fiscal_before_the_footer_is(receipt):
    answer = receipt.ask("strns")
    assert (answer["to"], answer["fe"]) == ("1", "T")
    assert receipt.ask("scnt")["bn"] == "1"
    assert receipt.error("trftrln|id43|naX") == 2702
    receipt.run(*["trftrln|id0|naNumer 17"] * 60)
    assert receipt.error("trftrln|id0|naX") == 2703
    receipt.run("trftrend")
    assert receipt.ask("strns")["fe"] == "N"
    assert "Numer 17" in receipt.printed
    receipt.run("trinit", LINE, "trend|fe0", "trftrln|id0|naX")


def test_lines_bring_their_words(receipt):
    receipt.run("trftrln|id2|na987", "trftrln|id15|naJan Kowalski", "trftrln|id41|na&cśrodek&c")
    assert "Suma punktów:                        987\n" in receipt.printed
    assert "Nazw. pracownika:           Jan Kowalski\n" in receipt.printed
    assert "                 środek\n" in receipt.printed


def test_a_line_is_no_longer_than_the_paper(receipt):
    assert receipt.error(f"trftrln|id42|na{'x' * 41}") == 10
    receipt.run(f"trftrln|id42|na{'x' * 40}")


def test_the_footer_belongs_to_who_opened_the_receipt(receipt):
    assert receipt.ask("sdev")["tl"] == "1"
    assert receipt.error("trftrend", interface=2) == 41
    receipt.run("trftrend")
    assert receipt.ask("sdev")["tl"] == "0"


def test_nobody_else_may_begin_before_the_footer_ends(receipt):
    assert receipt.error("trinit") == 2038
    assert receipt.error("trinit", interface=2) == 41
