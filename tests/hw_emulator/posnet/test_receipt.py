from __future__ import annotations

import pytest

LINE = "trline|naKawa|vt0|pr100"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("trline|naKawa|vt5|pr100", 2000),
        ("trline|naKawa|vt7|pr100", 2000),
        ("trline|na????|vt0|pr100", 2104),
        ("trline|na|vt0|pr100", 2104),
        ("trline|naKawa|vt0|pr0", 2006),
        ("trline|naKawa|vt0|pr100|il0", 2007),
        ("trline|naKawa|vt0|pr100|il-1", 2007),
        ("trline|naKawa|vt0|pr1|il0.1", 2009),
        ("trline|naKawa|vt0|pr100|wa0", 2009),
        ("trline|naKawa|vt0|pr100|wa101", 2802),
        ("trline|naKawa|vt0|pr9999999999|il2", 1956),
        ("trline|naKawa|vt0|pr1,00", 3),
        ("trline|naKawa|vt0|pr10000000000", 3),
        ("trline|naKawa|vt0|pr100|rdtrue", 3),
        ("trline|naKawa|vt0", 2),
        ("trline|vt0|pr100", 2),
        (f"trline|na{'x' * 81}|vt0|pr100", 10),
    ],
)
def test_lines_that_are_refused(bench, text, error):
    bench.run("trinit")
    assert bench.error(text) == error
    assert bench.totals() == [0] * 7


def test_the_same_name_cannot_climb_to_a_higher_rate(bench):
    bench.run("trinit", "trline|naCoca-Cola|vt1|pr100")
    assert bench.error("trline|naCOCA:COLA|vt0|pr100") == 2106
    bench.run("trend", "trinit")
    assert bench.error("trline|nacocacola|vt0|pr100") == 2106
    bench.run("trline|naCoca Cola|vt2|pr100", "trend", "trinit")
    assert bench.error("trline|naCocaCola|vt1|pr100") == 2106
    bench.run("trline|naCocaCola|vt4|pr100")


def test_no_receipt_without_a_header(bench):
    bench.device.keep({"header": ""})
    assert bench.error("trinit") == 2002


def test_no_receipt_without_an_active_rate(bench):
    bench.memory.append("rates", {"rates_bp": [10_100] * 7})
    assert bench.error("trinit") == 2004


def test_no_receipt_when_the_day_could_overflow(bench):
    bench.sell("trline|naZłoto|vt0|pr9999999999")
    for _ in range(3):
        bench.sell("trline|naZłoto|vt0|pr9999999999")
    bench.run("trinit|bm1", "trline|naGrosz|vt0|pr5", "trend")
    assert bench.error("trinit") == 2010
    bench.report()
    bench.run("trinit")


def test_no_receipt_when_the_reports_are_used_up(make_bench):
    bench = make_bench(reports_max=1)
    bench.sell()
    bench.report()
    assert bench.error("trinit") == 1018


def test_no_subtotal_before_the_first_line(bench):
    bench.run("trinit")
    assert bench.error("showsubtotal") == 1992


def test_online_receipts_print_as_they_go_and_block_ones_at_the_end(bench):
    bench.run("trinit|bm0", LINE)
    assert "Kawa" in bench.printed
    assert bench.ask("scomm")["ts"] == "16"
    bench.run("trend", "trinit|bm1", "trline|naHerbata|vt0|pr100")
    assert bench.ask("scomm")["ts"] == "17"
    assert "Herbata" not in bench.printed
    bench.run("trend")
    assert "Herbata" in bench.printed


def test_the_last_tax_number_wins(bench):
    bench.run("trinit", LINE, "trnipset|ni1111111111", "trnipset|ni5222628262|dsNIP:", "trend")
    assert "NIP: 5222628262" in bench.printed
    assert "1111111111" not in bench.printed
    assert bench.device.view().receipts[0].nip == "5222628262"
    bench.run("trinit", LINE)
    assert bench.error("trnipset|ni") == 2056


def test_a_receipt_belongs_to_its_interface(bench):
    bench.run("trinit")
    assert bench.error(LINE, interface=2) == 41
    assert bench.error("prncancel", interface=2) == 41
    assert bench.error("scnt", interface=2) is None
    assert bench.ask("sdev")["tl"] == "1"
    assert bench.error("hardprncancel", interface=2) is None
    assert bench.ask("sdev")["tl"] == "0"
    assert bench.error("trinit", interface=2) is None


def test_unknown_parameters_are_ignored(bench):
    bench.run("trinit", LINE + "|zzWhatever", "trend|to100")


def test_parameters_come_in_any_order(bench):
    bench.run("trinit", "trline|wa250|pr100|il2.5|vt0|naKawa", "trend|fe1|re0|to250")
