from __future__ import annotations

import pytest

from hw_emulator.posnet.conditions import Condition
from hw_emulator.posnet.device import Wait
from hw_emulator.posnet.memory import FiscalMemory
from hw_emulator.posnet.profile import Profile

NEW = "vatautoset|on1|va22|vb7|vg100|da2026-03-02;12:00"
RATES = ("va", "vb", "vc", "vd", "ve", "vf", "vg")


def rates(bench) -> list[str]:
    return list(bench.ask("vatget").values())


def test_without_a_schedule_the_present_is_told(bench):
    found = bench.ask("vatautoget")
    assert (found["on"], found["ra"], found["da"]) == ("N", "N", "2026-03-02;10:00")
    assert [found[name] for name in RATES] == rates(bench)


def test_rates_change_by_themselves_with_a_report_before(bench):
    bench.run(f"{NEW}|ra1")
    found = bench.ask("vatautoget")
    assert (found["on"], found["ra"], found["da"]) == ("T", "T", "2026-03-02;12:00")
    assert (found["va"], found["vc"], found["vg"]) == ("22,00", "101,00", "100,00")
    bench.sell()
    restarts = []
    bench.device.on_restart = lambda: restarts.append(True)
    bench.device.jump(2 * 3600)
    assert rates(bench) == ["22,00", "7,00", "101,00", "101,00", "101,00", "101,00", "100,00"]
    assert bench.ask("scnt")["rd"] == "1"
    assert bench.ask("stot")["pa"] == "0"
    assert bench.ask("vatautoget")["on"] == "N"
    assert bench.ask("fmrecvat")["va"] == "22,00"
    assert "ZMIANA STAWEK PTU" in bench.printed
    assert restarts == [True]


def test_no_report_for_an_empty_day(bench):
    bench.run(f"{NEW}|ra1")
    bench.device.jump(2 * 3600)
    assert rates(bench)[0] == "22,00"
    assert bench.ask("scnt")["rd"] == "0"


def test_an_open_receipt_is_finished_first(bench):
    bench.run(f"{NEW}|ra1", "trinit", "trline|naKawa|vt0|pr100")
    bench.device.jump(2 * 3600)
    assert rates(bench)[0] == "23,00"
    bench.run("trend")
    assert rates(bench)[0] == "22,00"


def test_somebody_has_to_confirm_before_the_next_sale(bench, read):
    bench.run(NEW)
    assert bench.device.waits_for(read("trinit")) is None
    bench.device.jump(2 * 3600)
    assert rates(bench)[0] == "23,00"
    assert bench.device.waits_for(read("trinit")) is Wait.KEY
    assert bench.device.waits_for(read("scomm")) is None
    bench.run("trinit")  # carried out: a key was pressed
    assert rates(bench)[0] == "22,00"


def test_rates_that_are_there_already_change_nothing(bench):
    bench.run(f"{NEW}|ra1", "vatset|va22|vb7|vg100|da2026-03-02")
    changes = bench.ask("sfsk")["vt"]
    restarts = []
    bench.device.on_restart = lambda: restarts.append(True)
    bench.device.jump(2 * 3600)
    assert bench.ask("sfsk")["vt"] == changes
    assert bench.ask("vatautoget")["on"] == "N"
    assert not restarts


def test_a_schedule_is_dropped(bench):
    bench.run(f"{NEW}|ra1", "vatautoset|on0")
    bench.device.jump(2 * 3600)
    assert rates(bench)[0] == "23,00"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("vatautoset|on1|va22", 3085),
        ("vatautoset|on1|va22|da2026-03-02;09:59", 3080),
        ("vatautoset|on1|da2026-03-02;12:00", 2030),
        ("vatautoset|on1|va5|vb5|da2026-03-02;12:00", 2028),
        ("vatautoset|on1|va102|da2026-03-02;12:00", 2029),
        ("currset|naPLN|da2026-03-02;12:00", 3052),
        ("currset|naeur|da2026-03-02;12:00", 3053),
        ("currset|naEURO|da2026-03-02;12:00", 3053),
        ("currrateset|on1|ra1000000", 2),
        ("currrateset|on1|naEUR", 2),
        ("currrateset|on1|ra1000000|naPLN", 3052),
        ("currrateset|on1|ra1000000|naEu1", 3053),
        ("currrateset|on1|ra49|naEUR", 3055),
        ("currrateset|on1|ra9999999950|naEUR", 3055),
    ],
)
def test_changes_it_does_not_take(bench, text, error):
    assert bench.error(text) == error


def test_the_currency_changes_at_once_or_when_it_is_time(bench):
    assert bench.ask("currget") == {"na": "PLN"}
    bench.run("currset|naEUR|da2026-03-01;8:00")
    assert bench.ask("currget") == {"na": "EUR"}
    assert bench.ask("fmreccurrency")["na"] == "EUR"
    assert "ZMIANA WALUTY EWIDENCYJNEJ" in bench.printed
    assert bench.error("currset|naUSD|da2026-03-01;08:00") == 3051
    bench.report()
    bench.run("currset|naPLN|da2026-03-02;12:00")
    bench.sell()
    assert bench.ask("currget") == {"na": "EUR"}
    bench.device.jump(2 * 3600)
    assert bench.ask("currget") == {"na": "PLN"}
    assert bench.ask("scnt")["rd"] == "2"


@pytest.mark.parametrize("is_full", [True, False])
def test_what_there_is_no_room_for_is_dropped(make_bench, is_full):
    bench = make_bench(profile=Profile(vat_changes_max=30 if is_full else 1))
    bench.run("vatset|va22|vb7|vg100|da2026-03-02", "currset|naEUR|da2026-03-02;11:00")
    bench.run("vatautoset|on1|va23|da2026-03-02;11:00|ra1")
    if is_full:
        bench.device.conditions.add(Condition.MEMORY_FULL)
    bench.device.jump(3600)
    assert rates(bench)[0] == "22,00"
    assert bench.ask("vatautoget")["on"] == "N"
    assert bench.ask("currget") == {"na": "PLN" if is_full else "EUR"}
    bench.device.conditions.clear()
    assert bench.ask("currget") == {"na": "PLN" if is_full else "EUR"}


def test_no_new_currency_in_the_middle_of_a_day(bench):
    bench.sell()
    assert bench.error("currset|naEUR|da2026-03-01;08:00") == 2035


def test_ten_currencies_and_no_more(bench):
    for number in range(10):
        bench.run(f"currset|na{'EUR' if number % 2 == 0 else 'PLN'}|da2026-03-01;08:00")
        bench.sell()
        bench.report()
    assert bench.error("currset|naUSD|da2026-03-01;08:00") == 3056


def test_schedules_outlive_power_and_ram(tmp_path, make_bench, clock):
    path = tmp_path / "fiscal.jsonl"
    bench = make_bench(memory=FiscalMemory(path), now=clock)
    bench.run(f"{NEW}|ra1")
    bench.memory.close()
    again = make_bench(memory=FiscalMemory(path), now=clock, ram_reset=True)
    again.device.jump(2 * 3600)
    assert rates(again)[0] == "22,00"
    again.memory.close()


def test_the_rate_of_the_second_currency(bench):
    off = {"on": "N", "ra": "0000000", "na": "", "di": "N"}
    assert bench.ask("currrateget") == off
    bench.run("currrateset|on1|ra3333333|naEUR")
    assert bench.ask("currrateget") == {"on": "T", "ra": "3333300", "na": "EUR", "di": "T"}
    bench.run("currrateset|on1|ra50|naEUR|di0")
    assert bench.ask("currrateget") == {"on": "T", "ra": "0000100", "na": "EUR", "di": "N"}
    bench.run("currrateset|on0")
    assert bench.ask("currrateget") == off
