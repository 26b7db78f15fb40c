from __future__ import annotations

from hw_emulator.modem import Modem


def test_a_device_may_send_until_the_client_says_otherwise():
    modem = Modem()
    assert modem.may_send
    modem.rts = False
    assert not modem.may_send


def test_xon_and_xoff_are_for_the_line_when_they_were_asked_for():
    modem = Modem()
    assert modem.take(b"a\x13b") == b"a\x13b"
    assert modem.may_send
    modem.xonxoff = True
    assert modem.take(b"a\x13b") == b"ab"
    assert not modem.may_send
    assert modem.take(b"\x11c") == b"c"
    assert modem.may_send
    modem.take(b"\x13")
    modem.xonxoff = False
    modem.take(b"")
    assert modem.may_send


def test_cts_says_whether_the_device_takes_bytes():
    assert Modem().may_receive
    assert not Modem(cts=False).may_receive


def test_it_tells_its_lines_and_settings():
    told = Modem(baudrate=115200, dtr=True).told()
    assert (told["baudrate"], told["dtr"], told["cts"], told["ri"]) == (115200, True, True, False)
