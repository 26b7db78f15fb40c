from __future__ import annotations

from backoffice.web.i18n import speaking
from backoffice.web.verdict_wording import reason
from backoffice.web.wording import NO_BREAK


def test_verdicts_are_said_in_polish_with_their_numbers():
    said = reason("lines_total: 500 != -600; tax_C: 1 != 2; report_no: 1 after 2; new: x")
    assert said.replace(NO_BREAK, " ") == (
        "suma pozycji różni się od kwoty paragonu: 5,00 zł ≠ −6,00 zł; "
        "podatek stawki C różni się od wyliczonego: 0,01 zł ≠ 0,02 zł; "
        "numer raportu nie rośnie: 1 po 2; new: x"
    )
    assert reason("") == ""


def test_reasons_of_cash_and_of_entries():
    assert reason("shift_cash: 100 != 101").startswith("obrót gotówki różni się")
    said = reason("more_than_paid: 1001 > 1000; no_line: 3")
    assert said.startswith("więcej pieniędzy, niż zostało do zwrotu: 10,01")
    assert "> 10,00" in said
    assert said.endswith("nie ma takiej pozycji na paragonie: 3")


def test_reasons_follow_the_language():
    with speaking("en"):
        said = reason("lines_total: 123450 != 1; tax_C: 1 != 2; report_no: 1 after 2")
    assert said.replace(NO_BREAK, " ") == (
        "sum of the lines differs from the receipt's total: 1,234.50 zł ≠ 0.01 zł; "
        "tax of rate C differs from what was worked out: 0.01 zł ≠ 0.02 zł; "
        "report number does not rise: 1 after 2"
    )
