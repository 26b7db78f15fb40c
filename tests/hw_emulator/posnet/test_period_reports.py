from __future__ import annotations

import pytest


@pytest.fixture
def two_days(bench):
    bench.sell()
    bench.report()
    bench.clock.at = bench.clock.at.replace(month=4, day=1)
    bench.sell()
    bench.sell()
    bench.report()
    return bench


def added(bench, text: str) -> str:
    before = bench.printed
    bench.run(text)
    return bench.printed.removeprefix(before)


def test_a_month(two_days):
    printed = added(two_days, "monthlyrep|da2026-03-17")
    assert "RAPORT FISKALNY MIESIĘCZNY" in printed
    assert "OD RAPORTU 1                DO RAPORTU 1" in printed
    assert "FISKALIZACJA: 2026-03-02 10:00" in printed
    assert "ŁĄCZNA SPRZEDAŻ BRUTTO              1,00" in printed


def test_numbers_full_and_summary(two_days):
    full = added(two_days, "periodicrepbynumbers|fn1|tn2")
    short = added(two_days, "periodicrepbynumbers|fn1|tn2|su1")
    for printed in (full, short):
        assert "RAPORT FISKALNY OKRESOWY" in printed
        assert "ŁĄCZNA SPRZEDAŻ BRUTTO              3,00" in printed
        assert "PARAGONY 3                     FAKTURY 0" in printed
    assert full.count("RAPORT FISKALNY DOBOWY") == 2
    assert short.count("RAPORT FISKALNY DOBOWY") == 0


def test_dates(two_days):
    printed = added(two_days, "periodicrepbydates|fd2026-03-01|td2026-04-30")
    assert "OD RAPORTU 1                DO RAPORTU 2" in printed
    assert "DO RAPORTU 1" in added(two_days, "periodicrepbydates|fd2026-03-01|td2026-03-31")


def test_reports_out_of_memory_have_no_number_and_leave_no_trace(two_days):
    counters, records = two_days.ask("scnt"), len(two_days.memory.records)
    printed = added(two_days, "monthlyrep|da2026-03-17")
    assert "nr:" not in printed
    assert "NIP 5222628262\n" in printed
    assert "{PL} ABC 2101000001" in printed
    assert (two_days.ask("scnt"), len(two_days.memory.records)) == (counters, records)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("periodicrepbynumbers|fn0|tn1", 2047),
        ("periodicrepbynumbers|fn1|tn0", 2047),
        ("periodicrepbynumbers|fn2|tn1", 2048),
        ("periodicrepbynumbers|fn1|tn3", 2049),
        ("periodicrepbydates|fd2026-04-02|td2026-04-01", 2050),
        ("periodicrepbydates|fd2026-04-02|td2026-04-03", 2045),
        ("periodicrepbydates|fd2026-02-01|td2026-02-02", 2046),
        ("periodicrepbydates|fd2026-03-05|td2026-03-06", 384),
        ("periodicrepbydates|fd2026-13-05|td2026-03-06", 2042),
        ("periodicrepbydates|fd2026-03-05|td2026-02-30", 2043),
        ("periodicrepbydates|fd5.3.2026|td2026-03-06", 3),
        ("monthlyrep|da2026-05-01", 2045),
        ("monthlyrep|da2026-13-01", 2024),
    ],
)
def test_periods_there_are_not(two_days, text, error):
    assert two_days.error(text) == error


def test_the_closing_report(two_days):
    printed = added(two_days, f"endrepro|da{two_days.today}")
    assert "RAPORT FISKALNY ROZLICZENIOWY" in printed
    assert "ŁĄCZNA SPRZEDAŻ BRUTTO              3,00" in printed
    assert printed.count("RAPORT FISKALNY DOBOWY") == 0
    full = added(two_days, f"endrepro|da{two_days.today}|su0")
    assert full.count("RAPORT FISKALNY DOBOWY") == 2
    records = [r for r in two_days.memory.records if r["kind"] == "read_only"]
    assert [record["reason"] for record in records] == [3]


def test_nothing_to_close(bench, make_bench):
    assert bench.error("endrepro|da2026-03-03") == 2022
    bench.sell()
    assert bench.error("endrepro|da2026-03-02") == 2035
    assert make_bench(is_fiscal=False).error("endrepro|da2026-03-02") == 2034


def test_a_memory_without_reports_is_closed_as_well(bench):
    printed = added(bench, "endrepro|da2026-03-02")
    assert "FISKALIZACJA: 2026-03-02 10:00" in printed
    assert bench.ask("scomm")["td"] == "T"
