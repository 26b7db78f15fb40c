from __future__ import annotations

from datetime import timedelta

import pytest


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


def test_rates_of_another_day(bench):
    assert bench.error("vatset|va22|da2026-03-03") == 2022


def test_fields_of_an_unknown_client_give_errors_only(bench):
    assert bench.error("vatset|id1|rt23|ac1") in {2, 2030}
