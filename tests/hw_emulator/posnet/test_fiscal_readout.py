from __future__ import annotations

import pytest

from hw_emulator.posnet.fiscal_readout import DETAILS, READOUTS
from hw_emulator.posnet.ledger import Kind
from hw_emulator.posnet.memory import FiscalMemory

SAMPLES = {"en": True, "nt": "2026-03-02T10:30:00+01:00", "ni": "2026-03-02T10:30:00+01:00"}
SAMPLES |= {"ot": "2026-03-02T10:00:00+01:00", "oi": "2026-03-02T10:00:00+01:00"}
SHOWN = {"en": "T", "nt": "2026-03-02;10:30", "ot": "2026-03-02;10:00"}


@pytest.mark.parametrize(("command", "kind"), READOUTS.items())
def test_an_event_that_happened_is_read_back(bench, command, kind):
    assert bench.error(command) == 384
    details = {name: SAMPLES.get(name, "17") for name in DETAILS[kind]}
    bench.device.note_event(kind, **details)
    found = bench.ask(command)
    assert (found["da"], found["no"]) == ("2026-03-02;10:00", "1")
    assert found["tm"] == "2026-03-02T10:00:00+01:00"
    assert {name: found[name] for name in details} == {
        name: SHOWN.get(name, str(value)) for name, value in details.items()
    }
    assert bench.ask(f"{command}|no1") == found
    assert bench.error(f"{command}|no2") == 384
    assert bench.error(f"{command}|no0") == 384


def test_records_are_numbered_across_their_kinds(bench):
    bench.device.note_event(Kind.PRINTER_UNPLUGGED)
    bench.report()
    bench.run("vatset|va22|vb8|da2026-03-02")
    kinds = [bench.ask(f"fmrectypeget|no{n}") for n in range(4)]
    assert [(kind["ty"], kind["no"]) for kind in kinds] == [
        ("6", "1"),
        ("24", "1"),
        ("1", "1"),
        ("2", "1"),
    ]
    assert bench.error("fmrectypeget|no4") == 384
    assert bench.ask("fmrecvat")["va"] == "22,00"


def test_records_are_found_by_their_time(bench):
    bench.device.jump(3600)
    bench.report()
    assert bench.ask("fmrecfindbydate|da2026-03-02;10:00") == {"no": "0"}
    assert bench.ask("fmrecfindbydate|da2026-03-02,10:01") == {"no": "1"}
    assert bench.ask("fmrecfindbydate|da2026-03-02,11:00") == {"no": "1"}
    assert bench.error("fmrecfindbydate|da2026-03-02,11:01") == 384


def test_events_are_counted_by_what_they_are(bench):
    bench.device.note_event(Kind.POWER_FAILURE)
    bench.device.note_event(Kind.CONNECTION, ad="https://example.com")
    bench.device.note_event(Kind.UPDATE_SOURCE, ad="https://example.com")
    bench.device.note_event(Kind.CURRENCY, na="EUR")
    day = bench.ask("stot")
    assert (day["bc"], day["oe"], day["le"]) == ("1", "2", "1")
    bench.report()
    record = bench.ask("fmrecrd")
    assert (record["fs"], record["ot"], record["lt"]) == ("1", "2", "1")


def test_a_printer_in_training_has_no_fiscal_memory(make_bench):
    bench = make_bench(is_fiscal=False)
    bench.device.note_event(Kind.POWER_FAILURE)
    assert bench.error("fmrectypeget|no0") == 384
    assert bench.error("fmrecfisc") == 384
    assert bench.error("fmrecpowerfail") == 384


def test_a_power_cut_in_a_receipt_is_an_event(tmp_path, make_bench):
    path = tmp_path / "fiscal.jsonl"
    bench = make_bench(memory=FiscalMemory(path))
    bench.run("trinit", "trline|naKawa|vt0|pr100")
    bench.memory.close()
    again = make_bench(memory=FiscalMemory(path))
    assert again.ask("fmrecpowerfail")["no"] == "1"
    assert again.ask("stot")["bc"] == "1"
    again.memory.close()


def test_the_clock_tells_what_it_was_and_is(bench):
    bench.run("rtcset|da2026-03-02;10:30")
    found = bench.ask("fmrecdatetime")
    assert (found["ot"], found["nt"]) == ("2026-03-02;10:00", "2026-03-02;10:30")
    assert found["ni"] == "2026-03-02T10:30:00+01:00"


def test_why_ram_was_reset(make_bench):
    bench = make_bench(ram_reset=True)
    assert (bench.ask("fmrecclr")["r1"], bench.ask("fmrecclr")["r2"]) == ("0", "0")
