from __future__ import annotations

from hw_emulator.posnet.memory import FiscalMemory


def test_nothing_is_written_as_long_as_nothing_is_due(bench):
    before = len(bench.memory._records)
    for _ in range(50):
        bench.run("scomm", "rtcget", "sdev")
    assert len(bench.memory._records) == before


def test_even_a_refused_command_lets_time_pass(bench):
    bench.run("vatautoset|on1|va22|da2026-03-02;12:00|ra1")
    bench.device.jump(7200)
    assert bench.error("nonsense") == 1
    assert bench.memory.books.rates_bp[0] == 2200


def test_an_immediate_command_does_not(bench, read):
    bench.run("vatautoset|on1|va22|da2026-03-02;12:00|ra1")
    bench.device.jump(7200)
    assert bench.device.execute_now(read("!sdev")).error is None
    assert bench.memory.books.rates_bp[0] == 2300


def test_signatures_are_verified_with_the_next_start(tmp_path, make_bench):
    path = tmp_path / "fiscal.jsonl"
    bench = make_bench(memory=FiscalMemory(path))
    bench.run("verifysignaturesondemandset|vs1")
    assert bench.ask("verifysignaturesondemandget") == {"vs": "T"}
    bench.memory.close()
    again = make_bench(memory=FiscalMemory(path))
    assert again.ask("verifysignaturesondemandget") == {"vs": "N"}
    again.memory.close()
