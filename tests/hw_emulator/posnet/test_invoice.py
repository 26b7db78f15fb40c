"""VAT invoices from trfvinit to the copy (§9, §10, §17)."""

from __future__ import annotations

import pytest

from hw_emulator.posnet.mechanism import Wait
from hw_emulator.posnet.profile import PROFILES, WIDE, Profile
from tests.hw_emulator.conftest import read_command

BUYER = "trfvbuyer|naJan Kowalski|ni123-456-78-90|adWarszawa ul.Śliwkowa 12|sc0"
NUMBER = "trfvnumber|nb98765|sc0"
LINE = "trline|natowar1|vt0|pr1000"


@pytest.fixture
def invoice(bench):
    bench.run("trfvinit|cc1|co1", BUYER, NUMBER)
    return bench


def test_the_vendors_invoice(invoice):
    invoice.run(LINE + "|opopis_towaru", "trend|to1000")
    for line in (
        "FAKTURA 98765",
        "                ORYGINAŁ",
        "                 KOPIA",
        "NIP: 123-456-78-90",
        "A 23            8,13      1,87     10,00",
        "RAZEM           8,13      1,87     10,00",
        "Do zapłaty PLN                     10,00",
        "dziesięć PLN 0/100",
        "0000001 #001 KIEROWNIK  2026-03-02 10:00",
    ):
        assert line + "\n" in invoice.printed
    assert invoice.printed.count("{PL}") == 2


def test_counters_and_totals_of_invoices(invoice):
    assert invoice.ask("strns")["ts"] == invoice.ask("scomm")["ts"] == "33"
    invoice.run(LINE, "trline|naMleko|vt1|pr500", "trend|to1500")
    counters, totals, last = invoice.ask("scnt"), invoice.ask("stot"), invoice.ask("strns")
    assert [counters[name] for name in ("bn", "bt", "fn", "fc", "hn")] == ["0", "0", "1", "0", "1"]
    assert [totals[name] for name in ("fa", "fb", "fn", "pa", "pn")] == [
        "1000",
        "500",
        "1",
        "0",
        "0",
    ]
    assert [last[name] for name in ("to", "ts", "va", "vb")] == ["0", "33", "1000", "500"]
    assert invoice.ask("scomm")["tz"] == "N"
    assert invoice.ask("eclastdocnoget|ty2")["di"] == "1"
    (stored,) = invoice.device.view().invoices
    assert (stored.invoice_no, stored.buyer, stored.total_gr) == ("98765", "Jan Kowalski", 1500)
    invoice.report()
    assert "SPRZEDAŻ OPODATKOWANA PTU AFV       8,13" in invoice.printed
    assert "KWOTA PTU AFV                       1,87" in invoice.printed
    assert "PARAGONY 0                     FAKTURY 1" in invoice.printed
    record = invoice.ask("fmrecrd")
    assert [record[name] for name in ("fa", "fb", "fn", "fo", "fl", "pa")] == [
        *("1000", "500", "1", "0", "0", "0")
    ]
    assert invoice.ask("scnt")["fn"] == "0"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ("cc10", 2532),
        ("ln41", 2534),
        ("ln56", 2534),
        ("fn56", 2534),
        (f"nm{'x' * 24}", 10),
        (f"nm{'x' * 40}", 10),
        ("co2", 3),
    ],
)
def test_invoices_it_does_not_open(bench, fields, error):
    assert bench.error(f"trfvinit|{fields}") == error
    assert bench.ask("strns")["to"] == "0"


def test_wide_invoices_need_wide_paper(make_bench):
    bench = make_bench(profile=Profile(width=WIDE))
    bench.run(f"trfvinit|ln56|fn56|nm{'x' * 39}", BUYER, NUMBER, LINE)
    bench.run("trfvfreedata|tx" + "y" * 56, "trend")
    assert max(map(len, bench.printed.splitlines())) == WIDE


def test_an_invoice_needs_number_buyer_and_lines(bench):
    bench.run("trfvinit")
    assert bench.error("trend") == 1992
    bench.run(LINE)
    assert bench.error("trend") == 2533
    bench.run(NUMBER)
    assert bench.error("trend") == 2535
    bench.run(BUYER)
    assert bench.error("trend|to999") == 2805
    bench.run("trend|to1000")


def test_at_most_120_lines(invoice):
    invoice.run(*["trline|naKawa|vt0|pr1"] * 120)
    assert invoice.error("trline|naKawa|vt0|pr1") == 2052


def test_a_line_may_have_a_discount_an_advance_may_be_settled(invoice):
    invoice.run(LINE + "|rp1000|rnVIP|np12.34|nc5901234123457", "tradvance|vt0|pr400|wa900")
    invoice.run("trend|to500")
    for text in ("OPUST VIP 10,00 %", "PKWiU: 12.34", "Kod: 5901234123457", "ZALICZKA"):
        assert text in invoice.printed


def test_an_advance_may_pay_it_all(invoice):
    invoice.run(LINE, "tradvance|vt0|pr1000|wa1000", "trend|to0")
    assert "zero PLN 0/100" in invoice.printed


def test_printing_a_copy_of_the_last_one(make_bench):
    invoice = make_bench(profile=PROFILES["trio"])
    invoice.run("trfvinit|co1", BUYER, NUMBER)
    assert invoice.error("fvprncopy") == 2038
    invoice.run(LINE, "trend")
    before = invoice.printed
    invoice.run("fvprncopy")
    added = invoice.printed.removeprefix(before)
    assert "KOPIA" in added
    assert "ORYGINAŁ" not in added
    assert invoice.ask("scnt")["hn"] == "1"


def test_invoices_are_numbered_for_good(invoice):
    invoice.run(LINE, "trend", "trfvinit", "prncancel")
    invoice.report()
    invoice.run("trfvinit|co0", BUYER, NUMBER, LINE, "trend")
    assert [i.number for i in invoice.device.view().invoices] == [1, 3]
    assert "0000003 #001 KIEROWNIK" in invoice.printed


@pytest.fixture
def old(make_bench):
    return make_bench(profile=PROFILES["old"])


OLD = "trfvinit|nb1/2026|ni5222628262|naFirma\nul. Polna|pd2026-04-01|ptprzelew"


def test_an_old_invoice_comes_in_one_command(old):
    old.run(OLD + "|scJan|ssEwa|ps1", LINE, "trfvfreedata|txuwagi|waX", "trend|to1000")
    for text in ("nr: 1/2026", "Firma", "Forma płatności:", "2026-04-01", "uwagi", "Ewa"):
        assert text in old.printed
    assert old.ask("stot")["fa"] == "1000"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (OLD.replace("nb1/2026", "nb "), 2533),
        (OLD.replace("naFirma\nul. Polna", "na "), 2535),
        (OLD + "|cc10", 2532),
        ("trfvinit", 2),
        (OLD.replace("nb1/2026", "nb" + "1" * 16), 10),
    ],
)
def test_old_invoices_it_does_not_open(old, text, error):
    assert old.error(text) == error


def test_the_end_of_an_old_invoice_waits_for_a_key(old):
    old.run(OLD, LINE)
    assert old.device.waits_for(read_command("trend")) is Wait.KEY
    assert old.device.waits_for(read_command("trendX")) is None
    old.run("prncancel", "trinit", LINE)
    assert old.device.waits_for(read_command("trend")) is None
