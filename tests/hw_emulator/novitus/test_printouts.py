"""Reports, lines of text, and what the printer tells of itself."""

from __future__ import annotations

import pytest

from hw_emulator.novitus.codes import Code, Failed
from hw_emulator.novitus.printouts import decimal


def status_of(bench, kind: str) -> dict:
    response, jpkid = bench.execute("status", {"status": {"type": kind}})
    assert jpkid == 0
    return response["status"][kind]


def test_a_daily_report_ends_the_day(novitus, clock):
    novitus.sell()
    novitus.sell({"ptu": "B", "value": "2.00", "quantity": "2"})
    novitus.report()
    (report,) = novitus.device.view().reports
    assert (report.number, report.receipts, report.totals_gr[:2]) == (1, 2, (100, 200))
    assert novitus.device.books.totals_are_zero
    assert "RAPORT FISKALNY DOBOWY" in novitus.printed
    memory = status_of(novitus, "fiscal_memory")
    assert memory["daily_reports_count"] == 1
    assert memory["last_daily_report_date"] == clock.at.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize("date", ["01/03/2026", "02/03/2025"])
def test_a_report_of_another_day_is_refused(novitus, date):
    with pytest.raises(Failed) as caught:
        novitus.execute("daily_report", {"daily_report": {"date": date}})
    assert caught.value.code == Code.DATE
    assert novitus.device.view().reports == ()


def test_the_memory_holds_so_many_reports(make_novitus):
    bench = make_novitus(reports_max=1)
    bench.report()
    with pytest.raises(Failed) as caught:
        bench.report()
    assert caught.value.code == Code.MEMORY_FULL


def test_lines_of_text(novitus):
    lines = [
        {"textline": {"text": "Środek", "masked": False, "center": True}},
        {"textline": {"text": "x" * 64, "masked": False}},
        {"special_line": {"type": "emptyline"}},
        {"barcode": {"text": "590", "masked": False}},
    ]
    assert novitus.execute("nf_printout", {"printout": {"lines": lines}}) == ({}, 1)
    shown = novitus.printed.splitlines()
    assert "x" * 42 in shown
    assert any(line.strip() == "Środek" and line.startswith("  ") for line in shown)
    assert any("||| 590 |||" in line for line in shown)
    assert "N I E F I S K A L N Y" in novitus.printed
    assert novitus.device.books.day.nonfiscal == 1


def test_what_it_tells_of_itself(novitus):
    novitus.sell({"ptu": "E"})
    device = status_of(novitus, "device")
    assert (device["name"], device["characters_per_line"]) == ("POINT", 42)
    assert [rate["value"] for rate in device["tax_rates"]] == [
        "23.00",
        "8.00",
        "5.00",
        "0.00",
        "ZW",
    ]
    assert device["totals"][4] == {"tax_rate": "E", "receipt": "1.00", "invoice": "0.00"}
    assert status_of(novitus, "protected_memory")["last_jpkid"] == "1"
    memory = status_of(novitus, "fiscal_memory")
    assert memory["unique_number"] == "ZBN2101000001"
    assert memory["last_daily_report_date"] == memory["start_fiscal_date"]


def test_decimals():
    assert [decimal(each) for each in (0, 5, 123, 10_000)] == ["0.00", "0.05", "1.23", "100.00"]
