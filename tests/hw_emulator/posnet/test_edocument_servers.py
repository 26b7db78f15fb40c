from __future__ import annotations

import pytest

from hw_emulator.posnet.memory import FiscalMemory
from hw_emulator.posnet.outside import Server

THUMBPRINT = "0123456789ABCDEF0123456789ABCDEF01234567"


def test_the_default_server(bench):
    assert bench.ask("eparagondefaultget")["ad"] == ""
    assert bench.error("eparagondefaultset|ts20") == 2
    bench.run("eparagondefaultset|adHTTPS://eparag.example.pl/a|gb1")
    found = bench.ask("eparagondefaultget")
    assert (found["ad"], found["gb"]) == ("https://eparag.example.pl/a", "T")
    assert (found["ct"], found["ts"], found["tt"]) == ("1", "15", "30")
    bench.run(f"eparagondefaultset|ct2|tp{THUMBPRINT}|tt0")
    found = bench.ask("eparagondefaultget")
    assert (found["ad"], found["tp"], found["tt"]) == (
        "https://eparag.example.pl/a",
        THUMBPRINT,
        "0",
    )


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("ad", 4272),
        ("ad" + "x" * 73, 4259),
        ("adhttps://" + "x" * 73, 4259),
        ("ada b", 4255),
        ("adhttp://example.pl", 4255),
        ("adżółw.pl", 4255),
        ("adx|ct3", 4260),
        ("adx|ct2", 4271),
        ("adx|tp123", 4271),
        ("adx|tp" + "G" * 40, 2081),
        ("adx|ts121", 2712),
        ("adx|tt121", 2712),
    ],
)
def test_servers_there_cannot_be(bench, text, error):
    assert bench.error(f"eparagondefaultset|{text}") == error
    assert bench.error(f"eparagonserverins|rn0|{text}") == error


def test_the_longest_address(bench):
    bench.run("eparagondefaultset|ad" + "x" * 72)
    assert len(bench.ask("eparagondefaultget")["ad"]) == 80


def test_ten_more_servers(bench):
    bench.run("eparagonserverins|rn3|adb.pl", "eparagonserverins|rn1|adc.pl")
    bench.run("eparagonserverins|rn7|ada.pl")
    assert bench.error("eparagonserverins|rn3|adx.pl") == 901
    assert bench.error("eparagonserverins|rn10|adx.pl") == 3
    assert bench.error("eparagonserverins|rn4") == 2
    assert bench.error("eparagonserverins|rn4|adb.pl") == 910
    bench.run("eparagonserverins|rn3|ts40|ov1")
    found = bench.ask("eparagonserverget|rn3")
    assert (found["rn"], found["ad"], found["ts"]) == ("3", "https://b.pl", "40")
    assert bench.ask("eparagonserversearch|adc.pl") == {"rn": "1"}
    assert bench.error("eparagonserversearch|add.pl") == 903
    bench.run("eparagonserverdel|rn3")
    assert bench.error("eparagonserverdel|rn3") == 903
    assert bench.error("eparagonserverget|rn3") == 903


@pytest.mark.parametrize(("kind", "order"), [(0, ["1", "3", "7"]), (1, ["7", "3", "1"])])
def test_all_of_them_in_order(bench, kind, order):
    for record, address in ((3, "b"), (1, "c"), (7, "a")):
        bench.run(f"eparagonserverins|rn{record}|ad{address}.pl")
    assert bench.error("eparagonserverget") == 974
    bench.run(f"eparagonservercontextset|ty{kind}")
    assert [bench.ask("eparagonserverget")["rn"] for _ in range(3)] == order
    assert bench.error("eparagonserverget") == 975
    assert bench.error("eparagonservercontextset|ty2") == 974


def test_the_schedule(bench):
    found = {"sa": "20", "sb": "25", "sc": "30", "sd": "0", "se": "0", "op": "3600", "tl": "604800"}
    assert bench.ask("eparagonscheduleget") == found
    bench.run("eparagonscheduleset|sa5|sb300|op600|tl2592000")
    assert list(bench.ask("eparagonscheduleget").values()) == [
        *("5", "300", "0", "0", "0"),
        "600",
        "2592000",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "sa4|op600|tl5",
        "sa301|op600|tl5",
        "sa5|op599|tl5",
        "sa5|op600|tl4",
        "sa5|sb4|op600|tl5",
        "sa5|sb0|sc10|op600|tl5",
        "sa5|sc10|op600|tl5",
        "sa5|se301|op600|tl5",
    ],
)
def test_schedules_there_cannot_be(bench, text):
    assert bench.error(f"eparagonscheduleset|{text}") == 2712


def test_trying_a_connection(bench):
    assert bench.error("eparagonconnectiontest") == 4273
    bench.run("eparagondefaultset|ada.pl")
    assert bench.ask("eparagonconnectiontest") == {"ap": "0", "ht": "200", "cu": "0"}
    bench.device.outside.edocuments["https://b.pl"] = Server.UNREACHABLE
    assert bench.ask("eparagonconnectiontest|adb.pl") == {"ap": "1", "ht": "0", "cu": "7"}
    bench.device.outside.edocuments[""] = Server.FAILS
    assert bench.ask("eparagonconnectiontest") == {"ap": "1", "ht": "500", "cu": "0"}


def test_servers_outlive_power_and_ram(tmp_path, make_bench):
    path = tmp_path / "fiscal.jsonl"
    bench = make_bench(memory=FiscalMemory(path))
    bench.run("eparagondefaultset|ada.pl", "eparagonserverins|rn3|adb.pl", "eparagonstatusset|st1")
    bench.memory.close()
    again = make_bench(memory=FiscalMemory(path), ram_reset=True)
    assert again.ask("eparagondefaultget")["ad"] == "https://a.pl"
    assert again.ask("eparagonserverget|rn3")["ad"] == "https://b.pl"
    assert again.ask("eparagonstatusget") == {"st": "T"}
    again.memory.close()
