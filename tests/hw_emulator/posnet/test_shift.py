from __future__ import annotations


def test_the_vendors_shift_report(bench):
    bench.run("login|naWojtek|nk11")
    bench.sell(
        "trline|naKawa|vt0|pr100", "trline|naKawa|vt0|pr40|st0", "trline|naKawa|vt0|pr40|st1"
    )
    bench.run("trinit", "prncancel", "cash|kw700|wp1", "cash|kw200|wp0", "shiftrep|shRANO")
    printed = bench.printed[bench.printed.index("RAPORT ZMIANOWY") :]
    for line in (
        "Zmiana:                             RANO",
        "Kasjer:                           Wojtek",
        "Sprzedaż:                           1,00",
        "ILOŚĆ PARAGONÓW:                       1",
        "ILOŚĆ ANULOWANYCH PARAGONÓW:           1",
        "Liczba stornowanych pozycji:           1",
        "Wpłaty do kasy:                     7,00",
        "Wypłaty z kasy:                     2,00",
        "STAN KASY:                          6,00",
        "Początek zmiany:        2026-03-02 10:00",
        "Koniec zmiany:          2026-03-02 10:00",
    ):
        assert line + "\n" in printed
    assert bench.ask("stot")["nf"] == "3"


def test_a_zeroing_report_starts_the_shift_anew(bench):
    bench.sell()
    bench.clock.at = bench.clock.at.replace(hour=14)
    bench.run("shiftrep|shRANO|zr1", "shiftrep|shNOC")
    printed = bench.printed[bench.printed.index("NOC") :]
    assert "ILOŚĆ PARAGONÓW:                       0" in printed
    assert "Początek zmiany:        2026-03-02 14:00" in printed


def test_the_cash_state(bench):
    bench.run("cash|kw700|wp1", "cashstaterep")
    assert "STAN KASY                           7,00" in bench.printed
    assert bench.ask("stot")["nf"] == "2"
