from __future__ import annotations

from terminal.config import Config, Office, Printer, ReceiptPrinter
from terminal.gear import tables
from terminal.installed import Device, installed
from terminal.sync.enrolment import Identity

IDENTITY = Identity("T1", "lipa", "a secret", 3, "https://office.example.com")
PRINTER = Printer(url="/dev/ttyACM0")


def test_what_a_bare_till_has() -> None:
    found = installed(Config(PRINTER), IDENTITY)
    assert (found.terminal, found.shop, found.epoch) == ("T1", "lipa", 3)
    assert (found.office_url, found.ca) == ("https://office.example.com", "")
    assert found.devices == (Device("printer", "posnet", "/dev/ttyACM0"),)
    assert "secret" not in repr(found)


def test_everything_that_can_hang_on_it_in_the_order_of_a_counter() -> None:
    config = Config(
        PRINTER,
        office=Office("https://anna:pass@other.example.com:8440/x", "ca.pem"),
        receipt_printer=ReceiptPrinter(url="tcp://192.168.1.9:9100"),
        scanner=tables.Scanner(url="/dev/s"),
        scale=tables.Scale(url="/dev/w", protocol="elzab"),
        display=tables.Display(url="/dev/d"),
        drawer=tables.Drawer(),
    )
    found = installed(config, IDENTITY)
    assert found.office_url == "https://other.example.com:8440/x"
    assert found.ca == "ca.pem"
    assert found.devices[1:] == (
        Device("receipt_printer", "escpos", "tcp://192.168.1.9:9100"),
        Device("scanner", "", "/dev/s"),
        Device("scale", "elzab", "/dev/w"),
        Device("display", "cd5220", "/dev/d"),
        Device("drawer", "", "printer"),
    )
