from __future__ import annotations

import pytest

from hw_emulator.posnet.ports import speak_posnet
from hw_emulator.posnet.profile import PROFILES


def test_interfaces_out_of_the_box(bench):
    assert bench.ask("pccfgget") == {"id": "2", "no": "1", "pr": "0", "cp": "0"}
    assert bench.ask("pccfgget|pi2") == {"id": "4", "no": "6666", "pr": "0", "cp": "0"}
    assert bench.ask("trlogget") == {"id": "0", "no": "0"}
    assert bench.ask("fspget") == {"tp": "2121"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("pccfgset|id3|no1", 728),
        ("pccfgset|id1", 2),
        ("pccfgset|id4", 2),
        ("pccfgset|id1|no3", 3472),
        ("pccfgset|id4|no1023", 720),
        ("pccfgset|id4|no49152", 720),
        ("pccfgset|id2|no2", 720),
        ("pccfgset|id2|no1|pr2", 719),
        ("pccfgset|id2|no1|cp3", 745),
        ("pccfgset|id2|no1|pi3", 720),
        ("pccfgset|id4|no7000|pr1", 752),
        ("pccfgset|id4|no6666", 736),
        ("pccfgset|id4|no2121", 735),
        ("trlogset|id2|no1", 730),
        ("trlogset|id4|no6666", 736),
        ("trlogset|id5|no1", 729),
        ("fspset|tp6666", 736),
        ("fspset|tp80", 720),
        ("comcfgset|no3|sp9600|da8|st1|pa0|fl0", 3472),
        ("comcfgset|no1|sp9601|da8|st1|pa0|fl0", 718),
        ("comcfgset|no1|sp230400|da8|st1|pa0|fl0", 718),
        ("comcfgset|no1|sp9600|da7|st1|pa0|fl0", 718),
        ("comcfgset|no1|sp9600|da8|st3|pa0|fl0", 718),
        ("comcfgset|no1|sp9600|da8|st1|pa3|fl0", 718),
        ("comcfgset|no1|sp9600|da8|st1|pa0|fl2", 718),
        ("tunnelset|sp2|en1", 3472),
        ("tunnelset|sp0|en1|da80", 720),
        ("trlogframecfgget|id21", 746),
        ("trlogframecfgset|id34|na30", 746),
        ("trlogframecfgset|id0|na3", 2080),
        ("trlogframecfgset|id0|na3G", 2081),
        ("trlogframecfgset|id0|na" + "30" * 11, 10),
    ],
)
def test_ports_it_does_not_take(bench, text, error):
    assert bench.error(text) == error
    assert not bench.memory.books.settings


def test_one_port_serves_one_purpose(bench):
    bench.run("trlogset|id1|no1")
    assert bench.error("pccfgset|id1|no1") == 732
    assert bench.error("tunnelset|sp0|en1") == 732
    bench.run("trlogset|id0", "tunnelset|sp0|en1|da5001|di5002")
    assert bench.error("pccfgset|id1|no1") == 734
    assert bench.error("trlogset|id4|no5001") == 735
    assert bench.ask("tunnelget|sp0") == {"en": "T", "da": "5001", "di": "5002"}
    bench.run("pccfgset|id1|no2", "tunnelset|sp1|en0")
    assert bench.error("tunnelset|sp1|en1") == 730


def test_one_interface_always_stays(bench):
    bench.run("pccfgset|id0|pi2")
    assert bench.error("pccfgset|id0|pi1") == 728
    assert bench.ask("pccfgget|pi2")["id"] == "0"


def test_serial_ports_are_set_one_by_one(bench, make_bench):
    bench.run("comcfgset|no2|sp9600|da8|st2|pa1|fl3")
    assert list(bench.ask("comcfgget|no2").values()) == ["9600", "8", "2", "1", "3"]
    assert list(bench.ask("comcfgget|no1").values()) == ["115200", "8", "1", "0", "0"]
    make_bench(profile=PROFILES["evo"]).run("comcfgset|no1|sp230400|da8|st1|pa0|fl0")
    assert make_bench(profile=PROFILES["vero"]).error("pccfgset|id1|no1") == 3472
    assert make_bench(profile=PROFILES["vero"]).error("pccfgset|id7") == 3470
    assert make_bench(profile=PROFILES["fawag"]).error("pccfgset|id2|pi2") == 720


def test_a_thermal_interface_has_nothing_more_to_say(bench):
    bench.run("protoswitch")
    assert bench.ask("pccfgget", interface=2)["pr"] == "1"
    assert bench.ask("pccfgget", interface=2)["cp"] == "2"
    assert bench.error("scomm") == 499
    assert bench.error("trinit") == 499
    assert bench.ask("scomm", interface=2)
    bench.run_on(2, "pccfgset|id2|pr0|pi1")
    assert bench.ask("scomm")


def test_and_back_from_its_own_menu(bench):
    bench.run("protoswitch|pi1")
    speak_posnet(bench.device, 1)
    assert bench.ask("pccfgget")["pr"] == "0"


def test_no_thermal_over_tcp_nor_in_the_middle_of_things(bench):
    assert bench.error("protoswitch|pi2") == 752
    assert bench.error("protoswitch|pi3") == 720
    bench.run("trinit")
    assert bench.error("protoswitch") == 2038
    bench.run("prncancel", "formstart|fn200")
    assert bench.error("protoswitch") == 2062


def test_the_printer_starts_anew_after_the_switch(bench):
    started = []
    bench.device.on_restart = lambda: started.append(True)
    bench.run("qrcode|txABC", "scomm|@11")
    bench.run("protoswitch")
    assert started == [True]
    assert bench.device.ram.code2d == ""
    speak_posnet(bench.device, 1)
    assert bench.error("rpt|@11") == 13


def test_elements_of_the_monitor(bench):
    assert bench.ask("trlogframecfgget|id0") == {"id": "0", "na": "0D"}
    assert bench.ask("trlogframecfgget|id20")["na"] == "3537"
    assert bench.ask("trlogframecfgget|id33")["na"] == "3131"
    bench.run("trlogframecfgset|id0|na0d0a")
    assert bench.ask("trlogframecfgget|id0")["na"] == "0D0A"
