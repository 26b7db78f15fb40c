"""What keeps a printer from selling, and how a document is opened (§9)."""

from __future__ import annotations

import pytest

from hw_emulator.posnet.profile import Profile

LINE = "trline|naKawa|vt0|pr100"
OPENINGS = ("trinit", "trfvinit", "trpackinit")


@pytest.mark.parametrize("opening", OPENINGS)
def test_no_sale_without_a_header(bench, opening):
    bench.device.keep({"header": ""})
    assert bench.error(opening) == 2002


@pytest.mark.parametrize("opening", OPENINGS)
def test_no_sale_without_an_active_rate(bench, opening):
    bench.memory.append("rates", {"rates_bp": [10_100] * 7})
    assert bench.error(opening) == 2004


@pytest.mark.parametrize("opening", OPENINGS)
def test_no_sale_when_the_day_could_overflow(bench, opening):
    for _ in range(4):
        bench.sell("trline|naZłoto|vt0|pr9999999999")
    bench.run("trinit|bm1", "trline|naGrosz|vt0|pr5", "trend")
    assert bench.error(opening) == 2010
    bench.report()
    bench.run(opening)


def test_invoices_fill_totals_of_their_own(bench):
    for number in range(4):
        bench.run("trfvinit", "trfvbuyer|naJan|ni1|sc0", f"trfvnumber|nb{number}|sc0")
        bench.run("trline|naZłoto|vt0|pr9999999999", "trend")
    bench.sell("trline|naZłoto|vt0|pr9999999999")
    bench.run("trfvinit", "trfvbuyer|naJan|ni1|sc0", "trfvnumber|nb5|sc0")
    bench.run("trline|naGrosz|vt0|pr5", "trend")
    assert bench.error("trfvinit") == 2010


def test_no_more_than_so_many_receipts_a_day(make_bench):
    bench = make_bench(profile=Profile(receipts_max=2))
    bench.sell()
    bench.run("trinit", "prncancel")
    assert bench.error("trinit") == 2010
    bench.report()
    bench.run("trinit")


def test_no_receipt_when_the_reports_are_used_up(make_bench):
    bench = make_bench(reports_max=1)
    bench.sell()
    bench.report()
    assert bench.error("trinit") == 1018


def test_a_new_day_needs_the_report_of_the_last_one_if_the_profile_says_so(make_bench, bench):
    strict = make_bench(profile=Profile(needs_daily_report=True))
    for printer in (strict, bench):
        printer.sell()
        printer.clock.at = printer.clock.at.replace(day=3)
    assert strict.error("trinit") == 383
    bench.run("trinit")
    strict.report()
    strict.run("trinit")


def test_a_printer_that_is_not_fiscal_never_runs_out(make_bench):
    bench = make_bench(is_fiscal=False, reports_max=0)
    bench.sell()
    bench.report()
    bench.sell()


def test_online_receipts_print_as_they_go_and_block_ones_at_the_end(bench):
    bench.run("trinit|bm0", LINE)
    assert "Kawa" in bench.printed
    assert bench.ask("scomm")["ts"] == "16"
    bench.run("trend", "trinit|bm1", "trline|naHerbata|vt0|pr100")
    assert bench.ask("scomm")["ts"] == "17"
    assert "Herbata" not in bench.printed
    bench.run("trend")
    assert "Herbata" in bench.printed
