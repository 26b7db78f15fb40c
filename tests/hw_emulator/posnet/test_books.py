from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hw_emulator.posnet.books import Books
from hw_emulator.posnet.memory import make_view
from tests.hw_emulator.conftest import Bench  # a test may share the bench of its folder

STEPS = st.lists(
    st.sampled_from(
        ["trinit|bm1", "trline|naA|vt0|pr123", "trend", "prncancel", "stocash|kw1", "report"]
    ),
    max_size=30,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_counters_always_agree_with_what_happened(steps):
    bench = Bench()
    for step in steps:
        bench.raw(f"dailyrep|da{bench.today}" if step == "report" else step)
    view, counters, totals = bench.device.view(), bench.ask("scnt"), bench.ask("stot")
    day = view.books.next_report_no
    sold = [receipt for receipt in view.receipts if receipt.report_no == day]
    dropped = [receipt for receipt in view.cancelled if receipt.report_no == day]
    assert int(counters["bn"]) == len(sold) == int(totals["pn"])
    assert int(counters["bc"]) == len(dropped) == int(totals["cn"])
    assert int(counters["bt"]) == len(sold) + len(dropped)
    assert int(counters["rd"]) == len(view.reports)
    assert int(totals["pa"]) == sum(receipt.total_gr for receipt in sold)
    assert int(totals["ct"]) == sum(receipt.value_gr for receipt in dropped)
    numbers = sorted(receipt.number for receipt in [*sold, *dropped])
    assert numbers == list(range(1, len(numbers) + 1))
    headers = [r.header_no for r in [*view.receipts, *view.cancelled, *view.reports]]
    assert len(set(headers)) == len(headers)


def test_books_without_records_are_those_of_a_blank_memory():
    assert make_view([]).books == Books()


def test_the_goods_base_counts_its_changes(bench):
    bench.sell("trline|naKawa|vt0|pr100", "trline|naMleko|vt1|pr100")
    bench.sell("trline|naKawa|vt1|pr100")
    assert bench.ask("stot")["cc"] == "3"
    assert bench.device.books.goods == {"KAWA": 800, "MLEKO": 800}


def test_a_shift_lives_through_a_daily_report(bench):
    bench.sell()
    bench.report()
    bench.sell()
    bench.run("shiftrep|sh1")
    assert bench.device.books.shift.receipts == 2
    bench.run("shiftrep|sh1|zr1")
    assert bench.device.books.shift.receipts == 0
