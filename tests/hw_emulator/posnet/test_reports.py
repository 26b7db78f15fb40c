from __future__ import annotations

import pytest

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.conditions import Condition
from hw_emulator.posnet.reports import make_daily_report


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
    report = bench.printed[bench.printed.index("RAPORT FISKALNY DOBOWY NR 1") :]
    assert "KWOTA PTU B                         0,04" in report
    assert "SPRZEDAŻ OPODATKOWANA PTU B         0,45" in report


def test_no_more_reports_than_the_memory_holds(make_bench):
    bench = make_bench(reports_max=1)
    bench.report()
    bench.memory.books.zero_reports = 0
    assert bench.error(f"dailyrep|da{bench.today}") == 1018


def test_the_memory_tells_when_it_is_nearly_full(make_bench):
    bench = make_bench(reports_max=2)
    bench.sell()
    bench.report()
    assert "POZOSTAŁO RAPORTÓW DOBOWYCH: 1" in bench.printed
    bench.sell()
    bench.report()
    assert "POZOSTAŁO RAPORTÓW DOBOWYCH: 0" in bench.printed
    assert bench.error("trinit") == 1018


def test_conditions_from_outside(bench):
    bench.device.conditions.add(Condition.REPORTS_USED_UP)
    assert bench.error(f"dailyrep|da{bench.today}") == 1018
    bench.device.conditions = {Condition.MEMORY_FULL}
    assert bench.error(f"dailyrep|da{bench.today}") == 388


def test_a_report_of_its_own_accord(bench):
    bench.sell()
    make_daily_report(bench.device)
    assert bench.ask("scnt")["rd"] == "1"
    make_daily_report(bench.device)
    with pytest.raises(Refused):
        make_daily_report(bench.device)


def test_a_read_only_printer_makes_no_report_of_its_own(bench):
    bench.report()
    bench.run(f"endrepro|da{bench.today}")
    with pytest.raises(Refused) as caught:
        make_daily_report(bench.device)
    assert caught.value.code == 2036


def test_invoices_alone_are_no_zero_report(bench):
    for _ in range(2):
        bench.run("trfvinit", "trfvbuyer|naJan|ni1|sc0", "trfvnumber|nb1|sc0")
        bench.run("trline|naKawa|vt0|pr100", "trend")
        bench.report()
    bench.run("trfvinit", "prncancel")
    bench.report()
    assert bench.ask("scnt")["rd"] == "3"


def test_a_report_read_back(bench):
    bench.sell()
    bench.report()
    bench.clock.at = bench.clock.at.replace(month=4, day=1)
    bench.sell()
    bench.sell()
    bench.report()
    first, last = bench.ask("fmrecrd|no1"), bench.ask("fmrecrd")
    assert (first["no"], first["pa"], first["pn"]) == ("1", "100", "1")
    assert (last["no"], last["pa"], last["pn"]) == ("2", "200", "2")
    assert first["ss"] == "2026-03-02;10:00"
    assert bench.error("fmrecrd|no3") == 384
