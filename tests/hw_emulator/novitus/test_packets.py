"""Packets of the older protocol, as ``direct_io`` carries them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from drivers.novitus.packet import Packet
from hw_emulator.novitus import packets
from hw_emulator.novitus.codes import Code, Failed

RATES = "23.00/8.00/5.00/0.00/100.00/101.00/101.00/"


def refused(bench, *packet: str) -> int:
    with pytest.raises(Failed) as caught:
        bench.packet(*packet)
    return caught.value.code


def test_who_it_is(novitus):
    assert novitus.packet("#v") == Packet("#R", "1", "POINT/1.01")


def test_the_register(novitus):
    novitus.sell()
    novitus.sell({"ptu": "C", "value": "2.50", "price": "2.50"})
    flags, *rest = novitus.register()
    assert flags == "0;1;0;1;1;0;26;3;2"
    assert rest[:7] == ["23.00", "08.00", "05.00", "00.00", "100.00", "101.00", "101.00"]
    assert rest[7:15] == ["2", "1.00", "0.00", "2.50", "0.00", "0.00", "0.00", "0.00"]
    assert rest[15:] == ["3.50", "ZBN2101000001"], "cash of the sales is in the drawer"
    assert refused(novitus, "#s", "22") == Code.PARAMETER


@pytest.mark.parametrize(("counts_cancelled", "number"), [(True, "3"), (False, "2")])
def test_whether_cancelled_receipts_take_a_number(make_novitus, counts_cancelled, number):
    bench = make_novitus(counts_cancelled=counts_cancelled)
    bench.sell()
    with pytest.raises(Failed):
        bench.sell({"ptu": "G"})
    bench.report()
    bench.sell()
    assert bench.register()[8] == number


def test_the_number_of_receipts_begins_anew_with_the_memory(make_novitus, novitus):
    novitus.sell()
    again = make_novitus(memory=novitus.memory, ram_reset=True)
    again.sell()
    flags, *rest = again.register()
    assert (flags.split(";")[5], rest[7]) == ("1", "1")


def test_the_clock(novitus, clock):
    assert novitus.packet("#c", "0") == Packet("#C", "1", "26;03;02;10;00;0")
    assert novitus.packet("$c", "26;3;2;10;30;15") is None
    assert novitus.device.clock() == clock.at + timedelta(minutes=30, seconds=15)
    assert refused(novitus, "$c", "26;3;2;12;0;0") == Code.DATE
    assert refused(novitus, "$c", "26;2;30;12;0;0") == Code.PARAMETER
    assert refused(novitus, "$c", "26;3;2") == Code.PARAMETER
    novitus.sell()
    assert refused(novitus, "$c", "26;3;2;10;31;0") == Code.TOTALS_NOT_ZERO


def test_before_it_is_fiscal_any_clock_will_do(make_novitus):
    bench = make_novitus(is_fiscal=False)
    bench.packet("$c", "27;1;1;0;0;0")
    assert bench.device.clock().year == 2027


def test_rates(novitus):
    assert novitus.packet("$p", "7", RATES.replace("5.00", "6.00", 1)) is None
    assert novitus.register()[3] == "06.00"
    assert "ZMIANA STAWEK PTU" in novitus.printed
    assert refused(novitus, "$p", "6", RATES) == Code.RATES
    assert refused(novitus, "$p", "7", RATES[6:]) == Code.RATES
    assert refused(novitus, "$p", "7", RATES.replace("8.00", "23.00")) == Code.RATES
    assert refused(novitus, "$p", "7", RATES.replace("8.00", "100.50")) == Code.RATES
    novitus.sell()
    assert refused(novitus, "$p", "7", RATES) == Code.TOTALS_NOT_ZERO


def test_the_header(novitus):
    end = packets.HEADER_END
    assert novitus.packet("$f", "0", f"Żabka & Syn\rŁódź{end}") is None
    assert novitus.packet("#u") == Packet("#U", "1", f"Żabka & Syn\rŁódź{end}")
    assert "Żabka & Syn" in novitus.printed
    assert refused(novitus, "$f", "0", "no end") == Code.HEADER
    assert refused(novitus, "$f", "0", end) == Code.HEADER
    assert refused(novitus, "$f", "1", f"x{end}") == Code.HEADER
    assert refused(novitus, "$f", "0", "x" * 201 + end) == Code.HEADER


def test_cash(novitus):
    novitus.packet("#i", "0", "100.00/")
    novitus.packet("#d", "0", "30.50/")
    assert novitus.register()[16] == "69.50"
    assert "WPŁATA" in novitus.printed
    assert refused(novitus, "#d", "0", "70.00/") == Code.CASH_BELOW_ZERO
    assert novitus.register()[16] == "0.00", "replaced by nothing, as the number says"
    assert refused(novitus, "#i", "0", "0.00/") == Code.PARAMETER
    assert refused(novitus, "#i", "0", "a lot/") == Code.PARAMETER


def test_the_drawer(novitus):
    novitus.packet("$d", "1")
    assert novitus.device.drawer_kicks == 1
    assert refused(novitus, "$d", "9") == Code.PARAMETER


def test_there_is_no_receipt_to_cancel(novitus):
    assert refused(novitus, "$e", "0") == Code.NO_RECEIPT


def test_unknown_and_broken_packets(novitus):
    assert refused(novitus, "$h", "0") == Code.COMMAND
    for direct_io in ({"nov_cmd": {"base64": "AAAA"}}, {"xml_cmd": {"base64": "AAAA"}}):
        with pytest.raises(Failed) as caught:
            novitus.execute("direct_io", {"direct_io": direct_io})
        assert caught.value.code == Code.COMMAND
        assert not packets.prints(direct_io)
