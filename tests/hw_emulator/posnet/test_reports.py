from __future__ import annotations

import pytest


def test_counters_before_and_after_the_daily_report(bench):
    for _ in range(3):
        bench.sell("trline|naKawa|vt0|pr420", "trline|naBułka|vt2|pr363")
    bench.run("trinit", "trline|naKawa|vt0|pr420", "prncancel", "stocash|kw100")
    before = bench.ask("scnt"), bench.ask("stot"), bench.ask("scomm"), bench.ask("sfsk")
    assert [before[0][n] for n in ("rd", "hn", "bn", "bc", "bt")] == ["0", "5", "3", "1", "4"]
    assert [before[1][n] for n in ("no", "pa", "pb", "pc", "pn", "cc", "nf")] == [
        *("1", "1260", "0", "1089", "3", "2", "1")
    ]
    assert before[1]["ds"] == before[1]["de"] == "2026-03-02;10:00"
    assert before[2]["tz"] == "N"
    bench.report()
    after = bench.ask("scnt"), bench.ask("stot"), bench.ask("scomm"), bench.ask("sfsk")
    assert [after[0][n] for n in ("rd", "hn", "bn", "bc", "bt")] == ["1", "6", "0", "0", "0"]
    zero = ("pa", "pb", "pc", "pn", "ct", "cn", "cc", "nf", "le", "bc")
    assert {after[1][name] for name in zero} == {"0"}
    assert after[1]["no"] == "2"
    assert after[1]["ds"] == after[1]["de"] == "2000-01-01;01:00"
    assert after[1]["is"] == after[1]["ie"] == "2000-01-01T01:00:00+01:00"
    assert after[2]["tz"] == "T"
    assert (before[3]["rd"], after[3]["rd"]) == ("0", "1")
    assert after[3]["rw"] == "2026-03-02;10:00"
    assert after[3]["tm"] == "2026-03-02T10:00:00+01:00"


def test_a_second_zero_report_in_a_row_is_refused(bench):
    bench.report()
    assert bench.error(f"dailyrep|da{bench.today}") == 382
    bench.sell()
    bench.report()
    bench.report()
    assert bench.error(f"dailyrep|da{bench.today}") == 382


def test_a_printer_that_is_not_fiscal_counts_no_reports(make_bench):
    bench = make_bench(is_fiscal=False)
    bench.sell()
    bench.report()
    bench.report()
    bench.report()
    assert bench.ask("scnt")["rd"] == "0"
    assert bench.ask("sfsk")["rw"] == "2000-01-01;01:00"
    assert bench.ask("scnt")["bn"] == "0"
    assert "N I E F I S K A L N Y" in bench.printed
    assert "RAPORT FISKALNY" not in bench.printed


@pytest.mark.parametrize(
    ("day", "error"),
    [("2026-03-01", 2022), ("2026-03-03", 2022), ("2026-13-01", 2024), ("02.03.2026", 3)],
)
def test_a_report_of_another_day(bench, day, error):
    assert bench.error(f"dailyrep|da{day}") == error
    assert bench.ask("scnt")["rd"] == "0"


@pytest.mark.parametrize("day", ["2026-03-02", "2026.03.02", "2026/03/02"])
def test_ways_to_write_today(bench, day):
    bench.ask(f"dailyrep|da{day}")


def test_tax_is_computed_again_from_the_sum_of_the_day(bench):
    # 0.07 at 8 % holds 0.01 of tax by itself; seven of them hold 0.04, not 0.07.
    for _ in range(7):
        bench.sell("trline|naGuma|vt1|pr7")
    bench.report()
    report = bench.printed[bench.printed.index("RAPORT FISKALNY DOBOWY") :]
    assert "KWOTA PTU B                         0,04" in report
    assert "SPRZEDAŻ OPODATK. NETTO B           0,45" in report


def test_no_more_reports_than_the_memory_holds(make_bench):
    bench = make_bench(reports_max=1)
    bench.report()
    bench.memory.books.zero_reports = 0
    assert bench.error(f"dailyrep|da{bench.today}") == 1018


@pytest.fixture
def two_days(bench):
    bench.sell()
    bench.report()
    bench.clock.at = bench.clock.at.replace(month=4, day=1)
    bench.sell()
    bench.sell()
    bench.report()
    return bench


def test_reports_out_of_memory(two_days):
    two_days.run("monthlyrep|da2026-03-17", "periodicrepbynumbers|fn1|tn2|su1")
    two_days.run("periodicrepbydates|fd2026-03-01|td2026-04-30")
    printed = two_days.printed
    assert "RAPORT FISKALNY MIESIĘCZNY" in printed
    assert "0001 2026-03-02                     1,00" in printed
    assert "NALEŻNOŚĆ PLN                       3,00" in printed
    assert two_days.ask("scnt")["hn"] == "8"
    assert two_days.ask("stot")["nf"] == "0"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("periodicrepbynumbers|fn0|tn1", 2047),
        ("periodicrepbynumbers|fn2|tn1", 2048),
        ("periodicrepbynumbers|fn1|tn3", 2049),
        ("periodicrepbydates|fd2026-04-02|td2026-04-01", 2050),
        ("periodicrepbydates|fd2026-04-02|td2026-04-03", 2045),
        ("periodicrepbydates|fd2026-02-01|td2026-02-02", 2046),
        ("periodicrepbydates|fd2026-03-05|td2026-03-06", 384),
        ("monthlyrep|da2026-05-01", 2045),
    ],
)
def test_periods_there_are_not(two_days, text, error):
    assert two_days.error(text) == error


def test_a_report_read_back(two_days):
    first, last = two_days.ask("fmrecrd|no1"), two_days.ask("fmrecrd")
    assert (first["no"], first["pa"], first["pn"]) == ("1", "100", "1")
    assert (last["no"], last["pa"], last["pn"]) == ("2", "200", "2")
    assert first["ss"] == "2026-03-02;10:00"
    assert two_days.error("fmrecrd|no3") == 384
