from __future__ import annotations

import pytest

from hw_emulator.posnet.profile import PROFILES


def test_the_network_is_read_back(bench):
    bench.run("tcpipcfgset|id6|ip10.0.0.5|ma255.0.0.0|ge10.0.0.1|dh0|dp1.1.1.1")
    found = bench.ask("tcpipcfgget")
    assert (found["id"], found["ip"], found["dh"]) == ("6", "10.0.0.5", "N")
    # A name server that is not sent is the usual one.
    assert (found["dp"], found["da"]) == ("1.1.1.1", "8.8.4.4")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("tcpipcfgset|id4|ip10.0.0.256", 700),
        ("tcpipcfgset|id4|ip", 700),
        ("tcpipcfgset|id4|maX", 700),
        ("tcpipcfgset|id1|no1", 738),
        ("tcpipcfgset|id7", 738),
        ("wifinetworkadd|na|ps|ac1", 3444),
        ("wifinetworkadd|na" + "x" * 33 + "|ps|ac1", 3444),
        ("wifinetworkadd|naSIEĆ|ps|ac1", 3444),
        ("wifinetworkadd|naX|ps" + "x" * 33 + "|ac1", 3450),
        ("wifinetworkadd|naX|psżółw|ac1", 3450),
        ("wifinetworkdel|naX", 3448),
        ("wifilistnetworks|ix0", 3449),
    ],
)
def test_networks_it_does_not_take(bench, text, error):
    assert bench.error(text) == error


def test_evo_and_vero_have_their_own_ways(make_bench):
    vero, evo = make_bench(profile=PROFILES["vero"]), make_bench(profile=PROFILES["evo"])
    assert vero.error("tcpipcfgset|id4") == 738
    vero.run("tcpipcfgset|id5")
    assert evo.error("tcpipcfgset|id1") == 2
    assert evo.error("tcpipcfgset|id1|no1|dh1") == 748
    evo.run("tcpipcfgset|id1|no1|dh0")
    assert vero.error("wifinetworkstat") == 3471
    assert vero.error("bluetoothnameget") == 1


def test_wifi_connects_to_what_is_near_and_wanted(bench):
    bench.run("wifinetworkadd|naDALEKO|psx|ac1", "wifinetworkadd|naSKLEP|pstajne|ac0")
    assert bench.ask("wifinetworkstat") == {"cc": "N", "na": "", "cn": "2", "cm": "10"}
    bench.run("wifinetworkadd|naSKLEP|pstajne|ac1")
    assert bench.ask("wifinetworkstat") == {"cc": "T", "na": "SKLEP", "cn": "2", "cm": "10"}
    assert bench.ask("wifilistnetworks|ix0") == {"na": "SKLEP", "ac": "T"}
    assert bench.ask("wifilistnetworks|ix1") == {"na": "DALEKO", "ac": "T"}
    assert bench.error("wifinetworkdel|naSKLEP") == 3447
    bench.device.outside.wifi_networks = frozenset()
    bench.run("wifinetworkdel|naSKLEP")
    assert bench.ask("wifinetworkstat")["cn"] == "1"
    assert "tajne" not in str(bench.memory.books.settings)


def test_ten_networks_and_no_more(bench):
    bench.run(*(f"wifinetworkadd|naN{number}|ps|ac0" for number in range(10)))
    assert bench.error("wifinetworkadd|naN10|ps|ac0") == 905
    bench.run("wifinetworkadd|naN3|psnew|ac1")


def test_the_name_on_the_radio(bench):
    assert bench.ask("bluetoothnameget") == {"na": "POSNET"}
    bench.run("bluetoothnameset|naKasa 1")
    assert bench.ask("bluetoothnameget") == {"na": "Kasa 1"}
