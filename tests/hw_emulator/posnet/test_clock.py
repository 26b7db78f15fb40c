from __future__ import annotations

from datetime import timedelta

import pytest

from hw_emulator.posnet.profile import Profile


def test_summer_time_is_told_by_the_offset(bench):
    assert bench.ask("rtcget") == {"da": "2026-03-02;10:00", "tm": "2026-03-02T10:00:00+01:00"}
    bench.clock.at = bench.clock.at.replace(month=7)
    assert bench.ask("rtcget")["tm"] == "2026-07-02T10:00:00+02:00"


@pytest.mark.parametrize("between", [",", ";", " "])
def test_the_clock_is_set(bench, between):
    bench.run(f"rtcset|da2026-03-02{between}11:30")
    assert bench.ask("rtcget")["da"] == "2026-03-02;11:30"
    bench.clock.at += timedelta(minutes=5)
    assert bench.ask("rtcget")["da"] == "2026-03-02;11:35"


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ("2026-03-02,12:01", 2023),
        ("2026-03-02,07:59", 2023),
        ("2026-02-30,10:00", 2024),
        ("2026-03-02,24:00", 2024),
        ("2026-03-02", 3),
    ],
)
def test_times_it_does_not_take(bench, wanted, error):
    assert bench.error(f"rtcset|da{wanted}") == error


def test_not_before_the_last_report(bench):
    bench.report()
    assert bench.error("rtcset|da2026-03-02,09:59") == 2025


def test_not_on_a_day_with_sales(bench):
    bench.sell()
    assert bench.error("rtcset|da2026-03-02,10:01") == 2035


def test_a_printer_that_is_not_fiscal_takes_any_time(make_bench):
    bench = make_bench(is_fiscal=False)
    bench.run("rtcset|da2030-01-01,00:00")
    assert bench.ask("rtcget")["da"] == "2030-01-01;00:00"


def test_the_clock_may_jump(bench):
    bench.device.jump(3600)
    assert bench.ask("rtcget")["da"] == "2026-03-02;11:00"


@pytest.mark.parametrize("seconds", [10**20, 10**11, -(10**10)])
def test_the_clock_stays_in_the_calendar(bench, seconds):
    with pytest.raises((ValueError, OverflowError)):
        bench.device.jump(seconds)
    assert bench.ask("rtcget")["da"] == "2026-03-02;10:00"


@pytest.mark.parametrize("day", ["9999-12-31,23:59", "0001-01-01,00:00", "1999-12-31,23:59"])
def test_a_year_no_printer_is_in(make_bench, day):
    assert make_bench(is_fiscal=False).error(f"rtcset|da{day}") == 2024


def test_setting_the_clock_is_printed(bench):
    bench.run("rtcset|da2026-03-02,10:15")
    assert "Zegar przed zmianą:     2026-03-02 10:00" in bench.printed
    assert "Zegar po zmianie:       2026-03-02 10:15" in bench.printed
    assert bench.ask("scnt")["hn"] == "1"


@pytest.mark.parametrize(
    ("rates", "error"),
    [
        ("va23|vb23", 2028),
        ("va101", 2030),
        ("", 2030),
        ("va102", 2029),
        ("va23,001", 2029),
        ("vax", 3),
    ],
)
def test_rates_it_does_not_take(bench, rates, error):
    text = "|".join(part for part in ("vatset", rates, f"da{bench.today}") if part)
    assert bench.error(text) == error


def test_rates_are_programmed_once_the_totals_are_zero(bench):
    text = f"vatset|va22|vb7,5|ve100|da{bench.today}"
    bench.sell()
    assert bench.error(text) == 2035
    bench.report()
    bench.run(text, text)
    assert bench.ask("sfsk")["vt"] == "1"
    rates = list(bench.ask("vatget").values())
    assert rates == ["22,00", "7,50", "101,00", "101,00", "100,00", "101,00", "101,00"]


def test_the_rates_in_force_may_be_sent_at_any_time(bench):
    bench.sell()
    bench.run(f"vatset|va23|vb8|vc5|vd0|ve100|da{bench.today}")
    assert bench.ask("sfsk")["vt"] == "0"


def test_nothing_may_stand_twice_as_in_the_vendors_example(bench):
    bench.run(f"vatset|va23|vb8|vc3|vd0|ve0|vf101|vg100|da{bench.today}")
    assert bench.ask("vatget")["ve"] == "0,00"
    assert "PTU C 5%                        PTU C 3%" in bench.printed
    assert "E Zwolniona                     PTU E 0%" in bench.printed


def test_the_memory_holds_so_many_changes(make_bench):
    bench = make_bench(profile=Profile(vat_changes_max=1))
    bench.run(f"vatset|va22|da{bench.today}", f"vatset|va22|da{bench.today}")
    assert bench.error(f"vatset|va23|da{bench.today}") == 2027
    assert bench.ask("sfsk")["vt"] == "1"


def test_rates_of_another_day(bench):
    assert bench.error("vatset|va22|da2026-03-03") == 2022


def test_fields_of_an_unknown_client_give_errors_only(bench):
    assert bench.error("vatset|id1|rt23|ac1") in {2, 2030}
