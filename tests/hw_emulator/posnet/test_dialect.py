from __future__ import annotations

import pytest

from drivers.posnet.frame import Frame, Scanner, encode
from hw_emulator.paper import Paper
from hw_emulator.posnet.device import Device, Mechanism
from hw_emulator.posnet.dialect import PosnetDialect
from hw_emulator.posnet.memory import FiscalMemory
from tests.hw_emulator.conftest import Clock, read_command

SALE = ("trinit|bm1", "trline|naKawa|vt0|pr100", "trend|to100")


class Stand:
    def __init__(self, **options) -> None:
        self.memory, self.paper, self.clock = FiscalMemory(), Paper(), Clock()
        self.dialect = PosnetDialect(self.make, **options)

    def make(self, ram_reset: bool) -> Device:
        return Device(self.memory, self.paper, self.clock, ram_reset=ram_reset)

    def ask(self, text: str) -> Frame:
        (answer,) = Scanner().feed(self.dialect.execute(read_command(text), 1))
        self.dialect.end_document()
        return answer

    @property
    def titles(self) -> list[str]:
        return [printout.title for printout in self.paper.printouts()]


@pytest.fixture
def stand():
    return Stand()


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (encode(read_command("trline|naKawa")), "trline"),
        (encode(read_command("!sdev")), "sdev"),
        (b"\x02\x03", ""),
        (b"\x02tr\xffline\t\x03", ""),
        (b"\x02trend", "trend"),
    ],
)
def test_names_of_raw_commands(stand, raw, name):
    assert stand.dialect.name(raw) == name


def test_each_printout_is_a_document(stand):
    for text in (*SALE, *SALE, f"dailyrep|da{stand.clock.at:%Y-%m-%d}", "scnt"):
        assert stand.ask(text).error is None
    assert stand.titles == ["PARAGON FISKALNY"] * 2 + ["RAPORT FISKALNY DOBOWY NR 1"]


def test_a_receipt_with_its_footer_still_to_come_is_one_document(stand):
    for text in (*SALE[:2], "trend|to100|fe0", "trftrln|id1|naDzięki", "trftrend", *SALE):
        assert stand.ask(text).error is None
    first, second = stand.paper.printouts()
    assert "Dzięki" in first.text
    assert first.text.count("PARAGON FISKALNY") == second.text.count("PARAGON FISKALNY") == 1


def test_a_power_cut_cancels_an_open_receipt_and_hands_stay_where_they_are(stand):
    for text in SALE[:2]:
        stand.ask(text)
    device = stand.dialect.device
    device.mechanism, device.paper_low = Mechanism.NO_PAPER, True
    device.jump(3600)
    stand.dialect.boot(ram_reset=False)
    new = stand.dialect.device
    assert new is not device
    assert (new.mechanism, new.paper_low, new.clock()) == (
        Mechanism.NO_PAPER,
        True,
        device.clock(),
    )
    assert stand.ask("scomm").get("ts") == "0"
    assert (new.books.day.cancelled, new.books.ram_resets) == (1, 0)
    assert stand.ask("rpt|@0001").error == 13


def test_a_printer_that_keeps_its_receipt_goes_on_with_it():
    stand = Stand(keeps_receipt=True)
    for text in SALE[:2]:
        stand.ask(text)
    stand.dialect.boot(ram_reset=False)
    assert stand.ask(SALE[2]).error is None
    assert stand.memory.books.day.receipts == 1
    stand.ask(SALE[0])
    stand.dialect.boot(ram_reset=True)
    assert stand.memory.books.ram_resets == 1
    assert stand.ask("scomm").get("ts") == "0"


def test_a_report_of_its_own_waits_for_an_open_receipt(stand):
    stand.ask(SALE[0])
    assert stand.dialect.make_own_report() is False
    stand.ask("prncancel")
    assert stand.dialect.make_own_report() is True
    assert len(stand.memory.books.reports) == 1
    # A second one without a sale between is refused, and that is the end of it.
    assert stand.dialect.make_own_report() is True
    assert stand.dialect.make_own_report() is True
    assert len(stand.memory.books.reports) <= 2


def test_refusals_and_frame_errors_echo_the_token(stand):
    command = read_command("trline|@0042")
    assert Scanner().feed(stand.dialect.refuse(command, 2000)) == [
        Frame("trline", (), "0042", 2000)
    ]
    (found,) = Scanner().feed(stand.dialect.frame_error(command, 14))
    assert (found.mnemonic, found.error, found.token) == ("ERR", 14, "0042")
