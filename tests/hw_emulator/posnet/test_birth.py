"""Switching on: a new memory, an open document, a memory that is used up."""

from __future__ import annotations

import pytest

from hw_emulator.paper import Paper
from hw_emulator.posnet.device import Device
from hw_emulator.posnet.memory import FiscalMemory
from hw_emulator.posnet.profile import Profile

LINE = "trline|naŁosoś|vt2|pr245"
INVOICE = ("trfvinit", "trfvbuyer|naJan|ni1|sc0", "trfvnumber|nb7|sc0", LINE)


def again(make_bench, bench, **options):
    """The same memory after a power cut: what was not written is not known any more."""
    memory = FiscalMemory()
    for record in bench.memory.records:
        kind = record["kind"]
        memory.append(kind, {k: v for k, v in record.items() if k not in {"n", "kind"}})
    return make_bench(memory=memory, now=bench.clock, **options)


def test_a_new_memory(bench):
    assert [record["kind"] for record in bench.memory.records] == ["born"]
    assert bench.ask("billcountercfgget") == {"dl": "T"}


def test_the_receipt_counter_is_chosen_once(make_bench):
    bench = make_bench(profile=Profile(counts_daily=False))
    bench = again(make_bench, bench)
    assert bench.ask("billcountercfgget") == {"dl": "N"}
    for _ in range(2):
        bench.sell()
        bench.run("trinit", "prncancel")
        bench.report()
    counters = bench.ask("scnt")
    assert [counters[name] for name in ("bn", "bc", "bt")] == ["0", "0", "4"]
    bench.sell()
    assert "00005 #001" in bench.printed


@pytest.mark.parametrize(("mode", "lines"), [("0", 0), ("1", 2)])
def test_an_open_receipt_is_cancelled_by_the_printer_itself(make_bench, bench, mode, lines):
    bench.run("ftrcfg|snSALE-9", f"trinit|bm{mode}", LINE, LINE)
    after = again(make_bench, bench)
    counters = after.ask("scnt")
    assert [counters[name] for name in ("bn", "bc", "bt", "hn")] == ["0", "1", "1", "1"]
    totals = after.ask("stot")
    assert (totals["ct"], totals["bc"]) == ("490", "1")
    (cancelled,) = after.device.view().cancelled
    assert (cancelled.by, cancelled.reference) == ("power", "SALE-9")
    assert after.printed.count("Łosoś") == lines
    (document,) = after.memory.documents()
    assert sum("Łosoś" in line for line in document.lines) == 2
    assert "TRANSAKCJA ANULOWANA" in after.printed


def test_an_open_invoice_is_cancelled(make_bench, bench):
    bench.run(*INVOICE)
    after = again(make_bench, bench)
    counters = after.ask("scnt")
    assert [counters[name] for name in ("fn", "fc", "bc", "hn")] == ["0", "1", "0", "1"]
    assert after.ask("stot")["ft"] == "245"


def test_open_packaging_leaves_a_printout(make_bench, bench):
    bench.run("trpackinit", "trpack|pr100")
    after = again(make_bench, bench)
    counters = after.ask("scnt")
    assert [counters[name] for name in ("bc", "fc", "hn")] == ["0", "0", "1"]
    assert after.ask("strns")["to"] == "0"


@pytest.mark.parametrize("opening", [("trinit", LINE), ("trpackinit", "trpack|pr100")])
def test_a_footer_that_was_open_is_finished(make_bench, bench, opening):
    bench.run(*opening, "trend|fe0")
    after = again(make_bench, bench)
    answer = after.ask("strns")
    assert (answer["to"], answer["fe"]) == ("0", "N")
    assert after.ask("scnt")["bc"] == "0"
    after.sell()


def test_a_form_that_was_open_is_gone(make_bench, bench):
    bench.run("formstart|fn200", "formline|fn200|fl711|s1X")
    after = again(make_bench, bench)
    assert after.ask("formisstarted") == {"is": "N"}
    assert after.ask("scnt")["hn"] == "0"


@pytest.mark.parametrize("steps", [("trinit", LINE), INVOICE, ("trinit", LINE, "trend|fe0")])
def test_loss_of_ram_forgets_what_was_open(make_bench, bench, steps):
    bench.run(*steps)
    after = again(make_bench, bench, ram_reset=True)
    answer = after.ask("strns")
    assert (answer["to"], answer["ts"], answer["fe"]) == ("0", "0", "N")
    assert after.ask("sfsk")["cl"] == "1"
    after.sell()


def test_a_full_memory_is_read_only_from_the_next_start(make_bench):
    bench = make_bench(reports_max=1)
    bench.sell()
    bench.report()
    assert (bench.error("trinit"), bench.ask("scomm")["td"]) == (1018, "N")
    after = again(make_bench, bench, reports_max=1)
    assert (after.error("trinit"), after.ask("scomm")["td"]) == (2036, "T")
    assert after.memory.records[-1]["reason"] == 0
    after = again(make_bench, after, reports_max=1)
    assert sum(record["kind"] == "read_only" for record in after.memory.records) == 1
    after.run("monthlyrep|da2026-03-01", "stot", "fmrecrd")


def test_resets_of_ram_are_counted_out(make_bench, bench):
    profile = Profile(ram_resets_max=2)
    for sold in (True, False):
        bench = again(make_bench, bench, profile=profile, ram_reset=True)
        assert (bench.error("trinit") is None) is sold
    assert bench.error("trinit") == 1017
    bench.report()
    bench = again(make_bench, bench, profile=profile, ram_reset=True)
    assert (bench.error("trinit"), bench.ask("scomm")["td"]) == (2036, "T")
    assert bench.memory.records[-1]["reason"] == 1
    assert bench.ask("sfsk")["cl"] == "2"


def test_reports_max_of_the_usual_call_still_holds(bench):
    device = Device(FiscalMemory(), Paper(), bench.clock, True, 5, profile=Profile(reports_max=9))
    assert device.reports_left == 5
    device = Device(FiscalMemory(), Paper(), bench.clock, profile=Profile(reports_max=9))
    assert device.reports_left == 9
