from __future__ import annotations

from datetime import date

import pytest

from hw_emulator.posnet.outside import Server

FOREVER, TEN_DAYS, FIVE_DAYS = "00000000000000", "01000000000001", "00500000000005"
TODAY = "2026-03-02"


@pytest.fixture
def limited(make_bench):
    """A printer with thirty days left."""
    bench = make_bench(is_fiscal=False)
    bench.run(f"authcodereset|co{FOREVER}")
    return bench


def test_a_fiscal_printer_is_authorised_for_good(bench):
    assert bench.error("authstateget") == 480
    assert bench.error(f"authcodereset|co{FOREVER}") == 480
    assert bench.error(f"auth|co{TEN_DAYS}") == 480


def test_codes_give_days_once(limited):
    assert limited.ask("authstateget") == {"il": "30"}
    limited.run(f"auth|co{TEN_DAYS}")
    assert limited.ask("authstateget") == {"il": "10"}
    assert limited.error(f"auth|co{TEN_DAYS}") == 482
    limited.run(f"auth|co{FOREVER}")
    assert limited.error("authstateget") == 480


def test_three_wrong_codes_lock_until_a_restart(limited):
    assert limited.error("auth|co123") == 10
    for code in ("00000000000001", "x" * 14, "99999999999999"):
        assert limited.error(f"auth|co{code}") == 485
    assert limited.error(f"auth|co{TEN_DAYS}") == 486
    limited.device.restart()
    limited.run(f"auth|co{TEN_DAYS}")


def test_when_the_days_are_over_nothing_is_sold(limited):
    limited.run(f"auth|co{FIVE_DAYS}")
    limited.device.jump(5 * 86_400)
    limited.run("trinit", "prncancel")
    limited.device.jump(86_400)
    assert limited.error("trinit") == 484
    assert limited.ask("authstateget") == {"il": "0"}
    limited.run(f"auth|co{FOREVER}", "trinit")


def test_other_reasons_not_to_sell(bench):
    outside = bench.device.outside
    outside.subscription_until = date(2026, 3, 1)
    assert bench.error("trinit") == 488
    outside.subscription_until = date(2026, 3, 2)
    outside.certificates_until = date(2026, 3, 1)
    assert bench.error("trinit") == 3735
    outside.certificates_until = date(2026, 3, 2)
    bench.run("trinit")


@pytest.mark.parametrize(
    "text",
    [
        f"maintenance|te123|da2027-03-02|dc{TODAY}",
        f"serviceintervention|da{TODAY}",
        f"changekeys|da{TODAY}",
    ],
)
def test_work_that_needs_the_jumper(bench, text):
    assert bench.error(text) == 361
    bench.device.outside.jumper = True
    bench.run(text)


def test_an_inspection_is_an_event_and_sets_the_next_one(bench):
    bench.device.outside.jumper = True
    assert bench.ask("nextmaintenanceget") == {"da": "2000-01-01"}
    bench.run(f"maintenance|te987|da2028-03-02|dc{TODAY}")
    assert bench.ask("nextmaintenanceget") == {"da": "2028-03-02"}
    assert bench.ask("fmrecservice")["si"] == "987"
    assert bench.error("fmreckeychange") == 384
    bench.run(f"maintenance|te987|da2028-03-02|dc{TODAY}|ek1")
    assert [bench.ask(f"fmreckeychange|no{n}")["ty"] for n in (1, 2)] == ["0", "1"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (f"maintenance|te|da2027-03-02|dc{TODAY}", 2074),
        (f"maintenance|te{'1' * 21}|da2027-03-02|dc{TODAY}", 10),
        (f"maintenance|te1|da2026-03-01|dc{TODAY}", 2070),
        ("maintenance|te1|da2027-03-02|dc2026-03-01", 2022),
        ("serviceintervention|da2026-03-03", 2022),
        ("changekeys|da2026-03-03", 2022),
        ("nextmaintenanceset|da2026-03-01", 2070),
    ],
)
def test_work_it_does_not_register(bench, text, error):
    bench.device.outside.jumper = True
    assert bench.error(text) == error


def test_keys_need_the_ministry(bench):
    bench.device.outside.jumper = True
    bench.device.outside.repository = Server.UNREACHABLE
    assert bench.error(f"changekeys|da{TODAY}") == 3738
    bench.device.outside.repository = Server.OK
    bench.run(f"changekeys|da{TODAY}")
    numbers = [bench.ask(f"eclastdocnoget|ty{kind}")["di"] for kind in (6, 8, 9)]
    assert numbers == ["2", "3", "4"]


def test_an_intervention_goes_in_and_out_of_the_service_mode(bench):
    bench.device.outside.jumper = True
    bench.run(f"serviceintervention|da{TODAY}")
    assert [bench.ask(f"fmrecservicemode|no{n}")["en"] for n in (1, 2)] == ["T", "N"]


def test_the_users_own_memory(bench):
    assert bench.ask("memread") == {"dt": "00" * 128}
    bench.run("memwrite|ad10|dta200A20CA2")
    assert bench.ask("memread|ad10|si5") == {"dt": "A200A20CA2"}
    bench.run("memwrite|ad126|dt0102")
    assert bench.ask("memread|ad126") == {"dt": "0102"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("memwrite|ad128|dt00", 3),
        ("memwrite|ad127|dt0000", 10),
        ("memwrite|ad0|dt0", 2080),
        ("memwrite|ad0|dtXX", 2081),
        ("memread|ad128", 3),
        ("memread|ad1|si128", 3),
    ],
)
def test_memory_there_is_not(bench, text, error):
    assert bench.error(text) == error
