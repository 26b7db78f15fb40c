from __future__ import annotations

import pytest

from hw_emulator.posnet.profile import Profile

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
        ("trline|naKawa|vt0|pr1|il10000000000", 3),
        ("trline|naKawa|vt0|pr1|il0.000000001", 3),
        ("trline|naKawa|vt0|pr9999999999|rd0|rw1", 1981),
        ("trline|naKawa|vt0|pr100|jmkilogram", 10),
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


def test_no_subtotal_before_the_first_line(bench):
    bench.run("trinit")
    assert bench.error("showsubtotal") == 1992


def test_the_last_tax_number_wins(bench):
    bench.run("trinit", LINE, "trnipset|ni1111111111", "trnipset|ni5222628262|dsNIP:", "trend")
    assert "NIP: 5222628262" in bench.printed
    assert "1111111111" not in bench.printed
    assert bench.device.view().receipts[0].nip == "5222628262"
    bench.run("trinit", LINE)
    assert bench.error("trnipset|ni") == 2056
    bench.run("trnipset|ni1111111111", "trnipset|ni   ", "trend")
    assert bench.device.view().receipts[1].nip == ""


def test_the_buyer_is_printed_in_the_foot(bench):
    bench.run("trinit", LINE, "trnipset|ni1112223344|dw0|dsNABYWCA:", "trend")
    assert (
        "00001 #001 KIEROWNIK\n"
        "                     NABYWCA: 1112223344\n"
        "                        2026-03-02 10:00\n" in bench.printed
    )


def test_a_name_of_a_discount_alone_is_only_told(bench):
    bench.run("trinit", LINE + "|rnstały klient", LINE + "|rd0|rnopakowanie")
    bench.run(LINE + "|opZ mlekiem|rnstały klient", "trend|to300")
    assert "uwzględnia rabat: stały klient" in bench.printed
    assert "uwzględnia narzut: opakowanie" in bench.printed
    assert bench.printed.count("stały klient") == 1


def test_the_goods_base_may_be_full(make_bench):
    bench = make_bench(profile=Profile(goods_max=1))
    bench.sell(LINE)
    bench.run("trinit", LINE)
    assert bench.error("trline|naHerbata|vt0|pr100") == 2101


def test_the_subtotal_of_an_invoice_is_not_there(bench):
    bench.run("trfvinit", LINE)
    before = len(bench.memory.records)
    bench.run("showsubtotal")
    assert len(bench.memory.records) == before


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
